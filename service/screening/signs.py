"""What a verdict needs to know of two signs: of every mark found, from the values of its kinds."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching import scores
from service.matching.compare import DEGREES, Degree
from service.matching.kinds import COLUMN, KINDS, Axis
from service.rules.markets.packs import Evidence, Script, SignBand, SignEvidence, packs
from service.screening.judging import ACROSS, axes_of

DEGREE_NAMES = (Degree.NONE, *(degree for degree, _ in reversed(DEGREES)))
LEAST = np.array([least for _, least in reversed(DEGREES)])
AURAL = sorted((kind.name for kind in KINDS if kind.axis is Axis.AURAL), reverse=True)
"""Of kinds worth the same the last name decides, as in `matching.compare`."""
AURAL_COLUMNS = np.array([COLUMN[name] for name in AURAL])
AURAL_ACROSS = np.array([name in ACROSS for name in AURAL])


SCRIPTS = tuple(Script)


class Stop(NamedTuple):
    """What in the words of a name and a mark makes a verdict milder."""

    weak_only: bool = False
    """They meet in weak words only."""
    apart: bool = False
    """They clearly say something else, see `Facts.apart`."""


NOTHING = Stop()


class Signs(NamedTuple):
    """What a verdict needs to know of two signs, reduced to what can change it."""

    similarity: float
    """The highest threshold of any pack that it reaches."""
    visual: int
    """Places in `DEGREE_NAMES`."""
    aural: int
    conceptual: int
    across: bool
    script: Script
    length: int


def codes_of(
    values: NDArray[np.integer[Any]],
    similarity: NDArray[np.float64],
    scripts: NDArray[np.integer[Any]],
    letters: NDArray[np.integer[Any]],
    said: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Return the signs of marks that were found, each as one number (see `signs_of`).

    Args:
        values: Of each mark, the values of the kinds.
        similarity: Of each, what these values come to.
        scripts: Of each, the place in `SCRIPTS` of the script it shares with the name.
        letters: Of each, the letters of the shorter sign.
        said: Of each, whether it sounds as the name does, see `sounding.alike`.
    """
    values = values.astype(np.int64)
    axes = scores.score(values)
    reached = np.searchsorted(_thresholds(), similarity, "right") - 1
    heard = values[:, AURAL_COLUMNS]
    worth = np.where(heard > 0, scores.worth_of(values)[:, AURAL_COLUMNS], -1)
    across = AURAL_ACROSS[worth.argmax(axis=1)] & heard.any(axis=1) & ~said
    degrees = (axes.visual, np.where(said, 1.0, axes.aural), axes.conceptual)
    digits = (
        reached,
        *(np.searchsorted(LEAST, one, "right") for one in degrees),
        across,
        scripts,
        np.clip(letters, 1, longest()),
    )
    code = np.zeros(len(values), np.int64)
    for digit, size in zip(digits, _sizes(), strict=True):
        code = code * size + digit
    return code


@cache
def _sizes() -> tuple[int, ...]:
    """How many values each digit of a code has."""
    degrees = len(DEGREE_NAMES)
    return len(_thresholds()), degrees, degrees, degrees, 2, len(SCRIPTS), longest() + 1


def signs_of(code: int) -> Signs:
    """Return the signs that a number of `codes_of` stands for."""
    digits = []
    for size in reversed(_sizes()):
        code, digit = divmod(code, size)
        digits.append(digit)
    reached, visual, aural, conceptual, across, script, length = reversed(digits)
    return Signs(
        float(_thresholds()[reached]),
        visual,
        aural,
        conceptual,
        bool(across),
        SCRIPTS[script],
        length,
    )


def evidence_of(
    signs: Signs, stop: Stop, *, evidence: Evidence = Evidence.NONE, linked: bool = False
) -> SignEvidence:
    """Return what the rule packs need to know of signs, and of what else is known of the two."""
    places = zip(Axis, (signs.visual, signs.aural, signs.conceptual), strict=True)
    degrees = {axis: SignBand(DEGREE_NAMES[place].value) for axis, place in places}
    across = signs.script is Script.ACROSS and signs.across
    return SignEvidence(
        similarity=signs.similarity,
        axes=axes_of(degrees, across=across, evidence=evidence),
        evidence=evidence,
        script=signs.script,
        length=signs.length,
        weak_only=stop.weak_only,
        apart=stop.apart,
        linked=linked,
    )


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
