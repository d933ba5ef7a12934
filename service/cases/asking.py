"""What a rule may be told: the facts that can change its date, for the form that asks."""

from collections.abc import Iterable

from service.rules.book import FactWord, RuleBook
from service.rules.schema import Rule, Version


def facts_for(rule_id: str, book: RuleBook) -> dict[str, FactWord]:
    """Return the facts that can change the date of a rule, in the order of the vocabulary."""
    family = book.families.get(rule_id)
    if family is None:
        return {}
    rule: Rule = book.placed[family].rule
    wanted = {name for version in rule.versions for name in _facts(version, book)}
    return {name: word for name, word in book.words.facts.items() if name in wanted}


def _facts(version: Version, book: RuleBook) -> Iterable[str]:
    for case in version.cases:
        yield from case.when
        yield from [case.from_fact] if case.from_fact else []
    for bar in version.not_when:
        yield from bar.when
    yield from version.requires
    yield from (cap.fact for cap in version.caps)
    yield from (other.from_fact for other in version.alternatives if other.from_fact)
    if version.derived:
        yield version.derived.fact
    if version.extensions:
        yield "extension"
        yield from version.extensions.unless
    if version.service:
        yield "service"
    counting = book.counting.get(version.counting or "")
    if counting is not None and counting.calendar in book.calendars:
        fact = book.calendars.entry(counting.calendar).fact
        yield from [fact] if fact else []


def countable(book: RuleBook) -> list[tuple[str, str, str, str]]:
    """Return the rules that give a date: id, jurisdiction, and the title in both languages."""
    return [
        (placed.rule.id, placed.jurisdiction, placed.rule.title.zh, placed.rule.title.en)
        for placed in book.placed.values()
        if any(version.countable for version in placed.rule.versions)
    ]
