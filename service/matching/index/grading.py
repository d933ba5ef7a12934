"""`service.matching.kernels.grade`, many times as fast: one query form against many forms at once.

The oracle's function says what a value is, in the plainest way; this one must give the same number
for every pair (tested). Forms of one length are laid side by side, a *lane* each, letter under
letter, and every step of the alignment is taken for many lanes at once. What depends on one letter
and its place alone is read from tables.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching import costs
from service.matching.index.compiled import kernel
from service.matching.index.signature import Codes
from service.matching.index.vectors import WIDE, step
from service.matching.kernels import belong
from service.matching.kinds import LONGEST

Costs = NDArray[np.int32]
Places = NDArray[np.uint32]

LANES = 64
"""Forms that are aligned side by side."""
_FAR = 1 << 29
_LEAD = costs.LEAD.astype(np.int32)
_LAST = len(costs.LEAD) - 1
_PLAIN, _TAIL, _HEAD = range(3)
"""Which letters are left out: inner ones, those after the end, those before the beginning."""
_SPAN = costs.SPAN
_COSTS = 101
"""Costs of a letter left out, in hundredths, before its place counts: 0 to 100."""
_ROW = (LONGEST + 1) * LANES
_EACH = np.arange(LANES, dtype=np.uint32)


def _gap_tables() -> tuple[Costs, Costs]:
    """Cost of a letter left out, and when the one before it was too: [where, place, drop cost]."""
    plain = costs.LEAD[:, None] * np.arange(_COSTS)[None, :]
    first = np.stack([plain, plain * costs.TAIL // 100, plain * costs.HEAD // 100])
    return first.astype(np.int32), (first * costs.RUN // 100).astype(np.int32)


def _exchange_table() -> Costs:
    """Cost of one letter in the place of another: [style, letter, letter]; the last for others."""
    table = np.full((len(costs.SUBSTITUTE), _SPAN + 1, _SPAN + 1), 100, np.int32)
    table[:, :_SPAN, :_SPAN] = np.where(np.eye(_SPAN, dtype=bool), 0, costs.SUBSTITUTE)
    return table


_GAP, _RUN = _gap_tables()
_EXCHANGE = _exchange_table()
_DROP = np.pad(costs.DROP, ((0, 0), (0, 1)), constant_values=100).astype(np.int32)
_SWAPPED = (costs.SWAP * costs.LEAD).astype(np.int32)
_MASS = 100 * np.concatenate(
    [[0], np.cumsum([int(_LEAD[min(place, _LAST)]) for place in range(LONGEST)])]
)
_DOUBLE = costs.DOUBLE
_SHORT, _BLUNT, _CREDIT, _EDGE_FROM = costs.SHORT, costs.BLUNT, costs.CREDIT, costs.EDGE_FROM


class Lanes(NamedTuple):
    """Forms side by side and the rows of their alignments; kept from one alignment to the next."""

    letters: Costs
    """Code points, shape (LONGEST, LANES): letter by letter."""
    places: Places
    """The same as places in `_EXCHANGE` and `_DROP`."""
    drops: Places
    """What each letter costs when it is left out, before its place counts."""
    seen: NDArray[np.uint64]
    """Shape (LONGEST,): bit `letter % 64` of every letter some lane has there."""
    rows: Costs
    """Shape (3, LONGEST + 1, LANES): the last three rows."""
    dropped: Costs
    """Shape (LONGEST + 1, LANES): the last row where the query's letter is left out."""
    left: Costs
    """Shape (LANES,): the last column where the form's letter is left out."""
    near: Costs
    """Shape (LONGEST, LANES): cost of a query letter of no table in the place of each letter."""


@kernel
def lanes() -> Lanes:
    """Room for LANES forms."""
    return Lanes(
        np.zeros((LONGEST, LANES), np.int32),
        np.empty((LONGEST, LANES), np.uint32),
        np.empty((LONGEST, LANES), np.uint32),
        np.empty(LONGEST, np.uint64),
        np.empty((3, LONGEST + 1, LANES), np.int32),
        np.empty((LONGEST + 1, LANES), np.int32),
        np.empty(LANES, np.int32),
        np.empty((LONGEST, LANES), np.int32),
    )


@kernel
def drops_of(codes: Codes, style: int, drops: Costs) -> None:
    """Write what each letter of a query form costs when it is left out."""
    for i in range(codes.shape[0]):
        cost = _DROP[style, min(int(codes[i]), _SPAN)]
        doubled = i > 0 and codes[i] == codes[i - 1]
        drops[i] = min(cost, _DOUBLE) if doubled else cost


@kernel
def _make_ready(room: Lanes, width: int, length: int, style: int) -> None:
    """Fill what follows from the letters in the lanes."""
    letters, places, drops, seen = room.letters, room.places, room.drops, room.seen
    for j in range(length):
        bits = np.uint64(0)
        for k in range(width):
            letter = letters[j, k]
            place = np.uint32(min(letter, _SPAN))
            places[j, k] = place
            drops[j, k] = _DROP[style, place]
            bits |= np.uint64(1) << np.uint64(letter & 63)
        seen[j] = bits
        if j > 0:
            for k in range(width):
                if letters[j, k] == letters[j - 1, k]:
                    drops[j, k] = min(drops[j, k], np.uint32(_DOUBLE))


@kernel
def _begin(room: Lanes, width: int, length: int, head: int) -> None:
    """The row of an empty query: all letters of the forms are left over before its beginning."""
    rows, left, drops = room.rows, room.left, room.drops
    rows[0, 0, :width] = 0
    room.dropped[: length + 1, :width] = _FAR
    left[:width] = _FAR
    for j in range(1, length + 1):
        for k in range(width):
            drop = drops[j - 1, k]
            more = left[k] + _RUN[head, 0, drop]
            left[k] = min(rows[0, j - 1, k] + _GAP[head, 0, drop], more)
            rows[0, j, k] = left[k]


@kernel
def _far_letter(x: int, letters: Costs, length: int, width: int, near: Costs) -> None:
    """Cost of a query letter of no table in the place of each letter of each lane."""
    for j in range(length):
        for k in range(width):
            near[j, k] = 0 if letters[j, k] == x else 100


@kernel
def _swap(
    rows: Costs, i: int, j: int, letters: Costs, x: int, x_before: int, cost: int, width: int
) -> None:
    """Let the cell be cheaper in lanes where two neighbours stand exchanged."""
    row, two_up = i % 3, (i + 1) % 3
    for k in range(width):
        if letters[j - 2, k] == x and letters[j - 1, k] == x_before:
            rows[row, j, k] = min(rows[row, j, k], rows[two_up, j - 2, k] + np.int32(cost))


@kernel
def _may_swap(seen: NDArray[np.uint64], j: int, x: int, x_before: int) -> bool:
    """Whether some lane can have `x` and then `x_before` at the places before column `j`."""
    first = seen[j - 2] >> np.uint64(x & 63)
    second = seen[j - 1] >> np.uint64(x_before & 63)
    return bool(first & second & np.uint64(1))


@kernel
def distances(
    query: NDArray[np.uint32], query_drops: Costs, room: Lanes, count: int, length: int, style: int
) -> Costs:
    """`kernels.distance` of a query form and the first `count` lanes, all of `length` letters.

    `query_drops` as `drops_of` writes them; of `room` only `letters` need be filled.
    """
    rows, dropped, left, near = room.rows, room.dropped, room.left, room.near
    letters, places, drops, seen = room.letters, room.places, room.drops, room.seen
    gaps, runs = _GAP.reshape(-1), _RUN.reshape(-1)
    arrays = (rows, dropped, left, drops, places, gaps, runs, _EXCHANGE.reshape(-1))
    arrays_far = (rows, dropped, left, drops, _EACH, gaps, runs, near.reshape(-1))
    m = query.shape[0]
    width = min(LANES, (count + WIDE - 1) // WIDE * WIDE)
    edges = min(m, length) >= _EDGE_FROM[style]
    tail = _TAIL if edges else _PLAIN
    head = _HEAD if edges else _PLAIN
    _make_ready(room, width, length, style)
    _begin(room, width, length, head)
    x = -1
    for i in range(1, m + 1):
        x_before, x = x, int(query[i - 1])
        drop = query_drops[i - 1]
        side = tail if i == m else _PLAIN
        row, above = (i % 3) * _ROW, ((i + 2) % 3) * _ROW
        for k in range(width):
            more = dropped[0, k] + _RUN[head, 0, drop]
            dropped[0, k] = min(rows[(i + 2) % 3, 0, k] + _GAP[head, 0, drop], more)
            rows[i % 3, 0, k] = dropped[0, k]
            left[k] = _FAR
        if x >= _SPAN:
            _far_letter(x, letters, length, width, near)
        for j in range(1, length + 1):
            where = tail if j == length else _PLAIN
            place = min(i - 1, j, _LAST)
            gap, run = _GAP[where, place, drop], _RUN[where, place, drop]
            place = min(i - 1, j - 1, _LAST)
            here, letter = j * LANES, (j - 1) * LANES
            before, corner = row + letter, above + letter
            table = (side * (_LAST + 1) + min(i, j - 1, _LAST)) * _COSTS
            lead = _LEAD[place]
            weights = (gap, run, lead)
            if x < _SPAN:
                exchange = (style * (_SPAN + 1) + x) * (_SPAN + 1)
                at = (
                    row + here,
                    above + here,
                    before,
                    corner,
                    here,
                    letter,
                    letter,
                    table,
                    exchange,
                )
                step(arrays, at, weights, width)
            else:
                at = (row + here, above + here, before, corner, here, letter, 0, table, letter)
                step(arrays_far, at, weights, width)
            if i > 1 and j > 1 and x != x_before and _may_swap(seen, j, x, x_before):
                _swap(rows, i, j, letters, x, x_before, int(_SWAPPED[place]), width)
    return rows[m % 3, length, :count]


@kernel
def worth(cost: int, m: int, n: int, share: int, held: int, style: int) -> int:
    """What `kernels.grade` makes of a distance, the lengths and the shares of two forms."""
    shorter = min(m, n)
    if shorter < _SHORT.shape[1]:
        cost = cost * _SHORT[style, shorter] // 100
    dice = 2000 * share * held // (1000 * (share + held))
    cost = cost * (100000 + (1000 - dice) * _BLUNT) // 100000
    alike = 10000 - 20000 * cost // (_MASS[m] + _MASS[n])
    if alike <= 0:
        return 0
    alike = alike * _CREDIT[style, min(shorter, _CREDIT.shape[1] - 1)] // 100
    return int(alike * belong(share, held) // 10000)
