"""Putting an answer together: the one shape that API, command line and pages show."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from service.matching.engine import FORM_VERSION, VERSION, AxisResult, Comparison, explain
from service.matching.rulebook import FiredRule as MatchRule
from service.registry.connectors import Connector
from service.registry.domain import MarkRecord
from service.rules.goods import GoodsRelation
from service.rules.markets import Market, offices
from service.rules.markets.packs import FiredRule, duties_of, pack_of
from service.screening.coverage import (
    market_coverage,
    not_searched,
    searched_registers,
    verdict_of_market,
)
from service.screening.domain import (
    RANK,
    BrandRole,
    NeverCompared,
    NotSearched,
    RegisterState,
    Searched,
    Verdict,
)
from service.screening.judging import Judged, MarketFinding
from service.screening.plan import Plan
from service.screening.schemas import (
    AlignedOut,
    AxisOut,
    BorderOut,
    Both,
    GoodsOut,
    HitOut,
    HitVerdictOut,
    MarketOut,
    MarkOut,
    NotSearchedOut,
    RuleOut,
    ScreeningIn,
    ScreeningOut,
    SearchedOut,
)
from service.screening.tally import Tally
from service.screening.wording import (
    DISCLAIMER,
    NEVER_WORDS,
    NEXT_STEPS,
    blind_sentence,
    both,
    gap_sentence,
    joined,
    market_sentence,
    missing_sentence,
    way_out,
)

RULES_VERSION = "packs-3"
"""Version of the market rule packs and goods tables; stored with every screening."""


def make_answer(
    screening_id: UUID,
    asked: ScreeningIn,
    plan: Plan,
    states: Mapping[str, RegisterState],
    shown: Sequence[Judged],
    *,
    tally: Tally,
    borders: Sequence[BorderOut],
    unasked: Mapping[str, Connector],
    change: int,
    at: datetime,
) -> ScreeningOut:
    """Put the whole answer together.

    Args:
        screening_id: Under which it can be had again.
        asked: As the caller sent it.
        plan: As it was understood.
        states: What is loaded of each register.
        shown: The marks to be shown, the worst first.
        tally: Every mark found. Those below the line of every pack count as *no conflict found*
            in the whole; in a market only marks count of which it is known that they bind there.
        borders: What customs on the way may do.
        unasked: Connectors without credentials, by office.
        change: Change number searched up to.
        at: When.
    """
    counts = tally.counts()
    return ScreeningOut(
        screening_id=screening_id,
        at=at,
        input=asked,
        engine=VERSION,
        form_version=FORM_VERSION,
        rules_version=RULES_VERSION,
        change=change,
        searched=searched_out(searched_registers(plan.markets, states, on=at.date())),
        not_searched=missing_out(plan.markets, states, unasked, on=at.date()) + _never(plan),
        markets={
            place.code: _market(place, states, tally.counts_of(place.code), on=at.date())
            for place in plan.markets
        },
        hits=[
            _hit(one, at=number, plan=plan, role=asked.brand_role)
            for number, one in enumerate(shown, start=1)
        ],
        borders=list(borders),
        counts=_counts(counts),
        truncated=counts.total() > len(shown),
        disclaimer=DISCLAIMER,
    )


def _counts(counts: Mapping[Verdict, int]) -> dict[Verdict, int]:
    return {
        verdict: counts.get(verdict, 0)
        for verdict in Verdict
        if verdict is not Verdict.NOT_SEARCHED
    }


def searched_out(searched: Iterable[Searched]) -> list[SearchedOut]:
    """Return what is told of each register that was searched."""
    return [
        SearchedOut(
            office=one.office,
            name=both(offices()[one.office].name),
            marks=one.marks,
            edition_on=one.edition_on,
            loaded_at=one.loaded_at,
            age_days=one.age_days,
            faults=list(one.faults),
            gaps=[gap_sentence(gap) for gap in one.gaps],
            blind_days=one.blind_days,
            blind_note=blind_sentence(one.blind_days),
        )
        for one in searched
    ]


def missing_out(
    markets: Sequence[Market],
    states: Mapping[str, RegisterState],
    unasked: Mapping[str, Connector],
    *,
    on: date,
) -> list[NotSearchedOut]:
    """Return what is told of each register that binds in some markets and is not whole or fresh."""
    return unsearched_out(not_searched(markets, states, on=on), markets, unasked)


def unsearched_out(
    missing: Iterable[NotSearched], markets: Sequence[Market], unasked: Mapping[str, Connector]
) -> list[NotSearchedOut]:
    """Return what is told of registers that were not searched, or not in full."""
    names = {place.code: place for place in markets}
    return [
        NotSearchedOut(
            what=one.office,
            why=one.why,
            markets=list(one.markets),
            explanation=missing_sentence(one, names),
            way_out=way_out(unasked[one.office]) if one.office in unasked else None,
        )
        for one in missing
    ]


def _never(plan: Plan) -> list[NotSearchedOut]:
    markets = [place.code for place in plan.markets]
    return [
        NotSearchedOut(what=kind.value, why=kind, markets=markets, explanation=NEVER_WORDS[kind])
        for kind in NeverCompared
    ]


def _market(
    place: Market,
    states: Mapping[str, RegisterState],
    counts: Mapping[Verdict, int],
    *,
    on: date,
) -> MarketOut:
    covered = market_coverage(place, states, on=on)
    worst = min((v for v, n in counts.items() if n), key=RANK.__getitem__, default=None)
    verdict = verdict_of_market(worst, covered.coverage)
    return MarketOut(
        name=both(place.name),
        verdict=verdict,
        coverage=covered.coverage,
        searched=list(covered.searched),
        missing=list(covered.missing),
        counts=_counts(counts),
        sentence=market_sentence(verdict, covered.coverage, covered.missing),
        next_steps=list(NEXT_STEPS[verdict]),
    )


def _hit(one: Judged, *, at: int, plan: Plan, role: BrandRole) -> HitOut:
    nearest = max(one.markets.values(), key=lambda found: found.goods.degree.rank)
    duties = duties_of(plan.route.origin, role=role.value, kit=plan.kit)
    followed = {place.code: pack_of(place).signs for place in plan.markets}
    told = _followed(one.comparison, frozenset().union(*(followed[code] for code in one.markets)))
    return HitOut(
        hit_id=str(at),
        name=plan.names[one.name].text,
        mark=mark_out(one.record),
        axes=axes_out(one.comparison),
        similarity=one.similarity,
        risk=one.risk,
        verdict=one.verdict,
        markets={
            code: _in_market(found, plan, _followed(told, followed[code]))
            for code, found in one.markets.items()
        },
        goods=_goods(nearest.goods),
        rules=rules_out(told.rules),
        counter_evidence=rules_out(told.counter),
        weak_only=one.comparison.weak_only,
        explanation=_explanation(one, followed),
        documents=[both(duty.text) for duty in duties] if one.verdict in _ASKS else [],
    )


_ASKS = frozenset({Verdict.BLOCKED, Verdict.HIGH, Verdict.MEDIUM})
"""Verdicts with which papers are asked for."""


def _followed(comparison: Comparison, ids: Collection[str]) -> Comparison:
    """Return a comparison with the rules of these ids alone."""
    rules = tuple(rule for rule in comparison.rules if rule.id in ids)
    counter = tuple(rule for rule in comparison.counter if rule.id in ids)
    return replace(comparison, rules=rules, counter=counter)


def _explanation(one: Judged, followed: Mapping[str, Collection[str]]) -> Both:
    """Return the explanation for the market with the worst verdict, by the rules of its office."""
    code, worst = min(one.markets.items(), key=lambda item: RANK[item[1].verdict])
    said = Both(**explain(_followed(one.comparison, followed[code])))
    return joined(said, both(worst.finding.explanation)) if worst.finding else said


def _in_market(found: MarketFinding, plan: Plan, told: Comparison) -> HitVerdictOut:
    fired = found.finding.fired if found.finding else ()
    return HitVerdictOut(
        verdict=found.verdict,
        goods=_goods(found.goods),
        reasons=[_pack_rule(rule) for rule in fired],
        rules=[rule.id for rule in (*told.rules, *told.counter)],
        name="" if found.name is None else plan.names[found.name].text,
    )


def _goods(relation: GoodsRelation) -> GoodsOut:
    return GoodsOut(
        degree=relation.degree.value,
        basis=relation.basis.value,
        explanation=both(relation.explanation),
    )


def _pack_rule(fired: FiredRule) -> RuleOut:
    text = both(fired.rule.text)
    if fired.because is not None:
        text = joined(text, both(fired.because))
    return RuleOut(id=fired.rule.id, text=text, reference=fired.rule.reference)


def _match_rule(fired: MatchRule) -> RuleOut:
    return RuleOut(
        id=fired.id,
        text=Both(zh=fired.zh, en=fired.en),
        because=fired.because,
        because_zh=fired.because_zh if fired.because_zh != fired.because else "",
    )


def axes_out(comparison: Comparison) -> dict[str, AxisOut]:
    """Return the axes of a comparison as they are shown."""
    return {axis.value: _axis(found) for axis, found in comparison.axes.items()}


def rules_out(rules: Sequence[MatchRule]) -> list[RuleOut]:
    """Return examiner rules as they are shown."""
    return [_match_rule(rule) for rule in rules]


def _axis(found: AxisResult) -> AxisOut:
    return AxisOut(
        degree=found.degree.value,
        score=found.score,
        kind=found.kind,
        query=found.query,
        mark=found.mark,
        alignment=[
            AlignedOut(op=step.op, query=step.a, mark=step.b, reason=step.reason)
            for step in found.alignment
        ],
    )


def mark_out(record: MarkRecord) -> MarkOut:
    """Return a mark as it stands in an answer."""
    owner = record.owners[0] if record.owners else None
    return MarkOut(
        office=record.office,
        number=record.number,
        text=record.text,
        kind=record.kind.value,
        owner="; ".join(party.name for party in record.owners),
        owner_country=owner.country if owner else "",
        status=record.status.value,
        office_status=record.office_status,
        classes=sorted({one.nice for one in record.classes if one.nice}),
        filed_on=record.filed_on,
        registered_on=record.registered_on,
        expires_on=record.expires_on,
        priority_on=record.priority_on,
        madrid_number=record.madrid_number,
        designations=list(record.designations),
        translation=record.translation,
        recorded_with=[one.authority for one in record.customs_records],
    )
