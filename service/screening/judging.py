"""From a mark that was found to what it means in each market: arithmetic over rule evidence."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from service.matching import traits
from service.matching.compare import as_known, compare_sides
from service.matching.engine import Comparison, prepare
from service.matching.forms import Sign
from service.matching.grounds import NOTHING, Ground
from service.matching.kinds import Axis
from service.matching.scores import TOP
from service.matching.sides import Side
from service.matching.tongues import Tongues
from service.registry.domain import GoodsClass, MarkRecord
from service.rules.goods import GoodsDegree, GoodsRelation
from service.rules.markets import Market
from service.rules.markets.packs import (
    AxisName,
    Evidence,
    Script,
    SignBand,
    SignEvidence,
    Understood,
    VerdictBand,
    VerdictFinding,
    pack_of,
    packs,
    standing_of,
    strengths,
    verdict,
)
from service.rules.markets.packs.verdicts import LEAST_FOREIGN
from service.screening.coverage import binds
from service.screening.domain import RANK, Verdict
from service.screening.publics import not_counted, tongues_in

Floats = NDArray[np.float64]
Related = Callable[[Sequence[GoodsClass], str], GoodsRelation]

EVIDENCES = tuple(Evidence)
"""Weakest first."""
EVERYWHERE = "*"
"""Market of a row that holds in all."""
ACROSS = frozenset(
    {"heard", "echo", "uttered", "recalled", "roman", "written", "initials", "acronym"}
)
"""Kinds that hold a reading of Han characters against letters: between marks of two scripts they
are transliterations. Scripts that spell sounds, as kana and Latin letters do, are read alike."""
SCRIPT_BITS = {
    traits.LATIN: Script.LATIN,
    traits.HAN: Script.HAN,
    traits.OTHER: Script.OTHER,
}
VERDICTS: Mapping[VerdictBand, Verdict] = {
    VerdictBand.BLOCKED: Verdict.BLOCKED,
    VerdictBand.HIGH: Verdict.HIGH,
    VerdictBand.MEDIUM: Verdict.MEDIUM,
    VerdictBand.LOW: Verdict.LOW,
    VerdictBand.NONE: Verdict.NO_CONFLICT_FOUND,
}
GOODS_SHARE: Mapping[GoodsDegree, float] = {
    degree: 1 - 0.1 * (GoodsDegree.IDENTICAL.rank - degree.rank) for degree in GoodsDegree
}
"""How nearness of goods orders hits of one verdict: for the order only, not a measure."""


@dataclass(frozen=True, slots=True)
class MarketFinding:
    """What a mark does to one market."""

    verdict: Verdict
    goods: GoodsRelation
    finding: VerdictFinding | None
    """None for a mark below the line, which no rule was asked about."""
    name: int | None = None
    """Place of the name it comes from, where that is another than the mark is shown with."""
    comparison: Comparison | None = None
    """How that name compares with the mark."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A mark found, compared and judged."""

    key: int
    name: int
    """Place of the name that came closest."""
    record: MarkRecord
    similarity: float
    verdict: Verdict
    risk: float
    """Prominence times the share of its goods: by what hits of one verdict are put in order."""
    markets: Mapping[str, MarketFinding]
    comparison: Comparison


def risks_of(prominences: Floats, shares: Floats) -> Floats:
    """Return the risks of marks of this prominence with these of `GOODS_SHARE`, in [0, 1]."""
    return np.round(np.maximum(prominences, 0.0) * shares, 6)


@cache
def line() -> float:
    """Return the similarity below which no pack calls two marks similar, whatever the goods.

    But for those that are said alike: one axis that is identical may suffice.
    """
    return min(row.low for pack in packs().values() for row in pack.bands)


def judge(
    key: int,
    record: MarkRecord,
    *,
    name: int,
    prominence: float,
    query: Side,
    markets: Sequence[Market],
    related: Related,
    known: Collection[str] | None = None,
) -> Judged | None:
    """Compare and judge one mark; None where it binds in none of the markets.

    Args:
        key: Key of the mark.
        record: The mark.
        name: Place of the name it is compared with.
        prominence: Among what that name found, see `matching.scores`.
        query: That name.
        markets: Every market asked for.
        related: Gives the relation of the goods asked for to those of a mark, in a market.
        known: Names of all kinds by which that name finds it, where they are known.
    """
    bound = [one for one in markets if binds(one.registers, record.office, record.designations)]
    if not bound:
        return None
    mark = Side(
        prepare(Sign(record.text, record.translation, record.transliteration)), query.weights
    )
    comparison = compare_sides(query, mark, known=known)
    pair = _Pair(query, mark, comparison)
    found = {one.code: _in_market(one, pair, record, related) for one in bound}
    worst = min((finding.verdict for finding in found.values()), key=RANK.__getitem__)
    nearest = max(GOODS_SHARE[finding.goods.degree] for finding in found.values())
    risk = float(risks_of(np.array([prominence]), np.array([nearest]))[0])
    return Judged(key, name, record, comparison.similarity, worst, risk, found, comparison)


class _Pair:
    """A name and a mark as they count by what is evidence in a market; each worked out once."""

    def __init__(self, query: Side, mark: Side, comparison: Comparison) -> None:
        self._query, self._mark = query, mark
        self.ground = ground_of(query, comparison)
        self._counted = dict.fromkeys(Evidence, comparison)
        self._signs: dict[Evidence, SignEvidence] = {}
        self._understood: dict[tuple[Evidence, Tongues], Understood | None] = {}
        if self.ground.rows:
            del self._counted[Evidence.NONE]
        self._kinds = comparison.kinds.keys()

    def _comparison(self, evidence: Evidence) -> Comparison:
        """What counts: where a link is no evidence, as if nobody had entered it."""
        if evidence not in self._counted:
            kinds = self._kinds - {"record"}
            self._counted[evidence] = compare_sides(self._query, self._mark, known=kinds)
        return self._counted[evidence]

    def sign(self, evidence: Evidence) -> SignEvidence:
        """What the rule packs need to know."""
        if evidence not in self._signs:
            self._signs[evidence] = self._sign(self._comparison(evidence), evidence)
        return self._signs[evidence]

    def _sign(self, comparison: Comparison, evidence: Evidence) -> SignEvidence:
        names = self._query.prepared.sign.text, self._mark.prepared.sign.text
        return sign_evidence(comparison, *names, evidence=evidence, linked=bool(self.ground.rows))

    def understood(self, evidence: Evidence, tongues: Tongues) -> Understood | None:
        """The same for a public; None where nothing hangs on a language it does not know."""
        key = evidence, tongues
        if key not in self._understood:
            self._understood[key] = self._as_known(*key)
        return self._understood[key]

    def _as_known(self, evidence: Evidence, tongues: Tongues) -> Understood | None:
        sides = self._query.prepared, self._mark.prepared
        less = as_known(*sides, self._comparison(evidence), tongues)
        if less is None:
            return None
        return Understood(self._sign(less[0], evidence), not_counted(less[1]))


def _in_market(place: Market, pair: _Pair, record: MarkRecord, related: Related) -> MarketFinding:
    relation = related(record.classes, place.code)
    evidence, tongues = evidence_in(pair.ground, place), tongues_in(place)
    judged = partial(
        verdict,
        pack_of(place),
        sign=pair.sign(evidence),
        goods=relation,
        standing=standing_of(record.status.value),
    )
    finding = judged()
    if tongues is not None and finding.sign.rank > LEAST_FOREIGN.rank:
        understood = pair.understood(evidence, tongues)
        finding = judged(understood=understood) if understood else finding
    return MarketFinding(VERDICTS[finding.band], relation, finding)


def ground_of(query: Side, comparison: Comparison) -> Ground:
    """Return what links a name to the mark it was compared with."""
    value = round(comparison.kinds.get("record", 0.0) * TOP)
    return query.prepared.grounds.get(value, NOTHING)


def evidence_in(ground: Ground, place: Market) -> Evidence:
    """Return what a ground is evidence of in a market.

    Rows of other markets say nothing there, and rows of the market itself come before those that
    hold everywhere; the best of them counts.
    """
    if ground.registered:
        return Evidence.RECORDED
    own = [row for row in ground.rows if row.market in (place.code, place.union)]
    valid = own or [row for row in ground.rows if row.market == EVERYWHERE]
    best = max((EVIDENCES.index(strengths()[row.strength][0]) for row in valid), default=0)
    return EVIDENCES[best]


def sign_evidence(
    comparison: Comparison, query: str, mark: str, *, evidence: Evidence, linked: bool
) -> SignEvidence:
    """Return what the rule packs need to know of a comparison."""
    (scripts, letters), (others, their_letters) = traits.written(query), traits.written(mark)
    script = shared_script(scripts_in(scripts), scripts_in(others))
    axes = {axis: SignBand(result.degree.value) for axis, result in comparison.axes.items()}
    aural = comparison.axes.get(Axis.AURAL)
    across = script is Script.ACROSS and aural is not None and aural.kind in ACROSS
    return SignEvidence(
        similarity=comparison.similarity,
        axes=axes_of(axes, across=across, evidence=evidence),
        evidence=evidence,
        script=script,
        length=max(1, min(letters, their_letters)),
        weak_only=comparison.weak_only,
        apart=comparison.apart,
        linked=linked,
    )


def axes_of(
    degrees: Mapping[Axis, SignBand], *, across: bool, evidence: Evidence
) -> dict[AxisName, SignBand]:
    """Return the degrees of the axes as the packs name them.

    A reading of Han characters held against letters has an axis of its own; two names that the
    public is known to link mean the same.
    """
    axes = {AxisName(axis.value): degree for axis, degree in degrees.items()}
    if across:
        axes[AxisName.TRANSLITERATION] = axes.pop(AxisName.AURAL)
    if evidence is Evidence.ASSOCIATION:
        axes[AxisName.CONCEPTUAL] = SignBand.IDENTICAL
    return axes


@cache
def scripts_in(bits: int) -> frozenset[Script]:
    """Return the scripts that bits of `matching.traits` stand for.

    A mixed mark has several, and meets others in any of them.
    """
    return frozenset(script for bit, script in SCRIPT_BITS.items() if bits & bit)


@cache
def shared_script(query: frozenset[Script], mark: frozenset[Script]) -> Script:
    """Return the script two marks share, by which their bands are taken; `across` for none."""
    shared = query & mark
    return next((one for one in Script if one in shared), Script.ACROSS)
