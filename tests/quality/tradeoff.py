"""What the numbers of `service.matching.scores` are chosen by: recall when one is moved."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.matching import meaning, scores
from service.matching.engine import Sign, prepare
from service.matching.index.search import retrieve
from service.matching.kinds import COLUMN, KINDS, Axis
from tests.quality.baselines import ABSENT
from tests.quality.corpus import Pair
from tests.quality.haystack import Haystack

KEPT = 3000
"""Candidates of a query that are scored again; what stands below them now stays below."""
TRUST = (0.9, 1.1)
"""By how much the worth of a kind is moved."""
_COLUMNS = {
    axis: np.array([COLUMN[kind.name] for kind in KINDS if kind.axis is axis]) for axis in Axis
}


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of one query with their values."""

    keys: NDArray[np.int64]
    values: NDArray[np.int64]
    wanted: int

    def rank(self, numbers: "Numbers") -> float:
        """Where the wanted mark would stand."""
        at = np.flatnonzero(self.keys == self.wanted)
        if not len(at):
            return ABSENT
        similarity = similarities(self.values, numbers)
        taken = (similarity - scores.prominence(similarity, self.values)) * numbers.rare
        order = scores.rank(similarity - taken / scores.RARE, self.values, self.keys)
        return 1 + int(np.flatnonzero(order == at[0])[0])

    def bound(self) -> float:
        """Best rank any score could give that rises with every kind: marks as alike by all kinds
        and more alike by one stand above by each of them."""
        at = np.flatnonzero(self.keys == self.wanted)
        if not len(at):
            return ABSENT
        own = self.values[at[0]]
        above = (self.values >= own).all(axis=1) & (self.values > own).any(axis=1)
        return 1 + int(above.sum())

    def hits(self, numbers: "Numbers") -> int:
        """How many would reach the medium band."""
        least = dict(scores.BANDS)["medium"]
        return int((similarities(self.values, numbers) >= least).sum())


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of `service.matching.scores`, one of which may be moved."""

    agree: int = scores.AGREE
    third: int = scores.THIRD
    meaning: int = scores.MEANING
    rare: int = scores.RARE
    kind: str = ""
    """The kind whose worth is moved."""
    factor: float = 1.0


def similarities(values: NDArray[np.int64], numbers: Numbers) -> NDArray[np.float64]:
    """What `scores.score` says with these numbers, written plainly."""
    worth = scores.worth_of(values) * (values > 0)
    if numbers.kind:
        column = COLUMN[numbers.kind]
        worth[:, column] = np.minimum(worth[:, column] * numbers.factor, scores.TOP)
    axes = np.stack([worth[:, columns].max(axis=1) for columns in _COLUMNS.values()], axis=1)
    third, second, first = np.sort(axes, axis=1).T
    left = 100 - numbers.agree - numbers.third
    whole = first * (scores.TOP * left + numbers.agree * second + numbers.third * third)
    whole = whole // (100 * scores.TOP)
    meaning = worth[:, _COLUMNS[Axis.CONCEPTUAL]].max(axis=1) * numbers.meaning // 100
    fine = np.maximum(whole, meaning) * scores.FINE + values.sum(axis=1)
    fine = np.minimum(fine, scores.CEILING * scores.FINE)
    equal = values[:, COLUMN["exact"]] == scores.TOP
    return np.where(equal, 1.0, fine / (scores.TOP * scores.FINE))


def pool(haystack: Haystack, pair: Pair, evidence: meaning.Evidence) -> Pool:
    """What is retrieved for a pair: the best by similarity, the best of each kind, the wanted."""
    query = prepare(Sign(pair.query), evidence=evidence)
    found = retrieve(haystack.index.snapshot, query)
    wanted = haystack.row(pair.earlier) + 1
    kept = np.argsort(-found.similarity)[:KEPT]
    best = [np.argsort(-found.values[:, column])[: KEPT // 10] for column in range(len(KINDS))]
    rows = np.unique(np.concatenate([kept, *best, np.flatnonzero(found.keys == wanted)]))
    return Pool(found.keys[rows], found.values[rows].astype(np.int64), wanted)


def _figures(pools: Sequence[Pool], random: Sequence[Pool], numbers: Numbers) -> tuple[float, ...]:
    ranks = np.array([one.rank(numbers) for one in pools])
    halves = [float(np.mean(ranks[half::2] <= 10)) for half in (0, 1)]
    middle = float(np.median([one.hits(numbers) for one in random]))
    return (float(np.mean(ranks <= 10)), float(np.mean(ranks <= 50)), *halves, middle)


def table(pools: Sequence[Pool], random: Sequence[Pool]) -> list[tuple[str, tuple[float, ...]]]:
    """Rows of (what is moved, recall@10, @50, @10 of either half, median hits at medium)."""
    moves = {
        "as it is": Numbers(),
        "AGREE 6": Numbers(agree=6),
        "AGREE 18": Numbers(agree=18),
        "THIRD 0": Numbers(third=0),
        "THIRD 5": Numbers(third=5),
        "RARE 0": Numbers(rare=0),
        "RARE 1": Numbers(rare=1),
        "RARE 4": Numbers(rare=4),
        "RARE 8": Numbers(rare=8),
        "MEANING 85": Numbers(meaning=85),
        "MEANING 96": Numbers(meaning=96),
    }
    for kind in KINDS:
        for factor in TRUST:
            moves[f"{kind.name} × {factor}"] = Numbers(kind=kind.name, factor=factor)
    return [(told, _figures(pools, random, numbers)) for told, numbers in moves.items()]
