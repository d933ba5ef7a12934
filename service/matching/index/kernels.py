"""The loops that read every form: bound by blocks, bound by form, then exact subsequence length.

A *block* is up to 32 neighbouring forms of one length. It keeps the OR and the AND of their
signatures, so that two bounds hold for each of its forms `c` of length n against the query `q`:
`overlap <= popcount(q & OR) + overflow(q)` and `overlap <= n - popcount(AND & ~q)`, the second
because a bit of `c` missing in `q` is an occurrence the query does not have. Blocks that fail are
not read. All integers; nothing here allocates more than one chunk's buffers.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.index.compiled import kernel, popcount
from service.matching.index.signature import Codes, Queries, Words, sign, slot_of

BLOCK = 32
"""Forms in a block: measured best of 16, 32 and 64 on the real haystack."""
CHUNK = 256
"""Blocks that all query forms go through before the next: they and their forms fill 140 kB, so that
only the first form waits for memory."""

WIDTH, LENGTH, FORMS, FORM_COUNT, BLOCKS, BLOCK_COUNT, CODES = range(7)
"""Columns of the group table: one row for each (width, length) of a table's forms."""

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


class Strings(NamedTuple):
    """The forms of one kind in one segment, sorted by width and length, for the kernels."""

    groups: Ints
    """Shape (groups, 7), columns as named above."""
    blocks: Words
    """Shape (4, blocks): OR low, OR high, AND low, AND high."""
    signs: Words
    """Shape (2, forms): low and high word of each signature."""
    layouts: NDArray[np.uint8]
    """Shape (2, 256, 2): layout of the signatures of narrow forms and of wide ones."""
    codes1: NDArray[np.uint8]
    """Code points of the forms below 256, row after row."""
    codes2: NDArray[np.uint16]
    """Those of forms with code points from 256 to 65,535."""
    codes4: NDArray[np.uint32]
    """Those of forms with code points above."""


@kernel
def _flag_blocks(
    blocks: Words,
    start: int,
    stop: int,
    low: np.uint64,
    high: np.uint64,
    least: np.uint64,
    spare: np.uint64,
    flags: Bytes,
) -> None:
    """Mark the blocks of a range that can hold a form sharing `least` letters."""
    or_low = blocks[0, start:stop]
    or_high = blocks[1, start:stop]
    and_low = blocks[2, start:stop]
    and_high = blocks[3, start:stop]
    not_low = ~low
    not_high = ~high
    for i in range(or_low.shape[0]):
        shared = popcount(or_low[i] & low) + popcount(or_high[i] & high)
        foreign = popcount(and_low[i] & not_low) + popcount(and_high[i] & not_high)
        flags[i] = (shared >= least) & (foreign <= spare)


@kernel
def _flag_forms(
    signs: Words,
    start: int,
    stop: int,
    low: np.uint64,
    high: np.uint64,
    least: np.uint64,
    flags: Bytes,
) -> None:
    """Mark the forms of a range that can share `least` letters with the query."""
    first = signs[0, start:stop]
    second = signs[1, start:stop]
    for i in range(first.shape[0]):
        flags[i] = popcount(first[i] & low) + popcount(second[i] & high) >= least


@kernel
def survivors(
    table: Strings,
    group: Ints,
    low: np.uint64,
    high: np.uint64,
    least: np.uint64,
    spare: np.uint64,
    block_from: int,
    flags: Bytes,
    kept: Ints,
    found: Ints,
) -> int:
    """Write the forms of up to CHUNK blocks of a group that pass both bounds; return their number.

    `least` letters must be shared; `spare` letters of the form may be missing in the query.
    """
    block_to = min(block_from + CHUNK, group[BLOCK_COUNT])
    _flag_blocks(
        table.blocks,
        group[BLOCKS] + block_from,
        group[BLOCKS] + block_to,
        low,
        high,
        least,
        spare,
        flags,
    )
    blocks_kept = 0
    for i in range(block_to - block_from):
        kept[blocks_kept] = block_from + i
        blocks_kept += flags[i]
    count = 0
    end = group[FORMS] + group[FORM_COUNT]
    for i in range(blocks_kept):
        start = group[FORMS] + kept[i] * BLOCK
        stop = min(start + BLOCK, end)
        _flag_forms(table.signs, start, stop, low, high, least, flags)
        for j in range(stop - start):
            found[count] = start + j
            count += flags[j]
    return count


@kernel
def _lcs(
    codes: Codes, at: int, length: int, keys: NDArray[np.uint32], words: Words, state: Words
) -> int:
    """Longest common subsequence of a form and a query: one word, with carry, for 64 letters."""
    state[:] = ~np.uint64(0)
    for i in range(at, at + length):
        row = slot_of(keys, codes[i])
        carry = np.uint64(0)
        for k in range(state.shape[0]):
            old = state[k]
            met = old & words[row, k]
            total = old + met
            over = np.uint64(total < old)
            total += carry
            over += np.uint64(total < carry)
            state[k] = total | (old - met)
            carry = over
    shared = np.int64(0)
    for k in range(state.shape[0]):
        shared += np.int64(popcount(~state[k]))
    return int(shared)


@kernel
def _verify_narrow(
    codes: Codes,
    group: Ints,
    found: Ints,
    count: int,
    least: int,
    positions: Words,
    forms: Ints,
    hits: int,
) -> int:
    """Keep the narrow survivors whose subsequence with a query of one word is long enough.

    Bit-parallel after Hyyrö (2004); `positions` has one word for each code point. The place of the
    next hit is written before it is known to be one: a branch would be guessed wrong too often.
    """
    length = group[LENGTH]
    for i in range(count):
        at = group[CODES] + (found[i] - group[FORMS]) * length
        row = codes[at : at + length]
        state = ~np.uint64(0)
        for j in range(row.shape[0]):
            met = state & positions[row[j]]
            state = (state + met) | (state - met)
        forms[hits] = found[i]
        hits += int(np.int64(popcount(~state)) >= least)
    return hits


@kernel
def _verify_any(
    codes: Codes,
    group: Ints,
    found: Ints,
    count: int,
    least: int,
    keys: NDArray[np.uint32],
    words: Words,
    forms: Ints,
    hits: int,
) -> int:
    """The same for survivors of any width and queries of any length."""
    length = group[LENGTH]
    state = np.empty(words.shape[1], np.uint64)
    for i in range(count):
        at = group[CODES] + (found[i] - group[FORMS]) * length
        forms[hits] = found[i]
        hits += int(_lcs(codes, at, length, keys, words, state) >= least)
    return hits


@kernel
def _verify(
    table: Strings,
    queries: Queries,
    query: int,
    group: Ints,
    found: Ints,
    count: int,
    least: int,
    forms: Ints,
    hits: int,
) -> int:
    """Keep the survivors of one chunk that the exact function keeps; the number of hits so far."""
    keys, words = queries.keys[query], queries.wide[query]
    if group[WIDTH] == 2:
        return _verify_any(table.codes2, group, found, count, least, keys, words, forms, hits)
    if group[WIDTH] == 4:
        return _verify_any(table.codes4, group, found, count, least, keys, words, forms, hits)
    if words.shape[1] > 1:
        return _verify_any(table.codes1, group, found, count, least, keys, words, forms, hits)
    positions = queries.narrow[query]
    return _verify_narrow(table.codes1, group, found, count, least, positions, forms, hits)


@kernel
def _signatures(table: Strings, queries: Queries) -> tuple[Words, Words, Ints]:
    """Low and high words and overflows of the query forms under both layouts, shape (2, forms)."""
    count = queries.starts.shape[0] - 1
    low = np.empty((2, count), np.uint64)
    high = np.empty((2, count), np.uint64)
    over = np.empty((2, count), np.int64)
    for side in range(2):
        for query in range(count):
            codes = queries.codes[queries.starts[query] : queries.starts[query + 1]]
            length = codes.shape[0]
            first, second = low[side, query : query + 1], high[side, query : query + 1]
            sign(codes.reshape(1, length), table.layouts[side], first, second)
            over[side, query] = length - np.int64(popcount(first[0]) + popcount(second[0]))
    return low, high, over


@kernel
def scan(table: Strings, queries: Queries, needs: Ints, forms: Ints, asked: Ints) -> int:
    """Find every form whose longest common subsequence with a query form meets the need.

    Args:
        table: the forms.
        queries: the query forms.
        needs: shape (query forms, groups): letters to be shared, 0 where there is nothing to find.
        forms: receives the numbers of the forms found, in the order of groups; as long as the table
            has forms, times the query forms.
        asked: receives the query form that found each; as long.

    Returns:
        How many pairs were found.
    """
    flags = np.empty(CHUNK, np.uint8)
    kept = np.empty(CHUNK, np.int64)
    found = np.empty(CHUNK * BLOCK, np.int64)
    low, high, over = _signatures(table, queries)
    hits = 0
    for g in range(table.groups.shape[0]):
        group = table.groups[g]
        side = 0 if group[WIDTH] == 1 else 1
        for start in range(0, group[BLOCK_COUNT], CHUNK):
            for query in range(needs.shape[0]):
                need = needs[query, g]
                if need <= 0:
                    continue
                least = np.uint64(max(need - over[side, query], 0))
                spare = np.uint64(group[LENGTH] - need)
                count = survivors(
                    table,
                    group,
                    low[side, query],
                    high[side, query],
                    least,
                    spare,
                    start,
                    flags,
                    kept,
                    found,
                )
                more = _verify(table, queries, query, group, found, count, need, forms, hits)
                asked[hits:more] = query
                hits = more
    return hits
