"""What every mark found does to each market: exact, and cheap enough for all that were found.

A verdict follows from a few facts of which each has a few values, so verdicts are worked out once
for each combination. Only the marks that are shown are compared and explained one by one (see
`judging`), with the same result.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.facts import Facts, Side
from service.matching.forms import Sign
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
    GOODS_SHARE,
    VERDICTS,
    letters,
    risk_of,
    scripts_of,
    shared_script,
)
from service.screening.signs import DEGREE_NAMES, Known, Signs, known_of, longest

COMBINATIONS = 50_000
RELATIONS = 10_000
"""Relations of goods kept from screening to screening: rows of a catalogue ask for the same."""


class Weighed(NamedTuple):
    """A mark and what it does; sorts by verdict, then risk, then the older key."""

    rank: int
    minus_risk: float
    key: int
    name: int
    prominence: float
    markets: Mapping[str, Verdict]


_ORDER = itemgetter(0, 1, 2)


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


class Case(NamedTuple):
    """All of a mark that its verdicts follow from; many marks of an answer are the same case."""

    name: int
    known: Known
    script: tuple[bool, Script]
    length: int
    office: str
    designations: tuple[str, ...]
    standing: Standing
    goods: RawGoods


class Outcome(NamedTuple):
    """What a case comes to."""

    rank: int
    """Of the worst verdict."""
    share: float
    """Of `GOODS_SHARE`, for the nearest goods."""
    markets: Mapping[str, Verdict]
    strong: bool
    """Whether some verdict could be milder if the signs met in weak words only."""


class Scales:
    """Weighs marks against what is asked."""

    def __init__(
        self, names: Sequence[Prepared], goods: Sequence[GoodsItem], markets: Sequence[Market]
    ) -> None:
        self._scripts = [scripts_of(name.sign.text) for name in names]
        self._letters = [letters(name.sign.text) for name in names]
        self._sides = [Side(name, None) for name in names]
        self._goods = tuple(goods)
        self._markets = markets
        self._bound: dict[tuple[str, tuple[str, ...]], list[Market]] = {}
        self._relations: dict[tuple[str, RawGoods], GoodsRelation] = {}
        self._outcomes: dict[tuple[Case, bool], Outcome] = {}

    def weigh(
        self, found: Nearest, rows: NDArray[np.intp], outlines: Iterable[Outline], on: date
    ) -> Tally:
        """Weigh the marks of some rows of what was found; the other rows are only counted."""
        signs = known_of(found, rows)
        tally = Tally(below=len(found) - len(rows))
        for outline in outlines:
            if self._binding(outline.office, outline.designations) and outline.is_live(on):
                tally.weighed.append(self._weighed(outline, *signs[outline.key]))
        tally.weighed.sort(key=_ORDER)
        return tally

    def _binding(self, office: str, designations: tuple[str, ...]) -> list[Market]:
        key = office, designations
        if key not in self._bound:
            self._bound[key] = [one for one in self._markets if binds(one.registers, *key)]
        return self._bound[key]

    def _weighed(self, outline: Outline, name: int, prominence: float, known: Known) -> Weighed:
        text = outline.text
        case = Case(
            name,
            known,
            shared_script(self._scripts[name], scripts_of(text)),
            min(longest(), max(1, min(self._letters[name], letters(text)))),
            outline.office,
            outline.designations,
            standing_of(outline.status.value),
            outline.goods,
        )
        outcome = self._outcome(case, weak_only=False)
        if outcome.strong and self._weak_only(name, text):
            outcome = self._outcome(case, weak_only=True)
        risk = risk_of(prominence, outcome.share)
        return Weighed(outcome.rank, -risk, outline.key, name, prominence, outcome.markets)

    def _outcome(self, case: Case, *, weak_only: bool) -> Outcome:
        key = case, weak_only
        if (known := self._outcomes.get(key)) is None:
            known = self._outcomes[key] = self._worked_out(case, weak_only=weak_only)
        return known

    def _worked_out(self, case: Case, *, weak_only: bool) -> Outcome:
        signs = Signs(*case.known, *case.script, case.length, weak_only)
        found: dict[str, Verdict] = {}
        share, stronger = 0.0, False
        for place in self._binding(case.office, case.designations):
            degree = self._related(case.goods, place.code).degree
            share = max(share, GOODS_SHARE[degree])
            found[place.code], strong = _verdict(place.pack, signs, degree, case.standing)
            stronger = stronger or strong
        return Outcome(min(RANK[one] for one in found.values()), share, found, stronger)

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
        return Facts(self._sides[name], Side(mark, None), {}, {}).weak_only


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
