"""Many alignments at once, written in vector instructions: a row of the table for each lane.

Numba would check anew in every cell that none of the arrays overlap, and would read tables by a
gather, which costs ten times a multiplication. So nothing is looked up lane by lane: an exchange is
found by comparing with the few letters that are near, a letter left out by multiplying. LLVM turns
vectors into what the processor has.
"""

from collections.abc import Callable
from typing import Any, cast

import numba
from llvmlite import ir
from numba.core import cgutils as building
from numba.extending import intrinsic

from service.matching import costs

cgutils: Any = building
types: Any = numba.types
"""Neither says what types its functions have."""

LANES = 64
"""Forms that are aligned side by side; the numbers of one letter or cell of theirs follow each
other."""
WIDE = 16
"""Lanes of a row that are worked on together."""
FAR = 1 << 29
"""More than any alignment costs; two of them do not overflow."""
SHIFT = 17
"""Costs times a per cent are products with a number `2**SHIFT` times as large, rounded up, shifted
back. A drop cost is at most 100, a weighted one 13,000: neither product reaches `2**31`, and what
is rounded up is too little to reach the next whole number (tested for every cost)."""

RUN = -(-(costs.RUN << SHIFT) // 100)

_SHORT, _INT, _LONG = ir.IntType(16), ir.IntType(32), ir.IntType(64)
_LETTERS = ir.VectorType(_SHORT, 2 * WIDE)
_HALF = ir.VectorType(_SHORT, WIDE)
_VECTOR = ir.VectorType(_INT, WIDE)
_MASK = ir.VectorType(ir.IntType(1), WIDE)
_UNLIKE = 100
"""Cost of a letter in the place of one that is not near it."""


class _Vectors:
    """The few operations on vectors that a row needs, as instructions at the builder's place."""

    def __init__(self, builder: Any) -> None:
        self._at = builder

    def constant(self, value: int, kind: Any = _VECTOR) -> Any:
        """A vector of one number known beforehand."""
        return ir.Constant(kind, [value] * kind.count)

    def spread(self, value: Any, kind: Any = _VECTOR) -> Any:
        """A vector of one number."""
        nothing = ir.Constant(kind, ir.Undefined)
        first = self._at.insert_element(nothing, value, _INT(0))
        every = ir.Constant(ir.VectorType(_INT, kind.count), [0] * kind.count)
        return self._at.shuffle_vector(first, nothing, every)

    def number(self, data: Any, offset: Any) -> Any:
        """The number at an offset."""
        return self._at.load(self._at.gep(data, [offset]))

    def load(self, data: Any, offset: Any, kind: Any = _VECTOR) -> Any:
        """The numbers from an offset on."""
        place = self._at.bitcast(self._at.gep(data, [offset]), kind.as_pointer())
        return self._at.load(place, align=kind.element.width // 8)

    def store(self, vector: Any, data: Any, offset: Any) -> None:
        """Write them from an offset on."""
        kind = vector.type
        place = self._at.bitcast(self._at.gep(data, [offset]), kind.as_pointer())
        self._at.store(vector, place, align=kind.element.width // 8)

    def widened(self, data: Any, offset: Any) -> Any:
        """Numbers of 16 bits from an offset on, as numbers of 32."""
        return self._at.zext(self.load(data, offset, _HALF), _VECTOR)

    def least(self, one: Any, other: Any) -> Any:
        """The smaller of each two numbers."""
        return self._at.select(self._at.icmp_signed("<", one, other), one, other)

    def scaled(self, one: Any, factor: Any) -> Any:
        """The product shifted back by SHIFT."""
        return self._at.lshr(self._at.mul(one, factor), self.constant(SHIFT))


def _pointers(context: Any, builder: Any, kinds: Any, values: Any) -> list[Any]:
    """Where the data of each array of a tuple is."""
    arrays = zip(kinds, cgutils.unpack_tuple(builder, values), strict=True)
    return [context.make_array(kind)(context, builder, value=value).data for kind, value in arrays]


@intrinsic
def _near(_typing: Any, arrays: Any, _which: Any, _length: Any, _width: Any) -> Any:
    """See `near`."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        data = _pointers(context, builder, arrays, arguments[0])
        which = cgutils.unpack_tuple(builder, arguments[1])
        _emit_near(builder, data, which, arguments[2], arguments[3])
        return context.get_dummy_value()

    which = types.UniTuple(types.int64, 3)
    return types.void(arrays, which, types.int64, types.int64), generate


def _emit_near(builder: Any, data: list[Any], which: list[Any], length: Any, width: Any) -> None:
    """The instructions of `near`."""
    letters, near_costs, names, prices = data
    letter, first, last = which
    vectors = _Vectors(builder)
    own = vectors.spread(builder.trunc(letter, _SHORT), _LETTERS)
    best = cgutils.alloca_once(builder, _LETTERS)
    unlike, nothing = vectors.constant(_UNLIKE, _LETTERS), vectors.constant(0, _LETTERS)
    lanes = _LONG(LANES)
    columns = (_LONG(1), builder.add(length, _LONG(1)), _LONG(1), _LONG)
    with cgutils.for_range_slice(builder, *columns) as (column, _):
        start = builder.mul(column, lanes)
        with cgutils.for_range_slice(builder, _LONG(0), width, _LONG(2 * WIDE), _LONG) as (lane, _):
            here = builder.add(start, lane)
            held = vectors.load(letters, here, _LETTERS)
            equal = builder.icmp_unsigned("==", held, own)
            builder.store(builder.select(equal, nothing, unlike), best)
            with cgutils.for_range_slice(builder, first, last, _LONG(1), _LONG) as (k, _):
                name = vectors.spread(vectors.number(names, k), _LETTERS)
                price = vectors.spread(vectors.number(prices, k), _LETTERS)
                same = builder.icmp_unsigned("==", held, name)
                builder.store(builder.select(same, price, builder.load(best)), best)
            vectors.store(builder.load(best), near_costs, here)


@intrinsic
def _row(_typing: Any, arrays: Any, _at: Any, _letters: Any, _shape: Any) -> Any:
    """See `row`."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        data = _pointers(context, builder, arrays, arguments[0])
        at, letters, shape = (cgutils.unpack_tuple(builder, value) for value in arguments[1:])
        _emit_row(builder, _Row(builder, data, at, letters), shape)
        return context.get_dummy_value()

    numbers = [types.UniTuple(types.int64, count) for count in (7, 4, 2)]
    return types.void(arrays, *numbers), generate


class _Row:
    """One row of the alignments: what stays the same from cell to cell, and one cell."""

    def __init__(self, builder: Any, data: list[Any], at: list[Any], letters: list[Any]) -> None:
        self._at, self._vectors = builder, _Vectors(builder)
        self._rows, self._dropped, self._held, self._drops, self._near = data[:5]
        self._gaps, self._runs, self._factors, self._leads = data[5:]
        self._row, self._above, self._two_up, self._gap, self._last_gap, self._factor = at[:6]
        self._edge = self._vectors.spread(builder.trunc(at[6], _INT))
        self._x, self._x_before = (
            self._vectors.spread(builder.trunc(letter, _SHORT), _HALF) for letter in letters[:2]
        )
        self._place, self._before = letters[2:]
        self._left, self._cell, self._corner = (
            cgutils.alloca_once(builder, _VECTOR) for _ in range(3)
        )
        self._met = cgutils.alloca_once(builder, _MASK)

    def begin(self, lane: Any) -> None:
        """Before the first column, where the query's letters are all left over."""
        at, vectors = self._at, self._vectors
        at.store(vectors.constant(FAR), self._left)
        at.store(self._edge, self._cell)
        at.store(vectors.load(self._rows, at.add(self._above, lane)), self._corner)
        at.store(ir.Constant(_MASK, [0] * WIDE), self._met)
        vectors.store(self._edge, self._rows, at.add(self._row, lane))

    def _weight(self, table: Any, start: Any, place: Any, bound: Any) -> Any:
        """The number of a place in a table, at most that of a bound, for all lanes."""
        smaller = self._at.select(self._at.icmp_signed("<", place, bound), place, bound)
        return self._vectors.number(table, self._at.add(start, smaller))

    def cell(self, column: Any, length: Any, lane: Any) -> None:
        """The cell of one column, from 1, in WIDE lanes from `lane` on."""
        at, vectors = self._at, self._vectors
        here = at.add(at.mul(column, _LONG(LANES)), lane)
        back = at.sub(column, _LONG(1))
        above = vectors.load(self._rows, at.add(self._above, here))
        last = at.icmp_signed("==", column, length)
        table = at.select(last, self._last_gap, self._gap)
        gap, run = (
            vectors.spread(self._weight(weights, table, column, self._before))
            for weights in (self._gaps, self._runs)
        )
        dropped = at.add(vectors.load(self._dropped, here), run)
        dropped = vectors.least(at.add(above, gap), dropped)
        vectors.store(dropped, self._dropped, here)

        factor = vectors.spread(self._weight(self._factors, self._factor, back, self._place))
        first = vectors.scaled(vectors.widened(self._drops, here), factor)
        more = vectors.scaled(first, vectors.constant(RUN))
        more = at.add(at.load(self._left), more)
        left = vectors.least(at.add(at.load(self._cell), first), more)
        at.store(left, self._left)

        lead = self._weight(self._leads, _LONG(0), back, self._before)
        near = at.mul(vectors.widened(self._near, here), vectors.spread(lead))
        other = at.add(at.load(self._corner), near)
        other = vectors.least(self._exchanged(here, lead, other), dropped)
        cell = vectors.least(other, left)
        vectors.store(cell, self._rows, at.add(self._row, here))
        at.store(cell, self._cell)
        at.store(above, self._corner)

    def _exchanged(self, here: Any, lead: Any, other: Any) -> Any:
        """The cost so far, or less where the last two letters of both stand exchanged."""
        at, vectors = self._at, self._vectors
        held = vectors.load(self._held, here, _HALF)
        both = at.and_(at.load(self._met), at.icmp_unsigned("==", held, self._x_before))
        at.store(at.icmp_unsigned("==", held, self._x), self._met)
        start = at.add(self._two_up, at.sub(here, _LONG(2 * LANES)))
        swap = vectors.spread(at.mul(lead, _INT(costs.SWAP)))
        swapped = at.add(vectors.load(self._rows, start), swap)
        return at.select(both, vectors.least(swapped, other), other)


def _emit_row(builder: Any, row: _Row, shape: list[Any]) -> None:
    """The instructions of `row`."""
    length, width = shape
    columns = (_LONG(1), builder.add(length, _LONG(1)), _LONG(1), _LONG)
    with cgutils.for_range_slice(builder, _LONG(0), width, _LONG(WIDE), _LONG) as (lane, _):
        row.begin(lane)
        with cgutils.for_range_slice(builder, *columns) as (column, _):
            row.cell(column, length, lane)


near = cast(Callable[..., None], _near)
"""Write what a query letter costs in the place of each letter of each lane; only inside kernels.

Args:
    arrays: letters of the lanes; receives the costs; letters near others and what they cost, all of
        16 bits.
    which: the query letter; which of the letters near others are near to it, from, to.
    length: columns, from 1.
    width: lanes, rounded up to the next multiple of `2 * WIDE`.
"""

row = cast(Callable[..., None], _row)
"""One row of the alignments of a query form with each lane's; only inside kernels.

Args:
    arrays: `rows`, `dropped`, `letters`, `drops`, `near` of `grading.Lanes`; cost of a letter of
        the query left out by place, first and after another; by what a drop cost is `scaled`, by
        place; weights by place.
    at: offsets, in numbers: in `rows` of column 0 of the row, the one above, the one above that; in
        the third and fourth table, inside and in the last column; in the fifth. Then the cost of
        column 0.
    letters: the query's letter; the one before it, or one that no lane has where the two may not
        stand exchanged; the row; the row before, 0 for the first.
    shape: columns, from 1; lanes, a multiple of WIDE.
"""
