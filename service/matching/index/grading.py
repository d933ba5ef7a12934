"""`service.matching.kernels.grade`, some ten times as fast: one query form against many.

The oracle's function says what a value is, in the plainest way; this one must give the same number
for every pair (tested). What depends on one letter and its place alone is read from tables, nothing
is divided inside the alignment, and its rows are made once for all forms.
"""

import numpy as np
from numpy.typing import NDArray

from service.matching import costs
from service.matching.index.compiled import kernel
from service.matching.index.signature import Codes
from service.matching.kernels import belong
from service.matching.kinds import LONGEST

Costs = NDArray[np.int32]

_FAR = 1 << 29
_LEAD = costs.LEAD
_LAST = len(costs.LEAD) - 1
_PLAIN, _TAIL, _HEAD = range(3)
"""Which letters are left out: inner ones, those after the end, those before the beginning."""


def _gap_tables() -> tuple[Costs, Costs]:
    """Cost of a letter left out, and when the one before it was too: [where, drop cost, place]."""
    plain = np.arange(101)[:, None] * costs.LEAD[None, :]
    first = np.stack([plain, plain * costs.TAIL // 100, plain * costs.HEAD // 100])
    return first.astype(np.int32), (first * costs.RUN // 100).astype(np.int32)


_GAP, _RUN = _gap_tables()
_DROP = costs.DROP.astype(np.int32)
_EXCHANGE = np.where(np.eye(costs.SPAN, dtype=bool), 0, costs.SUBSTITUTE).astype(np.int32)
_SWAPPED = (costs.SWAP * costs.LEAD).astype(np.int32)
_MASS = 100 * np.concatenate(
    [[0], np.cumsum([int(_LEAD[min(place, _LAST)]) for place in range(LONGEST)])]
)
_DOUBLE, _SPAN = costs.DOUBLE, costs.SPAN
_SHORT, _BLUNT, _CREDIT, _EDGE_FROM = costs.SHORT, costs.BLUNT, costs.CREDIT, costs.EDGE_FROM


@kernel
def drops_of(codes: Codes, at: int, length: int, style: int, drops: Costs) -> None:
    """Write what each letter of a text costs when it is left out, before its place counts."""
    last = -1
    for i in range(length):
        letter = int(codes[at + i])
        cost = _DROP[style, letter] if letter < _SPAN else 100
        drops[i] = min(cost, _DOUBLE) if letter == last else cost
        last = letter


@kernel
def _exchange(x: int, y: int, style: int) -> int:
    """Cost of one letter in the place of another."""
    if x < _SPAN and y < _SPAN:
        return int(_EXCHANGE[style, x, y])
    return 0 if x == y else 100


@kernel
def _first_row(drops: Costs, length: int, where: int, row: Costs, dropped: Costs) -> None:
    """The row of an empty query: all letters of the form are left over before its beginning."""
    row[0] = 0
    dropped[0] = _FAR
    left = _FAR
    for j in range(1, length + 1):
        cost = drops[j - 1]
        left = min(row[j - 1] + _GAP[where, cost, 0], left + _RUN[where, cost, 0])
        row[j] = left
        dropped[j] = _FAR


@kernel
def distance(
    query: NDArray[np.uint32],
    query_drops: Costs,
    codes: Codes,
    at: int,
    length: int,
    style: int,
    work: Costs,
) -> int:
    """`kernels.distance` of a query form and a form of `length` letters from `codes[at]`.

    `query_drops` as `drops_of` writes them; `work` is scratch of shape (5, LONGEST + 1).
    """
    m = query.shape[0]
    drops, dropped = work[3], work[4]
    drops_of(codes, at, length, style, drops)
    edges = min(m, length) >= _EDGE_FROM[style]
    tail = _TAIL if edges else _PLAIN
    head = _HEAD if edges else _PLAIN
    _first_row(drops, length, head, work[0], dropped)
    for i in range(1, m + 1):
        row, above, two_up = work[i % 3], work[(i + 2) % 3], work[(i + 1) % 3]
        x = int(query[i - 1])
        x_before = int(query[i - 2]) if i > 1 else -1
        x_drop = query_drops[i - 1]
        side = tail if i == m else _PLAIN
        dropped[0] = min(above[0] + _GAP[head, x_drop, 0], dropped[0] + _RUN[head, x_drop, 0])
        row[0] = dropped[0]
        left = _FAR
        y_before = -1
        for j in range(1, length + 1):
            y = int(codes[at + j - 1])
            y_drop = drops[j - 1]
            where = tail if j == length else _PLAIN
            place = min(i - 1, j, _LAST)
            drop = min(
                above[j] + _GAP[where, x_drop, place], dropped[j] + _RUN[where, x_drop, place]
            )
            dropped[j] = drop
            place = min(i, j - 1, _LAST)
            left = min(row[j - 1] + _GAP[side, y_drop, place], left + _RUN[side, y_drop, place])
            place = min(i - 1, j - 1, _LAST)
            least = min(drop, left, above[j - 1] + _exchange(x, y, style) * _LEAD[place])
            if x == y_before and x_before == y and x != y:
                least = min(least, two_up[j - 2] + _SWAPPED[place])
            row[j] = least
            y_before = y
    return int(work[m % 3, length])


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
