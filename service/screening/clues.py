"""Why two marks are alike, as the pages list it."""

from collections.abc import Mapping

from service.core.text import N_
from service.matching.explain import SOURCED
from service.screening.schemas import AxisOut, CompareOut, HitOut, RuleOut
from service.screening.similar_schemas import SimilarMark
from service.ui.views import Clue

AXES: Mapping[str, str] = {
    "visual": N_("Look"),
    "aural": N_("Sound"),
    "conceptual": N_("Meaning"),
}


def clues_of(found: HitOut | CompareOut | SimilarMark) -> list[Clue]:
    """Return the axes that found something, then the rules that fired, then what speaks against."""
    axes = [_axis(name, axis) for name, axis in found.axes.items()]
    for_it = [_rule(rule, against=False) for rule in found.rules]
    return [*axes, *for_it, *(_rule(rule, against=True) for rule in found.counter_evidence)]


def _axis(name: str, axis: AxisOut) -> Clue:
    return Clue(
        label=AXES[name],
        degree=axis.degree,
        score=axis.score,
        query=axis.query,
        mark=axis.mark,
    )


def _rule(rule: RuleOut, *, against: bool) -> Clue:
    sourced = rule.because and rule.id in SOURCED
    zh = f"{rule.text.zh}（{rule.because_zh or rule.because}）" if sourced else rule.text.zh
    en = f"{rule.text.en} ({rule.because})" if sourced else rule.text.en
    return Clue(label=rule.id, explanation={"zh": zh, "en": en}, against=against)
