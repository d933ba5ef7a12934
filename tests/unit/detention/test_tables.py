"""Every step of a detention: source × event on both sides, its clocks, the manual's tables."""

import re
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest

from service.cases.domain import Effect
from service.cases.errors import MoveNotAllowed
from service.cases.moves import Table
from service.recordation.detention.clocks import CLOCKS, known, rules_of
from service.recordation.detention.domain import Ground, Mode, Side
from service.recordation.detention.guards import FITS
from service.recordation.detention.papers import FIRST, PAPERS
from service.recordation.detention.showing import NEXT
from service.recordation.detention.tables import TABLES, WAITS
from service.rules.authorities import authorities
from service.rules.loader import library
from service.rules.schema import Area

BOTH = pytest.mark.parametrize("side", Side)
DOC = (Path(__file__).parents[3] / "docs" / "detention.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([^`]+)`")
NOT_CLOCKS = {
    "us-cbp-detention-notice": "counts from a decision nobody is served",
    "eu-det-perishable": "a case of eu-det-confirm",
    "gb-perishable": "a case of gb-confirm",
    "trips-55": "a treaty minimum, which replaces no national rule",
}
STATED = "stated:declare"
HEADINGS = {
    Side.HOLDER: "### Right holder",
    Side.EXPORTER: "### Consignor or consignee, abroad the declarant or importer",
}


def told(heading: str) -> list[list[str]]:
    """Return the rows of the manual's table under a heading, their codes only."""
    part = re.split(r"\n##+ ", DOC.partition(heading)[2])[0]
    lines = [line for line in part.splitlines() if line.startswith("| `")]
    return [CODE.findall(line) for line in lines]


@BOTH
def test_a_step_follows_just_where_the_manual_has_it(side: Side) -> None:
    table = TABLES[side]
    manual = {(row[0], row[1]): (row[2], row[3]) for row in told(HEADINGS[side])}
    for source, event in product(table.states, sorted({m.event for m in table.moves})):
        if (source, event) in manual:
            row = table.find(source, event)
            assert manual[source, event] == (row.target, row.permission.value)
        else:
            with pytest.raises(MoveNotAllowed):
                table.find(source, event)


@BOTH
def test_every_state_is_reached_goes_on_or_ends(side: Side) -> None:
    table = TABLES[side]
    reached, new = {table.start}, {table.start}
    while new:
        new = {move.target for move in table.moves if move.source in new} - reached
        reached |= new
    assert reached == set(table.states)
    assert {name for name, state in table.states.items() if state.final} == {"closed"}
    assert all(table.from_(name) for name, state in table.states.items() if not state.final)


@BOTH
def test_what_a_step_stops_was_started_by_another(side: Side) -> None:
    table = TABLES[side]
    started = {clock.rule for move in table.moves for clock in move.starts} | {STATED}
    for move in table.moves:
        assert {*move.stops, *move.drops} - {"*"} <= started, move.event


@BOTH
def test_every_clock_of_the_party_itself_is_met_by_a_step(side: Side) -> None:
    """A clock that no step meets could only be waived or missed."""
    met = {rule for move in TABLES[side].moves for rule in (*move.stops, *move.drops)}
    own = {r.rule for r in CLOCKS if r.side == side and r.effect is not Effect.AWAITED}
    customs = {"us-cbp-disclose", "us-cbp-decide-detain"}  # its own time, which ends with the goods
    assert own - met - customs == set()


def test_the_clocks_are_those_of_the_manual() -> None:
    rows = [[row.authority, row.side.value, row.event, row.rule] for row in CLOCKS]
    assert [row[:4] for row in told("## Clocks")] == rows


def test_every_clock_is_a_rule_that_counts_there() -> None:
    markets = {one.code: one.market for one in authorities()}
    for row in CLOCKS:
        placed = library().placed[library().families[row.rule]]
        assert any(version.countable for version in placed.rule.versions), row.rule
        assert placed.jurisdiction == markets[row.authority], row.rule


def test_every_rule_of_a_detention_that_counts_is_in_the_table() -> None:
    counting = {
        placed.rule.id
        for placed in library().placed.values()
        if placed.rule.area is Area.CUSTOMS_DETENTION
        and any(version.countable for version in placed.rule.versions)
    }
    named = {library().families[row.rule] for row in CLOCKS}
    assert counting - named - NOT_CLOCKS.keys() == set()


def test_an_authority_without_clocks_is_told_as_not_researched() -> None:
    unknown = {one.code for one in authorities() if not known(one.code)}
    assert {"bd-customs", "mx-anam", "my-customs"} <= unknown
    assert {"gacc", "us-cbp", "eu-customs", "gb-hmrc", "kr-customs"}.isdisjoint(unknown)


@pytest.mark.parametrize(
    ("values", "event", "rules"),
    [
        ({"mode": Mode.EX_OFFICIO}, "detain", {"eu-det-exofficio"}),
        ({"mode": Mode.ON_APPLICATION}, "detain", {"eu-det-confirm"}),
    ],
)
def test_the_mode_chooses_the_clock(values: dict[str, Mode], event: str, rules: set[str]) -> None:
    thing = goods("eu-customs", **values)
    move = TABLES[Side.HOLDER].find("entered", event)
    assert {c.rule for c in move.starts if c.when is None or c.when(thing)} == rules


def test_the_ground_and_the_size_choose_the_clock() -> None:
    exporter = TABLES[Side.EXPORTER]
    detain = exporter.find("entered", "detain")
    for ground, expected in ((Ground.COUNTERFEIT, {"us-cbp-importer-7"}), (Ground.PARALLEL, set())):
        thing = goods("us-cbp", ground=ground)
        assert running(detain, thing) == expected
    small = running(detain, goods("eu-customs", small_consignment=True))
    assert "eu-det-smallconsignment" in small
    assert "eu-customs-declarant" not in small


def running(move: object, thing: object) -> set[str]:
    return {c.rule for c in move.starts if c.when(thing)}  # type: ignore[attr-defined]


def goods(authority: str, **values: object) -> SimpleNamespace:
    common = {
        "authority": authority,
        "mode": Mode.ON_APPLICATION,
        "ground": None,
        "small_consignment": False,
    }
    return SimpleNamespace(**{**common, **values})


def test_every_paper_makes_a_step_of_its_sides_and_comes_from_somebody() -> None:
    for kind, paper in PAPERS.items():
        for side, event in paper.steps.items():
            assert event in {move.event for move in TABLES[side].moves}, (kind, side)
        assert any(paper.sent_by(one.code) for one in authorities()), kind
    for side, table in TABLES.items():
        begins = {move.event for move in table.from_("entered")}
        firsts = {PAPERS[kind].steps.get(side) for kind in FIRST} - {None}
        assert firsts - begins <= {"find_infringing", "find_not", "find_unknown"}


def test_what_comes_next_is_said_of_states_there_are() -> None:
    for side, status in NEXT:
        assert status in TABLES[side].states
    for side, states in WAITS.items():
        assert states <= TABLES[side].states.keys()
        assert all((side, status) in NEXT for status in states)


def test_a_step_that_exists_only_somewhere_names_its_guard() -> None:
    for table in TABLES.values():
        assert_bounded(table)


def assert_bounded(table: Table) -> None:
    bound = {"in_america": {"present"}, "in_europe": {"extend"}, "patent_goods": set()}
    for move in table.moves:
        for guard, events in bound.items():
            if guard in move.guards and events:
                assert move.event in events
        assert set(move.guards) & set(FITS) or move.event not in {"present", "extend"}


def test_the_rules_a_notice_of_suspicion_starts_are_met_by_an_answer() -> None:
    answered = {
        rule
        for move in TABLES[Side.HOLDER].moves
        if move.event in {"apply", "decline", "confirm"}
        for rule in move.stops
    }
    assert set(rules_of(Side.HOLDER, "notify")) <= answered
