"""Looks at the facts of a case and settles what is to be counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from service.core.text import N_
from service.rules.book import RuleBook
from service.rules.conventions import Counting
from service.rules.counting import add_months
from service.rules.errors import FactNeeded, FactRefused, RuleDoesNotApply
from service.rules.schema import (
    Case,
    Confidence,
    DateTest,
    Extensions,
    Step,
    Text,
    Version,
)


@dataclass(frozen=True, slots=True)
class Given:
    """The question: a trigger in the authority's zone, its facts, and the library."""

    book: RuleBook
    trigger: datetime
    trigger_on: date
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is counted once the facts have been looked at."""

    version: Version
    counting: Counting
    count: tuple[Step, ...]
    start_on: date
    served_on: date
    added_days: int
    upper: Step | None
    extensions: Extensions | None
    granted: int
    confidence: Confidence
    note: Text | None
    used: dict[str, str]


def plan_of(version: Version, given: Given) -> Plan:
    """Return the count, its start and its extensions for the facts at hand.

    Raises:
        FactNeeded: the date depends on a fact that was not given.
        FactRefused: a fact does not fit the rule.
        RuleDoesNotApply: the facts rule the rule out.
    """
    used: dict[str, str] = {}
    _check_applies(version, given)
    for name in version.requires:
        _need(name, version, given)
        used[name] = given.facts[name]
    case = _case(version, given, used)
    if case is None and not version.count:
        _need(next(iter(version.cases[0].when)), version, given, always=True)
    counting = given.book.counting[version.counting or ""]
    served_on, added_days = _served(version, given, used)
    start_on = served_on
    if case and case.from_fact:
        start_on = date.fromisoformat(_fact(case.from_fact, version, given, used))
    extensions = version.extensions
    return Plan(
        version=version,
        counting=counting,
        count=case.count if case else version.count,
        start_on=start_on,
        served_on=served_on,
        added_days=added_days,
        upper=case.upper if case else version.upper,
        extensions=extensions,
        granted=_granted(extensions, version, given, used),
        confidence=(case and case.confidence) or version.confidence,
        note=(case and case.note) or version.note,
        used=used,
    )


def _check_applies(version: Version, given: Given) -> None:
    for bar in version.not_when:
        if any(given.facts.get(name) != value for name, value in bar.when.items()):
            continue
        facts = ", ".join(f"{name}={value}" for name, value in bar.when.items())
        detail = N_("Rule “{rule}” does not apply with {facts}.")
        if bar.instead:
            detail = N_("Rule “{rule}” does not apply with {facts}: ask “{instead}”.")
        raise RuleDoesNotApply(
            detail,
            rule=version.id,
            facts=facts,
            instead=bar.instead,
            reason=bar.says.en,
            reason_zh=bar.says.zh,
        )


def _case(version: Version, given: Given, used: dict[str, str]) -> Case | None:
    for case in version.cases:
        if all(_holds(name, test, given.facts) for name, test in case.when.items()):
            used.update({name: given.facts[name] for name in case.when})
            return case
    return None


def _holds(name: str, test: str | DateTest, facts: Mapping[str, str]) -> bool:
    value = facts.get(name)
    if value is None:
        return False
    if isinstance(test, str):
        return value == test
    day = date.fromisoformat(value)
    return (test.before is None or day < test.before) and (test.from_ is None or day >= test.from_)


def _served(version: Version, given: Given, used: dict[str, str]) -> tuple[date, int]:
    """Return the day that counts as service, and the days added to the end instead."""
    method = given.facts.get("service")
    if version.service is None or method is None:
        return given.trigger_on, 0
    service = given.book.services[version.service]
    days = service.methods.get(method)
    if days is None:
        raise FactRefused(
            N_("“{value}” does not fit the fact “{fact}”. Allowed: {allowed}."),
            fact="service",
            value=method,
            allowed=", ".join(service.methods),
        )
    used["service"] = method
    if service.added_to == "end":
        return given.trigger_on, days
    return given.trigger_on + timedelta(days=days), 0


def _granted(
    extensions: Extensions | None, version: Version, given: Given, used: dict[str, str]
) -> int:
    wanted = int(given.facts.get("extension", "0"))
    if not wanted:
        return 0
    barred = extensions and any(
        given.facts.get(name) == value for name, value in extensions.unless.items()
    )
    possible = 0 if extensions is None or barred else len(extensions.steps)
    if wanted > possible:
        raise FactRefused(
            N_("Rule “{rule}” allows {possible} extensions here, not {value}."),
            rule=version.id,
            fact="extension",
            possible=possible,
            value=wanted,
        )
    used["extension"] = str(wanted)
    return wanted


def derived_trigger(version: Version, given: Given) -> date:
    """Return the trigger day, worked out from an earlier event where the facts give that."""
    derived = version.derived
    if derived is None or derived.fact not in given.facts:
        return given.trigger_on
    day = date.fromisoformat(given.facts[derived.fact])
    later = add_months(day, 1)
    return later if derived.shift == "one_month" else later.replace(day=1)


def _fact(name: str, version: Version, given: Given, used: dict[str, str]) -> str:
    _need(name, version, given)
    used[name] = given.facts[name]
    return given.facts[name]


def _need(name: str, version: Version, given: Given, *, always: bool = False) -> None:
    if name in given.facts and not always:
        return
    word = given.book.words.facts[name]
    raise FactNeeded(
        N_("Rule “{rule}” needs the fact “{fact}”. Allowed: {allowed}."),
        rule=version.id,
        fact=name,
        allowed=", ".join(word.values) or word.kind,
    )
