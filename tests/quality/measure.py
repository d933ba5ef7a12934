"""Ranks, bands, ties and times of the engine on a haystack."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.matching import meaning, scores
from service.matching.engine import Sign, prepare
from service.matching.kinds import KINDS
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


def run(haystack: Haystack, pair: Pair, evidence: meaning.Evidence) -> Outcome:
    """Search the query in the haystack and look where the earlier mark stands."""
    began = time.perf_counter()
    values = haystack.oracle.values(prepare(Sign(pair.query), evidence=evidence))
    rows = np.flatnonzero(values.any(axis=1))
    found = values[rows]
    similarity = scores.score(found).similarity
    order = scores.rank(similarity, found, rows)
    seconds = time.perf_counter() - began
    place = np.flatnonzero(rows[order] == haystack.row(pair.earlier))
    rank = int(place[0]) + 1 if len(place) else ABSENT
    at = order[place[0]] if len(place) else None
    best = similarity[order[:50]]
    return Outcome(
        pair,
        rank,
        float(similarity[at]) if at is not None else 0.0,
        tuple(k.name for i, k in enumerate(KINDS) if at is not None and found[at, i]),
        {name: int((similarity >= least).sum()) for name, least in scores.BANDS},
        1 - len(np.unique(best)) / len(best) if len(best) else 0.0,
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
