"""Turns a rule, a trigger and the facts of a case into a date that explains itself.

The version is chosen by the day of the trigger, in the authority's time zone. Nothing is ever
filled in: an unknown rule, a law that was not read, or a fact that decides the date is a problem
with a name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.core.text import N_
from service.rules.book import Placed, RuleBook
from service.rules.domain import Computed, Doubt, OtherDate
from service.rules.errors import FactRefused, NotResearched, RuleHasNoPeriod
from service.rules.explaining import explain
from service.rules.loader import library
from service.rules.marks import badges, calendar_doubts, mark_codes
from service.rules.periods import Period, period_of
from service.rules.plans import Given, derived_trigger
from service.rules.schema import Kind, Measure, Rule, Text, Version

END_OF_DAY = time(23, 59)
YEARS = range(2000, 2081)
"""Years a trigger may lie in: outside them neither the rules nor the calendars mean anything."""

ASSUMED_ZONE = "Asia/Shanghai"
"""Where no zone is stated: the exporter's, where a day ends before Europe's and America's."""

ACTS = frozenset({Kind.DEADLINE, Kind.DECISION_TIME})
OLD_FIGURE = Text(zh="新法施行前的期间", en="the period before the new law")
LATER_LAW = Text(
    zh="新法期间（过渡规则未查明，按此预警）",
    en="the period of the later law, whose transition rule was not read: act by this day",
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The version the trigger day falls under, and whether its law has ended without another."""

    version: Version
    old_figure: bool = False


def compute(
    rule_id: str,
    trigger: date | datetime,
    facts: Mapping[str, str] | None = None,
    *,
    book: RuleBook | None = None,
) -> Computed:
    """Return the date a rule gives for a trigger.

    Args:
        rule_id: a rule, or any of its versions; both give the version valid on the trigger day.
        trigger: the day of the event, or its moment. A moment with a zone is read in the
            authority's zone; one without is taken as local there.
        facts: what is known of the case, by the names of `vocabulary.yaml`; see `docs/rules.md`.
        book: the library; by default the one that ships.

    Raises:
        RuleUnknown, NotResearched, RuleHasNoPeriod, FactNeeded, FactRefused, DateBeforeTrigger.
    """
    book, facts = book or library(), dict(facts or {})
    placed = book.find(rule_id)
    book.check_facts(facts)
    guide = _guide(placed.rule, book)
    zone, assumed = _zone(guide, facts, book)
    moment = _local(trigger, zone)
    given = Given(book, moment, _trigger_day(trigger, moment, assumed=assumed), facts)
    given = replace(given, trigger_on=derived_trigger(guide, given))
    _check_year(given.trigger_on)
    chosen = choose_version(placed.rule, given.trigger_on)
    if not chosen.version.countable:
        raise _nothing_to_count(placed.rule, chosen.version, given)
    period = period_of(chosen.version, given)
    period, doubts, alarm = _by_law(placed.rule, chosen, period, given)
    doubts |= calendar_doubts(period, given)
    doubts |= {Doubt.ZONE_ASSUMED} if assumed else set()
    if period.moment and not isinstance(trigger, datetime):
        doubts.add(Doubt.TIME_ASSUMED)
    return _computed(rule_id, placed, period, given, zone, doubts, alarm)


def choose_version(rule: Rule, day: date) -> Chosen:
    """Return the version that is the law on `day`.

    A version marked `after_end: old_figure` goes on answering after its end while no later one is
    known. Any other gap is `NotResearched`.
    """
    for version in rule.versions:
        if version.holds_on(day):
            return Chosen(version)
    past = [v for v in rule.versions if v.valid_to and v.valid_to < day]
    if past and past[-1].after_end and past[-1] is rule.versions[-1]:
        return Chosen(past[-1], old_figure=True)
    first = rule.versions[0]
    raise NotResearched(
        N_("The law behind “{rule}” was not researched for {day}; what is known is {known}."),
        rule=rule.id,
        day=day.isoformat(),
        known="; ".join(_span(version) for version in rule.versions),
        earliest=first.valid_from.isoformat() if first.valid_from else None,
    )


def _guide(rule: Rule, book: RuleBook) -> Version:
    """Return the version that tells the zone and the trigger; a rule without one counts nothing."""
    for version in rule.versions:
        if version.countable:
            return version
    reason = book.words.left_out[rule.versions[0].left_out or ""]
    raise RuleHasNoPeriod(
        N_("Rule “{rule}” has nothing to count. `markpass rules --left-out` says why."),
        rule=rule.id,
        reason=reason.en,
        reason_zh=reason.zh,
    )


def _nothing_to_count(rule: Rule, version: Version, given: Given) -> NotResearched:
    reason = given.book.words.left_out[version.left_out or ""]
    return NotResearched(
        N_("From {day} “{version}” applies and gives no period to count: act at once."),
        rule=rule.id,
        version=version.id,
        day=(version.valid_from or given.trigger_on).isoformat(),
        reason=reason.en,
        reason_zh=reason.zh,
    )


def _span(version: Version) -> str:
    return f"{version.id} {version.valid_from or '…'} – {version.valid_to or '…'}"


def _zone(version: Version, facts: Mapping[str, str], book: RuleBook) -> tuple[ZoneInfo, bool]:
    counting = book.counting[version.counting or ""]
    name = facts.get("time_zone") or book.calendars.time_zone(counting.calendar, facts)
    name = name or counting.time_zone
    try:
        return ZoneInfo(name or ASSUMED_ZONE), name is None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise FactRefused(
            N_("“{value}” is not a time zone. Use a name such as Asia/Shanghai."),
            fact="time_zone",
            value=name,
        ) from error


def _local(trigger: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(trigger, datetime):
        return datetime.combine(trigger, time(), zone)
    _check_year(trigger.date())
    return trigger.astimezone(zone) if trigger.tzinfo else trigger.replace(tzinfo=zone)


def _trigger_day(trigger: date | datetime, moment: datetime, *, assumed: bool) -> date:
    """Return the day of the trigger; where the zone is only assumed, the earlier of both days."""
    if assumed and isinstance(trigger, datetime):
        return min(moment.date(), trigger.date())
    return moment.date()


def _check_year(day: date) -> None:
    if day.year not in YEARS:
        raise FactRefused(
            N_("The trigger {value} is too far away: years {first} to {last} can be counted."),
            fact="trigger",
            value=day.isoformat(),
            first=YEARS[0],
            last=YEARS[-1],
        )


def _by_law(
    rule: Rule, chosen: Chosen, period: Period, given: Given
) -> tuple[Period, set[Doubt], date | None]:
    """Set the date beside what another state of the law would give; the earlier is safer."""
    version, doubts, alarm = chosen.version, set[Doubt](), None
    if chosen.old_figure:
        doubts.add(Doubt.OLD_LAW_FIGURE)
    before = _predecessor(rule, version)
    if version.unread:
        doubts.add(Doubt.NEW_LAW_UNREAD)
        if before:
            period = _earlier(period, period_of(before, given))
    if version.transition and period.due >= version.transition.at:
        doubts.add(Doubt.LAW_CHANGES_BEFORE_DUE)
        later = next(v for v in rule.versions if v.id == version.transition.version)
        alarm = period_of(later, given).due
        period = replace(period, others=(*period.others, (alarm, LATER_LAW)))
    elif _law_ends_first(rule, chosen, period):
        doubts.add(Doubt.LAW_CHANGES_BEFORE_DUE)
    return period, doubts, alarm


def _predecessor(rule: Rule, version: Version) -> Version | None:
    place = rule.versions.index(version)
    before = rule.versions[place - 1] if place else None
    return before if before and before.countable else None


def _earlier(period: Period, old: Period) -> Period:
    if old.due < period.due:
        return replace(old, others=(*old.others, (period.due, LATER_LAW)))
    return replace(period, others=(*period.others, (old.due, OLD_FIGURE)))


def _law_ends_first(rule: Rule, chosen: Chosen, period: Period) -> bool:
    version = chosen.version
    if chosen.old_figure or version.after_end is None or rule.kind not in ACTS:
        return False
    return version.valid_to is not None and period.due > version.valid_to


def _computed(
    asked: str,
    placed: Placed,
    period: Period,
    given: Given,
    zone: ZoneInfo,
    doubts: set[Doubt],
    alarm: date | None,
) -> Computed:
    rule, plan = placed.rule, period.plan
    version, empty = plan.version, Text(zh="-", en="-")
    ordered = tuple(doubt for doubt in Doubt if doubt in doubts)
    codes = mark_codes(period, ordered)
    computed = Computed(
        asked_id=asked,
        rule_id=version.id,
        rule_version=version.name,
        family=rule.id,
        kind=rule.kind,
        title=rule.title,
        trigger=rule.trigger or empty,
        task=rule.task or empty,
        jurisdiction=placed.jurisdiction,
        trigger_on=given.trigger_on,
        served_on=plan.served_on,
        counted_from=plan.start_on,
        count=plan.count,
        due=period.due,
        due_at=period.moment or datetime.combine(period.due, END_OF_DAY, zone),
        time_zone=zone.key,
        last_hour=plan.counting.last_hour,
        unrolled_on=period.unrolled,
        opens_on=period.opens_on,
        latest_on=period.latest_on,
        alarm_on=_alarm(period, given, alarm),
        calendar=period.calendar.id,
        calendar_name=period.calendar.name,
        passed=period.passed,
        rolled=period.rolled,
        extensions_granted=plan.granted,
        facts_used=dict(plan.used),
        depends_on=rule.depends_on,
        others=tuple(OtherDate(due, says) for due, says in period.others),
        doubts=ordered,
        badges=badges(given.book, codes),
        provisional=bool(ordered),
        confidence=plan.confidence,
        flag=version.flag,
        basis=version.basis,
        source=version.source,
        checked=version.checked,
        note=plan.note,
        explanation=empty,
    )
    return replace(computed, explanation=explain(computed, period, given.book, codes))


def _alarm(period: Period, given: Given, early: date | None) -> date:
    """Return the day of the first warning, by the length of the period.

    A window that opens before an expiry warns when it opens. A period after its trigger never
    warns before the trigger.
    """
    measure = period.plan.version.measure
    if measure is Measure.OPENS_BEFORE and period.opens_on:
        return period.opens_on
    span = abs((period.due - given.trigger_on).days)
    row = next((a for a in given.book.words.alarms if span <= a.up_to_days), None)
    lead = timedelta((row or given.book.words.alarms[-1]).lead_days)
    last = min(period.due, early) if early else period.due
    if measure is Measure.BEFORE:
        return last - lead
    return max(min(given.trigger_on, last), last - lead)
