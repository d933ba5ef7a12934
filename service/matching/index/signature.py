"""Letter counts of a form in 128 bits, from which the most two forms can share is read at once.

A bit stands for the first *a*, another for the second *a*, and so on (a thermometer). A letter that
occurs more often than it has bits overflows. The number of letters two forms share is at most
`popcount(x & y) + min(overflow x, overflow y)`, because the smaller of two sums is at least the sum
of the smaller parts; and the longest common subsequence is at most that number.

Which letter has how many bits is the *layout* of a table, laid out by how often its forms repeat
each letter; code points above 255 are first hashed into 256 classes. Letters that share a class or
a bit only loosen the bound. A table has one layout for its narrow forms (all code points below 256)
and one for its wide ones.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.index.compiled import kernel

Codes = NDArray[Any]
"""Code points, of 8, 16 or 32 bits."""
Words = NDArray[np.uint64]
Layout = NDArray[np.uint8]
"""First bit and number of bits of each of 256 classes of letters, shape (256, 2)."""

_PLACES = 128
_REPEATS = 16
"""Repetitions of a letter that can have a bit."""
_SHARED = 8
"""Bits kept for classes that no form of the sample has, one of them for each."""


class Queries(NamedTuple):
    """Query forms made ready for the kernels, which read a table once for all of them."""

    codes: NDArray[np.uint32]
    """Code points of all forms, one after the other."""
    starts: NDArray[np.int64]
    """Where each form begins in `codes`; one entry more than forms."""
    narrow: Words
    """Positions of each code point below 256 among the first 64 letters, shape (forms, 256)."""
    keys: NDArray[np.uint32]
    """Open-address tables of the forms' code points plus one; 0 is free. Shape (forms, places)."""
    wide: Words
    """Positions of the code point at that place, shape (forms, places, words)."""


@kernel
def _class(letter: int) -> int:
    """The class of a code point: itself below 256, else hashed (multiplicative, Knuth 6.4)."""
    code = np.int64(letter)
    return int(code if code < 256 else ((code * 0x9E3779B1) & 0xFFFFFFFF) >> 24)


@kernel
def _repeats(codes: Codes, counts: NDArray[np.int64]) -> None:
    """Add to `counts[c, k]` the rows that have class c more than k times."""
    seen = np.zeros(256, np.int64)
    for row in range(codes.shape[0]):
        for column in range(codes.shape[1]):
            seen[_class(codes[row, column])] += 1
        for column in range(codes.shape[1]):
            letter = _class(codes[row, column])
            for k in range(min(seen[letter], _REPEATS)):
                counts[letter, k] += 1
            seen[letter] = 0


@kernel
def sign(codes: Codes, layout: Layout, low: Words, high: Words) -> None:
    """Fill the signature of each row of `codes`, shape (forms, length)."""
    counts = np.zeros(_PLACES, np.uint8)
    one = np.uint64(1)
    for row in range(codes.shape[0]):
        counts[:] = 0
        first = np.uint64(0)
        second = np.uint64(0)
        for column in range(codes.shape[1]):
            letter = _class(codes[row, column])
            start = layout[letter, 0]
            seen = counts[start]
            if seen < layout[letter, 1]:
                counts[start] = seen + 1
                place = start + seen
                if place < 64:
                    first |= one << np.uint64(place)
                else:
                    second |= one << np.uint64(place - 64)
        low[row] = first
        high[row] = second


def repeats(groups: list[Codes], sample: int = 20_000) -> NDArray[np.int64]:
    """How many forms have each class more than 0, 1, 2 … times, shape (256, 16)."""
    counts = np.zeros((256, _REPEATS), np.int64)
    rows = sum(map(len, groups))
    step = max(1, rows // sample)
    for codes in groups:
        _repeats(np.ascontiguousarray(codes[::step]), counts)
    return counts


def layout_of(counts: NDArray[np.int64]) -> Layout:
    """A layout by counts as `repeats` gives them.

    With few classes every repetition gets a bit, the most telling first; with many, classes share
    bits so that each bit is about equally common.
    """
    layout = np.empty((256, 2), np.uint8)
    layout[:, 0] = _PLACES - _SHARED + np.arange(256) % _SHARED
    layout[:, 1] = 1
    classes = np.flatnonzero(counts[:, 0])
    room = _PLACES - _SHARED
    if len(classes) > room:
        load = np.zeros(room, np.int64)
        for letter in classes[np.argsort(-counts[classes, 0], kind="stable")]:
            layout[letter, 0] = int(np.argmin(load))
            load[layout[letter, 0]] += counts[letter, 0]
        return layout
    most = max(1, int(counts[:, 0].max(initial=0)))
    worth = np.minimum(counts[classes], most // 2 + 1)
    worth[:, 0] = most
    letter, repeat = np.divmod(np.argsort(-worth.reshape(-1), kind="stable")[:room], _REPEATS)
    kept = worth[letter, repeat] > 0
    bits = np.bincount(letter[kept], minlength=len(classes))
    layout[classes, 0] = np.cumsum(bits) - bits
    layout[classes, 1] = bits
    return layout


@kernel
def slot_of(keys: NDArray[np.uint32], letter: int) -> int:
    """Place of a code point in a form's table; a free place when it is not there."""
    code = np.int64(letter)
    mask = keys.shape[0] - 1
    slot = ((code * 0x9E3779B1) >> 7) & mask
    while keys[slot] != 0 and keys[slot] != code + 1:
        slot = (slot + 1) & mask
    return int(slot)


@kernel
def _fill(queries: Queries) -> None:
    """Fill the position words of each form, by code point and by hash place."""
    one = np.uint64(1)
    for query in range(queries.starts.shape[0] - 1):
        begin = queries.starts[query]
        keys = queries.keys[query]
        for place in range(queries.starts[query + 1] - begin):
            code = queries.codes[begin + place]
            bit = one << np.uint64(place & 63)
            if code < 256 and place < 64:
                queries.narrow[query, code] |= bit
            slot = slot_of(keys, code)
            keys[slot] = code + 1
            queries.wide[query, slot, place >> 6] |= bit


@kernel
def hash_rows(codes: Codes, hashes: Words) -> None:
    """Fill the 64-bit hash of each row of code points (FNV-1a by code point, then mixed)."""
    for row in range(codes.shape[0]):
        value = np.uint64(0xCBF29CE484222325)
        for column in range(codes.shape[1]):
            value = (value ^ np.uint64(codes[row, column])) * np.uint64(0x100000001B3)
        value ^= value >> np.uint64(32)
        value *= np.uint64(0x9E3779B97F4A7C15)
        hashes[row] = value ^ (value >> np.uint64(29))


def code_points(text: str) -> NDArray[np.uint32]:
    """Code points of a text, lone surrogates included, shape (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def hash_text(text: str) -> np.uint64:
    """The hash under which a form's text is looked up."""
    found = np.zeros(1, np.uint64)
    hash_rows(code_points(text).reshape(1, -1), found)
    return np.uint64(found[0])


def prepare(texts: Sequence[str]) -> Queries:
    """Make query forms ready, in the order given. None may be empty, and there must be one."""
    count = len(texts)
    lengths = [len(text) for text in texts]
    starts = np.zeros(count + 1, np.int64)
    starts[1:] = np.cumsum(lengths)
    longest = max(lengths)
    places = 1 << max(5, (4 * longest - 1).bit_length())
    ready = Queries(
        code_points("".join(texts)).copy(),
        starts,
        np.zeros((count, 256), np.uint64),
        np.zeros((count, places), np.uint32),
        np.zeros((count, places, (longest + 63) // 64), np.uint64),
    )
    _fill(ready)
    return ready
