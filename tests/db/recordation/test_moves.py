"""The way of a filing: every source and event, every role and step, every guard."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.errors import MoveIncomplete, MoveNotAllowed, MoveNotReady
from service.cases.models import Deadline, TimelineEntry
from service.cases.moves import Move
from service.core import clock
from service.core.audit import AuditEvent
from service.core.errors import Invalid, NotFound, PermissionDenied, Stale
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission, Role
from service.recordation.domain import FilingStatus, Scope
from service.recordation.errors import MandateMissing, OfficerOnlyChecks
from service.recordation.models import Filing
from service.recordation.usecases.mandates import give_mandate, revoke_mandate
from service.recordation.usecases.moving import offered, take_step
from service.recordation.usecases.ways import BY_CLOCK, FILING
from service.recordation.usecases.writing import Entry
from tests.builders import make_organisation, make_person
from tests.recordation import TODAY, Shop, begun, granted, later, rounds, step

EVENTS = sorted({move.event for move in FILING.moves})
FILERS = {Role.EXPORTER_OWNER, Role.EXPORTER_STAFF, Role.EXPORTER_AGENT, Role.STATION_LIAISON}
MAY = {
    Permission.RECORDATION_WRITE: FILERS,
    Permission.FILING_FILE: FILERS,
    Permission.FILING_CHECK: {Role.STATION_LIAISON, Role.CUSTOMS_LIAISON},
}
DOC = (Path(__file__).parents[3] / "docs" / "recordation.md").read_text(encoding="utf-8")


def put(session: Session, filing: Filing, status: str) -> None:
    """Set a filing to a status as if it had come there."""
    session.execute(sa.update(Filing).where(Filing.id == filing.id).values(status=status))
    session.refresh(filing)


def entry(session: Session, shop: Shop, **more: Any) -> Entry:
    """Return an entry with everything any step may ask."""
    paper = shop.file(session)
    given: dict[str, Any] = {
        "when": TODAY,
        "note": "理由 reason",
        "receipt_no": "R",
        "proof_file_id": paper,
        "decision_file_id": paper,
        "recordation_no": "N",
        "effective_on": TODAY,
    }
    return Entry(**{**given, **more})


@pytest.mark.parametrize("status", list(FilingStatus))
def test_what_is_not_in_the_table_cannot_follow(status: FilingStatus) -> None:
    allowed = {move.event for move in FILING.from_(status)}
    for event in EVENTS:
        if event in allowed:
            assert FILING.find(status, event).source == status
        else:
            with pytest.raises(MoveNotAllowed):
                FILING.find(status, event)
    assert FILING.states[status].final is (not allowed)


def test_every_move_of_the_table_leads_where_it_says(shop: Shop) -> None:
    with shop.database.write() as session:
        filing = _live(session, shop)
        officer = _outsider(session, shop, Role.CUSTOMS_LIAISON)
        for move in FILING.moves:
            checks = move.permission is Permission.FILING_CHECK
            with session.begin_nested() as point:
                put(session, filing, move.source)
                _set_scene(session, shop, filing, move)
                given = Entry(note="理由") if checks else entry(session, shop)
                actor = officer if checks else shop.actor
                take_step(session, actor, filing, move.event, given, version=filing.version)
                assert filing.status == move.target
                told = session.scalars(
                    sa.select(TimelineEntry).where(
                        TimelineEntry.verb == f"filing.{move.event}",
                        TimelineEntry.source == move.source,
                    )
                ).all()
                assert told[-1].target == move.target
                point.rollback()
            session.expire_all()


def _live(session: Session, shop: Shop) -> Filing:
    """Return a filing that was sent once, so that it has a round to decide on."""
    filing = begun(session, shop, "gacc")
    step(session, shop, filing, "complete")
    return step(session, shop, filing, "submit", when=TODAY, receipt_no="R")


def _set_scene(session: Session, shop: Shop, filing: Filing, move: Move) -> None:
    """Bring it about that the renewal's window is open and the right lives on."""
    if move.event == "submit_renewal":
        filing.expires_on = date(2027, 1, 15)
        session.flush()


def test_every_guard_names_what_it_misses(shop: Shop) -> None:
    with shop.database.write() as session:
        filing = _live(session, shop)
        asked: dict[str, Any] = {
            "proof": ("ready", "submit", {"receipt_no": "", "proof_file_id": None}),
            "document": ("submitted", "grant", {"decision_file_id": None}),
            "numbered": ("granted", "enter", {"recordation_no": ""}),
        }
        for status, event, less in asked.values():
            put(session, filing, status)
            with pytest.raises(MoveNotReady) as caught:
                take_step(
                    session,
                    shop.actor,
                    filing,
                    event,
                    entry(session, shop, **less),
                    version=filing.version,
                )
            assert len(caught.value.errors) == 1
        put(session, filing, "draft")
        filing.answers = {}
        session.flush()
        with pytest.raises(MoveNotReady) as caught:
            step(session, shop, filing, "complete")
        assert caught.value.members["missing"] == [f"/filings/{filing.id}/check"]


@pytest.mark.parametrize(
    ("event", "status", "less"),
    [
        ("submit", "ready", {"when": None}),
        ("ask_correction", "submitted", {"note": " "}),
        ("refuse", "accepted", {"note": ""}),
        ("send_back", "ready", {"note": ""}),
    ],
)
def test_a_step_without_its_day_or_reasons_is_incomplete(
    shop: Shop, event: str, status: str, less: dict[str, Any]
) -> None:
    with shop.database.write() as session:
        filing = _live(session, shop)
        put(session, filing, status)
        actor = shop.actor
        if event == "send_back":
            actor = _outsider(session, shop, Role.CUSTOMS_LIAISON)
            less = {**less, "proof_file_id": None, "decision_file_id": None}
        given = entry(session, shop, **less)
        with pytest.raises(MoveIncomplete):
            take_step(session, actor, filing, event, given, version=filing.version)


@pytest.mark.parametrize(
    ("status", "event", "wrong"),
    [
        ("ready", "submit", {"when": date(2026, 11, 3)}),
        ("submitted", "grant", {"when": date(2026, 11, 1)}),
        ("granted", "enter", {"expires_on": date(2026, 11, 1)}),
        ("submitted", "ask_correction", {"correction_due": date(2026, 11, 1)}),
    ],
)
def test_a_date_out_of_order_is_refused(
    shop: Shop, status: str, event: str, wrong: dict[str, Any]
) -> None:
    with shop.database.write() as session:
        filing = _live(session, shop)
        put(session, filing, status)
        with pytest.raises(Invalid):
            take_step(
                session,
                shop.actor,
                filing,
                event,
                entry(session, shop, **wrong),
                version=filing.version,
            )


def test_a_stale_version_moves_nothing(shop: Shop) -> None:
    with shop.database.write() as session:
        filing = _live(session, shop)
        given = entry(session, shop)
        with pytest.raises(Stale):
            take_step(session, shop.actor, filing, "accept", given, version=filing.version - 1)
        assert filing.status is FilingStatus.SUBMITTED


@pytest.mark.parametrize("role", Role)
def test_a_role_takes_just_the_steps_it_may(shop: Shop, role: Role) -> None:
    own = role.value.startswith("exporter")
    with shop.database.write() as session:
        filing = _live(session, shop)
        actor = _colleague(shop, role) if own else _outsider(session, shop, role)
        for move in FILING.moves:
            may = role in MAY[move.permission]
            with session.begin_nested() as point:
                put(session, filing, move.source)
                _set_scene(session, shop, filing, move)
                refused = _refused(session, shop, actor, filing, move)
                point.rollback()
            session.expire_all()
            assert refused is not may, (role, move.source, move.event)


def _refused(session: Session, shop: Shop, actor: Actor, filing: Filing, move: Move) -> bool:
    if move.permission is not Permission.FILING_CHECK or actor.can(move.permission):
        given = entry(session, shop)
        given = given if shop.actor == actor else _without_files(given)
        try:
            take_step(session, actor, filing, move.event, given, version=filing.version)
        except (PermissionDenied, NotFound):
            return True
        except MoveNotReady:
            return False  # asked for a paper: it came past who may
        return False
    with pytest.raises(PermissionDenied):
        actor.need(move.permission)
    return True


def _without_files(given: Entry) -> Entry:
    """Return the entry without files, which are the exporter's."""
    values = {name: getattr(given, name) for name in ("when", "note", "receipt_no")}
    return Entry(**values, recordation_no="N", effective_on=TODAY)


def _colleague(shop: Shop, role: Role) -> Actor:
    if role is Role.EXPORTER_OWNER:
        return shop.actor
    return Actor(UUID(int=7), shop.exporter.organisation_id, role)


def _outsider(session: Session, shop: Shop, role: Role) -> Actor:
    """Return somebody elsewhere, with the widest mandate the exporter can give there."""
    kind = {"station": OrganisationKind.STATION, "customs": OrganisationKind.CUSTOMS}.get(
        role.value.partition("_")[0]
    )
    house = Organisation(
        kind=kind or OrganisationKind.BODY, name_zh="某单位", created_at=clock.now()
    )
    session.add(house)
    session.flush()
    if kind is not None:
        files = kind is OrganisationKind.STATION
        give_mandate(
            session,
            shop.actor,
            to_id=house.id,
            scope=Scope.FILE if files else Scope.CHECK,
            valid_from=TODAY,
            valid_to=date(2027, 1, 1),
            poa_file_id=shop.file(session) if files else None,
        )
    return Actor(UUID(int=7), house.id, role)


def test_the_power_of_attorney_ends_and_can_be_taken_back(shop: Shop) -> None:
    station = make_organisation(shop.database, OrganisationKind.STATION)
    liaison = make_person(shop.database, Role.STATION_LIAISON, organisation=station).actor
    with shop.database.write() as session:
        mandate = give_mandate(
            session,
            shop.actor,
            to_id=station.id,
            scope=Scope.FILE,
            valid_from=TODAY,
            valid_to=date(2026, 11, 10),
            poa_file_id=shop.file(session),
        )
        filing = _live(session, shop)
        given = Entry(when=TODAY, application_no="A")
        take_step(session, liaison, filing, "accept", given, version=filing.version)
        late, version = Entry(note="x"), filing.version
        with clock.at(later(9)), pytest.raises(MandateMissing):
            take_step(session, liaison, filing, "withdraw", late, version=version)
        revoke_mandate(session, shop.actor, mandate)
        assert offered(session, liaison, filing) == ()
        with pytest.raises((MandateMissing, NotFound)):
            take_step(session, liaison, filing, "withdraw", Entry(note="x"), version=filing.version)


def test_a_mandate_to_file_needs_its_paper_its_end_and_a_station(shop: Shop) -> None:
    customs = make_organisation(shop.database, OrganisationKind.CUSTOMS)
    with shop.database.write() as session, pytest.raises(Invalid) as caught:
        give_mandate(session, shop.actor, to_id=customs.id, scope=Scope.FILE, valid_from=TODAY)
    assert [error.field for error in caught.value.errors] == ["to_id", "valid_to", "poa"]


def test_an_officer_cannot_file_whatever_the_role_is_called(shop: Shop) -> None:
    with shop.database.write() as session:
        filing = _live(session, shop)
        officer = _outsider(session, shop, Role.CUSTOMS_LIAISON)
        posing = Actor(officer.person_id, officer.organisation_id, Role.STATION_LIAISON)
        with pytest.raises(OfficerOnlyChecks):
            take_step(session, posing, filing, "accept", Entry(when=TODAY), version=filing.version)


def test_a_correction_round_stops_and_starts_the_clock_and_freezes_anew(shop: Shop) -> None:
    with shop.database.write() as session:
        filing = begun(session, shop, "eu-customs")
        step(session, shop, filing, "complete")
        step(session, shop, filing, "submit", when=TODAY, receipt_no="R")
        day = date(2026, 11, 2)
        step(
            session,
            shop,
            filing,
            "ask_correction",
            when=day,
            note="补充图片",
            correction_due=date(2026, 11, 12),
        )
        told = _clocks(session, filing)
        assert told["eu-afa-decision"] == ["waived"]
        assert told["eu-afa-incomplete"] == ["open"]
        assert filing.correction_due == date(2026, 11, 12)
        step(session, shop, filing, "submit_again", when=day, receipt_no="R2")
        told = _clocks(session, filing)
        assert told["eu-afa-incomplete"] == ["met"]
        assert [one.number for one in rounds(session, shop, filing)] == [1, 2]
        verbs = session.scalars(sa.select(AuditEvent.verb)).all()
        assert isinstance(verbs, list)


def _clocks(session: Session, filing: Filing) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in session.scalars(sa.select(Deadline).where(Deadline.thread_id == filing.id)):
        found.setdefault(row.rule_id, []).append(row.status.value)
    return found


def test_steps_that_come_with_a_day_are_offered_to_nobody(shop: Shop) -> None:
    with shop.database.write() as session:
        filing = granted(session, shop, "gacc")
        assert not {move.event for move in offered(session, shop.actor, filing)} & BY_CLOCK


def test_the_table_in_the_manual_is_the_one_in_force() -> None:
    told = re.findall(r"^\| `(\w+)` \| `(\w+)` \| `(\w+)` \| `([\w:]+)` \| ([^|]+) \|$", DOC, re.M)
    expected = [
        (
            *map(str, (move.source, move.event, move.target, move.permission.value)),
            ", ".join(move.guards) or "–",
        )
        for move in FILING.moves
    ]
    assert told == expected
