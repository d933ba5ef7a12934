"""The arithmetic of periods."""

from datetime import date

import pytest

from service.rules.counting import add_months, add_open_days, add_step, merged, next_open
from service.rules.schema import Step, Unit


def weekend(day: date) -> bool:
    return day.weekday() >= 5


def step(length: int, unit: Unit) -> Step:
    return Step(length=length, unit=unit)


MONTHS = [
    (date(2026, 1, 31), 1, date(2026, 2, 28)),
    (date(2024, 1, 31), 1, date(2024, 2, 29)),
    (date(2026, 12, 31), 2, date(2027, 2, 28)),
    (date(2026, 11, 30), 3, date(2027, 2, 28)),
    (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2026, 8, 31), -6, date(2026, 2, 28)),
    (date(2026, 1, 15), -1, date(2025, 12, 15)),
    (date(2026, 5, 15), 0, date(2026, 5, 15)),
]


@pytest.mark.parametrize(("day", "months", "expected"), MONTHS)
def test_months_end_on_the_corresponding_day_or_the_last(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


def test_open_days_leave_out_closed_ones_and_name_them() -> None:
    counted = add_open_days(date(2026, 11, 20), 1, weekend)
    assert counted.day == date(2026, 11, 23)
    assert counted.passed == (date(2026, 11, 21), date(2026, 11, 22))


def test_open_days_count_back() -> None:
    assert add_open_days(date(2026, 11, 23), 1, weekend, back=True).day == date(2026, 11, 20)


STEPS = [
    (Unit.CALENDAR_DAYS, 10, date(2026, 12, 3)),
    (Unit.WEEKS, 2, date(2026, 12, 7)),
    (Unit.MONTHS, 2, date(2027, 1, 23)),
    (Unit.YEARS, 3, date(2029, 11, 23)),
    (Unit.WORKING_DAYS, 5, date(2026, 11, 30)),
    (Unit.BUSINESS_DAYS, 5, date(2026, 11, 30)),
]


@pytest.mark.parametrize(("unit", "length", "expected"), STEPS)
def test_each_unit_is_counted_its_own_way(unit: Unit, length: int, expected: date) -> None:
    assert add_step(date(2026, 11, 23), step(length, unit), weekend).day == expected


def test_lengths_of_one_unit_add_up_before_counting() -> None:
    """31 December and 2 months and 1 month is 31 March, not 28 March."""
    whole = merged((step(2, Unit.MONTHS),), (step(1, Unit.MONTHS),))
    assert whole == (step(3, Unit.MONTHS),)


def test_lengths_of_different_units_follow_one_another() -> None:
    assert len(merged((step(40, Unit.CALENDAR_DAYS),), (step(2, Unit.MONTHS),))) == 2


def test_an_open_day_is_its_own_next_open_day() -> None:
    assert next_open(date(2026, 11, 23), weekend).passed == ()


def test_a_calendar_that_never_opens_is_an_error_not_a_loop() -> None:
    with pytest.raises(ValueError, match="no open day"):
        next_open(date(2026, 11, 23), lambda _: True)
