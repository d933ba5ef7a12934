"""The verdicts on many marks: each combination of what decides one is worked out once."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.registry.finder import STATUSES
from service.rules.goods import GoodsDegree
from service.rules.markets import Market
from service.rules.markets.domain import Bilingual
from service.rules.markets.packs import (
    SignEvidence,
    Standing,
    Understood,
    packs,
    standing_of,
    verdict,
)
from service.screening.domain import RANK
from service.screening.judging import VERDICTS
from service.screening.linking import told_of
from service.screening.signs import Stop, evidence_of, signs_of
from service.screening.tally import UNBOUND

COMBINATIONS = 200_000
"""Verdicts kept from screening to screening."""
DEGREES = sorted(GoodsDegree, key=lambda degree: degree.rank)
STANDINGS = tuple(Standing)
STANDING_NUMBERS = np.array([STANDINGS.index(standing_of(one.value)) for one in STATUSES])
UNTOLD = Bilingual("", "")
"""In place of a sentence, where only the verdict is asked for."""

Ints = NDArray[np.int64]
Ranks = NDArray[np.int8]


class Ranked(NamedTuple):
    """What marks do to markets, shape (marks, markets); UNBOUND where one does not bind."""

    verdicts: Ranks
    """Ranks of the verdicts, see `domain.RANK`."""
    bands: Ranks
    """Ranks of the bands of the signs."""

    def put(self, rows: NDArray[np.intp], others: "Ranked") -> None:
        """Set some rows to those of others."""
        self.verdicts[rows], self.bands[rows] = others


def ranked(
    markets: Sequence[Market], signs: Ints, degrees: Ranks, status: NDArray[np.uint8], stop: Stop
) -> Ranked:
    """Rank what marks do to markets.

    Args:
        markets: The markets.
        signs: Of each mark in each market, see `linking.told_of`.
        degrees: Nearness of the goods, places in `DEGREES`, UNBOUND where a mark does not bind.
        status: Of each mark, the place of its status in `STATUSES`.
        stop: What in the words of all of them makes verdicts milder.
    """
    found = Ranked(np.full(degrees.shape, UNBOUND, np.int8), np.full(degrees.shape, -1, np.int8))
    cases = cases_of(signs, degrees, status)
    for place, market in enumerate(markets):
        bound = np.flatnonzero(degrees[:, place] != UNBOUND)
        some, of = np.unique(cases[bound, place], return_inverse=True)
        told = [verdict_of(market.pack, one, stop) for one in some.tolist()]
        both = np.array(told, np.int8).reshape(-1, 2)[of]
        found.verdicts[bound, place], found.bands[bound, place] = both[:, 0], both[:, 1]
    return found


def cases_of(signs: Ints, degrees: Ranks, status: NDArray[np.uint8]) -> Ints:
    """Number of the signs, then of the standing, then of the degree of the goods."""
    cases = signs * len(STANDINGS) + STANDING_NUMBERS[status][:, None]
    numbers: Ints = cases * len(DEGREES) + degrees
    return numbers


@lru_cache(maxsize=COMBINATIONS)
def verdict_of(pack: str, case: int, stop: Stop, less: int | None = None) -> tuple[int, int]:
    """Return the rank of the verdict and that of the band of the signs.

    Args:
        pack: Id of the rule pack.
        case: See `cases_of`.
        stop: What in the words makes it milder.
        less: The signs as the public of the market understands them, where that is less.
    """
    case, degree = divmod(case, len(DEGREES))
    signs, standing = divmod(case, len(STANDINGS))
    finding = verdict(
        packs()[pack],
        sign=_evidence(signs, stop),
        goods=DEGREES[degree],
        standing=STANDINGS[standing],
        understood=None if less is None else Understood(_evidence(less, stop), UNTOLD),
    )
    return RANK[VERDICTS[finding.band]], finding.sign.rank


def _evidence(signs: int, stop: Stop) -> SignEvidence:
    code, evidence, linked = told_of(signs)
    return evidence_of(signs_of(code), stop, evidence=evidence, linked=linked)
