"""A second opinion on the Chinese calendar, for every day of the published years."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from service.rules.calendars import Sureness
from service.rules.loader import library

CN = library().calendars.candidates("cn", {})[0]
PUBLISHED = [entry.year for entry in library().calendars.entry("cn").years]


def days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", PUBLISHED)
def test_both_packages_agree_on_every_day(year: int) -> None:
    differ = [day for day in days(year) if CN.closed(day) == chinese_calendar.is_workday(day)]
    assert differ == []


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_day_of_a_published_year_is_known(year: int) -> None:
    assert {CN.sureness(day) for day in days(year)} == {Sureness.KNOWN}


def test_every_day_of_a_year_without_notice_is_predicted() -> None:
    assert {CN.sureness(day) for day in days(max(PUBLISHED) + 1)} == {Sureness.PREDICTED}


def test_the_make_up_weekends_of_2026_are_those_of_the_notice() -> None:
    worked = [day for day in days(2026) if day.weekday() >= 5 and not CN.closed(day)]
    assert worked == [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]
