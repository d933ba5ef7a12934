"""Kernels of the index, and what only they use."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from llvmlite import ir
from numba import types
from numba.core import cgutils as building
from numba.extending import intrinsic

from service.matching import compiling

OURS = (
    *("aligning.py", "collect.py", "compiled.py", "grading.py"),
    *("kernels.py", "signature.py", "vectors.py"),
)
"""Modules of this folder that kernels are written in."""

cgutils: Any = building
"""It does not say what types its functions have."""

kernel = compiling.compiler(
    [Path(__file__).parent / name for name in OURS]
    + [compiling.HERE / name for name in compiling.SOURCES]
)


@intrinsic
def _popcount(_typing: Any, _bits: Any) -> Any:
    """Count bits by LLVM's own instruction, which it turns into vector ones in a loop."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate


popcount = cast(Callable[[Any], Any], _popcount)
"""Number of one bits of a uint64; only inside kernels."""


@intrinsic
def _prefetch(_typing: Any, array: Any, _place: Any) -> Any:
    """Ask for the memory of a place of an array of one dimension, for reading."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        data = context.make_array(array)(context, builder, value=arguments[0]).data
        address = builder.bitcast(builder.gep(data, [arguments[1]]), byte)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        ask = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(ask, [address, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, types.int64), generate


prefetch = cast(Callable[[Any, Any], None], _prefetch)
"""Begin to read the place of an array of one dimension that is soon needed, without waiting.

Rows that are looked at here and there are not foreseen by the processor: each would be waited for.
Only inside kernels; a place outside of the array does no harm.
"""
