"""Letter counts of both halves of a form in bits, from which the most it can share is read at once.

A bit stands for the first *a* of a half, another for the second *a*, and so on (a thermometer). A
letter that occurs more often than it has bits overflows, and is counted as if it were shared.

Why nothing is lost: for every form `c` cut after `h` letters there is a cut `i` of the query `q`
with `LCS(q, c) = LCS(q[:i], c[:h]) + LCS(q[i:], c[h:])`, and the LCS of two texts is at most the
number of letters they share, each counted as often as it is in both. So a form whose bits, for no
`i`, meet enough bits of `q[:i]` in the first half and of `q[i:]` in the second is not found.

The bits are kept by *column*: one bit of all forms of a group, form after form, so that a query
reads the few columns of its own letters and adds up 64 forms in one word (`vectors.sieve`).

Which letter has how many bits is the *layout* of a table, laid out by how often its halves repeat
each letter; code points above 255 are first hashed into 256 classes. Letters that share a class or
a bit only loosen the bound. A table has one layout for its narrow forms (all code points below 256)
and one for its wide ones.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.index.compiled import kernel

Codes = NDArray[Any]
"""Code points, of 8, 16 or 32 bits."""
Words = NDArray[np.uint64]
Ints = NDArray[np.int64]
Bytes = NDArray[Any]
Layout = NDArray[np.uint8]
"""First bit and number of bits of each of 256 classes of letters, shape (256, 2)."""

PLACES = 64
"""Bits of one half."""
EVERY = 2 * PLACES
"""The column in which all forms have their bit."""
COLUMNS = EVERY + 1
"""Columns of a group: first half, second half, all."""
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
def _sign_half(
    codes: Codes, row: int, begin: int, end: int, layout: Layout, columns: Words, first: int
) -> None:
    """Set the bits of one half of a form in columns from `first` on."""
    counts = np.zeros(PLACES, np.uint8)
    word, bit = row >> 6, np.uint64(1) << np.uint64(row & 63)
    for place in range(begin, end):
        letter = _class(codes[row, place])
        start = layout[letter, 0]
        seen = counts[start]
        if seen < layout[letter, 1]:
            counts[start] = seen + 1
            columns[first + start + seen, word] |= bit


@kernel
def sign(codes: Codes, layout: Layout, columns: Words) -> None:
    """Set the bits of each row of `codes`, shape (forms, length), in zeroed columns.

    `columns` has shape (COLUMNS, words): form `f` is bit `f % 64` of word `f // 64`.
    """
    length = codes.shape[1]
    for row in range(codes.shape[0]):
        _sign_half(codes, row, 0, length // 2, layout, columns, 0)
        _sign_half(codes, row, length // 2, length, layout, columns, PLACES)
        columns[EVERY, row >> 6] |= np.uint64(1) << np.uint64(row & 63)


@kernel
def _next_column(counts: Bytes, layout: Layout, letter: int, first: int) -> int:
    """The column of one letter more in a half of the query."""
    start = layout[letter, 0]
    seen = counts[start]
    counts[start] = seen + 1
    return int(first + start + seen if seen < layout[letter, 1] else EVERY)


@kernel
def _last_column(counts: Bytes, layout: Layout, letter: int, first: int) -> int:
    """The column of the letter that a half of the query loses."""
    start = layout[letter, 0]
    seen = counts[start] - 1
    counts[start] = seen
    return int(first + start + seen if seen < layout[letter, 1] else EVERY)


@kernel
def cuts(codes: Codes, layout: Layout, length: int, need: int, program: Ints) -> tuple[int, int]:
    """Write what the sieve does for one query form and forms of one length.

    First the columns to be added for the first cut of the query that can do, then for each further
    cut the column its letter leaves and the one it enters. `program` has room for three numbers a
    letter.

    Returns:
        How many columns are added at first, and how many further cuts there are.
    """
    m, half = codes.shape[0], length // 2
    first, last = m, -1
    for i in range(m + 1):
        if min(i, half) + min(m - i, length - half) >= need:
            first, last = min(first, i), i
    before = np.zeros(PLACES, np.int16)
    after = np.zeros(PLACES, np.int16)
    for i in range(m):
        letter = _class(codes[i])
        if i < first:
            program[i] = _next_column(before, layout, letter, 0)
        else:
            program[i] = _next_column(after, layout, letter, PLACES)
    for i in range(first, last):
        letter = _class(codes[i])
        at = m + 2 * (i - first)
        program[at] = _last_column(after, layout, letter, PLACES)
        program[at + 1] = _next_column(before, layout, letter, 0)
    return m, last - first


def repeats(groups: list[Codes], sample: int = 20_000) -> NDArray[np.int64]:
    """How many halves have each class more than 0, 1, 2 … times, shape (256, 16)."""
    counts = np.zeros((256, _REPEATS), np.int64)
    rows = sum(map(len, groups))
    step = max(1, rows // sample)
    for codes in groups:
        half = codes.shape[1] // 2
        _repeats(np.ascontiguousarray(codes[::step, :half]), counts)
        _repeats(np.ascontiguousarray(codes[::step, half:]), counts)
    return counts


def layout_of(counts: NDArray[np.int64]) -> Layout:
    """A layout by counts as `repeats` gives them.

    With few classes every repetition gets a bit, the most telling first; with many, classes share
    bits so that each bit is about equally common.
    """
    layout = np.empty((256, 2), np.uint8)
    layout[:, 0] = PLACES - _SHARED + np.arange(256) % _SHARED
    layout[:, 1] = 1
    classes = np.flatnonzero(counts[:, 0])
    room = PLACES - _SHARED
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


@lru_cache(4096)
def hash_text(text: str) -> np.uint64:
    """The hash under which a form's text is looked up; a query asks every segment for the same."""
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
