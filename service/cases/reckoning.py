"""Puts the question of a deadline to its rule, and reads from the answer what is stored of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from service.cases.domain import Effect, Gap
from service.core.errors import Problem
from service.rules.book import RuleBook
from service.rules.calendars import Calendar
from service.rules.domain import Computed
from service.rules.errors import (
    FactNeeded,
    JurisdictionUnknown,
    NotResearched,
    RuleDoesNotApply,
    RuleHasNoPeriod,
    RuleUnknown,
)
from service.rules.evaluator import compute
from service.rules.schema import Kind, Text
from service.rules.wire import computed_out

DAY = timedelta(days=1)
ZONE = "Asia/Shanghai"
END_OF_DAY = time(23, 59)
FRACTIONS = (0.5, 0.75, 0.9)
"""Warnings come when this much of the time is gone."""
OPENS, CLOSES = time(9), time(17, 30)
"""Working hours in which people are reminded, at the place of the station."""
GAPS: Mapping[type[Problem], Gap] = {
    RuleUnknown: Gap.NOT_RESEARCHED,
    NotResearched: Gap.NOT_RESEARCHED,
    JurisdictionUnknown: Gap.NOT_RESEARCHED,
    RuleHasNoPeriod: Gap.NOT_RESEARCHED,
    FactNeeded: Gap.FACT_NEEDED,
    RuleDoesNotApply: Gap.NOT_APPLICABLE,
}
EFFECTS: Mapping[Kind, Effect] = {
    Kind.DECISION_TIME: Effect.AWAITED,
    Kind.TERM: Effect.AWAITED,
}
"""Whose time it is, by the kind of the rule; any other is ours, and fatal unless extendable."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard of the station's own: no law, and shown as such."""

    key: str
    length: int
    working: bool
    """Counted in Chinese working days, else in calendar days."""
    title: Text
    basis: Text


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a rule answered: a date, or why there is none."""

    computed: Computed | None = None
    gap: Gap = Gap.NONE
    reason: dict[str, Any] = field(default_factory=dict)


def reckon(
    rule_id: str, trigger: date | datetime, facts: Mapping[str, str], book: RuleBook
) -> Reckoned:
    """Return the date of a rule, or the gap; a wrong fact or day is raised as the rules do.

    Where the facts rule the rule out and it names another, the other one is asked.
    """
    try:
        return Reckoned(compute(rule_id, trigger, facts, book=book))
    except RuleDoesNotApply as problem:
        instead = problem.members.get("instead")
        if instead and str(instead) != rule_id:
            return reckon(str(instead), trigger, facts, book)
        return _gap(problem)
    except tuple(GAPS) as problem:
        return _gap(problem)


def _gap(problem: Problem) -> Reckoned:
    values = {name: str(value) for name, value in problem.members.items()}
    return Reckoned(gap=GAPS[type(problem)], reason={"message": problem.detail, **values})


def effect_of(rule_id: str, book: RuleBook) -> Effect:
    """Return what passing the date of a rule means: by its kind, and whether it can be extended."""
    family = book.families.get(rule_id)
    if family is None:
        return Effect.FATAL
    rule = book.placed[family].rule
    if rule.kind in EFFECTS:
        return EFFECTS[rule.kind]
    extendable = any(version.extensions for version in rule.versions)
    return Effect.EXTENDABLE if extendable else Effect.FATAL


def title_of(rule_id: str, book: RuleBook) -> dict[str, str]:
    """Return what a rule is called; the id itself where there is none."""
    family = book.families.get(rule_id)
    if family is None:
        return {"zh": rule_id, "en": rule_id}
    title = book.placed[family].rule.title
    return {"zh": title.zh, "en": title.en}


def both(text: Text) -> dict[str, str]:
    """Return a text of the rules as it is stored."""
    return {"zh": text.zh, "en": text.en}


def frozen(computed: Computed) -> dict[str, Any]:
    """Return the whole answer as JSON."""
    return computed_out(computed)


def read_day(text: str) -> date | datetime:
    """Return the day or moment of a stored trigger."""
    return (
        date.fromisoformat(text) if len(text) <= len("2026-09-30") else datetime.fromisoformat(text)
    )


def chinese(book: RuleBook) -> Calendar:
    """Return the Chinese working calendar."""
    return book.calendars.candidates("cn", {})[0]


def of_standard(standard: Standard, trigger: date | datetime, book: RuleBook) -> date:
    """Return the last day of a standard of our own, counted from the day after the trigger."""
    day = local_day(trigger)
    if not standard.working:
        return day + DAY * standard.length
    return nth_open_day(day, standard.length, book)


def nth_open_day(after: date, count: int, book: RuleBook) -> date:
    """Return the `count`-th Chinese working day after a day."""
    calendar, day = chinese(book), after
    while count:
        day += DAY
        count -= not calendar.closed(day)
    return day


def open_days(after: date, until: date, book: RuleBook) -> int:
    """Count the Chinese working days after one day up to another."""
    calendar, span = chinese(book), (until - after).days
    return sum(not calendar.closed(after + DAY * n) for n in range(1, span + 1))


def local_day(moment: date | datetime, zone: str = ZONE) -> date:
    """Return the day of a moment at a place."""
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(ZoneInfo(zone)).date() if moment.tzinfo else moment.date()


def end_of(day: date, zone: str = ZONE) -> datetime:
    """Return the last minute of a day at a place."""
    return datetime.combine(day, END_OF_DAY, ZoneInfo(zone))


def warning_moments(
    start: datetime, due: datetime, now: datetime, book: RuleBook, *, first: date | None = None
) -> list[datetime]:
    """Return when to warn: at fractions of the time, in working hours, still to come, before due.

    `first` is the rule's own day of the first warning.
    """
    span = due - start
    wanted = [start + span * fraction for fraction in FRACTIONS]
    if first is not None:
        wanted.append(datetime.combine(first, OPENS, ZoneInfo(ZONE)))
    moments = {in_working_hours(moment, due, book) for moment in wanted if moment > start}
    return sorted(moment for moment in moments if now < moment < due)


def in_working_hours(moment: datetime, due: datetime, book: RuleBook) -> datetime:
    """Return the moment, or the nearest working hour at which a reminder still helps.

    A moment at night or on a closed day moves on to the next opening; where that would be past the
    due moment, back to the last working hour before.
    """
    calendar, local = chinese(book), moment.astimezone(ZoneInfo(ZONE))
    forward = local
    if forward.time() > CLOSES:
        forward = datetime.combine(forward.date() + DAY, OPENS, forward.tzinfo)
    forward = max(forward, datetime.combine(forward.date(), OPENS, forward.tzinfo))
    while calendar.closed(forward.date()):
        forward = datetime.combine(forward.date() + DAY, OPENS, forward.tzinfo)
    if forward < due:
        return forward
    back = min(local, due)
    if back.time() < OPENS:
        back = datetime.combine(back.date() - DAY, CLOSES, back.tzinfo)
    while calendar.closed(back.date()):
        back = datetime.combine(back.date() - DAY, CLOSES, back.tzinfo)
    return min(back, datetime.combine(back.date(), CLOSES, back.tzinfo))
