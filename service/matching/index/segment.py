"""A segment: some marks, their facts, and one table for each kind of form."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.matching.index.collect import Postings
from service.matching.index.marks import Facts, MarkRow
from service.matching.index.tables import Gathering, Table, build
from service.matching.kinds import KINDS, STORED, Family, Form

SCANNED = frozenset(str(kind.holds) for kind in KINDS if kind.family is Family.STRING)
"""Form kinds that a string kind scans."""
LOOKED_UP = frozenset(str(kind.holds) for kind in KINDS if kind.family is not Family.STRING)
"""Form kinds in which texts are looked up by equality."""
SUMMED = frozenset(str(kind.holds) for kind in KINDS if kind.family is Family.SET)
"""Form kinds whose equal tokens count once a mark, by the first."""

MakeForms = Callable[[MarkRow], Iterable[Form]]
Columns = tuple[list[str], list[int], list[int]]
"""Texts, places of marks and shares, one of each for a posting."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Immutable: in memory, or mapped from a file."""

    facts: Facts
    tables: dict[str, Table]
    postings: dict[str, Postings]
    name: str = ""
    """File it is mapped from; empty in memory."""

    def __len__(self) -> int:
        """Number of marks."""
        return len(self.facts.key)

    @property
    def forms(self) -> int:
        """Distinct forms over all kinds."""
        return sum(table.size for table in self.tables.values())

    @property
    def size(self) -> int:
        """Bytes of all arrays."""
        columns = list(self.facts.arrays().values())
        for table in self.tables.values():
            columns.extend(table.arrays().values())
        return sum(column.nbytes for column in columns)

    def places(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Places of those keys that the segment holds."""
        own = self.facts.key
        if not len(own):
            return np.empty(0, np.int64)
        places = np.minimum(np.searchsorted(own, keys), len(own) - 1)
        found: NDArray[np.int64] = places[own[places] == keys]
        return found


def of_parts(facts: Facts, tables: dict[str, Table], name: str = "") -> Segment:
    """A segment of its parts."""
    postings = {
        kind: Postings(table.starts, table.marks, table.shares) for kind, table in tables.items()
    }
    return Segment(facts, tables, postings, name)


def of_gathered(facts: Facts, gathered: dict[str, Gathering]) -> Segment:
    """A segment in memory of gathered forms."""
    return of_parts(
        facts,
        {
            kind: build(forms, scanned=kind in SCANNED, hashed=kind in LOOKED_UP)
            for kind, forms in gathered.items()
        },
    )


def of_rows(rows: Iterable[MarkRow], make_forms: MakeForms) -> Segment:
    """A segment in memory of live marks, no key twice.

    `make_forms` gives the forms of a mark (`engine.prepare(row.sign).forms`); kinds that are only
    asked are left out.
    """
    ordered = sorted(rows, key=lambda row: row.key)
    gathered = {str(kind): Gathering() for kind in STORED}
    for start in range(0, len(ordered), _TOGETHER):
        _gather(gathered, start, map(make_forms, ordered[start : start + _TOGETHER]))
    return of_gathered(Facts.of(ordered), gathered)


_TOGETHER = 1000
"""Marks whose forms are sorted into their kinds in one go: a call a form would cost as much as
making it."""


def _gather(gathered: dict[str, Gathering], start: int, forms: Iterable[Iterable[Form]]) -> None:
    """Add the forms of marks, the first of them at place `start`, to the kinds that are kept."""
    found: dict[str, Columns] = {kind: ([], [], []) for kind in gathered}
    for place, own in enumerate(forms, start):
        for kind, text, _, _, share in own:
            if kind in found:
                texts, marks, shares = found[kind]
                texts.append(text)
                marks.append(place)
                shares.append(share)
    for kind, postings in found.items():
        gathered[kind].add(*(_first(postings) if kind in SUMMED else postings))


def _first(postings: Columns) -> Columns:
    """The first posting of each text and mark."""
    texts, marks, shares = postings
    first: dict[tuple[str, int], int] = {}
    for posting in zip(texts, marks, shares, strict=True):
        first.setdefault(posting[:2], posting[2])
    if len(first) == len(texts):
        return postings
    return [text for text, _ in first], [mark for _, mark in first], list(first.values())


def _living(
    segments: Sequence[Segment], dead: Sequence[NDArray[np.bool_]]
) -> Iterator[tuple[Segment, NDArray[np.int64]]]:
    """Each segment with the new place of each of its marks, -1 for dead ones."""
    keys = np.concatenate([s.facts.key[~d] for s, d in zip(segments, dead, strict=True)])
    rank = np.empty(len(keys), np.int64)
    rank[np.argsort(keys, kind="stable")] = np.arange(len(keys))
    start = 0
    for segment, gone in zip(segments, dead, strict=True):
        places = np.full(len(segment), -1, np.int64)
        alive = int((~gone).sum())
        places[~gone] = rank[start : start + alive]
        start += alive
        yield segment, places


def joined(segments: Sequence[Segment], dead: Sequence[NDArray[np.bool_]]) -> Segment:
    """One segment of the living marks of several, without making any form anew.

    `dead` tells for each segment which of its marks are dead. No key may live in two segments.
    """
    gathered = {str(kind): Gathering() for kind in STORED}
    taken: list[Facts] = []
    for segment, places in _living(segments, dead):
        taken.append(segment.facts.take(np.flatnonzero(places >= 0)))
        for kind, table in segment.tables.items():
            _regather(gathered[kind], table, places)
    facts = Facts.joined(taken)
    return of_gathered(facts.take(np.argsort(facts.key, kind="stable")), gathered)


def _regather(gathered: Gathering, table: Table, places: NDArray[np.int64]) -> None:
    """Add a table's postings under the new places of its marks."""
    marks = places[table.marks]
    alive = marks >= 0
    sizes = table.starts[1:].astype(np.int64) - table.starts[:-1]
    form = np.repeat(np.arange(table.size), sizes)[alive]
    used = np.zeros(table.size, np.bool_)
    used[form] = True
    numbers = np.zeros(table.size, np.uint32)
    for old, text in enumerate(table.texts()):
        if used[old]:
            numbers[old] = gathered.numbers.setdefault(text, len(gathered.numbers))
    gathered.forms.frombytes(numbers[form].tobytes())
    gathered.marks.frombytes(marks[alive].astype(np.uint32).tobytes())
    gathered.shares.frombytes(table.shares[alive].tobytes())
