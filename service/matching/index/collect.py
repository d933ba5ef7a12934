"""From forms found to marks and their values: postings walked, the shared scalar functions applied.

Values are those of `service.matching.kinds`: integers in 0..10000, a mark's value the maximum over
its forms. The functions are the oracle's own (`service.matching.kernels`), or tested to equal them.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.index.compiled import kernel
from service.matching.index.grading import LANES, distances, drops_of, lanes, worth
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
def _lay(codes: Codes, at: int, length: int, letters: NDArray[np.int32], lane: int) -> None:
    """Lay a form into a lane, letter under letter."""
    for j in range(length):
        letters[j, lane] = codes[at + j]


@kernel
def _put(table: Strings, g: int, form: int, letters: NDArray[np.int32], lane: int) -> None:
    """Lay a form of a group into a lane."""
    length = table.groups[g, LENGTH]
    at = table.groups[g, CODES] + (form - table.groups[g, FORMS]) * length
    if table.groups[g, WIDTH] == 1:
        _lay(table.codes1, at, length, letters, lane)
    elif table.groups[g, WIDTH] == 2:
        _lay(table.codes2, at, length, letters, lane)
    else:
        _lay(table.codes4, at, length, letters, lane)


@kernel
def _value(
    postings: Postings,
    form: int,
    cost: int,
    lengths: tuple[int, int],
    share: int,
    style: int,
    values: NDArray[np.int16],
    first: int,
) -> None:
    """Write the value of every posting of one form that costs so much to align."""
    last = -1
    value = 0
    for place in range(postings.starts[form], postings.starts[form + 1]):
        held = int(postings.shares[place])
        if held != last:
            last = held
            value = worth(cost, lengths[0], lengths[1], share, held, style)
        values[first] = value
        first += 1


@kernel
def _first_postings(postings: Postings, forms: Ints) -> Ints:
    """Where the postings of each form found begin when all are laid one after the other."""
    first = np.zeros(forms.shape[0] + 1, np.int64)
    for i in range(forms.shape[0]):
        held = np.int64(postings.starts[forms[i] + 1]) - np.int64(postings.starts[forms[i]])
        first[i + 1] = first[i] + held
    return first


@kernel
def value_all(
    table: Strings,
    postings: Postings,
    queries: Queries,
    shares: Ints,
    style: int,
    forms: Ints,
    asked: Ints,
) -> NDArray[np.int16]:
    """The value of every posting of the forms found, one after the other.

    `forms` and `asked` as `kernels.scan` writes them; `shares` are those of the query forms. A form
    is aligned once with each query form, whatever number of marks have it.
    """
    first = _first_postings(postings, forms)
    values = np.empty(first[forms.shape[0]], np.int16)
    room = lanes()
    waiting = np.empty(LANES, np.int64)
    for number in range(shares.shape[0]):
        query = queries.codes[queries.starts[number] : queries.starts[number + 1]]
        drops = np.empty(query.shape[0], np.int32)
        drops_of(query, style, drops)
        g = 0
        count = 0
        for i in range(forms.shape[0] + 1):
            ended = i == forms.shape[0]
            if not ended and asked[i] != number:
                continue
            after = g
            while (
                not ended
                and forms[i] >= table.groups[after, FORMS] + table.groups[after, FORM_COUNT]
            ):
                after += 1
            if count == LANES or (count > 0 and (ended or after != g)):
                n = table.groups[g, LENGTH]
                costs = distances(query, drops, room, count, n, style)
                for lane in range(count):
                    hit = waiting[lane]
                    lengths = (query.shape[0], n)
                    _value(
                        postings,
                        forms[hit],
                        costs[lane],
                        lengths,
                        shares[number],
                        style,
                        values,
                        first[hit],
                    )
                count = 0
            g = after
            if not ended:
                _put(table, g, forms[i], room.letters, count)
                waiting[count] = i
                count += 1
    return values


@kernel
def find_strings(
    table: Strings, postings: Postings, queries: Queries, floors: Ints, shares: Ints, style: int
) -> tuple[Ints, NDArray[np.int16]]:
    """The forms that some query forms find under a string kind, and what `value_all` says."""
    forms, asked = scan(table, queries, floors)
    return forms, value_all(table, postings, queries, shares, style, forms, asked)


@kernel
def collect(
    postings: Postings, forms: Ints, values: NDArray[np.int16], column: int, rows: Rows
) -> None:
    """Raise every mark of each found form to its value; values as `value_all` writes them."""
    place = 0
    for form in forms:
        for p in range(postings.starts[form], postings.starts[form + 1]):
            if values[place] > 0:
                _raise(rows, postings.marks[p], column, values[place])
            place += 1


@kernel
def value_equal(postings: Postings, form: int, share: int, values: NDArray[np.int16]) -> None:
    """Write the value of every posting of the one form whose text equals the query's."""
    for p in range(postings.starts[form], postings.starts[form + 1]):
        values[p - postings.starts[form]] = belong(share, int(postings.shares[p]))


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
