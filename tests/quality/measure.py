"""Ranks, bands, ties and times of the engine on a haystack."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.matching import meaning, scores
from service.matching.engine import Sign, compare, prepare
from tests.quality.baselines import ABSENT
from tests.quality.corpus import Pair
from tests.quality.haystack import Haystack


@dataclass(frozen=True, slots=True)
class Outcome:
    """One query and where the wanted mark came."""

    pair: Pair
    rank: int
    similarity: float
    kinds: tuple[str, ...]
    """Kinds that found the wanted mark; empty when none did."""
    hits: dict[str, int]
    """Hits of the query by band."""
    tied: float
    """Share of the best fifty hits whose similarity another of them has too."""
    seconds: float


LISTED = 1000
"""Hits that are listed and ranked; a mark beyond counts as found by no rank."""


def run(haystack: Haystack, pair: Pair, evidence: meaning.Evidence) -> Outcome:
    """Search the query in the haystack and look where the earlier mark stands."""
    began = time.perf_counter()
    result = haystack.index.search(prepare(Sign(pair.query), evidence=evidence), limit=LISTED)
    seconds = time.perf_counter() - began
    wanted = haystack.row(pair.earlier) + 1
    rank = next((at + 1 for at, hit in enumerate(result.marks) if hit.key == wanted), ABSENT)
    judged = compare(
        prepare(Sign(pair.query), evidence=evidence), prepare(Sign(pair.earlier), evidence=evidence)
    )
    best = [hit.similarity for hit in result.marks[:50]]
    names = [name for name, _ in scores.BANDS]
    reached = {
        name: sum(result.bands[better] for better in names[: at + 1])
        for at, name in enumerate(names)
    }
    return Outcome(
        pair,
        rank,
        judged.similarity,
        tuple(judged.kinds),
        reached,
        1 - len(set(best)) / len(best) if best else 0.0,
        seconds,
    )


def run_all(haystack: Haystack, pairs: Sequence[Pair], evidence: meaning.Evidence) -> list[Outcome]:
    """All pairs, one after the other."""
    return [run(haystack, pair, evidence) for pair in pairs]


def recall(ranks: Sequence[float] | NDArray[np.float64], within: int) -> float:
    """Share of ranks at most `within`; 0 of nothing."""
    return float(np.mean(np.asarray(ranks) <= within)) if len(ranks) else 0.0


def ranks_of(outcomes: Sequence[Outcome]) -> list[int]:
    """The ranks alone."""
    return [outcome.rank for outcome in outcomes]


def rank_with_table(haystack: Haystack, pair: Pair, evidence: meaning.Evidence) -> int:
    """Where the earlier mark would stand if the shipped evidence table counted for the pair.

    The haystack stays indexed without the table; only the pair's own similarity is taken with it,
    and a mark that a row links has no crowd.
    """
    found = compare(prepare(Sign(pair.query)), prepare(Sign(pair.earlier)))
    if "record" not in found.kinds:
        return run(haystack, pair, evidence).rank
    result = haystack.index.search(prepare(Sign(pair.query), evidence=evidence), limit=LISTED)
    return 1 + sum(hit.prominence > found.similarity for hit in result.marks)
