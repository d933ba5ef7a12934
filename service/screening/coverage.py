"""What was searched for each market, and what was not: pure arithmetic over register states.

The one rule behind it: a market is *complete* only when every register that binds in all of it is
loaded in full, without a gap, and fresh. Everything else is named with its reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from service.rules.markets import Market, RegisterNeed, office
from service.screening.domain import (
    Coverage,
    Gap,
    MarketCoverage,
    Missing,
    NotSearched,
    RegisterState,
    Searched,
    Verdict,
)

KINDS_OF_GAPS: Mapping[str, Missing] = {
    "classes-cut": Missing.CLASSES_CUT,
    "classes-absent": Missing.CLASSES_CUT,
    "dates-cut": Missing.DATES_CUT,
    "days-missing": Missing.GAP,
    "delta-failed": Missing.GAP,
    "delta-undated": Missing.GAP,
}
"""What the gaps of a register come to, by code; any other: a part of it was loaded."""
AHEAD = -1
"""Days a register may lie ahead of the UTC day: offices east of it publish a day earlier."""


def holds_something(state: RegisterState | None) -> bool:
    """Say whether there is anything to search: an empty register counts once it is complete."""
    return state is not None and (state.marks > 0 or state.complete)


def faults_of(state: RegisterState | None, *, on: date) -> tuple[Missing, ...]:
    """Return why a register does not count as complete on a day; nothing means it does."""
    if state is None or not holds_something(state):
        return (Missing.LOADING,) if state and state.loading else (Missing.NEVER_LOADED,)
    found = {kind_of(gap) for gap in state.gaps}
    if state.loading:
        found.add(Missing.LOADING)
    if not state.complete and not found:
        found.add(Missing.PARTIAL)
    age = _age(state, on)
    if age is None:
        found.add(Missing.UNDATED)
    elif not AHEAD <= age <= office(state.office).stale_after_days:
        found.add(Missing.STALE)
    return tuple(fault for fault in Missing if fault in found)


def kind_of(gap: Gap) -> Missing:
    """Return what a gap comes to."""
    return KINDS_OF_GAPS.get(gap.code, Missing.PARTIAL)


def _age(state: RegisterState, on: date) -> int | None:
    return None if state.edition_on is None else (on - state.edition_on).days


def searched_registers(
    markets: Iterable[Market], states: Mapping[str, RegisterState], *, on: date
) -> tuple[Searched, ...]:
    """Return each binding register that was searched at all, by office."""
    bound = {need.office for market in markets for need in market.registers}
    return searched_offices(bound, states, on=on)


def searched_offices(
    offices: Iterable[str], states: Mapping[str, RegisterState], *, on: date
) -> tuple[Searched, ...]:
    """Return each of these registers that was searched at all, by office."""
    found = []
    for code in sorted(offices):
        state = states.get(code)
        faults = faults_of(state, on=on)
        if state is None or not holds_something(state):
            continue
        found.append(
            Searched(
                office=code,
                marks=state.marks,
                edition_on=state.edition_on,
                loaded_at=state.loaded_at,
                age_days=_age(state, on),
                faults=faults,
                gaps=state.gaps,
                blind_days=office(code).blind_days,
            )
        )
    return tuple(found)


def not_searched(
    markets: Iterable[Market], states: Mapping[str, RegisterState], *, on: date
) -> tuple[NotSearched, ...]:
    """Return each binding register with a fault, once per fault, with the markets it binds in."""
    bound: dict[str, list[str]] = {}
    for market in markets:
        for need in market.registers:
            bound.setdefault(need.office, []).append(market.code)
    return unsearched_offices(bound, states, on=on)


def unsearched_offices(
    bound: Mapping[str, Sequence[str]], states: Mapping[str, RegisterState], *, on: date
) -> tuple[NotSearched, ...]:
    """Return each register with a fault, once per fault; `bound` gives the markets it binds in."""
    return tuple(
        _missing(code, fault, tuple(bound[code]), states.get(code))
        for code in sorted(bound)
        for fault in faults_of(states.get(code), on=on)
    )


def _missing(
    office: str, fault: Missing, markets: tuple[str, ...], state: RegisterState | None
) -> NotSearched:
    gaps = tuple(gap for gap in state.gaps if kind_of(gap) is fault) if state else ()
    if gaps:
        return NotSearched(office, fault, markets, gaps=gaps)
    if state is not None and fault is Missing.STALE:
        return NotSearched(office, fault, markets, edition_on=state.edition_on)
    return NotSearched(office, fault, markets)


def market_coverage(
    market: Market, states: Mapping[str, RegisterState], *, on: date
) -> MarketCoverage:
    """Return how much of what binds in the market was searched."""
    faults = {need.office: faults_of(states.get(need.office), on=on) for need in market.registers}
    searched = tuple(code for code in faults if holds_something(states.get(code)))
    missing = tuple(code for code, found in faults.items() if found)
    partly = Coverage.PARTIAL if searched else Coverage.NONE
    coverage = partly if missing else Coverage.COMPLETE
    return MarketCoverage(market.code, coverage, searched, missing)


def verdict_of_market(worst: Verdict | None, coverage: Coverage) -> Verdict:
    """Return what is said of a market.

    A conflict found is always said, whatever the coverage; *no conflict found* only where all that
    binds was searched in full.

    Args:
        worst: The worst verdict among the hits that bind here; None when there is none.
        coverage: How much was searched.
    """
    if worst is not None and worst not in {Verdict.NO_CONFLICT_FOUND, Verdict.NOT_SEARCHED}:
        return worst
    return Verdict.NO_CONFLICT_FOUND if coverage is Coverage.COMPLETE else Verdict.NOT_SEARCHED


def binds(needs: Iterable[RegisterNeed], mark_office: str, designations: tuple[str, ...]) -> bool:
    """Say whether a mark of this register, with these designations, binds under any need."""
    return any(need.office == mark_office and need.reached_by(designations) for need in needs)
