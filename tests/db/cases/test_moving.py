from datetime import UTC, date, datetime
from itertools import product

import pytest
import sqlalchemy as sa

from service.cases.domain import Status
from service.cases.errors import MoveIncomplete, MoveNotAllowed, MoveNotReady
from service.cases.moves import Move, State, Table
from service.cases.repository import Clocks, Timeline
from service.cases.usecases.moving import move
from service.core import clock
from service.core.db import Database
from service.core.errors import NotFound, PermissionDenied, Stale
from service.identity.permissions import Permission
from service.notices.models import Delivery
from tests.db.cases.matters import MATTER, NOTICE, Cast, Matter, make_cast, make_thread

EVENTS = sorted({each.event for each in MATTER.moves})
NOW = datetime(2026, 9, 30, 8, tzinfo=UTC)


@pytest.fixture
def cast(database: Database) -> Cast:
    return make_cast(database)


@pytest.mark.parametrize(("source", "event"), list(product(MATTER.states, EVENTS)))
def test_a_step_follows_just_where_the_table_has_it(source: str, event: str) -> None:
    row = next((m for m in MATTER.moves if (m.source, m.event) == (source, event)), None)
    if row is not None:
        assert MATTER.find(source, event) is row
        return
    with pytest.raises(MoveNotAllowed) as refused:
        MATTER.find(source, event)
    allowed = [m.event for m in MATTER.from_(source)]
    assert refused.value.members["allowed"] == (", ".join(allowed) or "–")


def test_a_step_writes_status_timeline_and_clocks_together(database: Database, cast: Cast) -> None:
    with database.write() as session, clock.at(NOW):
        thread = make_thread(session, cast)
        thing = Matter(thread.id, "sent")
        move(
            session,
            cast.owner.actor,
            thread,
            thing,
            MATTER,
            "notice",
            version=1,
            when=date(2026, 9, 30),
            proof="回执",
        )
        clocks = {row.rule_id: row for row in Clocks(session).of_part(thread.id, thing.id)}
        assert thing.status == "noticed"
        assert set(clocks) == {NOTICE, "matter.answer"}
        assert clocks[NOTICE].proof == "回执"
        last = Timeline(session, cast.owner.actor).of(thread.id)[1]
        assert (last.verb, last.source, last.target) == ("matter.notice", "sent", "noticed")

        move(session, cast.station.actor, thread, thing, MATTER, "wait", version=1)
        assert set(session.scalars(sa.select(Delivery.person_id))) == {cast.owner.person_id}
        assert clocks[NOTICE].status is Status.OPEN
        assert clocks["matter.answer"].status is Status.PAUSED


def test_a_step_meets_its_clocks_and_another_makes_them_needless(
    database: Database, cast: Cast
) -> None:
    with database.write() as session, clock.at(NOW):
        for event, status in (("answer", Status.MET), ("drop", Status.WAIVED)):
            thread = make_thread(session, cast)
            thing = Matter(thread.id, "sent")
            actor = cast.owner.actor
            move(session, actor, thread, thing, MATTER, "notice", version=1, when=NOW.date())
            move(session, actor, thread, thing, MATTER, event, version=1, note="done")
            rows = Clocks(session).of_part(thread.id, thing.id)
            assert {row.status for row in rows} == {status}


def test_what_is_missing_is_named_with_the_way_to_it_and_nothing_happens(
    database: Database, cast: Cast
) -> None:
    with database.write() as session:
        thread = make_thread(session, cast)
        thing = Matter(thread.id)
        with pytest.raises(MoveNotReady) as refused:
            move(session, cast.owner.actor, thread, thing, MATTER, "send", version=1)
        assert refused.value.members["missing"] == ["#number"]
        assert thing.status == "draft"
        move(
            session,
            cast.owner.actor,
            thread,
            thing,
            MATTER,
            "send",
            version=1,
            values={"number": "7"},
        )
        assert thing.status == "sent"


@pytest.mark.parametrize(("event", "field"), [("notice", "when"), ("drop", "note")])
def test_a_day_or_a_note_is_asked_for(
    database: Database, cast: Cast, event: str, field: str
) -> None:
    with database.write() as session:
        thread = make_thread(session, cast)
        with pytest.raises(MoveIncomplete) as refused:
            move(
                session,
                cast.owner.actor,
                thread,
                Matter(thread.id, "sent"),
                MATTER,
                event,
                version=1,
            )
        assert [error.field for error in refused.value.errors] == [field]


def test_who_may_not_or_came_late_moves_nothing(database: Database, cast: Cast) -> None:
    with database.write() as session:
        thread = make_thread(session, cast)
        thing = Matter(thread.id, "sent", version=2)
        for someone, problem in (
            (cast.bureau, PermissionDenied),
            (cast.stranger, NotFound),
            (cast.owner, Stale),
        ):
            with pytest.raises(problem):
                move(
                    session,
                    someone.actor,
                    thread,
                    thing,
                    MATTER,
                    "notice",
                    version=1,
                    when=NOW.date(),
                )
        assert thing.status == "sent"


@pytest.mark.parametrize(
    "moves",
    [
        (Move("a", "go", "c", Permission.MARK_READ, "Go"),),
        (
            Move("a", "go", "b", Permission.MARK_READ, "Go"),
            Move("a", "go", "a", Permission.MARK_READ, "Go"),
        ),
        (Move("a", "go", "b", Permission.MARK_READ, "Go", guards=("none",)),),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(moves: tuple[Move, ...]) -> None:
    with pytest.raises(ValueError, match="is doubled or unknown"):
        Table("broken", "Broken", "a", {"a": State("A"), "b": State("B")}, moves)
