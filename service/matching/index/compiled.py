"""Kernels of the index, and what only they use."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from numba import types
from numba.extending import intrinsic

from service.matching import compiling

OURS = (
    *("aligning.py", "collect.py", "compiled.py", "grading.py"),
    *("kernels.py", "signature.py", "vectors.py"),
)
"""Modules of this folder that kernels are written in."""

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
