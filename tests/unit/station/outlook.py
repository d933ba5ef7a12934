"""A small Outlook message: a compound file of three text properties, written by its public form.

[MS-CFB] and [MS-OXMSG]: one FAT sector, a directory of two, every stream in the mini stream.
"""

import struct

SECTOR = 512
FREE, END, FAT, NOTHING = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
SUBJECT, HEADERS, BODY = 0x0037, 0x007D, 0x1000
TEXT = 0x001F
LEAST = 4096
"""Bytes from which a stream would lie outside the mini stream."""


def outlook(subject: str, headers: str, body: str) -> bytes:
    """Return an `.msg` file."""
    texts = {SUBJECT: subject, HEADERS: headers, BODY: body}
    streams = {"__properties_version1.0": _properties(texts)}
    for key, text in texts.items():
        streams[f"__substg1.0_{key:04X}{TEXT:04X}"] = text.encode("utf-16-le")
    return _compound(streams)


def _properties(texts: dict[int, str]) -> bytes:
    rows = [
        struct.pack("<HHIII", TEXT, key, 6, len(text.encode("utf-16-le")) + 2, 0)
        for key, text in texts.items()
    ]
    return bytes(32) + b"".join(rows)


def _compound(streams: dict[str, bytes]) -> bytes:
    mini, table = _mini(list(streams.values()))
    entries = [_entry("Root Entry", 5, child=1, start=3, size=len(mini))]
    starts = iter(table["starts"])
    names = list(streams)
    for at, name in enumerate(names):
        right = at + 2 if at + 1 < len(names) else NOTHING
        start, size = next(starts), len(streams[name])
        entries.append(_entry(name, 2, right=right, start=start, size=size))
    directory = _padded(b"".join(entries), SECTOR * 2)
    mini_sectors = len(_padded(mini, SECTOR)) // SECTOR
    directory_next = 3 + mini_sectors
    chain = [FAT, END, directory_next, *range(4, 3 + mini_sectors), END, END]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    minifat = struct.pack(f"<{len(table['chain'])}I", *table["chain"]).ljust(SECTOR, b"\xff")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        bytes.fromhex("D0CF11E0A1B11AE1"),
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        2,
        0,
        LEAST,
        1,
        1,
        END,
        0,
        0,
    ).ljust(SECTOR, b"\xff")
    body = fat + minifat + directory[:SECTOR] + _padded(mini, SECTOR) + directory[SECTOR:]
    return header + body


def _mini(contents: list[bytes]) -> tuple[bytes, dict[str, list[int]]]:
    """Return the mini stream, and where each content starts with the chain of its sectors."""
    stream, starts, chain = b"", [], list[int]()
    for content in contents:
        first, count = len(chain), max(1, -(-len(content) // 64))
        starts.append(first)
        chain += [*range(first + 1, first + count), END]
        stream += _padded(content, 64)
    return stream, {"starts": starts, "chain": chain}


def _padded(content: bytes, unit: int) -> bytes:
    return content.ljust(max(1, -(-len(content) // unit)) * unit, b"\0")


def _entry(
    name: str,
    kind: int,
    *,
    child: int = NOTHING,
    right: int = NOTHING,
    start: int = 0,
    size: int = 0,
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16xI16xIQ", text, len(text), kind, 1, NOTHING, right, child, 0, start, size
    )
