"""The loops that look at every form: a sieve by letter counts, then exact subsequence length.

All integers; nothing here allocates more than one chunk's buffers.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.index.compiled import kernel, popcount, prefetch
from service.matching.index.signature import Codes, Queries, Words, cuts, slot_of
from service.matching.index.vectors import FEW, sieve_few, sieve_many, sieve_short
from service.matching.kinds import LONGEST

CHUNK = 512
"""Words of 64 forms that all query forms go through before the next: what they read of the columns
of their letters stays in the cache."""
_AHEAD = 32
"""Survivors whose letters are asked for before those of the one that is compared."""
SPARE = _AHEAD + 4
"""Room for as many forms more than there are, so that four can be taken at a time, and looked
ahead."""
STRIDE = 4
"""Words of a column come in multiples of this, the width of the sieve."""

WIDTH, LENGTH, FORMS, FORM_COUNT, FIRST_WORD, WORD_COUNT, CODES = range(7)
"""Columns of the group table: one row for each (width, length) of a table's forms."""

WHOLE, UNREACHED = 0, 201
"""Floors that mean that all of the shorter text must be shared, and that nothing is enough."""

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


class Strings(NamedTuple):
    """The forms of one kind in one segment, sorted by width and length, for the kernels."""

    groups: Ints
    """Shape (groups, 7), columns as named above."""
    signs: Words
    """The columns of each group, see `signature`: COLUMNS times WORD_COUNT words from FIRST_WORD
    on; none where the table is not scanned."""
    layouts: NDArray[np.uint8]
    """Shape (2, 256, 2): layout of the signatures of narrow forms and of wide ones."""
    codes1: NDArray[np.uint8]
    """Code points of the forms below 256, row after row."""
    codes2: NDArray[np.uint16]
    """Those of forms with code points from 256 to 65,535."""
    codes4: NDArray[np.uint32]
    """Those of forms with code points above."""


@kernel
def survivors(
    table: Strings,
    group: Ints,
    program: Ints,
    added: int,
    moved: int,
    need: int,
    start: int,
    flags: Words,
    found: Ints,
) -> int:
    """Write the forms of up to CHUNK words of a group that pass the sieve; return their number.

    `program`, `added`, `moved` as `signature.cuts` gives them; `start` is the first word.
    """
    words = min(CHUNK, group[WORD_COUNT] - start)
    base = group[FIRST_WORD] + start
    where = (base, group[WORD_COUNT], added, moved, need, words)
    if need <= 8 and added - need < 8:
        sieve_short(table.signs, where, program, flags)
    elif added < FEW:
        sieve_few(table.signs, where, program, flags)
    else:
        sieve_many(table.signs, where, program, flags)
    count = 0
    for word in range(words):
        left = flags[word]
        first = group[FORMS] + (start + word) * 64
        while left != 0:
            lowest = left & (~left + np.uint64(1))
            found[count] = first + np.int64(popcount(lowest - np.uint64(1)))
            left ^= lowest
            count += 1
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

    Bit-parallel after Hyyrö (2004); `positions` has one word for each code point. Four at a time,
    so that they do not wait for each other's steps: `found` and `forms` have room for SPARE more.
    The place of the next hit is written before it is known to be one: a branch would be guessed
    wrong too often. Places of letters are unsigned, so that none is asked whether it counts from
    the end, which takes a quarter of the time.
    """
    one = np.uint64(1)
    length = group[LENGTH]
    start = group[CODES] - group[FORMS] * length
    for i in range(count, count + SPARE):
        found[i] = found[count - 1]
    for i in range(min(_AHEAD, count)):
        prefetch(codes, start + found[i] * length)
    for i in range(0, count, 4):
        for k in range(4):
            prefetch(codes, start + found[i + _AHEAD + k] * length)
        at, bt = np.uint64(start + found[i] * length), np.uint64(start + found[i + 1] * length)
        ct, dt = np.uint64(start + found[i + 2] * length), np.uint64(start + found[i + 3] * length)
        a = b = c = d = ~np.uint64(0)
        for _ in range(length):
            x, y = positions[codes[at]], positions[codes[bt]]
            z, w = positions[codes[ct]], positions[codes[dt]]
            at, bt, ct, dt = at + one, bt + one, ct + one, dt + one
            a, b = (a + (a & x)) | (a & ~x), (b + (b & y)) | (b & ~y)
            c, d = (c + (c & z)) | (c & ~z), (d + (d & w)) | (d & ~w)
        for k, state in enumerate((a, b, c, d)):
            forms[hits] = found[i + k]
            hits += int((np.int64(popcount(~state)) >= least) & (i + k < count))
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
    start = group[CODES] - group[FORMS] * length
    for i in range(count, count + SPARE):
        found[i] = found[count - 1]
    for i in range(count):
        prefetch(codes, start + found[i + _AHEAD] * length)
        at = start + found[i] * length
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
def need_of(floors: Ints, m: int, n: int) -> int:
    """Letters that texts of lengths m and n must share to be found; 0 where they cannot.

    `200 * LCS >= floor * (m + n)` with `floor = floors[min(m, n)]`, rounded up in integers; all of
    the shorter where the floor is `WHOLE`.
    """
    shorter = min(m, n)
    if floors[shorter] == WHOLE:
        return shorter
    need = max(1, (floors[shorter] * (m + n) + 199) // 200)
    return int(need) if need <= shorter else 0


@kernel
def _with_room(array: Ints, used: int, more: int) -> Ints:
    """The array, or a larger copy when it has no room for so many more."""
    if used + more <= array.shape[0]:
        return array
    larger = np.empty(max(2 * array.shape[0], used + more), np.int64)
    larger[:used] = array[:used]
    return larger


@kernel
def scan(table: Strings, queries: Queries, floors: Ints) -> tuple[Ints, Ints]:
    """Find every form whose longest common subsequence with a query form is long enough.

    Args:
        table: the forms.
        queries: the query forms.
        floors: floor in per cent by the shorter length, see `kinds`.

    Returns:
        Of every pair found the number of the form, in the order of groups, and of the query form.
    """
    flags = np.empty(CHUNK, np.uint64)
    found = np.empty(CHUNK * 64 + SPARE, np.int64)
    program = np.empty(3 * LONGEST, np.int64)
    forms = np.empty(2048, np.int64)
    asked = np.empty(2048, np.int64)
    hits = 0
    for g in range(table.groups.shape[0]):
        group = table.groups[g]
        layout = table.layouts[0 if group[WIDTH] == 1 else 1]
        for start in range(0, group[WORD_COUNT], CHUNK):
            for query in range(queries.starts.shape[0] - 1):
                codes = queries.codes[queries.starts[query] : queries.starts[query + 1]]
                need = need_of(floors, codes.shape[0], group[LENGTH])
                if need == 0:
                    continue
                added, moved = cuts(codes, layout, group[LENGTH], need, program)
                count = survivors(table, group, program, added, moved, need, start, flags, found)
                if count == 0:
                    continue
                forms = _with_room(forms, hits, count + SPARE)
                more = _verify(table, queries, query, group, found, count, need, forms, hits)
                asked = _with_room(asked, hits, count + SPARE)
                asked[hits:more] = query
                hits = more
    return forms[:hits], asked[:hits]
