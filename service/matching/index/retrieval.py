"""Everything a query finds in one segment, with its value under every kind."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.index.collect import (
    Postings,
    Rows,
    collect,
    collect_set,
    forget,
    value_all,
    value_equal,
)
from service.matching.index.kernels import LENGTH, Ints, scan
from service.matching.index.segment import Segment
from service.matching.index.signature import Query, prepare
from service.matching.index.tables import Table
from service.matching.kinds import KINDS, Family, Form, Kind
from service.matching.prepared import Prepared


class Found(NamedTuple):
    """Forms of one segment that one query form found under one kind."""

    column: int
    share: int
    """Share of the query's form, per mille."""
    forms: Ints
    values: NDArray[np.int16]
    """Value of every posting of the forms, one after the other; not used by set kinds."""


class Piece(NamedTuple):
    """A part of a query that one thread works on: forms asked under one kind."""

    column: int
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its forms made ready for the kernels, once for all segments."""

    pieces: tuple[Piece, ...]
    ready: Mapping[str, Query]
    """Each text that a string kind asks for."""

    @classmethod
    def of(cls, query: Prepared) -> "Asked":
        """Make the forms of a prepared mark ready."""
        pieces: list[Piece] = []
        texts: set[str] = set()
        for column, kind in enumerate(KINDS):
            forms = query.by_kind.get(kind.asks, ())
            if kind.family is Family.STRING:
                pieces.extend(Piece(column, (form,)) for form in forms)
                texts.update(form.text for form in forms)
            elif forms:
                pieces.append(Piece(column, forms))
        return cls(tuple(pieces), {text: prepare(text) for text in texts})


@lru_cache(maxsize=4096)
def _needs(floors: tuple[int, ...], asked: int) -> Ints:
    """Letters a form of each length must share with a query form of length `asked`, 0 if it cannot.

    `200 * LCS >= floor * (m + n)` with `floor = floors[min(m, n)]`, rounded up in integers.
    """
    longest = len(floors) - 1
    lengths = np.arange(longest + 1)
    shorter = np.minimum(lengths, asked)
    needs = np.maximum(1, -(-np.array(floors)[shorter] * (lengths + asked) // 200))
    return np.where(needs <= shorter, needs, 0)


class _Scratch(threading.local):
    """Buffers that one thread keeps from search to search."""

    def __init__(self) -> None:
        self.forms = np.empty(0, np.int64)
        self.shared = np.empty(0, np.uint16)
        self.slots = np.zeros(0, np.int32)
        self.sums = np.zeros((0, 2), np.int32)

    def drop(self) -> None:
        """Forget buffers that an error left half used."""
        self.slots, self.sums = np.zeros(0, np.int32), np.zeros((0, 2), np.int32)

    def hits(self, forms: int) -> tuple[Ints, NDArray[np.uint16]]:
        """Room for as many hits as a table has forms."""
        if len(self.forms) < forms:
            self.forms, self.shared = np.empty(forms, np.int64), np.empty(forms, np.uint16)
        return self.forms, self.shared

    def marks(self, marks: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Zeroed slots and sums for as many marks as a segment has."""
        if len(self.slots) < marks:
            self.slots, self.sums = np.zeros(marks, np.int32), np.zeros((marks, 2), np.int32)
        return self.slots, self.sums


_scratch = _Scratch()


def found_forms(table: Table, kind: Kind, query: Query) -> Ints:
    """Numbers of every form of a table whose ratio with the query form reaches the kind's floor."""
    needs = _needs(kind.floors, len(query.codes))[table.strings.groups[:, LENGTH]]
    forms, shared = _scratch.hits(table.size)
    return forms[: scan(table.strings, query, needs, forms, shared)].copy()


def _postings_of(postings: Postings, forms: Ints) -> int:
    """How many postings the forms have."""
    starts = postings.starts
    return int((starts[forms + 1] - starts[forms]).sum(dtype=np.int64))


def _string(segment: Segment, column: int, form: Form, query: Query) -> Found:
    """What one query form finds under a string kind."""
    kind = KINDS[column]
    table, postings = segment.tables[kind.holds], segment.postings[kind.holds]
    forms = found_forms(table, kind, query)
    values = np.empty(_postings_of(postings, forms), np.int16)
    value_all(table.strings, postings, query.codes, form.share, int(kind.style), forms, values)
    return Found(column, form.share, forms, values)


def _equal(segment: Segment, column: int, form: Form) -> Found | None:
    """What one query form finds by equality."""
    kind = KINDS[column]
    number = segment.tables[kind.holds].equal(form.text)
    if number < 0:
        return None
    postings = segment.postings[kind.holds]
    forms = np.array([number])
    values = np.empty(_postings_of(postings, forms), np.int16)
    if kind.family is Family.KEY:
        value_equal(postings, number, form.share, values)
    return Found(column, form.share, forms, values)


def find(segment: Segment, asked: Asked, piece: Piece) -> list[Found]:
    """What a piece of a query finds; of equal tokens of a set only the first asks."""
    column, forms = piece
    kind = KINDS[column]
    if not segment.tables[kind.holds].size:
        return []
    if kind.family is Family.STRING:
        return [_string(segment, column, form, asked.ready[form.text]) for form in forms]
    if kind.family is Family.SET:
        forms = tuple({form.text: form for form in reversed(forms)}.values())
    found = (_equal(segment, column, form) for form in forms)
    return [part for part in found if part is not None]


def effort(segment: Segment, piece: Piece) -> int:
    """Forms to be read for a piece: what takes longest is begun first."""
    kind = KINDS[piece.column]
    return segment.tables[kind.holds].size if kind.family is Family.STRING else 0


def gather(segment: Segment, found: list[Found]) -> tuple[NDArray[np.uint32], NDArray[np.int16]]:
    """Places and values, shape (marks, kinds), of every mark behind the forms found."""
    room = min(sum(len(part.values) for part in found), len(segment))
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
        kind = KINDS[part.column]
        if kind.family is Family.SET:
            sets.setdefault(part.column, []).append(part)
        else:
            postings = segment.postings[kind.holds]
            collect(postings, part.forms, part.values, part.column, rows)
    for column, parts in sets.items():
        postings = segment.postings[KINDS[column].holds]
        tokens = np.array([int(part.forms[0]) for part in parts])
        shares = np.array([part.share for part in parts])
        collect_set(postings, tokens, shares, KINDS[column].floors[0], column, sums, rows)
