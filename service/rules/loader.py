"""Reads the rule files and refuses what it does not understand, naming the file and the rule."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from service.rules.book import Placed, RuleBook, Vocabulary
from service.rules.calendars import CalendarIn, Calendars
from service.rules.conventions import Counting, Service
from service.rules.schema import DateTest, Rule, Unit, Version
from service.rules.yaml_files import Model, must_know, parse, read_yaml, refuse

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def library() -> RuleBook:
    """Return the library that ships with the product, read once."""
    return load(DATA)


def load(folder: Path) -> RuleBook:
    """Read a folder of rule files.

    Raises:
        RuleDataRefused: a file is missing or unreadable, or a rule in it is not understood.
    """
    words = parse(Vocabulary, read_yaml(folder / "vocabulary.yaml"), "vocabulary.yaml", "-")
    calendars = _by_id(CalendarIn, folder / "calendars.yaml", "calendars")
    counting = _by_id(Counting, folder / "counting.yaml", "counting")
    raw = read_yaml(folder / "counting.yaml").get("services", {})
    services = {key: parse(Service, value, "counting.yaml", key) for key, value in raw.items()}
    book = RuleBook(
        placed=_placed(folder / "law", words),
        counting=counting,
        services=services,
        calendars=Calendars(calendars),
        words=words,
    )
    for entry in calendars.values():
        _check_calendar(entry, book)
    for row in counting.values():
        must_know(row.calendar in book.calendars, "counting.yaml", row.id, "calendar", row.calendar)
    for placed in book.placed.values():
        _check_rule(placed, book)
    return book


def _placed(folder: Path, words: Vocabulary) -> dict[str, Placed]:
    placed: dict[str, Placed] = {}
    taken: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        content = read_yaml(path)
        jurisdiction = str(content.pop("jurisdiction", ""))
        must_know(jurisdiction in words.jurisdictions, path.name, "-", "jurisdiction", jurisdiction)
        rows = content.pop("rules", [])
        must_know(not content, path.name, "-", "field", ", ".join(map(str, content)))
        for row in rows:
            name = str(row.get("id", "?")) if isinstance(row, dict) else "?"
            rule = parse(Rule, row, path.name, name)
            for key in {rule.id, *(version.id for version in rule.versions)}:
                if key in taken:
                    refuse(path.name, rule.id, f"the id {key} is already used in {taken[key]}")
                taken[key] = path.name
            placed[rule.id] = Placed(rule, jurisdiction, path.name)
    return placed


def _check_rule(placed: Placed, book: RuleBook) -> None:
    rule, file = placed.rule, placed.file
    must_know(rule.authority in book.words.authorities, file, rule.id, "authority", rule.authority)
    must_know(rule.actor in book.words.actors, file, rule.id, "actor", rule.actor)
    for other in rule.depends_on:
        must_know(other in book.families, file, rule.id, "rule in depends_on", other)
    _check_order(rule, file)
    for version in rule.versions:
        for kind, name, there in _references(version, rule, book):
            must_know(there, file, version.id, kind, name)
        _check_hours(version, file)


def _check_order(rule: Rule, file: str) -> None:
    for earlier, later in zip(rule.versions, rule.versions[1:], strict=False):
        if earlier.valid_to is None or later.valid_from is None:
            refuse(file, later.id, f"an open end overlaps the version {earlier.id}")
        elif earlier.valid_to >= later.valid_from:
            refuse(file, later.id, f"the dates overlap or go back behind {earlier.id}")


def _references(version: Version, rule: Rule, book: RuleBook) -> Iterator[tuple[str, str, bool]]:
    """Give every name a version uses, and whether it exists."""
    if version.counting:
        yield "counting rule", version.counting, version.counting in book.counting
    if version.service:
        yield "service table", version.service, version.service in book.services
    if version.left_out:
        yield "reason", version.left_out, version.left_out in book.words.left_out
    if version.transition:
        name = version.transition.version
        yield "transition", name, any(other.id == name for other in rule.versions)
    for bar in version.not_when:
        if bar.instead:
            yield "rule in not_when", bar.instead, bar.instead in book.families
    for name in _fact_names(version):
        yield "fact", name, name in book.words.facts
    for name, value in _fact_values(version):
        word = book.words.facts.get(name)
        yield f"value of {name}", value, word is not None and word.accepts(value)


def _fact_names(version: Version) -> Iterator[str]:
    yield from version.requires
    for bar in version.not_when:
        yield from bar.when
    for case in version.cases:
        yield from case.when
        if case.from_fact:
            yield case.from_fact
    for cap in version.caps:
        yield cap.fact
    for alternative in version.alternatives:
        if alternative.from_fact:
            yield alternative.from_fact
    if version.derived:
        yield version.derived.fact


def _fact_values(version: Version) -> Iterator[tuple[str, str]]:
    for bar in version.not_when:
        yield from bar.when.items()
    for case in version.cases:
        for name, value in case.when.items():
            if not isinstance(value, DateTest):
                yield name, value
    if version.extensions:
        yield from version.extensions.unless.items()


def _check_hours(version: Version, file: str) -> None:
    counts = (version.count, *(case.count for case in version.cases))
    for steps in counts:
        if len(steps) > 1 and any(step.unit is Unit.HOURS for step in steps):
            refuse(file, version.id, "hours do not mix with other units")


def _check_calendar(entry: CalendarIn, book: RuleBook) -> None:
    names = [choice.calendar for choice in entry.choices.values() if choice.calendar]
    for name in (*names, *entry.earliest_with):
        must_know(name in book.calendars, "calendars.yaml", entry.id, "calendar", name)
    if entry.fact:
        word = book.words.facts.get(entry.fact)
        must_know(word is not None, "calendars.yaml", entry.id, "fact", entry.fact)
        for value in entry.choices:
            there = word is not None and word.accepts(value)
            must_know(there, "calendars.yaml", entry.id, f"value of {entry.fact}", value)


def _by_id(kind: type[Model], path: Path, key: str) -> dict[str, Model]:
    rows = read_yaml(path).get(key, [])
    made: dict[str, Model] = {}
    for row in rows:
        name = str(row.get("id", "?")) if isinstance(row, dict) else "?"
        if name in made:
            refuse(path.name, name, "the id is used twice")
        made[name] = parse(kind, row, path.name, name)
    return made
