"""Every mark that was weighed, in arrays: of a thousand a person is shown twenty."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.screening.domain import CONFLICTS, RANK, Verdict

RANKS = tuple(Verdict)
UNBOUND = -1
"""Stands for the verdict in a market where a mark does not bind."""
CLEAR = RANK[Verdict.NO_CONFLICT_FOUND]
assert {RANKS[rank] for rank in range(CLEAR)} == CONFLICTS, "conflicts come first"


class Weighed(NamedTuple):
    """A mark and what it does; sorts by verdict, then risk, then the older key."""

    rank: int
    minus_risk: float
    key: int
    name: int
    prominence: float
    markets: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Tally:
    """All that was found; the rows of the arrays are marks that live and bind, the worst first."""

    markets: tuple[str, ...]
    keys: NDArray[np.int64]
    name: NDArray[np.intp]
    """Place of the name for which the verdict is worst, then the risk highest."""
    prominence: NDArray[np.float64]
    risk: NDArray[np.float64]
    ranks: NDArray[np.int8]
    """Rank of the verdict in each market, UNBOUND where the mark does not bind."""
    worst: NDArray[np.int8]
    """Rank of the worst of them."""
    below: int
    """Marks found that are less alike than any pack calls similar, and were not weighed."""

    @classmethod
    def of(
        cls,
        markets: tuple[str, ...],
        keys: NDArray[np.int64],
        name: NDArray[np.intp],
        prominence: NDArray[np.float64],
        risk: NDArray[np.float64],
        ranks: NDArray[np.int8],
        below: int,
    ) -> "Tally":
        """Put marks in order, by the worst verdict, then risk, then the older key.

        A mark that several names found comes once: with the name for which its verdict is worst,
        and in each market with the worst verdict that any of them has.
        """
        bound = np.where(ranks == UNBOUND, np.int8(len(RANKS)), ranks)
        worst = bound.min(axis=1, initial=len(RANKS)).astype(np.int8)
        together = np.lexsort((name, -risk, worst, keys))
        first = np.flatnonzero(np.diff(keys[together], prepend=-1))
        if len(first) < len(together):
            least = np.minimum.reduceat(bound[together], first, axis=0)
            ranks = np.where(least == len(RANKS), np.int8(UNBOUND), least)
            leading = together[first]
            keys, name, worst = keys[leading], name[leading], worst[leading]
            prominence, risk = prominence[leading], risk[leading]
        order = np.lexsort((keys, -risk, worst))
        return cls(
            markets,
            keys[order],
            name[order],
            prominence[order],
            risk[order],
            ranks[order],
            worst[order],
            below,
        )

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def conflicts(self) -> int:
        """How many marks are a conflict: they are the first rows."""
        return int(np.searchsorted(self.worst, CLEAR))

    def counts(self) -> Counter[Verdict]:
        """How many marks there are of each verdict, each mark with its worst."""
        counts = _counted(self.worst)
        counts[Verdict.NO_CONFLICT_FOUND] += self.below
        return counts

    def counts_of(self, market: str) -> Counter[Verdict]:
        """How many marks that bind in a market there are of each verdict, `below` left out."""
        ranks = self.ranks[:, self.markets.index(market)]
        return _counted(ranks[ranks != UNBOUND])

    def worst_in(self, market: str, first: int, end: int) -> int | None:
        """Return the first row among some with the worst conflict in a market; None without one."""
        ranks = self.ranks[first:end, self.markets.index(market)].astype(np.int64)
        ranks[ranks == UNBOUND] = CLEAR
        if not len(ranks) or ranks.min() >= CLEAR:
            return None
        return first + int(ranks.argmin())

    def weighed(self, rows: range | list[int]) -> Iterator[Weighed]:
        """Yield the marks of some rows."""
        for row in rows:
            verdicts = {
                market: RANKS[rank]
                for market, rank in zip(self.markets, self.ranks[row].tolist(), strict=True)
                if rank != UNBOUND
            }
            yield Weighed(
                int(self.worst[row]),
                -float(self.risk[row]),
                int(self.keys[row]),
                int(self.name[row]),
                float(self.prominence[row]),
                verdicts,
            )


def _counted(ranks: NDArray[np.int8]) -> Counter[Verdict]:
    counts = np.bincount(ranks, minlength=len(RANKS)).tolist()
    return Counter({verdict: count for verdict, count in zip(RANKS, counts, strict=True) if count})
