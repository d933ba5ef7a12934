"""Counts one version of a rule: start, closed days, extensions, roll, caps."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from service.core.text import N_
from service.rules.calendars import Calendar, Sureness, weekday_numbers
from service.rules.counting import (
    DAY,
    OPEN_UNITS,
    Counted,
    add_step,
    add_steps,
    merged,
    next_open,
)
from service.rules.errors import DateBeforeTrigger
from service.rules.plans import Given, Plan, plan_of
from service.rules.schema import Alternative, Cap, Measure, Roll, Start, Step, Text, Unit, Version

BY_LAST_DAY = {"stays": Roll.STAYS, "not_researched": Roll.NOT_RESEARCHED}
DAY_UNITS = OPEN_UNITS | {Unit.CALENDAR_DAYS, Unit.WEEKS}


@dataclass(frozen=True, slots=True)
class Period:
    """A counted plan. `roll_unsure`: the last day is closed and no rule says whether it moves."""

    plan: Plan
    calendar: Calendar
    due: date
    unrolled: date
    moment: datetime | None
    opens_on: date | None
    latest_on: date | None
    passed: tuple[date, ...]
    rolled: tuple[date, ...]
    sureness: frozenset[Sureness]
    others: tuple[tuple[date, Text], ...] = ()
    capped_by: Cap | None = None
    roll_unsure: bool = False


@dataclass
class _Watch:
    """A calendar that remembers which days it was asked about."""

    calendar: Calendar
    weekend: frozenset[int] | None = None
    seen: set[date] = field(default_factory=set)

    def __call__(self, day: date) -> bool:
        self.seen.add(day)
        return self.calendar.closed(day, weekend=self.weekend)


def period_of(version: Version, given: Given) -> Period:
    """Count a version. Where several calendars or figures are possible, the earlier date wins.

    Raises:
        FactNeeded, FactRefused, DateBeforeTrigger: see there.
    """
    plan = plan_of(version, given)
    period = _earliest(plan, given)
    for alternative in version.alternatives:
        period = _weigh(period, alternative, plan, given)
    return _capped(period, given)


def _earliest(plan: Plan, given: Given, count: tuple[Step, ...] | None = None) -> Period:
    calendars = given.book.calendars.candidates(plan.counting.calendar, given.facts)
    periods = [_counted(plan, given, calendar, count or plan.count) for calendar in calendars]
    return min(periods, key=lambda period: period.due)


def _counted(plan: Plan, given: Given, calendar: Calendar, count: tuple[Step, ...]) -> Period:
    watch = _Watch(calendar)
    measure = plan.version.measure
    if count[0].unit is Unit.HOURS:
        return _hours(plan, given, calendar, count[0])
    if measure is Measure.OPENS_BEFORE:
        opens = add_steps(plan.start_on, count, watch, back=True)
        return _period(plan, calendar, Counted(plan.start_on), watch, opens_on=opens.day)
    if measure is Measure.BEFORE:
        end = add_steps(plan.start_on, count, watch, back=True)
        return _rolled(plan, calendar, end, watch)
    steps = plan.extensions.steps if plan.extensions else ()
    end = _after(plan, merged(count, steps[: plan.granted]), watch)
    opens_on = None
    if plan.version.opens:
        opens_on = add_step(plan.start_on, plan.version.opens, watch).day
    period = _rolled(plan, calendar, _limited(plan, end), watch, opens_on)
    return replace(period, latest_on=_latest(plan, count, calendar, period.due))


def _after(plan: Plan, count: tuple[Step, ...], watch: Callable[[date], bool]) -> Counted:
    start = plan.version.start or plan.counting.start
    base, by_day = plan.start_on, count[0].unit in DAY_UNITS
    if by_day and start is Start.SAME_DAY:
        base -= DAY
    if by_day and start is Start.NEXT_OPEN_DAY:
        base = next_open(base + DAY, watch).day - DAY
    end = add_steps(base, count, watch)
    if plan.version.ends_day_before or (start is Start.SAME_DAY and not by_day):
        return replace(end, day=end.day - DAY)
    return end


def _limited(plan: Plan, end: Counted) -> Counted:
    if plan.extensions is None or plan.extensions.limit is None:
        return end
    limit = add_step(plan.start_on, plan.extensions.limit, lambda _: False).day
    return replace(end, day=min(end.day, limit))


def _latest(plan: Plan, count: tuple[Step, ...], calendar: Calendar, due: date) -> date | None:
    watch = _Watch(calendar)
    if plan.upper:
        return _rolled(plan, calendar, _after(plan, (plan.upper,), watch), watch).due
    if plan.extensions is None or any(
        plan.used.get(name) == value for name, value in plan.extensions.unless.items()
    ):
        return None
    full = _limited(plan, _after(plan, merged(count, plan.extensions.steps), watch))
    return max(due, _rolled(plan, calendar, full, watch).due)


def _rolled(
    plan: Plan, calendar: Calendar, end: Counted, watch: _Watch, opens_on: date | None = None
) -> Period:
    """Move a closed last day as the rule says, and put the period together."""
    mode = plan.version.roll
    if mode is Roll.COUNTING:
        mode = BY_LAST_DAY.get(plan.counting.last_day, mode)
    if mode is Roll.NOT_RESEARCHED:
        unsure = watch(end.day)
        period = _period(plan, calendar, end, watch, opens_on=opens_on)
        return replace(period, roll_unsure=unsure)
    if mode is Roll.STAYS:
        return _period(plan, calendar, end, watch, opens_on=opens_on)
    weekend = plan.counting.roll_weekend
    mover = _Watch(calendar, weekday_numbers(weekend) if weekend else None, watch.seen)
    moved = next_open(end.day, mover, back=mode is Roll.BACK)
    if plan.added_days:
        end = replace(end, day=moved.day + plan.added_days * DAY)
        moved = next_open(end.day, mover)
    period = _period(plan, calendar, end, watch, opens_on=opens_on)
    return replace(period, due=moved.day, rolled=moved.passed)


def _period(
    plan: Plan,
    calendar: Calendar,
    end: Counted,
    watch: _Watch,
    *,
    opens_on: date | None = None,
    moment: datetime | None = None,
) -> Period:
    return Period(
        plan=plan,
        calendar=calendar,
        due=end.day,
        unrolled=end.day,
        moment=moment,
        opens_on=opens_on,
        latest_on=None,
        passed=end.passed,
        rolled=(),
        sureness=frozenset(calendar.sureness(day) for day in watch.seen),
    )


def _hours(plan: Plan, given: Given, calendar: Calendar, step: Step) -> Period:
    moment = given.trigger.astimezone(UTC) + timedelta(hours=step.length)  # clocks may change
    local = moment.astimezone(given.trigger.tzinfo)
    return _period(plan, calendar, Counted(local.date()), _Watch(calendar), moment=local)


def _weigh(period: Period, alternative: Alternative, plan: Plan, given: Given) -> Period:
    """Set a second figure beside the first and keep the earlier (or later, where the law says)."""
    if alternative.from_fact:
        if alternative.from_fact not in given.facts:
            return period
        start = date.fromisoformat(given.facts[alternative.from_fact])
        plan = replace(plan, start_on=start, used={**plan.used, alternative.from_fact: str(start)})
    measure = alternative.measure or plan.version.measure
    version = plan.version.model_copy(update={"measure": measure})
    plan = replace(plan, count=alternative.count, version=version)
    second = _earliest(plan, given)
    later = plan.version.choose == "later"
    takes = second.due > period.due if later else second.due < period.due
    first_says = Text(zh="同一期间的另一数字", en="the other figure for the same period")
    if takes:
        return replace(second, others=(*period.others, (period.due, first_says)))
    return replace(period, others=(*period.others, (second.due, alternative.says)))


def _capped(period: Period, given: Given) -> Period:
    for cap in period.plan.version.caps:
        value = given.facts.get(cap.fact)
        if value is None:
            continue
        period.plan.used[cap.fact] = value
        end = date.fromisoformat(value)
        if cap.count:
            end = add_step(end, cap.count, lambda _: False).day
        if end < given.trigger_on:
            raise DateBeforeTrigger(
                N_("“{fact}” ends on {end}, before the trigger {trigger}. Check both dates."),
                fact=cap.fact,
                end=end.isoformat(),
                trigger=given.trigger_on.isoformat(),
            )
        if end < period.due:
            period = replace(
                period, due=end, unrolled=end, rolled=(), latest_on=None, capped_by=cap
            )
    return period
