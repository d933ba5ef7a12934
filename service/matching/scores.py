"""The one scoring function: from the matrix of values per kind to axes and similarity.

`score` takes integers (n marks x len(KINDS), see `kinds`) and nothing else, so that the index ranks
everything it retrieves with the very function by which `engine.compare` judges one pair.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.matching.compiling import kernel
from service.matching.kinds import COLUMN, KINDS, Axis

TOP = 10000

KNOTS: tuple[int, ...] = (0, *range(5000, TOP + 1, 500))
"""Values at which `WORTH` is given; between them it runs straight."""

WORTH: dict[str, tuple[int, ...]] = {
    "exact": (0, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100),
    "spelling": (0, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100),
    "look": (0, 35, 41, 46, 51, 55, 59, 63, 67, 76, 85, 96),
    "words": (0, 60, 61, 61, 62, 63, 64, 67, 71, 75, 79, 90),
    "sound": (0, 7, 8, 9, 41, 56, 66, 73, 80, 85, 91, 97),
    "loose": (0, 7, 7, 8, 9, 44, 59, 67, 74, 79, 84, 90),
    "heard": (0, 6, 6, 18, 38, 49, 54, 60, 64, 68, 73, 74),
    "echo": (0, 6, 6, 18, 38, 49, 54, 60, 64, 68, 73, 74),
    "uttered": (0, 15, 26, 48, 60, 67, 73, 77, 82, 86, 90, 92),
    "recalled": (0, 15, 26, 48, 60, 67, 73, 77, 82, 86, 90, 92),
    "pinyin": (0, 44, 46, 49, 52, 55, 60, 66, 71, 76, 81, 89),
    "blurred": (0, 38, 40, 43, 47, 50, 54, 58, 62, 66, 72, 81),
    "roman": (0, 50, 52, 53, 55, 57, 60, 63, 66, 70, 83, 97),
    "written": (0, 50, 52, 53, 55, 57, 60, 63, 66, 70, 83, 97),
    "han": (0, 25, 70, 71, 72, 74, 80, 83, 87, 90, 94, 97),
    "bag": (0, 50, 63, 65, 66, 68, 72, 76, 79, 82, 85, 88),
    "alike": (0, 79, 80, 80, 81, 82, 83, 83, 84, 86, 90, 95),
    "within": (0, 25, 70, 71, 72, 74, 80, 83, 87, 90, 94, 97),
    "around": (0, 25, 70, 71, 72, 74, 80, 83, 87, 90, 94, 97),
    "inside": (0, 20, 40, 45, 50, 55, 60, 70, 71, 72, 73, 74),
    "amid": (0, 25, 45, 50, 54, 58, 64, 74, 79, 83, 86, 89),
    "sense": (0, 63, 64, 65, 66, 66, 68, 71, 78, 83, 88, 93),
    "concept": (0, 63, 64, 65, 66, 66, 68, 71, 78, 83, 88, 93),
    "rendered": (0, 20, 25, 30, 35, 40, 44, 48, 52, 76, 86, 93),
    "rendition": (0, 20, 25, 30, 35, 40, 44, 48, 52, 76, 86, 93),
    "record": (0, 75, 76, 76, 77, 78, 79, 79, 82, 87, 92, 97),
    "initials": (0, 58, 59, 59, 60, 61, 61, 62, 63, 66, 76, 86),
    "acronym": (0, 58, 59, 59, 60, 61, 61, 62, 63, 66, 76, 86),
}
"""What a value of a kind is worth on its axis, in per cent, at `KNOTS`.

Chosen by crowding: a value is worth what that value of the kind *spelling* is worth which as few of
701,034 real names reach for 120 random ones, times the trust in the kind that the development
pairs and 60 brand pairs bore out, the same for both
directions of a pair of kinds; a seventh of the value itself is mixed in, so that nothing is flat.
Equality at the end of a curve is rare in every kind and is set by hand (CN-2, CN-4).
"""

SPEAKS_FROM = {"sense": TOP + 1, "rendered": 9407, "rendition": 9407}
"""Value from which a kind says something of its axis; below, it counts in similarity alone. Words
of no known meaning are neutral (EUIPO C-2-4 3.4.3): VELKONA is in VELKONA TRUM to the eye and to
the ear. What is understood in both marks is told by `concept`; the pinyin of a rendered name comes
to 9406 at most with no word translated (`meaning.TRANSLATED_LEAST`)."""

AGREE = 12
"""Per cent of similarity that hangs on a second axis agreeing; one may suffice (US-1)."""
THIRD = 2
"""The same for the third axis."""
MEANING = 91
"""Per cent of the conceptual axis that is left when nothing else agrees: a translation cannot look
or sound like its original (US-4, CN-10)."""
FINE = 10000
"""Steps of similarity in a point. What all kinds found adds so many of them, a quarter of a per
cent at most, and so tells marks apart whose strongest kinds are equal."""
CEILING = 9990
"""Most that anything but an equal mark reaches."""

RARE = 2
"""Points of similarity, in per cent, that a mark falls in the order of hits with each doubling of
its crowd. A closeness that few marks of a register have says more than one that many have; chosen
on the middle of a flat optimum of the decided pairs, where both halves of them gain."""
GRAIN = 8
"""Values that differ by less than this crowd together."""
TOGETHER = {"written": "rendition", "sense": "concept"}
"""Kinds that crowd as one, by the better of both: a Chinese name that is read as the query is as
close as one of which the query renders a part, and only names with a word to translate have such a
form; a shared concept is a shared sense. (Of 120 pinyin of two characters 0.783 came to 0.817 at
10: 思维集团 stood before the fifteen that are read SIWEI and no more. The other direction, roman
with rendered, lost 4 of 690 brands.)"""

BANDS: tuple[tuple[str, float], ...] = (("high", 0.84), ("medium", 0.755), ("low", 0.60))
"""Least similarity of each band, best first. *medium* is where the median random name has ten hits
among 701,034, *high* where it has two, *low* where nine of ten decided conflicts are kept."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of n marks, float64 in [0, 1]; exact functions of the integer values."""

    similarity: NDArray[np.float64]
    visual: NDArray[np.float64]
    aural: NDArray[np.float64]
    conceptual: NDArray[np.float64]


_AXIS = np.array([tuple(Axis).index(kind.axis) for kind in KINDS], np.int64)
"""Place among the axes of each kind."""
_CONCEPTUAL = tuple(Axis).index(Axis.CONCEPTUAL)
_SPEAKS = np.array([SPEAKS_FROM.get(kind.name, 1) for kind in KINDS], np.int64)
_WORTH = np.array([WORTH[kind.name] for kind in KINDS], np.int64) * 100
_RISE = np.diff(_WORTH, axis=1)
_FIRST, _STEP, _LAST = KNOTS[1], KNOTS[2] - KNOTS[1], len(KNOTS) - 2
_EXACT = COLUMN["exact"]


@kernel
def _worth_at(value: int, column: int) -> int:
    """What one value of the kind in a column is worth on its axis, 0..10000, by `WORTH`."""
    if value < _FIRST:
        return int(_WORTH[column, 0] + _RISE[column, 0] * value // _FIRST)
    over = value - _FIRST
    knot = min(over // _STEP, _LAST - 1)
    return int(_WORTH[column, knot + 1] + _RISE[column, knot + 1] * (over - knot * _STEP) // _STEP)


@kernel
def _similarity(axes: NDArray[np.int64]) -> int:
    """Similarity of two marks that are not equal, from the three axes."""
    low, high = min(axes[0], axes[1]), max(axes[0], axes[1])
    first, third = max(high, axes[2]), min(low, axes[2])
    second = low + high + axes[2] - first - third
    similarity = first * (TOP * (100 - AGREE - THIRD) + AGREE * second + THIRD * third)
    meaning = axes[_CONCEPTUAL] * MEANING // 100
    return int(min(max(similarity // (100 * TOP), meaning), CEILING))


@kernel
def _fill(values: NDArray[Any], axes: NDArray[np.int64], similarity: NDArray[np.int64]) -> None:
    """Write axes, shape (n, 3), 0..10000, and similarity, FINE times as fine, of each row."""
    for row in range(values.shape[0]):
        if values[row, _EXACT] == TOP:
            axes[row, :] = TOP
            similarity[row] = TOP * FINE
            continue
        detail, meant = 0, 0
        for column in range(values.shape[1]):
            value = int(values[row, column])
            if value > 0:
                detail += value
                axis = _AXIS[column]
                worth = _worth_at(value, column)
                axes[row, axis] = max(axes[row, axis], worth)
                if axis == _CONCEPTUAL and value >= _SPEAKS[column]:
                    meant = max(meant, worth)
        similarity[row] = min(_similarity(axes[row]) * FINE + detail, CEILING * FINE)
        axes[row, _CONCEPTUAL] = meant


@kernel
def _worths(values: NDArray[Any], worths: NDArray[np.int64]) -> None:
    for row in range(values.shape[0]):
        for column in range(values.shape[1]):
            worths[row, column] = _worth_at(int(values[row, column]), column)


def worth_of(values: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """What values, shape (n, len(KINDS)), are worth on their axes, 0..10000, by `WORTH`."""
    worths = np.empty(values.shape, np.int64)
    _worths(values, worths)
    return worths


def score(values: NDArray[np.integer[Any]]) -> Scores:
    """Axes and similarity of n marks from their values, shape (n, len(KINDS)), each 0..10000.

    An axis is the best of its kinds, never an average. Similarity is the strongest axis, lowered
    where the others do not agree; 1.0 only where the kind `exact` says the marks are equal. The
    conceptual axis is that of the kinds that speak, see `SPEAKS_FROM`.
    """
    axes = np.zeros((len(values), len(Axis)), np.int64)
    similarity = np.empty(len(values), np.int64)
    _fill(values, axes, similarity)
    return Scores(similarity / (TOP * FINE), *(axes[:, place] / TOP for place in range(len(Axis))))


def speaks(kind: str, value: int) -> bool:
    """Whether a kind found by this value says something of its axis."""
    return value >= SPEAKS_FROM.get(kind, 1)


def worth(kind: str, value: int) -> int:
    """What one value of a kind is worth on its axis."""
    return int(_worth_at(value, COLUMN[kind]))


@kernel
def _crowds(grains: NDArray[Any], crowds: NDArray[np.int64]) -> None:
    """Lower the crowd of each mark to its smallest; `grains` has shape (kinds, marks)."""
    reach = np.empty(TOP // GRAIN + 2, np.int64)
    for own in grains:
        reach[:] = 0
        for grain in own:
            if grain > 0:
                reach[grain] += 1
        for grain in range(reach.shape[0] - 2, 0, -1):
            reach[grain] += reach[grain + 1]
        reach[0] = crowds.shape[0]
        for mark in range(crowds.shape[0]):
            crowds[mark] = min(crowds[mark], reach[own[mark]])


def _grains(values: NDArray[np.integer[Any]]) -> NDArray[np.integer[Any]]:
    """Values by `GRAIN`, shape (kinds, marks), of the kinds that found anything.

    Of kinds that crowd `TOGETHER` the one has the better of both and the other nothing.
    """
    grains = np.ascontiguousarray((values // GRAIN).T)
    for one, other in TOGETHER.items():
        into, gone = grains[COLUMN[one]], grains[COLUMN[other]]
        np.maximum(into, gone, out=into)
        gone[:] = 0
    return grains[grains.any(axis=1)]


def prominence(
    similarity: NDArray[np.float64], values: NDArray[np.integer[Any]]
) -> NDArray[np.float64]:
    """By what hits are put in order: similarity, less what the crowd around a mark takes from it.

    `values`, shape (n, len(KINDS)), are those of every mark that was found. The crowd of a mark are
    the marks at least as close as it is, by that kind by which they are fewest. Equal marks stay
    at 1.0, above all others.
    """
    crowds = np.full(len(values), len(values), np.int64)
    _crowds(_grains(values), crowds)
    lowered = similarity - RARE / 100 * np.log2(np.maximum(crowds, 1))
    return np.where(values[:, _EXACT] == TOP, 1.0, lowered)


def rank(
    prominences: NDArray[np.float64], values: NDArray[np.integer[Any]], keys: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Order of hits: prominence, then the sum of all values, then the smaller key."""
    return np.lexsort((keys, -values.sum(axis=1), -prominences))


def band_of(similarity: float) -> str:
    """Name of the band a similarity falls in; `none` below all."""
    for name, least in BANDS:
        if similarity >= least:
            return name
    return "none"
