"""The one font of all papers: what it can draw, and what is written where it cannot.

A letter that is not in the font would come out as an empty box, and a name with a letter lost may
be another name. So such letters are written as their code points, which a reader can look up.
"""

import struct
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "fonts"
FILE = FOLDER / "NotoSansSC-Regular.ttf"
UNDRAWN = "〔U+{:04X}〕"
_UNICODE_FULL = (3, 10)
"""Platform and encoding of the table of all Unicode characters (OpenType specification, cmap)."""
_GROUPS = 12
"""The format of that table: groups of characters that follow each other."""
_SPACES = frozenset("\n\t")


@lru_cache
def drawn_ranges() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return first and last code point of every range of characters the font draws, ascending."""
    data = FILE.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    directory = {
        data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0]
        for at in range(12, 12 + 16 * tables, 16)
    }
    cmap = directory[b"cmap"]
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    records = (struct.unpack_from(">HHI", data, cmap + 4 + 8 * each) for each in range(count))
    start = next(cmap + offset for *kind, offset in records if tuple(kind) == _UNICODE_FULL)
    form, _, _, _, groups = struct.unpack_from(">HHIII", data, start)
    assert form == _GROUPS
    found = [struct.unpack_from(">II", data, start + 16 + 12 * each) for each in range(groups)]
    return tuple(first for first, _ in found), tuple(last for _, last in found)


def drawable(text: str) -> str:
    """Return the text with every character that cannot be drawn written as `〔U+0E01〕`."""
    return "".join(each if _drawn(each) else UNDRAWN.format(ord(each)) for each in text)


def all_drawable(value: Any) -> Any:
    """Return plain data (JSON) with all its texts made `drawable`."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {key: all_drawable(each) for key, each in value.items()}
    return [all_drawable(each) for each in value] if isinstance(value, list) else value


def _drawn(character: str) -> bool:
    if " " <= character <= "~" or character in _SPACES:
        return True
    firsts, lasts = drawn_ranges()
    at = bisect_right(firsts, ord(character)) - 1
    return at >= 0 and ord(character) <= lasts[at]
