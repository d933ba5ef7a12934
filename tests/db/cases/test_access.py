from uuid import uuid4

import pytest

from service.cases.domain import Audience, Confidentiality
from service.cases.errors import ThreadClosed
from service.cases.repository import Threads, Timeline
from service.cases.usecases.telling import add_note, tell
from service.cases.usecases.threads import (
    assign,
    close_thread,
    hand_to_station,
    let_in,
    let_out,
    reopen_thread,
    set_confidentiality,
)
from service.core import audit
from service.core.db import Database
from service.core.errors import Invalid, NotFound, PermissionDenied
from service.core.pagination import Cursor
from service.identity.permissions import Role
from tests.builders import make_person
from tests.db.cases.matters import Cast, make_cast, make_thread


@pytest.fixture
def cast(database: Database) -> Cast:
    return make_cast(database)


def notes_seen(database: Database, cast: Cast) -> dict[str, set[str]]:
    """Write one note for each audience, and one in a part; return who reads which."""
    part = uuid4()
    with database.write() as session:
        thread = make_thread(session, cast)
        let_in(
            session,
            cast.owner.actor,
            thread,
            organisation_id=cast.body.organisation_id,
            part_id=part,
        )
        for audience in Audience:
            add_note(session, cast.station.actor, thread, audience.value, audience=audience)
        add_note(session, cast.station.actor, thread, "part", part_id=part)
    seen = {}
    for name, someone in vars(cast).items():
        with database.read() as session:
            rows = Timeline(session, someone.actor).of(thread.id)
            seen[name] = {row.note for row in rows if row.note}
    return seen


def test_each_reads_what_was_written_for_them_and_nothing_else(
    database: Database, cast: Cast
) -> None:
    everything = {"all", "owner", "mediation", "staff", "part"}
    assert notes_seen(database, cast) == {
        "owner": everything - {"staff"},
        "station": everything,
        "lead": everything,
        "bureau": everything - {"mediation"},
        "stranger": set(),
        "body": {"part"},
        "auditor": everything,
        "administrator": set(),
    }


@pytest.mark.parametrize(
    ("confidentiality", "who"),
    [
        (Confidentiality.OPEN, {"owner", "station", "lead", "bureau", "auditor"}),
        (Confidentiality.NAMED, {"owner", "station", "lead", "bureau", "auditor"}),
        (Confidentiality.SEALED, {"owner", "station", "auditor"}),
    ],
)
def test_confidentiality_narrows_the_station_to_those_named(
    database: Database, cast: Cast, confidentiality: Confidentiality, who: set[str]
) -> None:
    colleague = make_person(database, Role.STATION_CLERK)
    with database.write() as session:
        thread = make_thread(session, cast)
        set_confidentiality(session, cast.station.actor, thread, confidentiality)
    seen = set()
    for name, someone in {**vars(cast), "colleague": colleague}.items():
        with database.read() as session:
            rows, _ = Threads(session, someone.actor).page(Cursor())
            seen |= {name} if rows else set()
    assert seen == who


def test_a_stranger_gets_not_found_and_a_reader_may_not_write(
    database: Database, cast: Cast
) -> None:
    with database.write() as session:
        thread = make_thread(session, cast)
        with pytest.raises(NotFound):
            Threads(session, cast.stranger.actor).get(thread.id)
        for reader in (cast.bureau, cast.auditor):
            with pytest.raises(PermissionDenied):
                Threads(session, reader.actor).to_change(thread.id)


def test_a_grant_of_one_part_opens_neither_the_whole_nor_another_part(
    database: Database, cast: Cast
) -> None:
    part = uuid4()
    with database.write() as session:
        thread = make_thread(session, cast)
        let_in(
            session,
            cast.owner.actor,
            thread,
            organisation_id=cast.body.organisation_id,
            part_id=part,
            writes=True,
        )
        threads = Threads(session, cast.body.actor)
        assert threads.to_change(thread.id, part).id == thread.id
        with pytest.raises(PermissionDenied):
            threads.to_change(thread.id)
        with pytest.raises(NotFound):
            threads.to_change(thread.id, uuid4())


def test_a_grant_ends_and_twice_is_one(database: Database, cast: Cast) -> None:
    with database.write() as session:
        thread = make_thread(session, cast)
        for audience in (Audience.ALL, Audience.OWNER):
            grant = let_in(
                session,
                cast.owner.actor,
                thread,
                person_id=cast.stranger.person_id,
                audience=audience,
            )
        assert len(Threads(session, cast.owner.actor).grants(thread)) == 1
        assert grant.audience is Audience.OWNER
        assert Threads(session, cast.stranger.actor).get(thread.id)
        let_out(session, cast.owner.actor, thread, grant.id)
        session.flush()
        with pytest.raises(NotFound):
            Threads(session, cast.stranger.actor).get(thread.id)
        with pytest.raises(NotFound):
            let_out(session, cast.owner.actor, thread, grant.id)


def test_a_thread_is_handed_to_stations_only_and_assigned_to_their_people(
    database: Database, cast: Cast
) -> None:
    with database.write() as session:
        thread = make_thread(session, cast)
        with pytest.raises(Invalid):
            hand_to_station(session, cast.owner.actor, thread, cast.body.organisation_id)
        assign(session, cast.lead.actor, thread, cast.station.person_id)
        assert thread.handler_id == cast.station.person_id
        with pytest.raises(NotFound):
            assign(session, cast.lead.actor, thread, cast.stranger.person_id)


def test_nothing_is_added_to_a_closed_thread_until_it_is_reopened_with_a_reason(
    database: Database, cast: Cast
) -> None:
    with database.write() as session:
        thread = make_thread(session, cast)
        close_thread(session, cast.lead.actor, thread)
        with pytest.raises(ThreadClosed):
            Threads(session, cast.owner.actor).to_change(thread.id)
        with pytest.raises(Invalid):
            reopen_thread(session, cast.lead.actor, thread, note=" ")
        reopen_thread(session, cast.lead.actor, thread, note="new evidence")
        assert Threads(session, cast.owner.actor).to_change(thread.id)


def test_what_is_told_stands_in_the_timeline_and_in_the_audit_chain_without_texts(
    database: Database, cast: Cast
) -> None:
    with database.write() as session:
        thread = make_thread(session, cast)
        add_note(session, cast.owner.actor, thread, "secret words")
        with pytest.raises(LookupError):
            tell(session, cast.owner.actor, thread, "nobody.said")
        with pytest.raises(Invalid):
            add_note(session, cast.owner.actor, thread, "  ")
        with pytest.raises(Invalid):
            add_note(session, cast.owner.actor, thread, "x" * 10_001)
    with database.read() as session:
        rows = session.query(audit.AuditEvent).order_by(audit.AuditEvent.number).all()
        about = [row for row in rows if row.subject_id == str(thread.id)]
        assert [row.verb for row in about] == ["thread.opened", "note.added"]
        assert "secret" not in str([row.detail for row in about])
        assert list(audit.verify(session)) == []
