"""What is done for very many forms at once, written in vector instructions.

One step of an alignment: Numba would check anew at every step that none of the arrays overlap,
which costs more than the step itself. And the sieve: numbers of 64 forms a word, bit by bit. LLVM
turns vectors into what the processor has.
"""

from collections.abc import Callable
from typing import Any, cast

import numba
from llvmlite import ir
from numba.core import cgutils as building
from numba.extending import intrinsic

cgutils: Any = building
types: Any = numba.types
"""Neither says what types its functions have."""

WIDE = 16
"""Lanes that are worked on together."""

_INT, _LONG = ir.IntType(32), ir.IntType(64)
_VECTOR = ir.VectorType(_INT, WIDE)
_LONGS = ir.VectorType(_LONG, WIDE)
_POINTERS = ir.VectorType(_INT.as_pointer(), WIDE)
_MASK = ir.VectorType(ir.IntType(1), WIDE)
_GATHER = "llvm.masked.gather.v16i32.v16p0"
_ALIGN = 4


class _Vectors:
    """The few operations on vectors that a step needs, as instructions at the builder's place."""

    def __init__(self, builder: Any) -> None:
        self._at = builder

    def spread(self, value: Any, kind: Any = _VECTOR) -> Any:
        """A vector of one number."""
        nothing = ir.Constant(kind, ir.Undefined)
        first = self._at.insert_element(nothing, value, _INT(0))
        return self._at.shuffle_vector(first, nothing, ir.Constant(_VECTOR, [0] * WIDE))

    def _place(self, data: Any, offset: Any) -> Any:
        return self._at.bitcast(self._at.gep(data, [offset]), _VECTOR.as_pointer())

    def load(self, data: Any, offset: Any) -> Any:
        """The numbers from an offset on."""
        return self._at.load(self._place(data, offset), align=_ALIGN)

    def store(self, vector: Any, data: Any, offset: Any) -> None:
        """Write them from an offset on."""
        self._at.store(vector, self._place(data, offset), align=_ALIGN)

    def pick(self, data: Any, offset: Any, places: Any) -> Any:
        """The numbers at places, counted from an offset."""
        address = self._at.ptrtoint(self._at.gep(data, [offset]), _LONG)
        steps = self._at.shl(self._at.zext(places, _LONGS), ir.Constant(_LONGS, [2] * WIDE))
        pointers = self._at.inttoptr(self._at.add(self.spread(address, _LONGS), steps), _POINTERS)
        kind = ir.FunctionType(_VECTOR, [_POINTERS, _INT, _MASK, _VECTOR])
        gather = cgutils.get_or_insert_function(self._at.module, kind, _GATHER)
        every, nothing = ir.Constant(_MASK, [1] * WIDE), ir.Constant(_VECTOR, ir.Undefined)
        return self._at.call(gather, [pointers, _INT(_ALIGN), every, nothing])

    def least(self, one: Any, other: Any) -> Any:
        """The smaller of each two numbers."""
        return self._at.select(self._at.icmp_signed("<", one, other), one, other)

    def sum(self, one: Any, other: Any) -> Any:
        """The sum of each two numbers."""
        return self._at.add(one, other)

    def product(self, one: Any, other: Any) -> Any:
        """The product of each two numbers."""
        return self._at.mul(one, other)


@intrinsic
def _step(_typing: Any, arrays: Any, at: Any, _costs: Any, _width: Any) -> Any:
    """See `step`."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        data = [
            context.make_array(kind)(context, builder, value=value).data
            for kind, value in zip(arrays, cgutils.unpack_tuple(builder, arguments[0]), strict=True)
        ]
        starts = cgutils.unpack_tuple(builder, arguments[1])
        vectors = _Vectors(builder)
        spread = [vectors.spread(value) for value in cgutils.unpack_tuple(builder, arguments[2])]
        every = (_LONG(0), arguments[3], _LONG(WIDE), _LONG)
        with cgutils.for_range_slice(builder, *every) as (lane, _):
            own = [builder.add(start, lane) for start in starts[:7]]
            _emit(vectors, data, own, starts[7:], spread, lane)
        return context.get_dummy_value()

    return types.void(arrays, at, types.UniTuple(types.int32, 3), types.int64), generate


def _emit(
    vectors: _Vectors,
    data: list[Any],
    own: list[Any],
    tables: list[Any],
    costs: list[Any],
    lane: Any,
) -> None:
    """The instructions of one step for WIDE lanes."""
    rows, dropped, left, drops, places, gaps, runs, exchanges = data
    row, above, before, corner, column, letter, place = own
    gap, run, lead = costs
    first = vectors.sum(vectors.load(rows, above), gap)
    out = vectors.least(first, vectors.sum(vectors.load(dropped, column), run))
    vectors.store(out, dropped, column)
    drop = vectors.load(drops, letter)
    first = vectors.sum(vectors.load(rows, before), vectors.pick(gaps, tables[0], drop))
    more = vectors.sum(vectors.load(left, lane), vectors.pick(runs, tables[0], drop))
    over = vectors.least(first, more)
    vectors.store(over, left, lane)
    near = vectors.pick(exchanges, tables[1], vectors.load(places, place))
    other = vectors.sum(vectors.load(rows, corner), vectors.product(near, lead))
    vectors.store(vectors.least(other, vectors.least(out, over)), rows, row)


step = cast(Callable[..., None], _step)
"""One cell of the alignment of a query form with each lane's; only inside kernels.

Args:
    arrays: `rows`, `dropped`, `left`, `drops`, `places` of `grading.Lanes`; what a letter left out
        costs by its drop cost, first and after another; what an exchange costs by place.
    at: offsets, in numbers: in `rows` of the cell, the one above, the one before, the one in the
        corner; in `dropped`; in `drops`; in `places`; in both tables of letters left out; in that
        of exchanges.
    costs: the query's letter left out; the same when the one before it was too; the weight of the
        place, by which an exchange is multiplied.
    width: lanes, a multiple of WIDE.
"""


FEW = 16
"""Letters of a query form from which `sieve_many` must be used."""
_WORDS = ir.VectorType(_LONG, 4)


class _Counters:
    """Numbers of 256 forms, bit by bit: plane `p` holds the bit worth `2**p` of each."""

    def __init__(self, builder: Any, planes: int, need: Any) -> None:
        """Start at as much as makes the highest bit say that `need` was reached."""
        self._at = builder
        self._planes = [cgutils.alloca_once(builder, _WORDS) for _ in range(planes)]
        start = builder.sub(_LONG(1 << (planes - 1)), need)
        nothing, zeros = (
            ir.Constant(_WORDS, ir.Undefined),
            ir.Constant(ir.VectorType(_INT, 4), [0] * 4),
        )
        self._start = []
        for place in range(planes):
            bit = builder.and_(builder.lshr(start, _LONG(place)), _LONG(1))
            first = builder.insert_element(nothing, builder.neg(bit), _INT(0))
            self._start.append(builder.shuffle_vector(first, nothing, zeros))

    def reset(self) -> None:
        """Back to the start."""
        for plane, start in zip(self._planes, self._start, strict=True):
            self._at.store(start, plane)

    def add(self, bits: Any) -> None:
        """One more for the forms whose bit is set."""
        for plane in self._planes:
            before = self._at.load(plane)
            self._at.store(self._at.xor(before, bits), plane)
            bits = self._at.and_(before, bits)

    def take(self, bits: Any) -> None:
        """One less for the forms whose bit is set."""
        for plane in self._planes:
            before = self._at.load(plane)
            self._at.store(self._at.xor(before, bits), plane)
            bits = self._at.and_(self._at.not_(before), bits)

    def reached(self) -> Any:
        """The forms that have what is needed."""
        return self._at.load(self._planes[-1])


def _sieve(planes: int) -> Any:
    """A sieve whose counters have so many planes."""

    @intrinsic
    def made(_typing: Any, signs: Any, _where: Any, program: Any, flags: Any) -> Any:
        def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            data = [
                context.make_array(kind)(context, builder, value=value).data
                for kind, value in (
                    (signs, arguments[0]),
                    (program, arguments[2]),
                    (flags, arguments[3]),
                )
            ]
            _emit_sieve(builder, planes, data, cgutils.unpack_tuple(builder, arguments[1]))
            return context.get_dummy_value()

        return types.void(signs, types.UniTuple(types.int64, 6), program, flags), generate

    return made


def _emit_sieve(builder: Any, planes: int, data: list[Any], where: list[Any]) -> None:
    """The instructions of `sieve_few` and `sieve_many`."""
    signs, program, flags = data
    base, stride, added, moved, need, words = where
    counters = _Counters(builder, planes, need)
    passed = cgutils.alloca_once(builder, _WORDS)

    def place(pointer: Any, offset: Any) -> Any:
        return builder.bitcast(builder.gep(pointer, [offset]), _WORDS.as_pointer())

    def column(step: Any, word: Any) -> Any:
        start = builder.mul(builder.load(builder.gep(program, [step])), stride)
        return builder.load(place(signs, builder.add(builder.add(base, start), word)), align=8)

    with cgutils.for_range_slice(builder, _LONG(0), words, _LONG(4), _LONG) as (word, _):
        counters.reset()
        with cgutils.for_range_slice(builder, _LONG(0), added, _LONG(1), _LONG) as (step, _):
            counters.add(column(step, word))
        builder.store(counters.reached(), passed)
        end = builder.add(added, builder.mul(moved, _LONG(2)))
        with cgutils.for_range_slice(builder, added, end, _LONG(2), _LONG) as (step, _):
            counters.take(column(step, word))
            counters.add(column(builder.add(step, _LONG(1)), word))
            builder.store(builder.or_(builder.load(passed), counters.reached()), passed)
        builder.store(builder.load(passed), place(flags, word), align=8)


sieve_few = cast(Callable[..., None], _sieve(5))
"""Flag the forms of a group that can share enough letters with a query form; only inside kernels.

For query forms shorter than FEW; longer ones by `sieve_many`.

Args:
    signs: the columns, see `signature`.
    where: first word of the first column; words from one column to the next; columns added at first
        and cuts that follow (`signature.cuts`); letters needed, at least 1; words, a multiple of 4.
    program: which columns, as `signature.cuts` writes them.
    flags: receives the words.
"""
sieve_many = cast(Callable[..., None], _sieve(10))
"""The same for query forms of up to 511 letters."""
