"""Anybody does anything to one case, in any order: it is never in an illegal state.

Staff, outsiders and strangers take random steps. Whatever happens, a status is one of its table and
was reached by rows of it alone; timeline and audit chain tell the same story; a refused act changed
nothing.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from service.cases.models import Thread, TimelineEntry
from service.cases.repository import Threads
from service.cases.usecases.scanning import scan
from service.cases.usecases.threads import assign
from service.core import audit, clock
from service.core.audit import AuditEvent
from service.core.db import Database
from service.core.errors import Problem
from service.core.settings import Settings
from service.dispute.domain import GoodsOutcome, Outcome, TrackKind
from service.dispute.models import DisputeCase, Track
from service.dispute.repository import Sessions, parties_of
from service.dispute.tables import CASE, DETAILS, table_of
from service.dispute.usecases.mediating import (
    hold_session,
    set_session,
    sign_agreement,
    write_agreement,
)
from service.dispute.usecases.tracking import (
    ENDS,
    change_track,
    move_case,
    move_track,
    open_track,
    refer,
    say_outcome,
)
from service.identity.permissions import Actor
from tests.builders import Someone
from tests.db.cases.matters import Cast, make_cast
from tests.db.dispute.casework import make_case, make_evidence
from tests.fuzz.conftest import LONG

BEGAN = datetime(2026, 9, 28, 2, tzinfo=UTC)
WHO = st.sampled_from([*("owner", "station", "lead") * 3, "bureau", "stranger", "body", "auditor"])
OUTSIDE = {"bureau", "stranger", "auditor", "administrator"}
KINDS = st.sampled_from(
    [
        *(TrackKind.MEDIATION, TrackKind.MEDIATION, TrackKind.CIVIL, TrackKind.PLATFORM),
        *(TrackKind.OPPOSITION, TrackKind.ARBITRATION, TrackKind.ADJUDICATION),
    ]
)
WORDS = st.sampled_from(["", "because", "王芳"])
DRAW = st.randoms(use_true_random=False)


class CaseMachine(RuleBasedStateMachine):
    """One case and everybody around it."""

    database: Database
    home: Path
    people: Cast

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGAN
        with self.database.write() as session, clock.at(self.now):
            self.case_id: UUID = make_case(session, self.people, self.home).id

    def act(self, who: str, work: Callable[[Session, Actor], Any]) -> None:
        """Let somebody do something; a refusal is a typed problem and leaves nothing behind."""
        someone: Someone = getattr(self.people, who)
        before = self.states()
        try:
            with self.database.write() as session, clock.at(self.now):
                work(session, someone.actor)
        except Problem:
            assert self.states() == before
        else:
            assert who not in OUTSIDE or self.states() == before

    def states(self) -> dict[UUID, str]:
        with self.database.read() as session:
            case = session.get_one(DisputeCase, self.case_id)
            return {case.id: case.status} | {row.id: row.status for row in self.tracks(session)}

    def tracks(self, session: Session) -> list[Track]:
        query = sa.select(Track).where(Track.thread_id == self.case_id).order_by(Track.id)
        return list(session.scalars(query))

    def one_track(self, session: Session, draw: Any) -> Track | None:
        rows = self.tracks(session)
        return draw.choice(rows) if rows else None

    @rule(who=WHO, kind=KINDS)
    def opens_a_track(self, who: str, kind: TrackKind) -> None:
        self.act(who, lambda s, a: open_track(s, a, self.case_id, kind, detail={}))

    @rule(who=WHO, draw=DRAW, note=WORDS, stale=st.integers(0, 9))
    def moves_a_track(self, who: str, draw: Any, note: str, stale: int) -> None:
        def work(session: Session, actor: Actor) -> None:
            if (row := self.one_track(session, draw)) is None:
                return
            moves = table_of(row.kind).moves
            near = [move for move in moves if move.source == row.status]
            move = draw.choice(near if near and draw.random() < 0.9 else moves)
            version = row.version - (stale == 0)
            when = self.now.date()
            place = (session, actor, self.case_id, row.id, move.event)
            move_track(*place, version=version, when=when, note=note)

        self.act(who, work)

    @rule(who=WHO, draw=DRAW, note=WORDS)
    def moves_the_case(self, who: str, draw: Any, note: str) -> None:
        def work(session: Session, actor: Actor) -> None:
            row = session.get_one(DisputeCase, self.case_id)
            event = draw.choice(CASE.moves).event
            move_case(session, actor, self.case_id, event, version=row.version, note=note)

        self.act(who, work)

    @rule(who=WHO, draw=DRAW)
    def tells_what_is_asked(self, who: str, draw: Any) -> None:
        def work(session: Session, actor: Actor) -> None:
            if (row := self.one_track(session, draw)) is None:
                return
            detail = {
                name: draw.choice(list(one.answers)) if one.answers else "王芳"
                for name, one in DETAILS[table_of(row.kind).name].items()
            }
            place = (session, actor, self.case_id, row.id)
            change_track(*place, version=row.version, detail=detail, number="7", body_name="甲")

        self.act(who, work)

    @rule(who=WHO, draw=DRAW)
    def mediates(self, who: str, draw: Any) -> None:
        def work(session: Session, actor: Actor) -> None:
            if (row := self.one_track(session, draw)) is None:
                return
            place = (session, actor, self.case_id, row.id)
            step = draw.randrange(4)
            if step == 0:
                set_session(*place, at=self.now + timedelta(days=1), place="301")
            if step == 1:
                for one in Sessions(session, actor).of(self.case_id, row.id):
                    came = [{"name": "李四", "identity_checked": True}]
                    hold_session(
                        *place, one.id, record="到场", recording_agreed=True, attendees=came
                    )
            if step == 2:
                write_agreement(*place, {"clauses": "停止使用", "oral": draw.random() < 0.3})
            if step == 3:
                for party in parties_of(session, self.case_id):
                    sign_agreement(*place, party.id, on=self.now.date())

        self.act(who, work)

    @rule(draw=DRAW)
    def takes_evidence_in(self, draw: Any) -> None:
        def work(session: Session, _: Actor) -> None:
            row = self.one_track(session, draw)
            part = row.id if row else None
            make_evidence(session, self.people, self.case_id, self.home, part=part)

        self.act("station", work)

    @rule(who=WHO, draw=DRAW)
    def refers_or_assigns(self, who: str, draw: Any) -> None:
        def work(session: Session, actor: Actor) -> None:
            thread = Threads(session, actor).to_change(self.case_id)
            row = self.one_track(session, draw)
            if row is not None and draw.random() < 0.5:
                refer(session, actor, thread, row, self.people.body.organisation_id)
            else:
                assign(session, actor, thread, self.people.station.person_id)

        self.act(who, work)

    @rule(who=WHO, outcome=st.sampled_from(Outcome))
    def says_how_it_ended(self, who: str, outcome: Outcome) -> None:
        def work(session: Session, actor: Actor) -> None:
            version = session.get_one(DisputeCase, self.case_id).version
            say_outcome(
                session,
                actor,
                self.case_id,
                version=version,
                outcome=outcome,
                reason="",
                goods=GoodsOutcome.NONE,
            )

        self.act(who, work)

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        with self.database.write() as session, clock.at(self.now):
            scan(session)

    @invariant()
    def every_status_was_reached_by_rows_of_its_table(self) -> None:
        with self.database.read() as session:
            case = session.get_one(DisputeCase, self.case_id)
            things = [(case.id, case.status, CASE)]
            things += [(row.id, row.status, table_of(row.kind)) for row in self.tracks(session)]
            told = self.entries(session)
            for key, status, table in things:
                assert status in table.states
                at = table.start
                for entry in told:
                    name, _, event = entry.verb.partition(".")
                    if entry.part_id == key and name == table.name and entry.target:
                        row = table.find(at, event)
                        assert (entry.source, entry.target) == (at, row.target)
                        at = row.target
                assert at == status
            closed = session.get_one(Thread, self.case_id).closed_at is not None
            assert closed is (case.status in ENDS)

    @invariant()
    def timeline_and_audit_tell_the_same(self) -> None:
        with self.database.read() as session:
            told = {
                str(row.id): (row.verb, row.source, row.target)
                for row in session.scalars(self.of_case(TimelineEntry))
            }
            audited = {
                row.detail["entry"]: (row.verb, row.detail["source"], row.detail["target"])
                for row in self.audited(session)
            }
            assert audited == told

    def audited(self, session: Session) -> list[AuditEvent]:
        query = sa.select(AuditEvent).where(AuditEvent.subject_id == str(self.case_id))
        rows = session.scalars(query.order_by(AuditEvent.number))
        return [row for row in rows if "entry" in row.detail]

    def of_case(self, model: type[Any]) -> sa.Select[Any]:
        return sa.select(model).where(model.thread_id == self.case_id)

    def entries(self, session: Session) -> list[TimelineEntry]:
        """Return the timeline in the order of the audit chain."""
        rows = {str(row.id): row for row in session.scalars(self.of_case(TimelineEntry))}
        return [rows[row.detail["entry"]] for row in self.audited(session)]

    def teardown(self) -> None:
        with self.database.read() as session:
            assert list(audit.verify(session)) == []


def test_no_act_of_anybody_brings_a_case_into_an_illegal_state(
    fuzzed: Settings, fuzzed_database: Database
) -> None:
    CaseMachine.database, CaseMachine.home = fuzzed_database, fuzzed.files_folder
    CaseMachine.people = make_cast(fuzzed_database)
    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            settings.get_profile("fuzz"),
            max_examples=LONG // 20 or 4,
            stateful_step_count=60 if LONG else 40,
        ),
    )
