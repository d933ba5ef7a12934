"""The next moment somebody is at work, by zone and public holidays."""

from datetime import UTC, datetime

import pytest

from service.notices.hours import DEFAULT, Hours, calendar_keys, next_working

BRAZIL = Hours("America/Sao_Paulo", "br", "08:30", "17:00")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-27T02:00", "2026-11-27T02:00"),  # Friday, ten o'clock in Beijing
        ("2026-11-26T20:00", "2026-11-27T01:00"),  # Friday, four in the morning
        ("2026-11-27T10:00", "2026-11-30T01:00"),  # Friday, six in the evening: to Monday
        ("2026-11-28T04:00", "2026-11-30T01:00"),  # Saturday
        ("2026-09-30T12:00", "2026-10-08T01:00"),  # National Day, seven days off
        ("2026-10-10T02:00", "2026-10-10T02:00"),  # a Saturday that is worked in exchange
    ],
)
def test_in_china(moment: str, expected: str) -> None:
    assert next_working(utc(moment), DEFAULT) == utc(expected)


def test_an_organisation_elsewhere_has_its_own_zone_and_holidays() -> None:
    assert next_working(utc("2026-12-25T12:00"), BRAZIL) == utc("2026-12-28T11:30")


def test_every_calendar_offered_can_be_counted_with() -> None:
    moment = utc("2026-11-28T04:00")

    assert "cn" in calendar_keys()
    for key in calendar_keys():
        assert next_working(moment, Hours(calendar=key)) >= moment
