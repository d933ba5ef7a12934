"""Every move of both tables, who may take it, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.errors import MoveIncomplete, MoveNotAllowed, MoveNotReady
from service.cases.models import Deadline
from service.cases.moves import Move
from service.cases.repository import Deadlines, Threads
from service.core import clock
from service.core.db import Database
from service.core.errors import Invalid, NotFound, PermissionDenied, Stale
from service.core.files import Files
from service.core.settings import Settings
from service.desk.holds import case_of_hold
from service.dispute.domain import GoodsOutcome
from service.dispute.models import DisputeCase, Track
from service.identity.permissions import GRANTS, Actor, Permission, Role
from service.recordation.detention.domain import CostKind, Disposal, Side
from service.recordation.detention.entries import StepEntry
from service.recordation.detention.errors import CaseLinked, PaperUnfit
from service.recordation.detention.models import Detention
from service.recordation.detention.papers import PaperKind
from service.recordation.detention.tables import TABLES
from service.recordation.detention.usecases.acting import take_step
from service.recordation.detention.usecases.keeping import add_cost, change_detention
from service.recordation.domain import Scope
from service.recordation.errors import MandateMissing, OfficerOnlyChecks
from service.recordation.models import Mandate
from service.rules.authorities import RightKind
from tests.builders import Someone, make_person
from tests.detentions import SERVED, Harbour, at, evidence, held, make_harbour, paper, served, step

K = PaperKind
PREPARERS = {Role.EXPORTER_OWNER, Role.EXPORTER_STAFF, Role.EXPORTER_AGENT}
STATION = {role for role in Role if role.value.startswith("station_")}
MAY = {
    Permission.DETENTION_ENTER: PREPARERS | STATION | {Role.CUSTOMS_LIAISON},
    Permission.DETENTION_ACT: PREPARERS | {Role.STATION_LIAISON, Role.STATION_LAWYER},
    Permission.DETENTION_CLOSE: {Role.EXPORTER_OWNER, Role.STATION_LIAISON, Role.STATION_LEAD},
}
NONE: Any = None
ENTRY = StepEntry()
TODAY = date(2026, 10, 12)
WHERE = {"abroad": "jp-customs", "in_europe": "eu-customs", "in_america": "us-cbp"}
WHOLE: dict[str, Any] = {
    "when": TODAY,
    "note": "理由",
    "receipt": "R1",
    "security_amount": Decimal(90000),
    "liability_read": True,
    "disposal": Disposal.DESTROYED,
}


@pytest.fixture
def harbour(database: Database) -> Harbour:
    return make_harbour(database)


def put(session: Session, row: Detention, move: Move) -> None:
    """Set a detention where a move begins, at an authority that has it, no clock running."""
    session.execute(sa.delete(Deadline).where(Deadline.thread_id == row.id))
    there = next((WHERE[name] for name in move.guards if name in WHERE), "gacc")
    kind = RightKind.DESIGN if "patent_goods" in move.guards else RightKind.TRADEMARK
    values = {"status": move.source, "authority": there, "right_kind": kind}
    session.execute(sa.update(Detention).where(Detention.id == row.id).values(**values))
    session.refresh(row)


@pytest.mark.parametrize("side", Side)
def test_every_move_leads_where_it_says(harbour: Harbour, settings: Settings, side: Side) -> None:
    owner = harbour.owner
    first = paper(K.DETENTION, SERVED)
    with harbour.database.write() as session, clock.at(at(10, 12)):
        row = held(session, owner, first, side=side)
        evidence(session, owner, row, settings.files_folder)
        fine = {"kind": CostKind.FINE, "amount": Decimal(1), "paid_on": TODAY}
        add_cost(session, owner.actor, row.id, fine)
        for move in TABLES[side].moves:
            with session.begin_nested() as point:
                put(session, row, move)
                if "limit_printed" in move.guards:
                    with pytest.raises(MoveNotReady):
                        step(session, owner, row, move.event, **WHOLE)
                else:
                    step(session, owner, row, move.event, **WHOLE)
                    assert row.status == move.target, (move.source, move.event)
                point.rollback()
            session.expire_all()


@pytest.mark.parametrize("role", Role)
def test_a_role_takes_just_the_moves_it_may(role: Role) -> None:
    for side, table in TABLES.items():
        for move in table.moves:
            may = role in MAY[move.permission]
            assert (move.permission in GRANTS[role]) is may, (move.event, role)
            if not may:  # refused before anything is looked up: no database is there
                row: Any = Detention(side=side, status=move.source, authority="gacc")
                with pytest.raises(PermissionDenied):
                    take_step(NONE, Actor(None, uuid4(), role), row, move.event, ENTRY, version=1)


def mandate(session: Session, harbour: Harbour, to: UUID, scope: Scope) -> None:
    session.add(
        Mandate(
            organisation_id=harbour.owner.organisation_id,
            to_id=to,
            scope=scope,
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 10, 31),
            given_at=clock.now(),
        )
    )
    session.flush()


def test_who_answers_for_the_party_needs_its_power_of_attorney(harbour: Harbour) -> None:
    officer = make_person(harbour.database, Role.CUSTOMS_LIAISON)
    owner_id = harbour.owner.organisation_id
    with harbour.database.write() as session, clock.at(at(10, 8)):
        with pytest.raises(Invalid):
            held(session, officer, owner_id=owner_id)  # no mandate: not its client
        mandate(session, harbour, officer.organisation_id, Scope.CHECK)
        row = held(session, officer, owner_id=owner_id)
        for who, error in (
            (harbour.handler, MandateMissing),
            (harbour.lead, PermissionDenied),
            (officer, PermissionDenied),
            (posing(officer), OfficerOnlyChecks),
        ):
            with pytest.raises(error):
                step(session, who, row, "apply", **apply())
        mandate(session, harbour, harbour.station.id, Scope.FILE)
        step(session, harbour.handler, row, "apply", **apply())
        assert row.status == "applied"
    with harbour.database.write() as session, clock.at(at(11, 2)):
        row = session.get_one(Detention, row.id)
        with pytest.raises(MandateMissing):  # it ended on the last of October
            step(session, harbour.handler, row, "withdraw", note="x", receipt="R")


def apply() -> dict[str, Any]:
    return {k: v for k, v in WHOLE.items() if k not in {"when", "disposal"}}


def posing(officer: Someone) -> Someone:
    return replace(officer, actor=replace(officer.actor, role=Role.STATION_LIAISON))


def test_what_does_not_fit_is_refused_with_the_way_out(harbour: Harbour) -> None:
    owner, stranger = harbour.owner, make_person(harbour.database, Role.EXPORTER_OWNER)
    with harbour.database.write() as session, clock.at(at(10, 8)):
        for kind, side, error in (
            (K.CBP_SEIZURE, Side.EXPORTER, PaperUnfit),
            (K.PENALTY_NOTICE, Side.HOLDER, PaperUnfit),
            (K.RELEASE, Side.HOLDER, PaperUnfit),
            (K.STATUS_REQUEST, Side.EXPORTER, MoveNotReady),  # no limit is given
        ):
            with pytest.raises(error), session.begin_nested():
                held(session, owner, paper(kind, SERVED), side=side)
        for wrong in (
            {"served_at": at(10, 8) + timedelta(minutes=1)},
            {"served_at": SERVED, "issued_on": date(2026, 10, 1)},
            {"served_at": SERVED, "stated_due": date(2026, 9, 29)},
        ):
            when: Any = wrong.pop("served_at")
            with pytest.raises(Invalid):
                held(session, owner, paper(K.STATUS_REQUEST, when, **wrong))
        row = held(session, owner)
        with pytest.raises(Invalid):
            served(session, owner, row, K.RELEASE, SERVED - timedelta(days=1))
        with pytest.raises(MoveNotAllowed):
            step(session, owner, row, "win")
        with pytest.raises(MoveIncomplete):
            step(session, owner, row, "decline", receipt="R")
        with pytest.raises(NotFound):
            step(session, stranger, row, "lapse", note="x")
        with pytest.raises(Invalid):
            step(session, owner, row, "release", when=date(2026, 10, 9))
        with pytest.raises(Stale):
            change_detention(session, owner.actor, row.id, {"goods": "x"}, version=99)


def test_one_click_makes_a_case_with_a_customs_track(harbour: Harbour, settings: Settings) -> None:
    files = Files(settings.files_folder)
    stranger = make_person(harbour.database, Role.EXPORTER_OWNER)
    with harbour.database.write() as session, clock.at(at(10, 8)):
        row = held(session, harbour.owner)
        case, track = case_of_hold(session, files, harbour.owner.actor, row.id)
        assert row.case_id == case.id
        assert session.get_one(DisputeCase, case.id).goods_outcome == "held"
        assert [one.id for one in Threads(session, harbour.owner.actor).part_of(case.id)] == [
            row.id
        ]
        clocks = Deadlines(session, harbour.owner.actor)
        assert clocks.of_case(case.id) == clocks.of(row.id) != []
        assert Deadlines(session, stranger.actor).of_case(case.id) == []
        assert session.get_one(DisputeCase, case.id).source_id == str(row.id)
        assert session.get_one(Track, track.id).kind == "customs"
        with pytest.raises(CaseLinked):
            case_of_hold(session, files, harbour.owner.actor, row.id)
        session.get_one(DisputeCase, case.id).goods_outcome = GoodsOutcome.NONE
        more = held(session, harbour.owner)
        joined, _ = case_of_hold(session, files, harbour.owner.actor, more.id, case.id)
        assert (joined.id, joined.goods_outcome) == (case.id, GoodsOutcome.HELD)
        with pytest.raises(NotFound):
            case_of_hold(session, files, harbour.owner.actor, uuid4())
