"""The verdict bands: what share of decided conflicts, and of denied ones, reaches each."""

from collections.abc import Sequence

import numpy as np

from service.matching import meaning, scores
from service.matching.engine import Sign, compare, prepare
from tests.quality.corpus import Pair

SCRIPTS = ("latin", "han", "han-latin")


def similarities(pairs: Sequence[Pair], evidence: meaning.Evidence) -> list[float]:
    """Similarity of every pair."""
    return [
        compare(
            prepare(Sign(pair.query), evidence=evidence),
            prepare(Sign(pair.earlier), evidence=evidence),
        ).similarity
        for pair in pairs
    ]


def _row(found: Sequence[float], denied: Sequence[float], least: float) -> tuple[float, ...]:
    """Recall, share of the denied that reach the band too, precision among decided pairs."""
    hit, false = (np.asarray(group) >= least for group in (found, denied))
    precise = hit.sum() / max(1, hit.sum() + false.sum())
    shares = [float(group.mean()) if len(group) else 0.0 for group in (hit, false)]
    return (*shares, float(precise))


def table(
    conflicts: Sequence[Pair], denied: Sequence[Pair], evidence: meaning.Evidence
) -> list[tuple[str, tuple[float, ...]]]:
    """Rows of (script and band, recall, denied that reach it, precision among decided pairs).

    Denied conflicts failed on goods, fame or weak elements as often as on the signs, so precision
    among decided pairs says little of the signs; hits of random names say more.
    """
    rows = []
    for script in ("", *SCRIPTS):
        chosen, others = (
            [pair for pair in group if script in ("", pair.script)] for group in (conflicts, denied)
        )
        found, false = similarities(chosen, evidence), similarities(others, evidence)
        for name, least in scores.BANDS:
            told = f"{script or 'all'} ({len(chosen)}, {len(others)} denied), {name}"
            rows.append((told, _row(found, false, least)))
    return rows
