"""How kernels are compiled: serial, without the interpreter lock, kept where one may write.

A compiled kernel holds the tables of `costs` and the functions it calls, but Numba looks only at
the date of the file a kernel stands in. The cache is therefore kept under a digest of all of them.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import config

F = TypeVar("F", bound=Callable[..., Any])

_SOURCES = ("compiling.py", "costs.py", "kernels.py", "kinds.py", "scores.py")


def _digest() -> str:
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for name in _SOURCES:
        digest.update((here / name).read_bytes())
    return digest.hexdigest()[:16]


def _folder() -> Path | None:
    """`NUMBA_CACHE_DIR`, else beside the code, else a private temporary folder; None if none is."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    beside = Path(__file__).parent / "__pycache__"
    private = Path(tempfile.gettempdir()) / f"markpass-numba-{os.getuid()}"
    for folder in (Path(named),) if named else (beside, private):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK | os.X_OK) and folder.stat().st_uid == os.getuid():
            return folder
    return None


_CACHE = _folder()


def kernel(function: F) -> F:
    """Compile a function on first use, to run without the GIL on one thread."""
    before = config.CACHE_DIR  # type: ignore[attr-defined]
    config.CACHE_DIR = str(_CACHE / _digest()) if _CACHE else ""  # type: ignore[attr-defined]
    try:
        return cast(F, numba.njit(nogil=True, cache=_CACHE is not None)(function))
    finally:
        config.CACHE_DIR = before  # type: ignore[attr-defined]
