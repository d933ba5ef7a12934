"""The one scoring function: from the matrix of values per kind to axes and similarity.

`score` takes integers (n marks x len(KINDS), see `kinds`) and nothing else, so that the index ranks
everything it retrieves with the very function by which `engine.compare` judges one pair.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.matching.kinds import COLUMN, KINDS, Axis

TOP = 10000

WORTH: dict[str, int] = {
    "exact": 100, "spelling": 100, "look": 94, "words": 95, "sound": 95, "loose": 72, "heard": 82,
    "echo": 82, "uttered": 88, "recalled": 88, "pinyin": 92, "blurred": 80, "roman": 80, "written": 80, "han": 100, "bag": 92,
    "alike": 90, "sense": 88, "record": 97, "initials": 62, "acronym": 62,
}
"""What a full value of a kind is worth on its axis, in per cent."""

ALONE: dict[str, int] = {
    "heard": 76, "echo": 76, "uttered": 82, "recalled": 82, "sense": 84, "record": 95,
    "initials": 62, "acronym": 62, "bag": 80, "alike": 84,
}
"""Per cent of its value that a kind gives the similarity with no other axis agreeing: marks in two
scripts, or with one meaning in two languages, cannot look alike (US-4, CN-10)."""

AGREE = 22
"""Per cent of similarity that hangs on a second axis agreeing with the strongest (US-1: one may do)."""
THIRD = 3
"""The same for the third axis."""
CEILING = 9990
"""Most that anything but an equal mark reaches."""

BANDS: tuple[tuple[str, float], ...] = (("high", 0.80), ("medium", 0.66), ("low", 0.50))
"""Least similarity of each band, best first."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of n marks, float64 in [0, 1]; exact functions of the integer values."""

    similarity: NDArray[np.float64]
    visual: NDArray[np.float64]
    aural: NDArray[np.float64]
    conceptual: NDArray[np.float64]


_COLUMNS = {
    axis: np.array([COLUMN[kind.name] for kind in KINDS if kind.axis is axis], np.intp)
    for axis in Axis
}
_WORTH = np.array([WORTH[kind.name] for kind in KINDS], np.int64)
_ALONE_COLUMNS = np.array([COLUMN[name] for name in ALONE], np.intp)
_ALONE = np.array(list(ALONE.values()), np.int64)
_EXACT = COLUMN["exact"]


def score(values: NDArray[np.int64]) -> Scores:
    """Axes and similarity of n marks from their values, shape (n, len(KINDS)), each 0..10000.

    An axis is the best of its kinds, never an average. Similarity is the strongest axis, lowered
    where the others do not agree; 1.0 only where the kind `exact` says the marks are equal.
    """
    worth = values.astype(np.int64) * _WORTH // 100
    axes = {axis: worth[:, columns].max(axis=1) for axis, columns in _COLUMNS.items()}
    equal = values[:, _EXACT] == TOP
    axes = {axis: np.where(equal, TOP, best) for axis, best in axes.items()}
    ranked = np.sort(np.stack(list(axes.values()), axis=1), axis=1)
    third, second, first = ranked[:, 0], ranked[:, 1], ranked[:, 2]
    similarity = first * (TOP * (100 - AGREE - THIRD) + AGREE * second + THIRD * third)
    alone = (values[:, _ALONE_COLUMNS] * _ALONE // 100).max(axis=1)
    similarity = np.maximum(similarity // (100 * TOP), alone)
    similarity = np.where(equal, TOP, np.minimum(similarity, CEILING))
    return Scores(
        similarity / TOP,
        axes[Axis.VISUAL] / TOP,
        axes[Axis.AURAL] / TOP,
        axes[Axis.CONCEPTUAL] / TOP,
    )


def rank(
    similarity: NDArray[np.float64], values: NDArray[np.int64], keys: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Order of hits: similarity, then the sum of all values, then the smaller key."""
    return np.lexsort((keys, -values.sum(axis=1), -similarity))


def band_of(similarity: float) -> str:
    """Name of the band a similarity falls in; `none` below all."""
    for name, least in BANDS:
        if similarity >= least:
            return name
    return "none"
