"""Whether a register can be relied on: full loads, unbroken chains of deltas, and what is missing.

Pure arithmetic over what was imported; nothing here asks the database.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from service.core.text import N_
from service.registry.domain import WHOLE, Cut, EditionScope, EditionState

DAY = timedelta(days=1)
NICE = range(1, 46)
SURELY_ALL_CLASSES = 50_000
"""Live marks from which a register has some in each class, unless somebody cut it: a class that one
mark in a thousand is in would be empty by chance once in 10**21 times."""
Values = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason why a register is not complete."""

    code: str
    reason: str
    """English sentence (a message id); `values` fill its `{name}` places."""
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditionFact:
    """What decides about a register, of one edition."""

    id: int
    scope: EditionScope
    state: EditionState
    dated: date | None
    period_from: date | None = None
    part: int | None = None
    parts: int | None = None
    rejected: int = 0
    file_name: str = ""
    cut: Cut = WHOLE


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a register as a whole."""

    state: EditionState
    as_of: date | None
    """The day up to which it is known without a gap."""
    base_id: int | None
    gaps: tuple[Gap, ...]


def stand(editions: Sequence[EditionFact]) -> Standing:
    """Work out how far the register of one office can be relied on.

    Only a complete full load with an unbroken chain of deltas is complete.
    """
    base = _base(editions)
    if base is None:
        return _without_base(editions)
    later = [edition for edition in editions if _counts_after(edition, base)]
    gaps = list(_unread(later))
    as_of, broken = _walk(base, [edition for edition in later if edition.dated])
    gaps += broken
    state = EditionState.PARTIAL if gaps else EditionState.COMPLETE
    return Standing(state, as_of, base.id, tuple(gaps))


def suspected(standing: Standing, masks: Iterable[int], live: int) -> Standing:
    """Doubt a large register that is complete, yet has no mark at all in some Nice classes.

    Args:
        standing: What its editions make it.
        masks: The sets of classes its live marks are in, bit n for class n.
        live: How many live marks it has.
    """
    seen = 0
    for mask in masks:
        seen |= mask
    absent = [nice for nice in NICE if not seen >> nice & 1]
    whole = standing.state is EditionState.COMPLETE and live >= SURELY_ALL_CLASSES
    if not whole or not absent or len(absent) == len(NICE):
        return standing
    reason = N_("No mark of {count} live ones is in these classes: {classes}; the load was cut")
    values: Values = {"count": live, "classes": ", ".join(str(nice) for nice in absent)}
    return replace(
        standing, state=EditionState.PARTIAL, gaps=(Gap("classes-absent", reason, values),)
    )


def series_of(edition: EditionFact, editions: Iterable[EditionFact]) -> list[EditionFact]:
    """Return the parts of a full load that comes in several files, the newest of each number."""
    parts: dict[int, EditionFact] = {}
    for other in sorted(editions, key=lambda one: one.id):
        same = (other.scope, other.dated, other.parts) == (
            edition.scope,
            edition.dated,
            edition.parts,
        )
        if same and other.part is not None:
            parts[other.part] = other
    return [parts[number] for number in sorted(parts)]


def is_whole(edition: EditionFact, editions: Iterable[EditionFact]) -> bool:
    """Say whether a full edition is in completely, with all its parts."""
    if edition.scope is not EditionScope.FULL or edition.state is not EditionState.COMPLETE:
        return False
    if edition.part is None:
        return True
    if edition.parts is None:
        return False
    complete = [
        one.part for one in series_of(edition, editions) if one.state is EditionState.COMPLETE
    ]
    return complete == list(range(1, edition.parts + 1))


def _base(editions: Sequence[EditionFact]) -> EditionFact | None:
    whole = [edition for edition in editions if is_whole(edition, editions)]
    return max(whole, key=lambda one: (one.dated or date.min, one.id), default=None)


def _counts_after(edition: EditionFact, base: EditionFact) -> bool:
    """Say whether an edition continues the base: a delta that is not older than it."""
    if edition.scope is not EditionScope.DELTA or edition.state is EditionState.LOADING:
        return False
    if edition.dated and base.dated:
        return edition.dated > base.dated
    return edition.id > base.id


def _unread(deltas: Iterable[EditionFact]) -> Iterator[Gap]:
    """Name deltas that did not go in whole, and those nobody can place in the chain."""
    for delta in deltas:
        if delta.state is EditionState.FAILED:
            yield Gap(
                "delta-failed",
                N_("The update {file} could not be read to its end"),
                {"file": delta.file_name},
            )
            continue
        yield from _cut(delta)
        if delta.rejected:
            yield _rejected(delta)
        elif delta.dated is None:
            yield Gap(
                "delta-undated",
                N_("The update {file} has no date, so nobody can tell whether one is missing"),
                {"file": delta.file_name},
            )


def _walk(base: EditionFact, deltas: Sequence[EditionFact]) -> tuple[date | None, list[Gap]]:
    """Follow the chain of dated deltas from the base; name each run of days that none covers."""
    if base.dated is None:
        return None, []
    covered, as_of, gaps = base.dated, base.dated, []
    for delta in sorted(deltas, key=lambda one: (one.period_from or one.dated, one.dated)):
        last = delta.dated
        assert last is not None
        first = delta.period_from or last
        if first > covered + DAY:
            gaps.append(_days_missing(covered + DAY, first - DAY))
        covered = max(covered, last)
        if not gaps:
            as_of = covered
    return as_of, gaps


def _days_missing(first: date, last: date) -> Gap:
    values: Values = {"first": first.isoformat(), "last": last.isoformat()}
    if first == last:
        return Gap("days-missing", N_("The update of {first} is missing"), values)
    return Gap("days-missing", N_("The updates from {first} to {last} are missing"), values)


def _rejected(edition: EditionFact) -> Gap:
    return Gap(
        "records-rejected",
        N_("{count} records of {file} could not be read and are not in the register"),
        {"count": edition.rejected, "file": edition.file_name},
    )


def _cut(edition: EditionFact) -> Iterator[Gap]:
    """Name the classes and dates that were left out of a file on purpose."""
    if edition.cut.classes:
        only = ", ".join(str(nice) for nice in edition.cut.classes)
        yield Gap(
            "classes-cut",
            N_("{file} holds the classes {classes} only"),
            {"file": edition.file_name, "classes": only},
        )
    if edition.cut.filed_from:
        yield Gap(
            "dates-cut",
            N_("{file} holds only marks filed since {first}"),
            {"file": edition.file_name, "first": edition.cut.filed_from.isoformat()},
        )


def _without_base(editions: Sequence[EditionFact]) -> Standing:
    as_of = max((edition.dated for edition in editions if edition.dated), default=None)
    gaps = [Gap("no-full-load", N_("No full load of this register has gone in completely"))]
    for edition in editions:
        gaps += _why_no_base(edition, editions)
    states = {edition.state for edition in editions}
    if EditionState.LOADING in states:
        return Standing(EditionState.LOADING, as_of, None, tuple(gaps))
    state = EditionState.FAILED if states == {EditionState.FAILED} else EditionState.PARTIAL
    return Standing(state, as_of, None, tuple(gaps))


def _why_no_base(edition: EditionFact, editions: Sequence[EditionFact]) -> list[Gap]:
    file: Values = {"file": edition.file_name}
    if edition.scope is EditionScope.UNKNOWN:
        reason = N_("Nobody said whether {file} holds the whole register; import it with --full")
        return [Gap("scope-unknown", reason, file)]
    if edition.scope is EditionScope.DELTA:
        return []
    if edition.state is EditionState.FAILED:
        return [Gap("load-failed", N_("{file} could not be read to its end"), file)]
    if edition.cut:
        return list(_cut(edition))
    if edition.rejected:
        return [_rejected(edition)]
    if edition.part is None:
        return []
    if edition.parts is None:
        reason = N_("{file} is part {part} of several; import it again and say how many there are")
        return [Gap("parts-unknown", reason, {**file, "part": edition.part})]
    there = {one.part for one in series_of(edition, editions)}
    if edition.part != min(part for part in there if part is not None):
        return []
    missing = [str(part) for part in range(1, edition.parts + 1) if part not in there]
    reason = N_("Of {parts} parts of the full load these are missing: {missing}")
    values: Values = {"parts": edition.parts, "missing": ", ".join(missing)}
    return [Gap("parts-missing", reason, values)] if missing else []
