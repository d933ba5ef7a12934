"""A second opinion on the Chinese calendar, for every day of the published years."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from service.rules.calendars import Calendar, Calendars, Sureness
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


def without(year: int) -> Calendar:
    """The calendar as it was before the notice of a year came."""
    entry = library().calendars.entry("cn")
    kept = tuple(each for each in entry.years if each.year != year)
    return Calendars({"cn": entry.model_copy(update={"years": kept})}).candidates("cn", {})[0]


def test_the_last_days_of_2018_waited_for_the_notice_of_2019() -> None:
    """29 December 2018 was worked, 31 December off, by the notice of 2019 (New Year a Tuesday)."""
    calendar = without(2019)
    awaited = [day for day in days(2018) if calendar.sureness(day) is Sureness.PREDICTED]
    assert awaited == [date(2018, 12, day) for day in (28, 29, 30, 31)]


def test_the_last_days_of_2026_do_not_wait_for_a_new_year_on_a_friday() -> None:
    assert {CN.sureness(date(2026, 12, day)) for day in range(28, 32)} == {Sureness.KNOWN}
