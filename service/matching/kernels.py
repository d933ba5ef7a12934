"""The scalar functions behind every value, compiled by Numba: oracle, index and compare call the same.

Texts are arrays of code points (uint32, below 0x40000). Values are integers in 0..10000. Serial,
without the interpreter lock, never `parallel=True`.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from service.matching import costs

Codes = NDArray[np.uint32]

ALPHABET = 0x40000
"""Code points are below this; the normaliser drops the rest."""

_SUBSTITUTE = costs.SUBSTITUTE
_DROP = costs.DROP
_LEAD = costs.LEAD
_SHORT = costs.SHORT
_SWAP = costs.SWAP
_DOUBLE = costs.DOUBLE
_EDGE = costs.EDGE
_PART = costs.PART
_SPAN = costs.SPAN


@njit(cache=True, nogil=True)
def lcs(a: Any, b: Any) -> int:
    """Length of the longest common subsequence of two texts, by the plain table."""
    row = np.zeros(len(b) + 1, np.int32)
    for x in a:
        corner = 0
        for j in range(len(b)):
            above = row[j + 1]
            if x == b[j]:
                row[j + 1] = corner + 1
            elif row[j] > above:
                row[j + 1] = row[j]
            corner = above
    return int(row[len(b)])


@njit(cache=True, nogil=True)
def belong(share_a: int, share_b: int) -> int:
    """Value of two equal parts that carry `share_a` and `share_b` per mille of their marks.

    10000 where both are whole; falls with the Dice mean of the shares, by `costs.PART`, because a
    shared element counts by its role in both marks (EUIPO C-2-4 3.4; TMEP 1207.01(b)(iii)).
    """
    dice = 2000 * share_a * share_b // (1000 * (share_a + share_b))
    return 10000 - (1000 - dice) * _PART // 100


@njit(cache=True, nogil=True)
def cover(shared_a: int, shared_b: int, floor: int) -> int:
    """Value of a SET kind: shared tokens carry `shared_a` and `shared_b` per mille of the marks.

    0 when neither mark is covered by at least `floor` per mille.
    """
    if shared_a < floor and shared_b < floor:
        return 0
    return belong(min(1000, max(1, shared_a)), min(1000, max(1, shared_b)))


@njit(cache=True, nogil=True)
def distance(a: Any, b: Any, style: int) -> int:
    """Cost of the cheapest alignment in hundredths of a letter; symmetric in a and b."""
    m, n = len(a), len(b)
    width = n + 1
    before = np.zeros(width, np.int32)
    last = np.zeros(width, np.int32)
    row = np.zeros(width, np.int32)
    shorter = min(m, n)
    edge = _EDGE if shorter >= costs.EDGE_FROM else 100
    for i in range(m + 1):
        for j in range(n + 1):
            if i == 0 and j == 0:
                row[j] = 0
                continue
            place = min(i, j)
            lead = _LEAD[place] if place < len(_LEAD) else 100
            best = 1 << 30
            if i > 0:
                x = a[i - 1]
                gap = _DROP[style, x] if x < 128 else 100
                if i > 1 and a[i - 2] == x:
                    gap = _DOUBLE
                if j == n or j == 0:
                    gap = gap * edge // 100
                best = last[j] + gap * lead // 100
            if j > 0:
                y = b[j - 1]
                gap = _DROP[style, y] if y < 128 else 100
                if j > 1 and b[j - 2] == y:
                    gap = _DOUBLE
                if i == m or i == 0:
                    gap = gap * edge // 100
                best = min(best, row[j - 1] + gap * lead // 100)
            if i > 0 and j > 0:
                x, y = a[i - 1], b[j - 1]
                if x == y:
                    best = min(best, last[j - 1])
                else:
                    cost = _SUBSTITUTE[style, x, y] if x < 128 and y < 128 else 100
                    first = _LEAD[place - 1] if place - 1 < len(_LEAD) else 100
                    best = min(best, last[j - 1] + cost * first // 100)
                    if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                        best = min(best, before[j - 2] + _SWAP)
            row[j] = best
        before, last, row = last, row, before
    return int(last[n])


@njit(cache=True, nogil=True)
def grade(a: Any, b: Any, share_a: int, share_b: int, style: int) -> int:
    """Value of a found pair of a STRING kind in 0..10000; 10000 only for equal whole forms."""
    m, n = len(a), len(b)
    cost = distance(a, b, style)
    shorter = min(m, n)
    harsh = _SHORT[style, shorter] if shorter < _SHORT.shape[1] else 100
    lost = cost * harsh * 2 // (m + n)
    alike = 10000 - lost
    if alike <= 0:
        return 0
    return alike * belong(share_a, share_b) // 10000


@njit(cache=True, nogil=True)
def scan(
    query: Any,
    share: int,
    masks: Any,
    codes: Any,
    starts: Any,
    shares: Any,
    owners: Any,
    floors: Any,
    style: int,
    values: Any,
) -> int:
    """Compare one query form with every stored form; raise `values[owner]`. Gives the pairs found.

    `masks` is zeroed scratch of ALPHABET uint64, left zeroed. `starts` has one entry more than forms.
    """
    m = len(query)
    quick = m <= 64
    if quick:
        for i in range(m):
            masks[query[i]] |= np.uint64(1) << np.uint64(i)
    full = ~np.uint64(0) if m >= 64 else (np.uint64(1) << np.uint64(m)) - np.uint64(1)
    found = 0
    for form in range(len(owners)):
        lo, hi = starts[form], starts[form + 1]
        n = hi - lo
        shorter = min(m, n)
        floor = floors[shorter]
        if 200 * shorter < floor * (m + n):
            continue
        if quick:
            state = full
            for at in range(lo, hi):
                hit = state & masks[codes[at]]
                state = ((state + hit) | (state - hit)) & full
            bits = full & ~state
            common = 0
            while bits:
                bits &= bits - np.uint64(1)
                common += 1
        else:
            common = lcs(query, codes[lo:hi])
        if 200 * common < floor * (m + n):
            continue
        found += 1
        value = grade(query, codes[lo:hi], share, shares[form], style)
        owner = owners[form]
        if value > values[owner]:
            values[owner] = value
    if quick:
        for i in range(m):
            masks[query[i]] = 0
    return found


@njit(cache=True, nogil=True)
def fingerprint(codes: Any) -> Any:
    """A 64-bit hash of a text (FNV-1a over code points); equal hashes are checked by the caller."""
    state = np.uint64(14695981039346656037)
    for code in codes:
        state = (state ^ np.uint64(code)) * np.uint64(1099511628211)
    return state


@njit(cache=True, nogil=True)
def fingerprints(codes: Any, starts: Any) -> Any:
    """Hashes of forms laid end to end."""
    hashes = np.empty(len(starts) - 1, np.uint64)
    for form in range(len(hashes)):
        hashes[form] = fingerprint(codes[starts[form] : starts[form + 1]])
    return hashes
