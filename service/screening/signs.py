"""What a verdict needs to know of two signs: of every mark found, from the values of its kinds."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching import scores
from service.matching.compare import DEGREES, Degree
from service.matching.kinds import COLUMN, KINDS, Axis
from service.registry.nearest import Nearest
from service.rules.markets.packs import Script, packs
from service.screening.judging import ACROSS, RECORDED

DEGREE_NAMES = (Degree.NONE, *(degree for degree, _ in reversed(DEGREES)))
LEAST = np.array([least for _, least in reversed(DEGREES)])
AURAL = sorted((kind.name for kind in KINDS if kind.axis is Axis.AURAL), reverse=True)
"""Of kinds worth the same the last name decides, as in `matching.compare`."""
AURAL_COLUMNS = np.array([COLUMN[name] for name in AURAL])
AURAL_ACROSS = np.array([name in ACROSS for name in AURAL])
RECORDED_COLUMNS = np.array([COLUMN[name] for name in sorted(RECORDED)])


Known = tuple[float, int, int, int, bool, bool]
"""The first six fields of `Signs`, which follow from the values of the kinds alone."""


class Signs(NamedTuple):
    """What a verdict needs to know of two signs, reduced to what can change it."""

    similarity: float
    """The highest threshold of any pack that it reaches."""
    visual: int
    """Places in `DEGREE_NAMES`."""
    aural: int
    conceptual: int
    across: bool
    recorded: bool
    cross_script: bool
    script: Script
    length: int
    weak_only: bool


def known_of(found: Nearest, rows: NDArray[np.intp]) -> dict[int, tuple[int, float, Known]]:
    """The name that came closest, the prominence, and what else is known, by key of the mark."""
    values = found.values[rows].astype(np.int64)
    if not len(values):
        return {}
    axes = scores.score(values)
    steps = _thresholds()
    reached = steps[np.searchsorted(steps, found.similarity[rows], "right") - 1]
    degrees = [
        np.searchsorted(LEAST, axis, "right").tolist()
        for axis in (axes.visual, axes.aural, axes.conceptual)
    ]
    heard = values[:, AURAL_COLUMNS]
    worth = np.where(heard > 0, scores.worth_of(values)[:, AURAL_COLUMNS], -1)
    best = worth.argmax(axis=1)
    across = np.logical_and(AURAL_ACROSS[best], heard.any(axis=1))
    recorded = np.any(values[:, RECORDED_COLUMNS], axis=1)
    known = zip(reached.tolist(), *degrees, across.tolist(), recorded.tolist(), strict=True)
    told = zip(found.name[rows].tolist(), found.prominence[rows].tolist(), known, strict=True)
    return dict(zip(found.keys[rows].tolist(), told, strict=True))


@cache
def _thresholds() -> NDArray[np.float64]:
    """Every similarity at which some pack begins another band, ascending, from 0 to 1."""
    steps = {0.0, 1.0}
    for pack in packs().values():
        for row in pack.bands:
            steps |= {row.high, row.average, row.low}
    return np.array(sorted(steps))


@cache
def longest() -> int:
    """The length from which no pack makes a difference by length any more."""
    longest = 1
    for pack in packs().values():
        for script in Script:
            rows = [row.longest for row in pack.bands if row.script is script]
            longest = max([longest, *(length + 1 for length in rows[:-1])])
    return longest
