"""Files of arrays: written whole and flushed to the disk before they are named, read by mapping.

A file is: 8 bytes of magic, length of the header and its CRC-32 (two little-endian uint32), the
header (JSON: name, type, shape, offset, CRC-32 of each array), then the arrays, each at a multiple
of 64 bytes. Mapped copy-on-write and never written, so that processes share one copy of the pages.
"""

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.matching.index.errors import IndexDamaged

_MAGIC = b"MPINDEX1"
_PREAMBLE = struct.Struct("<8sII")
_ALIGN = 64
_PIECE = 1 << 26
"""Bytes summed at a time."""


def _aligned(place: int) -> int:
    return -(-place // _ALIGN) * _ALIGN


def _sum(data: memoryview) -> int:
    """CRC-32 of some bytes."""
    value = 0
    for start in range(0, len(data), _PIECE):
        value = zlib.crc32(data[start : start + _PIECE], value)
    return value


def _bytes_of(array: NDArray[np.generic]) -> memoryview:
    flat: Any = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
    return memoryview(flat)


def flush_folder(folder: Path) -> None:
    """Make names created or replaced in a folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_bytes(path: Path, pieces: list[bytes | memoryview]) -> None:
    """Write a whole file under its name, or leave what was there: fsync, then rename."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    flush_folder(path.parent)


def write_arrays(path: Path, arrays: Mapping[str, NDArray[np.generic]]) -> tuple[int, int]:
    """Write arrays as one file; return its size in bytes and the CRC-32 of its header."""
    entries = []
    place = 0
    for name, array in arrays.items():
        data = _bytes_of(array)
        entries.append([name, array.dtype.str, list(array.shape), place, _sum(data)])
        place = _aligned(place + len(data))
    header = json.dumps(entries).encode()
    start = _aligned(_PREAMBLE.size + len(header))
    pieces: list[bytes | memoryview] = [
        _PREAMBLE.pack(_MAGIC, len(header), zlib.crc32(header)),
        header,
        bytes(start - _PREAMBLE.size - len(header)),
    ]
    for array in arrays.values():
        data = _bytes_of(array)
        pieces += [data, bytes(_aligned(len(data)) - len(data))]
    write_bytes(path, pieces)
    return path.stat().st_size, zlib.crc32(header)


class Mapped:
    """A file of arrays mapped into memory; the arrays keep the map alive."""

    def __init__(self, path: Path) -> None:
        """Map a file and read its header.

        Raises:
            FileNotFoundError: the file is not there.
            IndexDamaged: it is not a whole file of arrays.
        """
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _PREAMBLE.size:
                raise IndexDamaged(f"{path.name} is cut short")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        magic, length, self.header_sum = _PREAMBLE.unpack_from(self._map)
        header = self._map[_PREAMBLE.size : _PREAMBLE.size + length]
        if magic != _MAGIC or zlib.crc32(header) != self.header_sum:
            raise IndexDamaged(f"{path.name} has a damaged header")
        self.size = size
        self._entries: list[list[Any]] = json.loads(header)
        self._start = _aligned(_PREAMBLE.size + length)
        self.arrays = {entry[0]: self._array(entry) for entry in self._entries}

    def _array(self, entry: list[Any]) -> NDArray[np.generic]:
        """One array as a view of the map."""
        name, kind, shape, place, _ = entry
        count = int(np.prod(shape, dtype=np.int64))
        if self._start + place + count * np.dtype(kind).itemsize > self.size:
            raise IndexDamaged(f"{self.path.name} is cut short in {name}")
        flat = np.frombuffer(self._map, kind, count, self._start + place)
        return flat.reshape(shape)

    def verify(self) -> None:
        """Read everything and hold it against its checksums; IndexDamaged when one differs."""
        for name, _, _, _, wanted in self._entries:
            if _sum(_bytes_of(self.arrays[name])) != wanted:
                raise IndexDamaged(f"{self.path.name} has a damaged {name}")
