"""From forms found to marks and their values: postings walked, the shared scalar functions applied.

Values are those of `service.matching.kinds`: integers in 0..10000, a mark's value the maximum over
its forms. The functions are the oracle's own (`service.matching.kernels`), or tested to equal them.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.containment import inside, stands_in
from service.matching.index.aligning import LANES
from service.matching.index.compiled import kernel, prefetch
from service.matching.index.grading import Lanes, distances, lanes, lay, worths
from service.matching.index.kernels import (
    CODES,
    FORM_COUNT,
    FORMS,
    LENGTH,
    WIDTH,
    Ints,
    Strings,
    scan,
)
from service.matching.index.signature import Codes, Queries
from service.matching.kernels import belong, cover

_AHEAD = 16
"""Marks whose slots are asked for before that of the one that is raised."""


class Postings(NamedTuple):
    """Which marks have which form, as in `tables.Table`."""

    starts: NDArray[np.uint32]
    marks: NDArray[np.uint32]
    shares: NDArray[np.uint16]
    """Ascending within a form."""


class Rows(NamedTuple):
    """Marks found in one segment so far, with their values."""

    slots: NDArray[np.int32]
    """Shape (marks of the segment,): row of a mark plus one, 0 while it is not found."""
    marks: NDArray[np.uint32]
    """Place in the segment of the mark of each row."""
    values: NDArray[np.int16]
    """Shape (rows, kinds)."""
    used: Ints
    """One number: rows in use."""


@kernel
def _raise(rows: Rows, mark: int, column: int, value: int) -> None:
    """Raise the value of a mark in one column to at least `value`, above 0."""
    row = rows.slots[mark] - 1
    if row < 0:
        row = rows.used[0]
        rows.used[0] = row + 1
        rows.slots[mark] = row + 1
        rows.marks[row] = mark
    rows.values[row, column] = max(rows.values[row, column], value)


@kernel
def _lay_all(
    table: Strings, group: Ints, forms: Ints, style: int, keys: NDArray[np.uint32], room: Lanes
) -> None:
    """Lay forms of one group into lanes."""
    length, width = group[LENGTH], group[WIDTH]
    for lane in range(forms.shape[0]):
        at = group[CODES] + (forms[lane] - group[FORMS]) * length
        if width == 1:
            lay(table.codes1, at, length, style, True, keys, room, lane)
        elif width == 2:
            lay(table.codes2, at, length, style, False, keys, room, lane)
        else:
            lay(table.codes4, at, length, style, False, keys, room, lane)


@kernel
def _first_postings(postings: Postings, forms: Ints) -> Ints:
    """Where the postings of each form found begin when all are laid one after the other."""
    first = np.zeros(forms.shape[0] + 1, np.int64)
    for i in range(forms.shape[0]):
        start = np.int64(postings.starts[forms[i]])
        first[i + 1] = first[i] + np.int64(postings.starts[forms[i] + 1]) - start
        prefetch(postings.marks, start)
        prefetch(postings.shares, start)
    return first


@kernel
def _all_postings(
    postings: Postings, forms: Ints, total: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """Marks and shares of all postings of the forms found, one after the other."""
    marks, shares = np.empty(total, np.uint32), np.empty(total, np.uint16)
    at = 0
    for form in forms:
        for place in range(postings.starts[form], postings.starts[form + 1]):
            marks[at], shares[at] = postings.marks[place], postings.shares[place]
            at += 1
    return marks, shares


@kernel
def _alike(forms: Ints, asked: Ints, first: int, end: int) -> int:
    """Where the hits end that can be aligned together with the first.

    They are forms of its group, which ends before `end`, found by the same query form, at most
    LANES.
    """
    last = first + 1
    most = min(first + LANES, forms.shape[0])
    while last < most and asked[last] == asked[first] and forms[last] < end:
        last += 1
    return last


@kernel
def value_all(
    table: Strings,
    postings: Postings,
    queries: Queries,
    shares: Ints,
    style: int,
    forms: Ints,
    asked: Ints,
) -> tuple[NDArray[np.uint32], NDArray[np.int16]]:
    """Mark and value of every posting of the forms found, one after the other.

    `forms` and `asked` as `kernels.scan` writes them; `shares` are those of the query forms. A form
    is aligned once with each query form, whatever number of marks have it.
    """
    first = _first_postings(postings, forms)
    total = int(first[forms.shape[0]])
    values, distance = np.empty(total, np.int16), np.empty(total, np.int32)
    marks, held = _all_postings(postings, forms, total)
    room = lanes()
    g, hit = 0, 0
    while hit < forms.shape[0]:
        while forms[hit] >= table.groups[g, FORMS] + table.groups[g, FORM_COUNT]:
            g += 1
        group, number = table.groups[g], asked[hit]
        end = _alike(forms, asked, hit, group[FORMS] + group[FORM_COUNT])
        query = queries.codes[queries.starts[number] : queries.starts[number + 1]]
        keys, narrow = queries.keys[number], group[WIDTH] == 1
        _lay_all(table, group, forms[hit:end], style, keys, room)
        costs = distances(query, narrow, keys, room, end - hit, group[LENGTH], style)
        for lane in range(end - hit):
            distance[first[hit + lane] : first[hit + lane + 1]] = costs[lane]
        lengths, own = (query.shape[0], group[LENGTH]), slice(first[hit], first[end])
        worths(distance[own], held[own], lengths, shares[number], style, values[own])
        hit = end
    return marks, values


@kernel
def find_strings(
    table: Strings, postings: Postings, queries: Queries, floors: Ints, shares: Ints, style: int
) -> tuple[Ints, NDArray[np.uint32], NDArray[np.int16]]:
    """The forms that some query forms find under a string kind, and what `value_all` says."""
    forms, asked = scan(table, queries, floors)
    return forms, *value_all(table, postings, queries, shares, style, forms, asked)


@kernel
def _part(codes: Codes, at: int, length: int, query: NDArray[np.uint32]) -> bool:
    """Whether of a query form and a form of another length the shorter stands whole in the longer.

    The form's letters begin at `codes[at]`.
    """
    text = codes[at : at + length]
    if query.shape[0] < length:
        return stands_in(query, text)
    return query.shape[0] > length and stands_in(text, query)


@kernel
def _only_parts(table: Strings, queries: Queries, forms: Ints, asked: Ints) -> tuple[int, Ints]:
    """Move the pairs of which the one is part of the other to the front.

    Returns:
        How many they are, and the length of the form of each.
    """
    lengths = np.empty(forms.shape[0], np.int64)
    kept, g = 0, 0
    for hit in range(forms.shape[0]):
        while forms[hit] >= table.groups[g, FORMS] + table.groups[g, FORM_COUNT]:
            g += 1
        group, number = table.groups[g], asked[hit]
        query = queries.codes[queries.starts[number] : queries.starts[number + 1]]
        length, width = group[LENGTH], group[WIDTH]
        at = group[CODES] + (forms[hit] - group[FORMS]) * length
        if width == 1:
            part = _part(table.codes1, at, length, query)
        elif width == 2:
            part = _part(table.codes2, at, length, query)
        else:
            part = _part(table.codes4, at, length, query)
        if part:
            forms[kept], asked[kept], lengths[kept] = forms[hit], number, length
            kept += 1
    return kept, lengths


@kernel
def find_parts(
    table: Strings, postings: Postings, queries: Queries, floors: Ints, shares: Ints
) -> tuple[Ints, NDArray[np.uint32], NDArray[np.int16]]:
    """The forms that stand whole in a query form or have it whole; mark and value of each posting.

    `floors` as `scan` takes them; `shares` are those of the query forms.
    """
    forms, asked = scan(table, queries, floors)
    kept, lengths = _only_parts(table, queries, forms, asked)
    forms = forms[:kept]
    first = _first_postings(postings, forms)
    marks, held = _all_postings(postings, forms, int(first[kept]))
    values = np.empty(marks.shape[0], np.int16)
    for hit in range(kept):
        n, own = lengths[hit], shares[asked[hit]]
        m = queries.starts[asked[hit] + 1] - queries.starts[asked[hit]]
        for place in range(first[hit], first[hit + 1]):
            other = int(held[place])
            values[place] = inside(own, other, m, n) if m < n else inside(other, own, n, m)
    return forms, marks, values


@kernel
def collect(marks: NDArray[np.uint32], values: NDArray[np.int16], column: int, rows: Rows) -> None:
    """Raise each mark to its value under the kind of a column."""
    for place in range(min(_AHEAD, marks.shape[0])):
        prefetch(rows.slots, marks[place])
    for place in range(marks.shape[0]):
        prefetch(rows.slots, marks[min(place + _AHEAD, marks.shape[0] - 1)])
        if values[place] > 0:
            _raise(rows, marks[place], column, values[place])


@kernel
def value_equal(shares: NDArray[np.uint16], share: int, values: NDArray[np.int16]) -> None:
    """Write the value of every posting of the one form whose text equals the query's."""
    for place in range(shares.shape[0]):
        values[place] = belong(share, int(shares[place]))


@kernel
def collect_set(
    postings: Postings,
    forms: Ints,
    shares: Ints,
    floor: int,
    column: int,
    sums: NDArray[np.int32],
    rows: Rows,
) -> None:
    """Give every mark that has some of the tokens its cover.

    `forms` are distinct, `shares` those of the query's tokens; `sums` is scratch of shape
    (marks of the segment, 2), zeros on entry and on return.
    """
    for i in range(forms.shape[0]):
        for p in range(postings.starts[forms[i]], postings.starts[forms[i] + 1]):
            sums[postings.marks[p], 0] += shares[i]
            sums[postings.marks[p], 1] += postings.shares[p]
    for i in range(forms.shape[0]):
        for p in range(postings.starts[forms[i]], postings.starts[forms[i] + 1]):
            mark = postings.marks[p]
            if sums[mark, 0] > 0:
                value = cover(int(sums[mark, 0]), int(sums[mark, 1]), floor)
                sums[mark, 0] = 0
                sums[mark, 1] = 0
                if value > 0:
                    _raise(rows, mark, column, value)


@kernel
def forget(rows: Rows) -> None:
    """Zero the slots that were used, so that they can serve the next query."""
    for row in range(rows.used[0]):
        rows.slots[rows.marks[row]] = 0
