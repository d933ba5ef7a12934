"""`service.matching.kernels.grade`, many times as fast: one query form against many forms at once.

The oracle's function says what a value is, in the plainest way; this one must give the same number
for every pair (tested). Forms of one length are laid side by side, a *lane* each, letter under
letter, and a row of the alignment is filled for many lanes at once (`aligning`). Letters are
numbers of 16 bits: themselves where all of a table's are below 256; in tables of wider ones those
of ASCII are themselves, others are told apart only as far as the query has them.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching import costs
from service.matching.index.aligning import FAR, LANES, SHIFT, WIDE, near, row
from service.matching.index.compiled import kernel
from service.matching.index.signature import Codes, slot_of
from service.matching.kinds import LONGEST

Costs = NDArray[np.int32]
Shorts = NDArray[np.uint16]
Keys = NDArray[np.uint32]

_LEAD = costs.LEAD.astype(np.int32)
_LAST = len(costs.LEAD) - 1
_PLAIN, _TAIL, _HEAD = range(3)
"""Which letters are left out: inner ones, those after the end, those before the beginning."""
_SPAN = costs.SPAN
_COSTS = 101
"""Costs of a letter left out, in hundredths, before its place counts: 0 to 100."""
_ROW = (LONGEST + 2) * LANES
_NEVER, _OTHER = 0xFFFE, 0xFFFF
"""A letter that no lane has, and one of a lane that the query does not have."""


def _gap_tables() -> tuple[Costs, Costs]:
    """Cost of a letter left out, and when the one before it was too: [where, drop cost, place]."""
    plain = np.arange(_COSTS)[:, None] * costs.LEAD[None, :]
    first = np.stack([plain, plain * costs.TAIL // 100, plain * costs.HEAD // 100])
    return first.astype(np.int32), (first * costs.RUN // 100).astype(np.int32)


def _near_tables() -> tuple[NDArray[np.int64], Shorts, Shorts]:
    """For each style and letter of ASCII where its near ones begin; those letters; their costs."""
    starts, names, prices = [0], [], []
    for style in range(len(costs.SUBSTITUTE)):
        for letter in range(_SPAN):
            for other in range(_SPAN):
                cost = int(costs.SUBSTITUTE[style, letter, other])
                if other != letter and cost < 100:
                    names.append(other)
                    prices.append(cost)
            starts.append(len(names))
    return np.array(starts), np.array(names, np.uint16), np.array(prices, np.uint16)


_GAP, _RUN = _gap_tables()
_SIDES = np.array([[100], [costs.TAIL], [costs.HEAD]])
FACTOR = (-(-((costs.LEAD * _SIDES) << SHIFT) // 100)).astype(np.int32)
"""By what a drop cost is scaled, by where and place: `_GAP` for many lanes at once."""
_NEAR, _NEAR_LETTER, _NEAR_COST = _near_tables()
_DROP = np.pad(costs.DROP, ((0, 0), (0, 1)), constant_values=100).astype(np.int32)
_MASS = 100 * np.concatenate(
    [[0], np.cumsum([int(_LEAD[min(place, _LAST)]) for place in range(LONGEST)])]
)
_DOUBLE = costs.DOUBLE
_SHORT, _CREDIT, _EDGE_FROM = costs.SHORT, costs.CREDIT, costs.EDGE_FROM
_BLUNT, _PART = costs.BLUNT, costs.PART


class Lanes(NamedTuple):
    """Forms side by side and the rows of their alignments; kept from one alignment to the next."""

    query: Shorts
    """Shape (LONGEST,): the query form's letters as those of the lanes are numbered."""
    letters: Shorts
    """Shape (LONGEST + 1, LANES): letter by letter, from 1."""
    drops: Shorts
    """The same shape: what each letter costs when it is left out, before its place counts."""
    near: Shorts
    """The same shape: what a letter of the query costs in the place of each."""
    rows: Costs
    """Shape (3, LONGEST + 2, LANES): the last three rows; their columns begin at -1, never read for
    what it holds."""
    dropped: Costs
    """Shape (LONGEST + 1, LANES): the last row where the query's letter is left out."""


@kernel
def lanes() -> Lanes:
    """Room for LANES forms. What lanes not in use hold disturbs no other, so none is cleared."""
    return Lanes(
        np.empty(LONGEST, np.uint16),
        np.empty((LONGEST + 1, LANES), np.uint16),
        np.empty((LONGEST + 1, LANES), np.uint16),
        np.empty((LONGEST + 1, LANES), np.uint16),
        np.empty((3, LONGEST + 2, LANES), np.int32),
        np.empty((LONGEST + 1, LANES), np.int32),
    )


@kernel
def drop_of(letter: int, before: int, style: int) -> int:
    """What a letter costs when it is left out, after the letter before it (-1 for none)."""
    cost = _DROP[style, min(letter, _SPAN)]
    return int(min(cost, _DOUBLE) if letter == before else cost)


@kernel
def number_of(letter: int, narrow: bool, keys: Keys) -> int:
    """The number of a letter in the lanes; `keys` is the query form's table, see `signature`."""
    if narrow:
        return letter if letter < 256 else _NEVER
    if letter < _SPAN:
        return letter
    slot = slot_of(keys, letter)
    return int(_SPAN + slot if keys[slot] != 0 else _OTHER)


@kernel
def lay(
    codes: Codes, at: int, length: int, style: int, narrow: bool, keys: Keys, room: Lanes, lane: int
) -> None:
    """Lay the form whose letters begin at `codes[at]` into a lane."""
    before = -1
    for j in range(length):
        letter = int(codes[at + j])
        room.letters[j + 1, lane] = number_of(letter, narrow, keys)
        room.drops[j + 1, lane] = drop_of(letter, before, style)
        before = letter


@kernel
def distances(
    query: NDArray[np.uint32],
    narrow: bool,
    keys: Keys,
    room: Lanes,
    count: int,
    length: int,
    style: int,
) -> Costs:
    """`kernels.distance` of a query form and the first `count` lanes, all of `length` letters.

    The lanes were laid with the same style, `narrow` and `keys`.
    """
    m = query.shape[0]
    width = min(LANES, (count + WIDE - 1) // WIDE * WIDE)
    edges = min(m, length) >= _EDGE_FROM[style]
    tail = _TAIL if edges else _PLAIN
    head = _HEAD if edges else _PLAIN
    rows, own = room.rows, room.query
    arrays = (
        *(rows, room.dropped, room.letters, room.drops, room.near),
        *(_GAP, _RUN, FACTOR, _LEAD),
    )
    rows[2, 1 : length + 2] = FAR
    room.dropped[: length + 1] = FAR
    # Row 0: nothing stands above it, so that all letters of the forms are left over. Whatever is in
    # `near` is too little to matter beside FAR.
    at = (LANES, 2 * _ROW + LANES, _ROW + LANES, 0, 0, head * (_LAST + 1), 0)
    row(arrays, at, (_NEVER, _NEVER, 0, 0), (length, width))
    edge, dropped, letter = 0, FAR, -1
    for i in range(1, m + 1):
        before, letter = letter, int(query[i - 1])
        own[i - 1] = number_of(letter, narrow, keys)
        number = int(own[i - 1])
        drop = drop_of(letter, before, style)
        dropped = min(edge + _GAP[head, drop, 0], dropped + _RUN[head, drop, 0])
        edge = dropped
        listed = style * _SPAN + number
        ends = (_NEAR[listed], _NEAR[listed + 1]) if number < _SPAN else (0, 0)
        near(
            (room.letters, room.near, _NEAR_LETTER, _NEAR_COST),
            (number, ends[0], ends[1]),
            length,
            width,
        )
        side = tail if i == m else _PLAIN
        at = (
            (i % 3) * _ROW + LANES,
            ((i + 2) % 3) * _ROW + LANES,
            ((i + 1) % 3) * _ROW + LANES,
            (_PLAIN * _COSTS + drop) * (_LAST + 1),
            (tail * _COSTS + drop) * (_LAST + 1),
            side * (_LAST + 1),
            edge,
        )
        other = int(own[i - 2]) if i > 1 and letter != before else _NEVER
        row(arrays, at, (number, other, min(i, _LAST), min(i - 1, _LAST)), (length, width))
    return rows[m % 3, length + 1, :count]


@kernel
def worths(
    distances: Costs,
    held: Shorts,
    lengths: tuple[int, int],
    share: int,
    style: int,
    values: NDArray[np.int16],
) -> None:
    """Write what `kernels.grade` makes of distances, the lengths and the shares of two forms.

    In floating point, which divides eight at a time: whole numbers below `2**53` divided and cut
    are as in integers, because a quotient is further from the next whole number than it is rounded.
    """
    m, n = lengths
    shorter = min(m, n)
    harder = float(_SHORT[style, shorter]) if shorter < _SHORT.shape[1] else 100.0
    credit = float(_CREDIT[style, min(shorter, _CREDIT.shape[1] - 1)])
    mass = float(_MASS[m] + _MASS[n])
    own = float(share)
    for place in range(values.shape[0]):
        other = float(held[place])
        apart = 1000.0 - np.floor(2.0 * own * other / (own + other))
        cost = np.floor(distances[place] * harder / 100.0)
        cost = np.floor(cost * (100000.0 + apart * _BLUNT) / 100000.0)
        alike = max(0.0, 10000.0 - np.floor(20000.0 * cost / mass))
        alike = np.floor(alike * credit / 100.0)
        belonging = 10000.0 - np.floor(apart * _PART / 100.0)
        values[place] = np.int16(np.floor(alike * belonging / 10000.0))
