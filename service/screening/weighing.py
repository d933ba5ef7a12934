"""What every mark found does to each market: exact, and cheap enough for all that were found.

A verdict follows from a few facts of which each has a few values, so verdicts are worked out once
for each combination. Only the marks that are shown are compared and explained one by one (see
`judging`), with the same result.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching import scores
from service.matching.compare import DEGREES, Degree
from service.matching.facts import Facts, Side
from service.matching.forms import Sign
from service.matching.kinds import COLUMN, KINDS, Axis
from service.matching.prepared import Prepared
from service.registry.domain import GoodsClass
from service.registry.nearest import Nearest
from service.registry.outlines import Outline, RawGoods, goods_classes, raw_goods
from service.rules.goods import GoodsDegree, GoodsItem, GoodsRelation, relate
from service.rules.markets import Market
from service.rules.markets.packs import (
    AxisName,
    Evidence,
    Script,
    SignBand,
    SignEvidence,
    Standing,
    packs,
    standing_of,
    verdict,
)
from service.rules.markets.packs.verdicts import WEAK_CEILING
from service.screening.coverage import binds
from service.screening.domain import RANK, Verdict
from service.screening.judging import (
    ACROSS,
    GOODS_SHARE,
    RECORDED,
    VERDICTS,
    letters,
    scripts_of,
    shared_script,
)

DEGREE_NAMES = (Degree.NONE, *(degree for degree, _ in reversed(DEGREES)))
LEAST = np.array([least for _, least in reversed(DEGREES)])
AURAL = sorted((kind.name for kind in KINDS if kind.axis is Axis.AURAL), reverse=True)
"""Of kinds worth the same the last name decides, as in `matching.compare`."""
AURAL_COLUMNS = np.array([COLUMN[name] for name in AURAL])
AURAL_ACROSS = np.array([name in ACROSS for name in AURAL])
RECORDED_COLUMNS = np.array([COLUMN[name] for name in sorted(RECORDED)])
COMBINATIONS = 50_000
RELATIONS = 10_000
"""Relations of goods kept from screening to screening: rows of a catalogue ask for the same."""


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


class Weighed(NamedTuple):
    """A mark and what it does; sorts by verdict, then risk, then the older key."""

    rank: int
    minus_risk: float
    key: int
    name: int
    markets: Mapping[str, Verdict]


@dataclass(slots=True)
class Tally:
    """All that was found."""

    weighed: list[Weighed] = field(default_factory=list)
    """Marks that live and bind in some market, the worst first."""
    below: int = 0
    """Marks found that are less alike than any pack calls similar, and were not weighed."""

    def counts(self) -> Counter[Verdict]:
        """How many marks there are of each verdict, each mark with its worst."""
        ranks = list(Verdict)
        counts = Counter(ranks[one.rank] for one in self.weighed)
        counts[Verdict.NO_CONFLICT_FOUND] += self.below
        return counts

    def counts_of(self, market: str) -> Counter[Verdict]:
        """How many marks that bind in a market there are of each verdict, `below` left out."""
        return Counter(one.markets[market] for one in self.weighed if market in one.markets)


class Scales:
    """Weighs marks against what is asked."""

    def __init__(
        self, names: Sequence[Prepared], goods: Sequence[GoodsItem], markets: Sequence[Market]
    ) -> None:
        self._names = names
        self._scripts = [scripts_of(name.sign.text) for name in names]
        self._letters = [letters(name.sign.text) for name in names]
        self._goods = tuple(goods)
        self._markets = markets
        self._bound: dict[tuple[str, tuple[str, ...]], list[Market]] = {}
        self._relations: dict[tuple[str, RawGoods], GoodsRelation] = {}

    def weigh(
        self, found: Nearest, rows: NDArray[np.intp], outlines: Iterable[Outline], on: date
    ) -> Tally:
        """Weigh the marks of some rows of what was found; the other rows are only counted."""
        signs = _columns(found, rows)
        names = dict(zip(found.keys[rows].tolist(), found.name[rows].tolist(), strict=True))
        alike = dict(zip(found.keys[rows].tolist(), found.similarity[rows].tolist(), strict=True))
        tally = Tally(below=len(found) - len(rows))
        for outline in outlines:
            bound = self._binding(outline)
            if bound and outline.is_live(on):
                key, name = outline.key, names[outline.key]
                tally.weighed.append(self._weighed(outline, bound, name, signs[key], alike[key]))
        tally.weighed.sort(key=lambda one: one[:3])
        return tally

    def _binding(self, outline: Outline) -> list[Market]:
        key = outline.office, outline.designations
        if key not in self._bound:
            self._bound[key] = [one for one in self._markets if binds(one.registers, *key)]
        return self._bound[key]

    def _weighed(
        self,
        outline: Outline,
        bound: Sequence[Market],
        name: int,
        known: tuple[float, int, int, int, bool, bool],
        similarity: float,
    ) -> Weighed:
        cross, script = shared_script(self._scripts[name], scripts_of(outline.text))
        length = min(_longest(), max(1, min(self._letters[name], letters(outline.text))))
        signs = Signs(*known, cross, script, length, weak_only=False)
        standing = standing_of(outline.status.value)
        found: dict[str, Verdict] = {}
        share = 0.0
        for place in bound:
            degree = self._related(outline.goods, place.code).degree
            share = max(share, GOODS_SHARE[degree])
            given, strong = _verdict(place.pack, signs, degree, standing)
            if strong and not signs.weak_only and self._weak_only(name, outline.text):
                signs = signs._replace(weak_only=True)
                given, _ = _verdict(place.pack, signs, degree, standing)
            found[place.code] = given
        worst = min(RANK[one] for one in found.values())
        return Weighed(worst, -round(similarity * share, 6), outline.key, name, found)

    def related(self, classes: Sequence[GoodsClass], market: str) -> GoodsRelation:
        """Return how the goods asked for relate to those of a mark, in a market."""
        return self._related(raw_goods(classes), market)

    def _related(self, goods: RawGoods, market: str) -> GoodsRelation:
        key = market, goods
        if (known := self._relations.get(key)) is None:
            known = _relation(self._goods, goods, market)
            self._relations[key] = known
        return known

    def _weak_only(self, name: int, text: str) -> bool:
        mark = Prepared(Sign(text), ())
        return Facts(Side(self._names[name], None), Side(mark, None), {}, {}).weak_only


def _columns(
    found: Nearest, rows: NDArray[np.intp]
) -> dict[int, tuple[float, int, int, int, bool, bool]]:
    """The first six fields of `Signs` of each row, by key of the mark."""
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
    told = zip(reached.tolist(), *degrees, across.tolist(), recorded.tolist(), strict=True)
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
def _longest() -> int:
    """The length from which no pack makes a difference by length any more."""
    longest = 1
    for pack in packs().values():
        for script in Script:
            rows = [row.longest for row in pack.bands if row.script is script]
            longest = max([longest, *(length + 1 for length in rows[:-1])])
    return longest


@lru_cache(maxsize=RELATIONS)
def _relation(asked: tuple[GoodsItem, ...], goods: RawGoods, market: str) -> GoodsRelation:
    """How the goods asked for relate to those of a mark, in a market."""
    return relate(asked, goods_classes(goods), market=market)


@lru_cache(maxsize=COMBINATIONS)
def _verdict(
    pack: str, signs: Signs, degree: GoodsDegree, standing: Standing
) -> tuple[Verdict, bool]:
    """The verdict, and whether it could be milder if the marks met in weak words only."""
    axes = {
        AxisName.VISUAL: signs.visual,
        AxisName.AURAL: signs.aural,
        AxisName.CONCEPTUAL: signs.conceptual,
    }
    if signs.cross_script and signs.across:
        axes[AxisName.TRANSLITERATION] = axes.pop(AxisName.AURAL)
    finding = verdict(
        packs()[pack],
        sign=SignEvidence(
            similarity=signs.similarity,
            axes={axis: SignBand(DEGREE_NAMES[place].value) for axis, place in axes.items()},
            cross_script=signs.cross_script,
            evidence=Evidence.RECORDED if signs.recorded else Evidence.NONE,
            script=signs.script,
            length=signs.length,
            weak_only=signs.weak_only,
        ),
        goods=degree,
        standing=standing,
    )
    return VERDICTS[finding.band], finding.sign.rank > WEAK_CEILING.rank
