"""How kernels are compiled: serial, without the interpreter lock, kept where one may write.

Never `parallel=True`: two threads inside Numba's own work queue abort the process. Threads come
from `service.matching.index.pool` alone.

Numba looks only at the date of the one file a kernel stands in, but a kernel holds the functions
and tables of others as well. So the cache is kept under a digest of all of them, and one made of
other sources is never met.

No kernel divides by what may be zero: `error_model="numpy"` leaves out the question, with which no
loop becomes vector instructions.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

import numba
from numba.core import config

F = TypeVar("F", bound=Callable[..., Any])

HERE = Path(__file__).parent
SOURCES = (
    *("compiling.py", "containment.py", "costs.py", "kernels.py", "kinds.py", "scores.py"),
    *("latin_rules.py", "latin_sound.py", "spelling_rules.py"),
)
"""Modules of this folder that kernels are written in, or take functions and tables from."""


class Compiler(Protocol):
    """Compiles a function on first use, to run without the GIL on one thread."""

    def __call__(self, function: F) -> F:
        """Return the function, compiled when it is first called."""


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
    beside = HERE / "__pycache__"
    if _writable(beside):
        return beside
    temporary = Path(tempfile.gettempdir()) / f"markpass-numba-{os.getuid()}"
    if not temporary.exists():
        try:
            temporary.mkdir(mode=0o700)
        except OSError:
            return None
    return temporary if _writable(temporary) and _own(temporary) else None


def _digest(sources: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


CACHE = cache_folder()


def compiler(sources: Sequence[Path]) -> Compiler:
    """Return the decorator of kernels that are made of these source files."""
    folder = str(CACHE / _digest(sources)) if CACHE else ""

    def kernel(function: F) -> F:
        before = config.CACHE_DIR  # type: ignore[attr-defined]
        config.CACHE_DIR = folder  # type: ignore[attr-defined]
        try:
            made = numba.njit(nogil=True, cache=bool(folder), error_model="numpy")
            return cast(F, made(function))
        finally:
            config.CACHE_DIR = before  # type: ignore[attr-defined]

    return kernel


kernel = compiler([HERE / name for name in SOURCES])
