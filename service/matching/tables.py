"""The data tables of matching: read once a process, so that what is used is what is named.

Forms and traits follow from them, and an index holds forms and traits. Their bytes are therefore
part of what an index must have been made with, see `version`.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def _read() -> Mapping[str, bytes]:
    """The bytes of every table by its name, in the order of the names."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.csv"))}


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a table by column; lines that begin with `#` are remarks."""
    text = io.StringIO(_read()[name].decode(), newline="")
    return csv.DictReader(line for line in text if not line.startswith("#"))


@lru_cache(maxsize=1)
def version() -> str:
    """Twelve digits that differ whenever a byte of any table does."""
    digest = hashlib.sha256()
    for name, body in _read().items():
        digest.update(f"{name} {len(body)}\n".encode() + body)
    return digest.hexdigest()[:12]
