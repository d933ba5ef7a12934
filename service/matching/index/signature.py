"""Letter counts of a form in 128 bits, from which the most two forms can share is read at once.

A bit stands for the first *a*, another for the second *a*, and so on (a thermometer). A letter that
occurs more often than it has bits overflows. The number of letters two forms share is at most
`popcount(x & y) + min(overflow x, overflow y)`, because the smaller of two sums is at least the sum
of the smaller parts; and the longest common subsequence is at most that number.

Two layouts: *letters* for forms whose code points are below 256, *hashed* for all others, where a
code point falls in one of 128 classes of one bit. Classes that mix several code points only loosen
the bound.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.index.compiled import kernel, popcount

Codes = NDArray[Any]
"""Code points, of 8, 16 or 32 bits."""
Words = NDArray[np.uint64]

LETTER_BITS = dict(zip("abcdefghijklmnopqrstuvwxyz", (
    6, 3, 4, 4, 6, 3, 5, 4, 6, 2, 3, 4, 3, 6, 5, 3, 2, 5, 5, 5, 4, 2, 2, 2, 3, 2), strict=True))
"""Bits of each letter: one for every repetition met in 3 of 10,000 names or readings and more."""

_PLACES = 128


class Query(NamedTuple):
    """One query form made ready for the kernels."""

    codes: NDArray[np.uint32]
    """Code points, shape (m,)."""
    bits: Words
    """Letters low, letters high, hashed low, hashed high, letters overflow, hashed overflow."""
    narrow: Words
    """Positions of each code point below 256 in the query as bit words, shape (256, words)."""
    keys: NDArray[np.uint32]
    """Open-address table of the query's code points plus one; 0 is a free place."""
    wide: Words
    """Bit words of the code point at the same place of the table, shape (places, words)."""


def _letter_layout() -> NDArray[np.uint8]:
    """First bit and number of bits for each code point below 256, shape (256, 2)."""
    layout = np.zeros((256, 2), np.uint8)
    place = 0
    for letter, bits in LETTER_BITS.items():
        layout[ord(letter)] = place, bits
        place += bits
    for digit in "0123456789":
        layout[ord(digit)] = place, 1
        place += 1
    others = [code for code in range(256) if layout[code, 1] == 0]
    for number, code in enumerate(others):
        layout[code] = place + number % (_PLACES - place), 1
    return layout


LETTERS = _letter_layout()


@kernel
def sign_narrow(codes: Codes, layout: NDArray[np.uint8], low: Words, high: Words) -> None:
    """Fill the letters signature of each row of `codes`, shape (forms, length), all below 256."""
    counts = np.zeros(_PLACES, np.uint8)
    one = np.uint64(1)
    for row in range(codes.shape[0]):
        counts[:] = 0
        first = np.uint64(0)
        second = np.uint64(0)
        for column in range(codes.shape[1]):
            start = layout[codes[row, column], 0]
            seen = counts[start]
            if seen < layout[codes[row, column], 1]:
                counts[start] = seen + 1
                place = start + seen
                if place < 64:
                    first |= one << np.uint64(place)
                else:
                    second |= one << np.uint64(place - 64)
        low[row] = first
        high[row] = second


@kernel
def sign_wide(codes: Codes, low: Words, high: Words) -> None:
    """Fill the hashed signature of each row of `codes` (multiplicative hashing, Knuth 6.4)."""
    one = np.uint64(1)
    for row in range(codes.shape[0]):
        first = np.uint64(0)
        second = np.uint64(0)
        for column in range(codes.shape[1]):
            place = ((np.int64(codes[row, column]) * 0x9E3779B1) & 0xFFFFFFFF) >> 25
            if place < 64:
                first |= one << np.uint64(place)
            else:
                second |= one << np.uint64(place - 64)
        low[row] = first
        high[row] = second


@kernel
def _fill(codes: NDArray[np.uint32], bits: Words, narrow: Words, keys: NDArray[np.uint32],
          wide: Words) -> None:
    """Fill the position words of a query, by code point and by hash place, and its overflows."""
    one = np.uint64(1)
    mask = keys.shape[0] - 1
    for place in range(codes.shape[0]):
        code = np.int64(codes[place])
        bit = one << np.uint64(place & 63)
        if code < 256:
            narrow[code, place >> 6] |= bit
        slot = ((code * 0x9E3779B1) >> 7) & mask
        while keys[slot] != 0 and keys[slot] != code + 1:
            slot = (slot + 1) & mask
        keys[slot] = code + 1
        wide[slot, place >> 6] |= bit
    length = codes.shape[0]
    bits[4] = length - np.int64(popcount(bits[0])) - np.int64(popcount(bits[1]))
    bits[5] = length - np.int64(popcount(bits[2])) - np.int64(popcount(bits[3]))


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


def prepare(text: str) -> Query:
    """Make one query form ready. `text` must not be empty."""
    codes = code_points(text).copy()
    length = len(codes)
    words = (length + 63) // 64
    bits = np.zeros(6, np.uint64)
    row = codes.reshape(1, length)
    # A letter a narrow form cannot have takes the class of the last one: only loosens the bound.
    sign_narrow(np.minimum(row, np.uint32(255)), LETTERS, bits[0:1], bits[1:2])
    sign_wide(row, bits[2:3], bits[3:4])
    places = 1 << max(5, (4 * length - 1).bit_length())
    narrow = np.zeros((256, words), np.uint64)
    keys = np.zeros(places, np.uint32)
    wide = np.zeros((places, words), np.uint64)
    _fill(codes, bits, narrow, keys, wide)
    return Query(codes, bits, narrow, keys, wide)
