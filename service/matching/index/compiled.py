"""Numba as this package uses it: serial kernels without the GIL, cached where one may write.

Never `parallel=True`: two threads inside Numba's own work queue abort the process. Threads come
from `service.matching.index.pool` alone.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba import types
from numba.core import config
from numba.extending import intrinsic

F = TypeVar("F", bound=Callable[..., Any])

OURS = ("collect.py", "compiled.py", "grading.py", "kernels.py", "signature.py", "vectors.py")
THEIRS = ("compiling.py", "costs.py", "kernels.py", "kinds.py")
"""Modules that kernels are written in, or take functions and tables from."""


def _writable(folder: Path) -> bool:
    """Whether compiled code could be stored in the folder, made when its parent allows it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _own(folder: Path) -> bool:
    """Whether the folder is this user's alone; a stranger's cache could hold a stranger's code."""
    about = folder.stat()
    return about.st_uid == os.getuid() and not about.st_mode & 0o022


def cache_folder() -> Path | None:
    """Where compiled kernels are kept: `NUMBA_CACHE_DIR`, else beside the code, else a temp folder.

    None when nothing can be written: kernels are then compiled anew in each process.
    """
    named = os.environ.get("NUMBA_CACHE_DIR")
    if named:
        return Path(named) if _writable(Path(named)) else None
    beside = Path(__file__).parent / "__pycache__"
    if _writable(beside):
        return beside
    temporary = Path(tempfile.gettempdir()) / f"markpass-numba-{os.getuid()}"
    if not temporary.exists():
        try:
            temporary.mkdir(mode=0o700)
        except OSError:
            return None
    return temporary if _writable(temporary) and _own(temporary) else None


@cache
def _sources() -> str:
    """Digest of all code that kernels are made of.

    Numba looks at the date of the one file a kernel stands in; a kernel holds the functions and
    tables of others as well, so a cache of other sources must never be met.
    """
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for path in (*(here / name for name in OURS), *(here.parent / name for name in THEIRS)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


CACHE = cache_folder()


def kernel(function: F) -> F:
    """Compile a function on first use, to run without the GIL on one thread."""
    before = config.CACHE_DIR  # type: ignore[attr-defined]
    config.CACHE_DIR = str(CACHE / _sources()) if CACHE else ""  # type: ignore[attr-defined]
    try:
        return cast(F, numba.njit(nogil=True, cache=CACHE is not None)(function))
    finally:
        config.CACHE_DIR = before  # type: ignore[attr-defined]


@intrinsic
def _popcount(_typing: Any, _bits: Any) -> Any:
    """Count bits by LLVM's own instruction, which it turns into vector ones in a loop."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate


popcount = cast(Callable[[Any], Any], _popcount)
"""Number of one bits of a uint64; only inside kernels."""
