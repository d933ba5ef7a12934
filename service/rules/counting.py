"""The arithmetic of periods: pure functions on dates, no law in them."""

import calendar as months_of
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from service.rules.schema import Step, Unit

DAY = timedelta(days=1)
HORIZON = 400
"""Days a search for an open day looks ahead; no authority closes for longer."""

OPEN_UNITS = frozenset({Unit.WORKING_DAYS, Unit.BUSINESS_DAYS})
Closed = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Counted:
    """The end of a count: the day, and the closed days that were passed over on the way."""

    day: date
    passed: tuple[date, ...] = ()


def add_months(day: date, months: int) -> date:
    """Return the corresponding day `months` later (or earlier, when negative).

    A month that has no such day gives its last day: 31 January and one month is 28 or 29 February.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = months_of.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_open_days(day: date, length: int, closed: Closed, *, back: bool = False) -> Counted:
    """Return the `length`-th open day after `day` (before it, when `back`)."""
    step, passed, left = (-DAY if back else DAY), [], length
    while left:
        day += step
        if closed(day):
            passed.append(day)
        else:
            left -= 1
    return Counted(day, tuple(passed))


def add_step(day: date, step: Step, closed: Closed, *, back: bool = False) -> Counted:
    """Return the day a step after `day` (before it, when `back`); hours are counted elsewhere."""
    sign = -1 if back else 1
    if step.unit in OPEN_UNITS:
        return add_open_days(day, step.length, closed, back=back)
    if step.unit is Unit.CALENDAR_DAYS:
        return Counted(day + sign * step.length * DAY)
    if step.unit is Unit.WEEKS:
        return Counted(day + sign * step.length * 7 * DAY)
    if step.unit is Unit.HOURS:
        return Counted(day + sign * timedelta(days=-(-step.length // 24)))
    per = 12 if step.unit is Unit.YEARS else 1
    return Counted(add_months(day, sign * step.length * per))


def add_steps(day: date, steps: tuple[Step, ...], closed: Closed, *, back: bool = False) -> Counted:
    """Return the day after all steps, one after the other."""
    passed: tuple[date, ...] = ()
    for step in steps:
        counted = add_step(day, step, closed, back=back)
        day, passed = counted.day, (*passed, *counted.passed)
    return Counted(day, passed)


def merged(steps: tuple[Step, ...], more: tuple[Step, ...]) -> tuple[Step, ...]:
    """Join two runs of steps; lengths of one unit add up, so that 2 months and 1 month are 3.

    Adding month by month would lose a day at each short month: 31 December and 2 months and then 1
    month is 28 March, 3 months is 31 March.
    """
    joined = list(steps)
    for step in more:
        if joined and joined[-1].unit is step.unit:
            joined[-1] = Step(length=joined[-1].length + step.length, unit=step.unit)
        else:
            joined.append(step)
    return tuple(joined)


def next_open(day: date, closed: Closed, *, back: bool = False) -> Counted:
    """Return `day` when it is open, else the first open day after it (before it, when `back`)."""
    passed: list[date] = []
    while closed(day):
        passed.append(day)
        if len(passed) > HORIZON:
            raise ValueError("no open day within the horizon")
        day += -DAY if back else DAY
    return Counted(day, tuple(passed))
