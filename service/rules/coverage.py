"""What the library covers: counts by jurisdiction and area, how sure, how old, what is left out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from service.rules.book import Placed, RuleBook
from service.rules.schema import Area, Confidence, Flag, Text, Version

COUNTING = "counting"


@dataclass(frozen=True, slots=True)
class Row:
    """The facts of one jurisdiction and area. `oldest` is the earliest day one was checked."""

    jurisdiction: str
    name: Text
    area: str
    area_name: Text
    counted: int
    left_out: int
    by_confidence: dict[str, int]
    by_flag: dict[str, int]
    oldest: date
    age_days: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A fact with nothing to count, and why."""

    id: str
    jurisdiction: str
    title: Text
    reason_code: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Listed:
    """One version as the list shows it."""

    id: str
    rule: str
    jurisdiction: str
    area: str
    kind: str
    title: Text
    valid_from: date | None
    valid_to: date | None
    counted: bool
    confidence: str
    flag: str
    basis: str
    checked: date


@dataclass(frozen=True, slots=True)
class Use:
    """What became of one researched fact: `counted`, `left_out`, or `counting` (how to count).

    `by` is the version or counting rule that holds it, `reason` why it is left out.
    """

    fact: str
    use: str
    by: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole list. `facts` counts researched facts in rules, `counting` those on counting."""

    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    versions: tuple[Listed, ...]
    uses: tuple[Use, ...]
    rules: int
    facts: int
    counting: int


def coverage(
    book: RuleBook, on: date, *, jurisdiction: str | None = None, area: str | None = None
) -> Coverage:
    """Return what the library holds, for one jurisdiction or area where asked.

    Raises:
        JurisdictionUnknown: nothing is held for the jurisdiction.
    """
    placed = book.in_jurisdiction(jurisdiction) if jurisdiction else tuple(book.placed.values())
    chosen = [each for each in placed if area in {None, each.rule.area.value}]
    groups: dict[tuple[str, Area], list[tuple[Placed, Version]]] = {}
    for each in chosen:
        for version in each.rule.versions:
            groups.setdefault((each.jurisdiction, each.rule.area), []).append((each, version))
    uses = _uses(book, chosen)
    return Coverage(
        rows=tuple(_row(book, on, key, groups[key]) for key in sorted(groups)),
        left_out=tuple(_left_out(book, chosen)),
        versions=tuple(
            _listed(each, version) for group in groups.values() for each, version in group
        ),
        uses=uses,
        rules=len(chosen),
        facts=sum(use.use != COUNTING for use in uses),
        counting=sum(use.use == COUNTING for use in uses),
    )


def _uses(book: RuleBook, chosen: Iterable[Placed]) -> tuple[Use, ...]:
    """Return what became of each fact of these rules, and of those that say how they count."""
    found: dict[str, Use] = {}
    for version in (version for each in chosen for version in each.rule.versions):
        use = Use(
            version.fact_id,
            "counted" if version.countable else "left_out",
            version.id,
            version.left_out,
        )
        if version.fact is None or version.fact not in found:
            found[version.fact_id] = use
        row = book.counting.get(version.counting or "")
        if row and row.fact:
            found.setdefault(row.fact, Use(row.fact, COUNTING, row.id))
    return tuple(found[fact] for fact in sorted(found))


def _row(
    book: RuleBook, on: date, key: tuple[str, Area], group: list[tuple[Placed, Version]]
) -> Row:
    jurisdiction, area = key
    versions = [version for _, version in group]
    oldest = min(version.checked for version in versions)
    flags = Counter(v.flag.value for v in versions if v.flag is not Flag.NONE)
    confidence = Counter(v.confidence.value for v in versions)
    return Row(
        jurisdiction=jurisdiction,
        name=book.words.jurisdictions[jurisdiction],
        area=area.value,
        area_name=book.words.areas[area.value],
        counted=sum(version.countable for version in versions),
        left_out=sum(not version.countable for version in versions),
        by_confidence={each.value: confidence[each.value] for each in Confidence},
        by_flag=dict(sorted(flags.items())),
        oldest=oldest,
        age_days=(on - oldest).days,
    )


def _left_out(book: RuleBook, placed: Iterable[Placed]) -> Iterable[LeftOut]:
    for each in placed:
        for version in each.rule.versions:
            if version.left_out:
                reason = book.words.left_out[version.left_out]
                yield LeftOut(
                    version.id, each.jurisdiction, each.rule.title, version.left_out, reason
                )


def _listed(each: Placed, version: Version) -> Listed:
    return Listed(
        id=version.id,
        rule=each.rule.id,
        jurisdiction=each.jurisdiction,
        area=each.rule.area.value,
        kind=each.rule.kind.value,
        title=each.rule.title,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        counted=version.countable,
        confidence=version.confidence.value,
        flag=version.flag.value,
        basis=version.basis,
        checked=version.checked,
    )
