"""The scalar functions behind every value: oracle, index and compare call the same.

Texts are arrays of code points (uint32, below 0x40000). Values are integers in 0..10000. Serial,
without the interpreter lock, never `parallel=True`.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.matching import costs
from service.matching.compiling import kernel

Codes = NDArray[np.uint32]

ALPHABET = 0x40000
"""Code points are below this; the normaliser drops the rest."""

_SUBSTITUTE = costs.SUBSTITUTE
_DROP = costs.DROP
_LEAD = costs.LEAD
_SHORT = costs.SHORT
_SWAP = costs.SWAP
_DOUBLE = costs.DOUBLE
_RUN = costs.RUN
_HEAD = costs.HEAD
_TAIL = costs.TAIL
_PART = costs.PART
_BLUNT = costs.BLUNT
_CREDIT = costs.CREDIT
_EDGE_FROM = costs.EDGE_FROM
_FAR = 1 << 40


@kernel
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


@kernel
def belong(share_a: int, share_b: int) -> int:
    """Value of two equal parts that carry `share_a` and `share_b` per mille of their marks.

    10000 where both are whole; falls with the Dice mean of the shares, by `costs.PART`, because a
    shared element counts by its role in both marks (EUIPO C-2-4 3.4; TMEP 1207.01(b)(iii)).
    """
    dice = 2000 * share_a * share_b // (1000 * (share_a + share_b))
    return 10000 - (1000 - dice) * _PART // 100


@kernel
def cover(shared_a: int, shared_b: int, floor: int) -> int:
    """Value of a SET kind: shared tokens carry `shared_a` and `shared_b` per mille of the marks.

    0 when neither mark is covered by at least `floor` per mille.
    """
    if shared_a < floor and shared_b < floor:
        return 0
    return belong(min(1000, max(1, shared_a)), min(1000, max(1, shared_b)))


@kernel
def _lead(place: int) -> int:
    """Weight of the letter at `place`, from 0."""
    return int(_LEAD[min(place, len(_LEAD) - 1)])


@kernel
def _gap(text: Any, at: int, place: int, style: int) -> int:
    """Cost of leaving out the letter `text[at]`, which stands at `place` of the alignment."""
    letter = text[at]
    cost = _DROP[style, letter] if letter < costs.SPAN else 100
    if at > 0 and text[at - 1] == letter:
        cost = min(cost, _DOUBLE)
    return int(cost * _lead(place))


@kernel
def _exchange(x: int, y: int, style: int) -> int:
    """Cost of one letter in the place of another."""
    if x == y:
        return 0
    if x < costs.SPAN and y < costs.SPAN:
        return int(_SUBSTITUTE[style, x, y])
    return 100


@kernel
def distance(a: Any, b: Any, style: int) -> int:
    """Cost of the cheapest alignment, in 1/10000 of a letter; symmetric in a and b.

    Letters left out in a row, before the beginning or after the end cost less (`costs`).
    """
    m, n = len(a), len(b)
    edges = min(m, n) >= _EDGE_FROM[style]
    tail = _TAIL if edges else 100
    head = _HEAD if edges else 100
    best = np.full((3, n + 1), _FAR, np.int64)
    left_a = np.full((2, n + 1), _FAR, np.int64)
    for i in range(m + 1):
        row, above, two_up = best[i % 3], best[(i - 1) % 3], best[(i - 2) % 3]
        drop, drop_above = left_a[i % 2], left_a[(i - 1) % 2]
        left_b = _FAR
        for j in range(n + 1):
            if i == 0 and j == 0:
                row[0] = 0
                drop[0] = _FAR
                continue
            least = _FAR
            drop[j] = _FAR
            if i > 0:
                cost = _gap(a, i - 1, min(i - 1, j), style)
                if j == n:
                    cost = cost * tail // 100
                elif j == 0:
                    cost = cost * head // 100
                drop[j] = min(above[j] + cost, drop_above[j] + cost * _RUN // 100)
                least = drop[j]
            if j > 0:
                cost = _gap(b, j - 1, min(i, j - 1), style)
                if i == m:
                    cost = cost * tail // 100
                elif i == 0:
                    cost = cost * head // 100
                left_b = min(row[j - 1] + cost, left_b + cost * _RUN // 100)
                least = min(least, left_b)
            if i > 0 and j > 0:
                x, y = a[i - 1], b[j - 1]
                place = min(i, j) - 1
                least = min(least, above[j - 1] + _exchange(x, y, style) * _lead(place))
                if i > 1 and j > 1 and x != y and x == b[j - 2] and a[i - 2] == y:
                    least = min(least, two_up[j - 2] + _SWAP * _lead(place))
            row[j] = least
    return int(best[m % 3][n])


@kernel
def _mass(length: int) -> int:
    """Weight of all letters of a form, in 1/10000 of a letter."""
    total = 0
    for place in range(length):
        total += _lead(place)
    return total * 100


@kernel
def grade(a: Any, b: Any, share_a: int, share_b: int, style: int) -> int:
    """Value of a found pair of a STRING kind in 0..10000.

    One minus the cost of the alignment over the mean mass of the two forms; harsher for short forms
    and for parts of marks; at most `costs.CREDIT` of the length.
    """
    m, n = len(a), len(b)
    shorter = min(m, n)
    cost = distance(a, b, style)
    if shorter < _SHORT.shape[1]:
        cost = cost * _SHORT[style, shorter] // 100
    dice = 2000 * share_a * share_b // (1000 * (share_a + share_b))
    cost = cost * (100000 + (1000 - dice) * _BLUNT) // 100000
    alike = 10000 - 20000 * cost // (_mass(m) + _mass(n))
    if alike <= 0:
        return 0
    alike = alike * _CREDIT[style, min(shorter, _CREDIT.shape[1] - 1)] // 100
    return int(alike * belong(share_a, share_b) // 10000)


@kernel
def best_pair(
    asked: Any,
    asked_starts: Any,
    asked_shares: Any,
    held: Any,
    held_starts: Any,
    held_shares: Any,
    floors: Any,
    style: int,
) -> Any:
    """The first pair of forms with the highest value, and that value; all -1 if none is found.

    As `scan`, for the forms of two marks, each side laid end to end.
    """
    first, second, best = -1, -1, -1
    for one in range(len(asked_shares)):
        query = asked[asked_starts[one] : asked_starts[one + 1]]
        m = len(query)
        for form in range(len(held_shares)):
            text = held[held_starts[form] : held_starts[form + 1]]
            n = len(text)
            shorter = min(m, n)
            floor = floors[shorter]
            if 200 * shorter < floor * (m + n) or 200 * lcs(query, text) < floor * (m + n):
                continue
            value = grade(query, text, asked_shares[one], held_shares[form], style)
            if value > best:
                first, second, best = one, form, value
    return first, second, best


@kernel
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

    `masks` is zeroed scratch of ALPHABET uint64, left zeroed. `starts` has one entry more than
    forms.
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


@kernel
def fingerprint(codes: Any) -> Any:
    """A 64-bit hash of a text (FNV-1a over code points); equal hashes are checked by the caller."""
    state = np.uint64(14695981039346656037)
    for code in codes:
        state = (state ^ np.uint64(code)) * np.uint64(1099511628211)
    return state


@kernel
def fingerprints(codes: Any, starts: Any) -> Any:
    """Hashes of forms laid end to end."""
    hashes = np.empty(len(starts) - 1, np.uint64)
    for form in range(len(hashes)):
        hashes[form] = fingerprint(codes[starts[form] : starts[form + 1]])
    return hashes
