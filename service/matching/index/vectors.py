"""The sieve in vector instructions: numbers of 64 forms a word, bit by bit.

LLVM turns vectors into what the processor has.
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

_INT, _LONG = ir.IntType(32), ir.IntType(64)

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

    def _carry(self, bits: Any, planes: list[Any]) -> None:
        """Add to these planes as many as the first is worth, for the forms whose bit is set."""
        for plane in planes:
            before = self._at.load(plane)
            self._at.store(self._at.xor(before, bits), plane)
            bits = self._at.and_(before, bits)

    def add(self, bits: Any) -> None:
        """One more for the forms whose bit is set."""
        self._carry(bits, self._planes)

    def add_both(self, one: Any, other: Any) -> None:
        """One more for the forms whose bit is set in either, two where it is in both."""
        at, plane = self._at, self._planes[0]
        before, odd = at.load(plane), at.xor(one, other)
        at.store(at.xor(before, odd), plane)
        self._carry(at.or_(at.and_(one, other), at.and_(before, odd)), self._planes[1:])

    def exchange(self, gone: Any, come: Any) -> None:
        """One less for the forms whose bit is set in the first, one more for those in the other."""
        at = self._at
        changed = at.xor(gone, come)
        for plane in self._planes:
            before = at.load(plane)
            at.store(at.xor(before, changed), plane)
            # What comes is carried where the bit was set, what goes is borrowed where it was not.
            changed = at.and_(changed, at.not_(at.xor(before, come)))

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
    """The instructions of `sieve_short`, `sieve_few` and `sieve_many`."""
    signs, program, flags = data
    base, stride, added, moved, need, words = where
    counters = _Counters(builder, planes, need)
    passed = cgutils.alloca_once(builder, _WORDS)
    even = builder.and_(added, _LONG(-2))

    def place(pointer: Any, offset: Any) -> Any:
        return builder.bitcast(builder.gep(pointer, [offset]), _WORDS.as_pointer())

    def column(step: Any, word: Any) -> Any:
        start = builder.mul(builder.load(builder.gep(program, [step])), stride)
        return builder.load(place(signs, builder.add(builder.add(base, start), word)), align=8)

    with cgutils.for_range_slice(builder, _LONG(0), words, _LONG(4), _LONG) as (word, _):
        counters.reset()
        with cgutils.for_range_slice(builder, _LONG(0), even, _LONG(2), _LONG) as (step, _):
            following = builder.add(step, _LONG(1))
            counters.add_both(column(step, word), column(following, word))
        with builder.if_then(builder.icmp_signed("<", even, added)):
            counters.add(column(even, word))
        builder.store(counters.reached(), passed)
        end = builder.add(added, builder.mul(moved, _LONG(2)))
        with cgutils.for_range_slice(builder, added, end, _LONG(2), _LONG) as (step, _):
            following = builder.add(step, _LONG(1))
            counters.exchange(column(step, word), column(following, word))
            builder.store(builder.or_(builder.load(passed), counters.reached()), passed)
        builder.store(builder.load(passed), place(flags, word), align=8)


sieve_short = cast(Callable[..., None], _sieve(4))
"""Flag the forms of a group that can share enough letters with a query form; only inside kernels.

For query forms of which at most 8 letters are needed and less than 8 are not: counts then fit in
the few planes.

Args:
    signs: the columns, see `signature`.
    where: first word of the first column; words from one column to the next; columns added at first
        and cuts that follow (`signature.cuts`); letters needed, at least 1; words, a multiple of 4.
    program: which columns, as `signature.cuts` writes them.
    flags: receives the words.
"""
sieve_few = cast(Callable[..., None], _sieve(5))
"""The same for query forms shorter than FEW."""
sieve_many = cast(Callable[..., None], _sieve(10))
"""The same for query forms of up to 511 letters."""
