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
from service.matching.index.signature import Codes, Query, Words, sign

BLOCK = 32
"""Forms in a block: measured best of 16, 32 and 64 on the real haystack."""
CHUNK = 1024
"""Blocks tested before their forms are, so that the flags stay in the first cache."""

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
def _slot(keys: NDArray[np.uint32], letter: int) -> int:
    """Place of a code point in the query's table; a free place (all zero words) when absent."""
    code = np.int64(letter)
    mask = keys.shape[0] - 1
    slot = ((code * 0x9E3779B1) >> 7) & mask
    while keys[slot] != 0 and keys[slot] != code + 1:
        slot = (slot + 1) & mask
    return int(slot)


@kernel
def _lcs(codes: Codes, at: int, length: int, query: Query, state: Words) -> int:
    """Longest common subsequence of a form and a query: one word, with carry, for 64 letters."""
    state[:] = ~np.uint64(0)
    for i in range(at, at + length):
        row = _slot(query.keys, codes[i])
        carry = np.uint64(0)
        for k in range(state.shape[0]):
            old = state[k]
            met = old & query.wide[row, k]
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
    shared: NDArray[np.uint16],
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
        value = np.int64(popcount(~state))
        forms[hits] = found[i]
        shared[hits] = value
        hits += int(value >= least)
    return hits


@kernel
def _verify_any(
    codes: Codes,
    group: Ints,
    found: Ints,
    count: int,
    least: int,
    query: Query,
    forms: Ints,
    shared: NDArray[np.uint16],
    hits: int,
) -> int:
    """The same for survivors of any width and queries of any length."""
    length = group[LENGTH]
    state = np.empty(query.wide.shape[1], np.uint64)
    for i in range(count):
        at = group[CODES] + (found[i] - group[FORMS]) * length
        value = _lcs(codes, at, length, query, state)
        forms[hits] = found[i]
        shared[hits] = value
        hits += value >= least
    return hits


@kernel
def scan(table: Strings, query: Query, needs: Ints, forms: Ints, shared: NDArray[np.uint16]) -> int:
    """Find every form whose longest common subsequence with the query meets its group's need.

    Args:
        table: the forms.
        query: the query form.
        needs: shape (groups,): letters to be shared, 0 where the group is not to be read.
        forms: receives the numbers of the forms found; as long as the table has forms.
        shared: receives the length of the subsequence of each; as long.

    Returns:
        How many were found.
    """
    flags = np.empty(CHUNK, np.uint8)
    kept = np.empty(CHUNK, np.int64)
    found = np.empty(CHUNK * BLOCK, np.int64)
    positions = query.narrow.reshape(query.narrow.size)
    length = query.codes.shape[0]
    low = np.empty(2, np.uint64)
    high = np.empty(2, np.uint64)
    for side in range(2):
        sign(
            query.codes.reshape(1, length),
            table.layouts[side],
            low[side : side + 1],
            high[side : side + 1],
        )
    hits = 0
    for g in range(table.groups.shape[0]):
        if needs[g] <= 0:
            continue
        group = table.groups[g]
        side = 0 if group[WIDTH] == 1 else 1
        over = length - np.int64(popcount(low[side])) - np.int64(popcount(high[side]))
        least = np.uint64(max(needs[g] - over, 0))
        spare = np.uint64(group[LENGTH] - needs[g])
        for start in range(0, group[BLOCK_COUNT], CHUNK):
            count = survivors(
                table, group, low[side], high[side], least, spare, start, flags, kept, found
            )
            if group[WIDTH] == 1 and positions.shape[0] == 256:
                hits = _verify_narrow(
                    table.codes1, group, found, count, needs[g], positions, forms, shared, hits
                )
            elif group[WIDTH] == 1:
                hits = _verify_any(
                    table.codes1, group, found, count, needs[g], query, forms, shared, hits
                )
            elif group[WIDTH] == 2:
                hits = _verify_any(
                    table.codes2, group, found, count, needs[g], query, forms, shared, hits
                )
            else:
                hits = _verify_any(
                    table.codes4, group, found, count, needs[g], query, forms, shared, hits
                )
    return hits
