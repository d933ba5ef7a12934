"""A segment: some marks, their facts, and one table for each kind of form."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from service.matching.index.collect import Postings
from service.matching.index.marks import Facts, MarkRow
from service.matching.index.tables import Gathering, Table, build
from service.matching.kinds import KINDS, READ, STORED, Family, Form, FormKind

SCANNED = frozenset(str(kind.holds) for kind in KINDS if kind.family in READ)
"""Form kinds whose texts are read, one after the other."""
LOOKED_UP = frozenset(str(kind.holds) for kind in KINDS if kind.family not in READ)
"""Form kinds in which texts are looked up by equality."""
SUMMED = frozenset(str(kind.holds) for kind in KINDS if kind.family is Family.SET)
"""Form kinds whose equal tokens count once a mark, by the first."""
_NUMBER: dict[str, int] = {kind: number for number, kind in enumerate(FormKind)}

MakeForms = Callable[[MarkRow], Iterable[Form]]


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
    gathered = {str(kind): Gathering(once=kind in SUMMED) for kind in STORED}
    facts = [Facts.of(ordered[:0])]
    for start in range(0, len(ordered), _TOGETHER):
        some = ordered[start : start + _TOGETHER]
        _gather(gathered, start, map(make_forms, some))
        facts.append(Facts.of(some))
    return of_gathered(Facts.joined(facts), gathered)


_TOGETHER = 1000
"""Marks whose forms are sorted into their kinds in one go: a call a form would cost as much as
making it. Their facts come next, while what was found out about their words is still kept."""


def _gather(gathered: dict[str, Gathering], start: int, forms: Iterable[Iterable[Form]]) -> None:
    """Add the forms of marks, the first of them at place `start`, to the kinds that are kept."""
    own = list(map(tuple, forms))
    every = list(chain.from_iterable(own))
    if not every:
        return
    kinds, texts, _, _, shares = zip(*every, strict=True)
    listed = np.fromiter(map(_NUMBER.__getitem__, kinds), np.uint8, len(every))
    order = np.argsort(listed, kind="stable")
    marks = np.repeat(np.arange(start, start + len(own)), list(map(len, own)))
    bounds = np.searchsorted(listed[order], np.arange(len(_NUMBER) + 1))
    sorted_texts: list[str] = np.array(texts, object)[order].tolist()
    marks, weights = marks[order], np.array(shares)[order]
    for kind, forms_of_kind in gathered.items():
        begin, end = bounds[_NUMBER[kind] : _NUMBER[kind] + 2]
        forms_of_kind.add(sorted_texts[begin:end], marks[begin:end], weights[begin:end])


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
            numbers[old] = gathered.numbers[text]
    gathered.forms.frombytes(numbers[form].tobytes())
    gathered.marks.frombytes(marks[alive].astype(np.uint32).tobytes())
    gathered.shares.frombytes(table.shares[alive].tobytes())
