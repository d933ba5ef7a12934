"""The scalar functions of PART kinds: one text stands whole in another.

As in `kernels`: oracle, index and compare call the same.
"""

from typing import Any

from service.matching.compiling import kernel
from service.matching.kernels import belong


@kernel
def stands_in(short: Any, long: Any) -> bool:
    """Whether a text stands whole in a longer one."""
    m = len(short)
    for start in range(len(long) - m + 1):
        same = 0
        while same < m and short[same] == long[start + same]:
            same += 1
        if same == m:
            return True
    return False


@kernel
def inside(share_short: int, share_long: int, m: int, n: int) -> int:
    """Value of a PART kind: a text of m letters stands in one of n, each part of its mark.

    It carries of the longer mark as much of the share as of the letters.
    """
    return belong(share_short, max(1, share_long * m // n))


@kernel
def _inside(a: Any, b: Any, share_a: int, share_b: int, least: int) -> int:
    """Value of two forms under a PART kind, 0 where neither stands in the other."""
    m, n = len(a), len(b)
    if m == n or min(m, n) < least:
        return 0
    if m < n:
        return inside(share_a, share_b, m, n) if stands_in(a, b) else 0
    return inside(share_b, share_a, n, m) if stands_in(b, a) else 0


@kernel
def best(
    asked: Any,
    asked_starts: Any,
    asked_shares: Any,
    held: Any,
    held_starts: Any,
    held_shares: Any,
    least: int,
) -> Any:
    """As `kernels.best_pair`, for a PART kind and its least letters."""
    first, second, highest = -1, -1, -1
    for one in range(len(asked_shares)):
        query = asked[asked_starts[one] : asked_starts[one + 1]]
        for form in range(len(held_shares)):
            text = held[held_starts[form] : held_starts[form + 1]]
            value = _inside(query, text, asked_shares[one], held_shares[form], least)
            if value > highest and value > 0:
                first, second, highest = one, form, value
    return first, second, highest


@kernel
def scan(
    query: Any,
    share: int,
    codes: Any,
    starts: Any,
    shares: Any,
    owners: Any,
    least: int,
    values: Any,
) -> None:
    """As `kernels.scan`, for a PART kind and its least letters."""
    for form in range(len(owners)):
        text = codes[starts[form] : starts[form + 1]]
        value = _inside(query, text, share, shares[form], least)
        values[owners[form]] = max(values[owners[form]], value)
