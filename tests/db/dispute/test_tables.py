"""Every table: source × event, and what its rows may name."""

from itertools import product

import pytest

from service.cases.errors import MoveNotAllowed
from service.cases.moves import Table
from service.dispute.domain import TrackKind, table_name
from service.dispute.tables import ALL, DETAILS, table_of
from service.dispute.tables.mediation import PERFORMANCE
from service.dispute.tables.office import ANSWER, INVALIDATE, OPPOSE
from service.rules.loader import library

UNRESEARCHED = {
    "platform-answer",
    "opposition-period",
    "invalidation-period",
    "opposition-answer",
    "cancellation-answer",
    "invalidation-answer",
}
"""Asked on purpose where no period was researched: the clock then says so."""
PAIRS = [
    (table, source, event)
    for table in ALL
    for source, event in product(table.states, sorted({move.event for move in table.moves}))
]


@pytest.mark.parametrize(
    ("table", "source", "event"), PAIRS, ids=[f"{t.name}-{s}-{e}" for t, s, e in PAIRS]
)
def test_a_step_follows_just_where_the_table_has_it(table: Table, source: str, event: str) -> None:
    rows = [m for m in table.moves if (m.source, m.event) == (source, event)]
    if rows:
        assert table.find(source, event) is rows[0]
        return
    with pytest.raises(MoveNotAllowed):
        table.find(source, event)


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_every_state_is_reached_and_every_way_ends(table: Table) -> None:
    reached, new = {table.start}, {table.start}
    while new:
        new = {move.target for move in table.moves if move.source in new} - reached
        reached |= new
    assert reached == set(table.states)
    for name, state in table.states.items():
        goes_on = [move for move in table.from_(name) if move.event != "reopen"]
        assert bool(goes_on) is not state.final, name


def test_every_rule_a_table_names_is_in_the_library_or_known_to_be_missing() -> None:
    families = library().families
    started = {
        clock.rule
        for table in ALL
        for move in table.moves
        for clock in move.starts
        if clock.standard is None
    }
    assert {rule for rule in started if rule not in families} == UNRESEARCHED
    for known in (OPPOSE, ANSWER, INVALIDATE):
        placed = library().placed
        for office, rule in known.items():
            assert placed[library().families[rule]].jurisdiction == office


def test_what_a_step_stops_was_started_by_another_of_the_same_table() -> None:
    for table in ALL:
        started = {clock.rule for move in table.moves for clock in move.starts}
        for move in table.moves:
            named = {*move.stops, *move.drops, *move.pauses, *move.resumes} - {"*"}
            # A day that people agreed on starts with the agreement that states it, by no move.
            agreed = {rule for rule in named if rule.startswith("stated:")}
            assert named - agreed <= started, (table.name, move.event)
            assert agreed <= {PERFORMANCE}, (table.name, move.event)


@pytest.mark.parametrize("kind", TrackKind)
def test_every_kind_of_track_has_its_table_and_its_questions(kind: TrackKind) -> None:
    assert table_of(kind).name == table_name(kind)
    assert table_name(kind) in DETAILS
