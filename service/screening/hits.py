"""A mark that was found, as an answer shows it: why it is alike, and what each market says."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from service.matching.engine import AxisResult, Comparison, explain
from service.matching.rulebook import PLACES
from service.matching.rulebook import FiredRule as MatchRule
from service.registry.domain import MarkRecord
from service.rules.goods import GoodsRelation
from service.rules.markets.packs import FiredRule, duties_of, pack_of
from service.screening.domain import (
    RANK,
    BrandRole,
    Verdict,
)
from service.screening.judging import Judged, MarketFinding
from service.screening.plan import Plan
from service.screening.schemas import (
    AlignedOut,
    AxisOut,
    Both,
    GoodsOut,
    HitOut,
    HitVerdictOut,
    MarkOut,
    RuleOut,
)
from service.screening.wording import (
    both,
    joined,
)


def hit_out(one: Judged, *, at: int, plan: Plan, role: BrandRole) -> HitOut:
    """Return a mark that is shown at a place of the answer."""
    nearest = max(one.markets.values(), key=lambda found: found.goods.degree.rank)
    duties = duties_of(plan.route.origin, role=role.value, kit=plan.kit)
    followed = {place.code: pack_of(place).signs for place in plan.markets}
    told = {
        code: _followed(found.comparison or one.comparison, followed[code])
        for code, found in one.markets.items()
    }
    return HitOut(
        hit_id=str(at),
        name=plan.names[one.name].text,
        mark=mark_out(one.record),
        axes=axes_out(one.comparison),
        similarity=one.similarity,
        risk=one.risk,
        verdict=one.verdict,
        markets={code: _in_market(found, plan, told[code]) for code, found in one.markets.items()},
        goods=_goods(nearest.goods),
        rules=_each_once(there.rules for there in told.values()),
        counter_evidence=_each_once(there.counter for there in told.values()),
        weak_only=one.comparison.weak_only,
        explanation=_explanation(one, told),
        documents=[both(duty.text) for duty in duties] if one.verdict in _ASKS else [],
    )


_ASKS = frozenset({Verdict.BLOCKED, Verdict.HIGH, Verdict.MEDIUM})
"""Verdicts with which papers are asked for."""


def _followed(comparison: Comparison, ids: Collection[str]) -> Comparison:
    """Return a comparison with the rules of these ids alone."""
    rules = tuple(rule for rule in comparison.rules if rule.id in ids)
    counter = tuple(rule for rule in comparison.counter if rule.id in ids)
    return replace(comparison, rules=rules, counter=counter)


def _each_once(rules: Iterable[Sequence[MatchRule]]) -> list[RuleOut]:
    """Return the rules that some market is told, in the order of the table."""
    every = {rule.id: rule for some in rules for rule in some}
    return rules_out(sorted(every.values(), key=lambda rule: PLACES[rule.id]))


def _explanation(one: Judged, told: Mapping[str, Comparison]) -> Both:
    """Return the explanation for the market with the worst verdict, by the rules of its office.

    Of markets with that verdict one that this very name brings it to.
    """
    code, worst = min(
        one.markets.items(), key=lambda item: (RANK[item[1].verdict], item[1].name is not None)
    )
    said = Both(**explain(told[code]))
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
