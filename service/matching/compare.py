"""Two marks compared: axes with degrees, the forms behind them, an alignment a person can read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz.distance import Indel

from service.matching import alignment, pairing, rulebook, scores, sounding, tongues
from service.matching.facts import Facts
from service.matching.kinds import COLUMN, KINDS, Axis, Form, FormKind
from service.matching.prepared import Prepared
from service.matching.sides import Side
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
    ways: Mapping[str, pairing.Evidence]
    """The kinds by which they meet, each with the forms that gave its value."""
    said: bool
    """Whether they sound the same as a whole, see `sounding`."""
    rules: tuple[rulebook.FiredRule, ...]
    counter: tuple[rulebook.FiredRule, ...]
    """Why the risk is not higher."""
    weak_only: bool
    """Whether the marks meet only in descriptive or otherwise weak words."""
    apart: bool
    """Whether one of three or more Han characters differs, and with it what the whole says."""

    @property
    def kinds(self) -> Mapping[str, float]:
        """The value of each kind by which they meet, in [0, 1]."""
        return {name: way.value / scores.TOP for name, way in self.ways.items()}


_NOTHING = AxisResult(Degree.NONE, 0.0, "", "", "", ())


_SAID = ("pinyin", "sound")
"""Kinds that show how marks are said which sound the same: one of them finds any two that do, but
those that are spelled out."""


def _axis(axis: Axis, score: float, found: Mapping[str, pairing.Evidence]) -> AxisResult:
    ways = {name: way for name, way in found.items() if scores.speaks(name, way.value)}
    said = _SAID if axis is Axis.AURAL and score == 1 else ()
    best = pairing.deciding({name: ways[name] for name in said if name in ways} or ways, axis)
    if best is None:
        return AxisResult(degree_of(score), score, "", "", "", ()) if score else _NOTHING
    if axis is Axis.CONCEPTUAL:
        best = found.get("exact", best)
    equal = best.kind.name == "record" and best.value == scores.TOP
    query = " + ".join(form.shown for form in best.query)
    mark = " + ".join(form.shown for form in best.mark)
    steps = alignment.align(best.query, best.mark, best.kind)
    name = EQUAL if equal else best.kind.name
    return AxisResult(degree_of(score), score, name, query, mark, steps)


def _read_first(
    found: Mapping[str, pairing.Evidence], query: Prepared, mark: Prepared
) -> Mapping[str, pairing.Evidence]:
    """The ways, with the first reading that marks which sound alike share: English, if it is one.

    The best by value may be that of a language which few buyers of these goods read.
    """
    if "sound" not in found:
        return found
    held = {form.text: form for form in reversed(mark.by_kind[FormKind.SOUND]) if form.whole}
    first = next((form for form in query.by_kind[FormKind.SOUND] if form.text in held), None)
    if first is None or not first.whole:
        return found
    way = replace(found["sound"], query=(first,), mark=(held[first.text],))
    return {**found, "sound": way}


_GLANCE, _SHORTEST = 0.60, 4
"""Share of letters in the same order from which marks of so many look alike to a low degree, were
they found by their sound alone (SERTUN, CERTAIN): what a person sees is no question of a floor."""


def _looked_at(query: Side, mark: Side, found: AxisResult) -> AxisResult:
    """The visual axis of a pair that its letters did not find: low at most."""
    a, b = query.latin, mark.latin
    if found.degree is not Degree.NONE or query.han or mark.han or min(len(a), len(b)) < _SHORTEST:
        return found
    if Indel.normalized_similarity(a, b) < _GLANCE:
        return found
    one, other = ((Form(FormKind.SPELLING, text, text),) for text in (a, b))
    steps = alignment.align(one, other, KINDS[COLUMN["spelling"]])
    return AxisResult(Degree.LOW, DEGREES[-1][1], "spelling", a, b, steps)


def _heard(query: Side, mark: Side, found: AxisResult) -> AxisResult:
    """The aural axis of a pair that no kind found by its sound: said alike, it shows its words."""
    if found.kind or not found.score:
        return found
    one, other = ((Form(FormKind.SPELLING, side.folded, side.folded),) for side in (query, mark))
    steps = alignment.align(one, other, KINDS[COLUMN["spelling"]])
    return replace(found, kind="sound", query=query.folded, mark=mark.folded, alignment=steps)


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
    said = query.sound == mark.sound != sounding.UNTOLD
    similarity, numbers = _scored(found, said=said)
    shown = _read_first(found, query.prepared, mark.prepared) if said else found
    axes = {axis: _axis(axis, number, shown) for axis, number in numbers.items()}
    axes[Axis.VISUAL] = _looked_at(query, mark, axes[Axis.VISUAL])
    axes[Axis.AURAL] = _heard(query, mark, axes[Axis.AURAL])
    facts = Facts(query, mark, found, numbers)
    fired = rulebook.fire(facts)
    return Comparison(
        similarity=similarity,
        axes=axes,
        ways=found,
        said=said,
        rules=tuple(rule for rule in fired if rule.effect == rulebook.RAISES),
        counter=tuple(rule for rule in fired if rule.effect == rulebook.LOWERS),
        weak_only=facts.weak_only,
        apart=facts.apart,
    )


def _scored(
    found: Mapping[str, pairing.Evidence], *, said: bool
) -> tuple[float, dict[Axis, float]]:
    """Similarity and axes of two marks by the ways in which they meet, and if they sound alike."""
    result = scores.score(pairing.row_of(found))
    return float(result.similarity[0]), {
        Axis.VISUAL: float(result.visual[0]),
        Axis.AURAL: 1.0 if said else float(result.aural[0]),
        Axis.CONCEPTUAL: float(result.conceptual[0]),
    }


def as_known(
    query: Prepared, mark: Prepared, comparison: Comparison, to: tongues.Tongues
) -> tuple[Comparison, Mapping[Axis, frozenset[str]]] | None:
    """The comparison as a public would make it that knows some languages only.

    With the languages that it does not know and each axis hung on; None where no axis does. Rules
    and what is said of the words stay.
    """
    if "exact" in comparison.ways:
        return None
    known = tongues.known(query, mark, comparison.ways, to, said=comparison.said)
    if known is None:
        return None
    similarity, numbers = _scored(known.ways, said=known.said)
    axes = {axis: _axis(axis, number, known.ways) for axis, number in numbers.items()}
    axes[Axis.VISUAL] = comparison.axes[Axis.VISUAL]
    axes[Axis.AURAL] = _heard(Side(query, None), Side(mark, None), axes[Axis.AURAL])
    return replace(
        comparison,
        similarity=similarity,
        axes=axes,
        ways=known.ways,
        said=known.said,
    ), known.foreign
