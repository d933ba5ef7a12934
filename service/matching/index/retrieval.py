"""Everything a query finds in one segment, with its value under every kind."""

import threading
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.index.collect import (
    Rows,
    collect,
    collect_set,
    find_parts,
    find_strings,
    forget,
    value_equal,
)
from service.matching.index.kernels import UNREACHED, WHOLE, Ints, scan
from service.matching.index.segment import Segment
from service.matching.index.signature import Queries, prepare
from service.matching.index.tables import Table
from service.matching.kinds import KINDS, LONGEST, READ, Family, Form, Kind
from service.matching.prepared import Prepared


class Found(NamedTuple):
    """Forms of one segment that some query forms found under one kind."""

    column: int
    share: int
    """Share of the query's token, per mille; of set kinds."""
    forms: Ints
    marks: NDArray[np.uint32]
    """Mark of every posting of the forms, one after the other."""
    values: NDArray[np.int16]
    """Its value; not used by set kinds."""


class Piece(NamedTuple):
    """A part of a query that one thread works on: the forms asked under one kind."""

    column: int
    forms: tuple[Form, ...]
    ready: Queries | None
    """The forms for the kernels; None where they are looked up."""


class Asked(NamedTuple):
    """A query made ready, once for all segments."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, query: Prepared) -> "Asked":
        """Make the forms of a prepared mark ready, those asked under several kinds once."""
        ready: dict[str, Queries] = {}
        pieces = []
        for column, kind in enumerate(KINDS):
            forms = query.by_kind.get(kind.asks, ())
            scanned = kind.family in READ
            if forms and scanned and kind.asks not in ready:
                ready[kind.asks] = prepare([form.text for form in forms])
            if forms:
                pieces.append(Piece(column, forms, ready[kind.asks] if scanned else None))
        return cls(tuple(pieces))


@lru_cache
def _floors(floors: tuple[int, ...]) -> Ints:
    """Floors of a kind as the kernels take them."""
    return np.array(floors, np.int64)


class _Scratch(threading.local):
    """Buffers that one thread keeps from search to search."""

    def __init__(self) -> None:
        self.slots = np.zeros(0, np.int32)
        self.sums = np.zeros((0, 2), np.int32)

    def drop(self) -> None:
        """Forget buffers that an error left half used."""
        self.slots, self.sums = np.zeros(0, np.int32), np.zeros((0, 2), np.int32)

    def marks(self, marks: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Zeroed slots and sums for as many marks as a segment has."""
        if len(self.slots) < marks:
            self.slots, self.sums = np.zeros(marks, np.int32), np.zeros((marks, 2), np.int32)
        return self.slots, self.sums


_scratch = _Scratch()


def found_forms(table: Table, kind: Kind, queries: Queries) -> tuple[Ints, Ints]:
    """Every pair whose ratio reaches the kind's floor: number of the form, of the query form."""
    return scan(table.strings, queries, _floors(kind.floors))


@lru_cache
def whole(least: int) -> Ints:
    """Floors where all of the shorter text must be shared, if it has at least so many letters."""
    return np.array([UNREACHED] * least + [WHOLE] * (LONGEST + 1 - least), np.int64)


def _parts(segment: Segment, piece: Piece, queries: Queries) -> Found:
    """What the forms of a piece find under a part kind."""
    kind = KINDS[piece.column]
    table, postings = segment.tables[kind.holds], segment.postings[kind.holds]
    shares = np.array([form.share for form in piece.forms])
    found = find_parts(table.strings, postings, queries, whole(kind.floors[0]), shares)
    return Found(piece.column, 0, *found)


def _strings(segment: Segment, piece: Piece, queries: Queries) -> Found:
    """What the forms of a piece find under a string kind."""
    kind = KINDS[piece.column]
    table, postings = segment.tables[kind.holds], segment.postings[kind.holds]
    shares = np.array([form.share for form in piece.forms])
    floors, style = _floors(kind.floors), int(kind.style)
    found = find_strings(table.strings, postings, queries, floors, shares, style)
    return Found(piece.column, 0, *found)


def _equal(segment: Segment, column: int, form: Form) -> Found | None:
    """What one query form finds by equality."""
    kind = KINDS[column]
    number = segment.tables[kind.holds].equal(form.text)
    if number < 0:
        return None
    postings = segment.postings[kind.holds]
    own = slice(int(postings.starts[number]), int(postings.starts[number + 1]))
    marks = postings.marks[own]
    values = np.empty(len(marks), np.int16)
    if kind.family is Family.KEY:
        value_equal(postings.shares[own], form.share, values)
    return Found(column, form.share, np.array([number]), marks, values)


def find(segment: Segment, piece: Piece) -> list[Found]:
    """What a piece of a query finds; of equal tokens of a set only the first asks."""
    kind, forms = KINDS[piece.column], piece.forms
    if not segment.tables[kind.holds].size:
        return []
    if piece.ready is not None:
        read = _strings if kind.family is Family.STRING else _parts
        return [read(segment, piece, piece.ready)]
    if kind.family is Family.SET:
        forms = tuple({form.text: form for form in reversed(forms)}.values())
    found = (_equal(segment, piece.column, form) for form in forms)
    return [part for part in found if part is not None]


def effort(segment: Segment, piece: Piece) -> int:
    """Forms to be read for a piece: what takes longest is begun first."""
    return segment.tables[KINDS[piece.column].holds].size * len(piece.forms) if piece.ready else 0


def gather(segment: Segment, found: list[Found]) -> tuple[NDArray[np.uint32], NDArray[np.int16]]:
    """Places and values, shape (marks, kinds), of every mark behind the forms found."""
    room = min(sum(len(part.marks) for part in found), len(segment))
    slots, sums = _scratch.marks(len(segment))
    rows = Rows(
        slots,
        np.empty(room, np.uint32),
        np.zeros((room, len(KINDS)), np.int16),
        np.zeros(1, np.int64),
    )
    try:
        _fill(segment, found, sums, rows)
    except BaseException:
        _scratch.drop()
        raise
    forget(rows)
    count = int(rows.used[0])
    return rows.marks[:count], rows.values[:count]


def _fill(segment: Segment, found: list[Found], sums: NDArray[np.int32], rows: Rows) -> None:
    """Raise the values of all marks behind the forms found."""
    sets: dict[int, list[Found]] = {}
    for part in found:
        if KINDS[part.column].family is Family.SET:
            sets.setdefault(part.column, []).append(part)
        else:
            collect(part.marks, part.values, part.column, rows)
    for column, parts in sets.items():
        postings = segment.postings[KINDS[column].holds]
        tokens = np.array([int(part.forms[0]) for part in parts])
        shares = np.array([part.share for part in parts])
        collect_set(postings, tokens, shares, KINDS[column].floors[0], column, sums, rows)
