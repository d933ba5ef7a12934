"""Putting an answer together: the one shape that API, command line and pages show."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from service.matching.engine import FORM_VERSION, VERSION
from service.registry.connectors import Connector
from service.rules.markets import Market, offices
from service.screening.coverage import (
    market_coverage,
    not_searched,
    searched_registers,
    verdict_of_market,
)
from service.screening.domain import (
    RANK,
    NeverCompared,
    NotSearched,
    RegisterState,
    Searched,
    Verdict,
)
from service.screening.hits import hit_out
from service.screening.judging import Judged
from service.screening.plan import Plan
from service.screening.schemas import (
    BorderOut,
    MarketOut,
    NotSearchedOut,
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
            hit_out(one, at=number, plan=plan, role=asked.brand_role)
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
