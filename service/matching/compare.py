"""Two marks compared: axes with degrees, the forms behind them, an alignment a person can read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from service.matching import alignment, pairing, rulebook, scores, sounding
from service.matching.facts import Facts, Side
from service.matching.kinds import KINDS, Axis
from service.matching.prepared import Prepared
from service.matching.weights import TokenWeights


class Degree(StrEnum):
    """Degree of similarity on one axis, as examiners name it (EU-1)."""

    IDENTICAL = "identical"
    HIGH = "high"
    AVERAGE = "average"
    LOW = "low"
    NONE = "none"


DEGREES: tuple[tuple[Degree, float], ...] = (
    (Degree.IDENTICAL, 0.995),
    (Degree.HIGH, 0.80),
    (Degree.AVERAGE, 0.62),
    (Degree.LOW, 0.45),
)
"""Least score of each degree."""


EQUAL = "joined"
"""Named instead of *record* where no evidence links two marks: they are equal without their spaces.
"""


def degree_of(score: float) -> Degree:
    """Degree of a score on an axis in [0, 1]."""
    return next((degree for degree, least in DEGREES if score >= least), Degree.NONE)


@dataclass(frozen=True, slots=True)
class AxisResult:
    """One axis: how alike, by which kind, and the very two strings that were compared."""

    degree: Degree
    score: float
    kind: str
    """Name of the kind that decided, or `EQUAL`; empty when none found the pair."""
    query: str
    mark: str
    alignment: tuple[alignment.Step, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two marks are; says nothing of goods, markets or status."""

    similarity: float
    axes: Mapping[Axis, AxisResult]
    kinds: Mapping[str, float]
    rules: tuple[rulebook.FiredRule, ...]
    counter: tuple[rulebook.FiredRule, ...]
    """Why the risk is not higher."""
    weak_only: bool
    """Whether the marks meet only in descriptive or otherwise weak words."""
    apart: bool
    """Whether one of three or more Han characters differs, and with it what the whole says."""


_NOTHING = AxisResult(Degree.NONE, 0.0, "", "", "", ())


_SAID = ("pinyin", "sound")
"""Kinds that show how marks are said which sound the same: one of them finds any two that do, but
those that are spelled out."""


def _axis(axis: Axis, score: float, found: Mapping[str, pairing.Evidence]) -> AxisResult:
    ways = [
        way
        for name, way in found.items()
        if way.kind.axis is axis and scores.speaks(name, way.value)
    ]
    if axis is Axis.AURAL and score == 1:
        ways = [found[name] for name in _SAID if name in found] or ways
    if not ways:
        return AxisResult(degree_of(score), score, "", "", "", ()) if score else _NOTHING
    best = max(ways, key=lambda way: (scores.worth(way.kind.name, way.value), way.kind.name))
    if axis is Axis.CONCEPTUAL:
        best = found.get("exact", best)
    equal = best.kind.name == "record" and best.value == scores.TOP
    query = " + ".join(form.shown for form in best.query)
    mark = " + ".join(form.shown for form in best.mark)
    steps = alignment.align(best.query, best.mark, best.kind)
    name = EQUAL if equal else best.kind.name
    return AxisResult(degree_of(score), score, name, query, mark, steps)


def compare(
    query: Prepared,
    mark: Prepared,
    *,
    weights: TokenWeights | None = None,
    known: Collection[str] | None = None,
) -> Comparison:
    """Compare two prepared marks. Symmetric in similarity and axes, deterministic.

    `weights` are the word statistics of the class of goods; they decide `weak_only`, not
    similarity. `known` are the names of all kinds that find the pair, where the index has told
    them.
    """
    return compare_sides(Side(query, weights), Side(mark, weights), known=known)


def compare_sides(query: Side, mark: Side, *, known: Collection[str] | None = None) -> Comparison:
    """Compare as `compare` does; a side that meets many others works its words out once."""
    found = pairing.values_of(query.prepared, mark.prepared, known)
    row = np.array(
        [[found[kind.name].value if kind.name in found else 0 for kind in KINDS]], np.int64
    )
    result = scores.score(row)
    said = query.sound == mark.sound != sounding.UNTOLD
    numbers = {
        Axis.VISUAL: float(result.visual[0]),
        Axis.AURAL: 1.0 if said else float(result.aural[0]),
        Axis.CONCEPTUAL: float(result.conceptual[0]),
    }
    axes = {axis: _axis(axis, number, found) for axis, number in numbers.items()}
    facts = Facts(query, mark, found, numbers)
    fired = rulebook.fire(facts)
    return Comparison(
        similarity=float(result.similarity[0]),
        axes=axes,
        kinds={name: way.value / scores.TOP for name, way in found.items()},
        rules=tuple(rule for rule in fired if rule.effect == rulebook.RAISES),
        counter=tuple(rule for rule in fired if rule.effect == rulebook.LOWERS),
        weak_only=facts.weak_only,
        apart=facts.apart,
    )
