"""From forms found to marks and their values: postings walked, the shared scalar functions applied.

Values are those of `service.matching.kinds`: integers in 0..10000, a mark's value the maximum over
its forms. The functions are the oracle's own (`service.matching.kernels`), or tested to equal them.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.index.compiled import kernel
from service.matching.index.grading import distance, drops_of, worth
from service.matching.index.kernels import CODES, FORM_COUNT, FORMS, LENGTH, WIDTH, Ints, Strings
from service.matching.index.signature import Queries
from service.matching.kernels import belong, cover
from service.matching.kinds import LONGEST


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
def value_all(
    table: Strings,
    postings: Postings,
    queries: Queries,
    shares: Ints,
    style: int,
    forms: Ints,
    asked: Ints,
    values: NDArray[np.int16],
) -> None:
    """Write the value of every posting of the forms found, one after the other.

    `forms` and `asked` as `kernels.scan` writes them; `shares` are those of the query forms. A form
    is aligned once with each query form, whatever number of marks have it.
    """
    work = np.empty((5, LONGEST + 1), np.int32)
    drops = np.empty(queries.codes.shape[0], np.int32)
    for number in range(shares.shape[0]):
        begin, end = queries.starts[number], queries.starts[number + 1]
        drops_of(queries.codes, begin, end - begin, style, drops[begin:end])
    g = 0
    place = 0
    for i in range(forms.shape[0]):
        form = forms[i]
        while form >= table.groups[g, FORMS] + table.groups[g, FORM_COUNT]:
            g += 1
        begin, end = queries.starts[asked[i]], queries.starts[asked[i] + 1]
        query, drop = queries.codes[begin:end], drops[begin:end]
        n = table.groups[g, LENGTH]
        at = table.groups[g, CODES] + (form - table.groups[g, FORMS]) * n
        if table.groups[g, WIDTH] == 1:
            cost = distance(query, drop, table.codes1, at, n, style, work)
        elif table.groups[g, WIDTH] == 2:
            cost = distance(query, drop, table.codes2, at, n, style, work)
        else:
            cost = distance(query, drop, table.codes4, at, n, style, work)
        last = -1
        value = 0
        for p in range(postings.starts[form], postings.starts[form + 1]):
            held = int(postings.shares[p])
            if held != last:
                last = held
                value = worth(cost, end - begin, n, shares[asked[i]], held, style)
            values[place] = value
            place += 1


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
