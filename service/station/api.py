"""The intake desk as JSON."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from service.cases.domain import ThreadKind
from service.cases.models import Thread
from service.core.db import DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.dispute.repository import Cases
from service.dispute.schemas import PartyOut
from service.identity.permissions import Actor, Permission
from service.identity.replay import OnceRoute
from service.rules.reading import read_trigger
from service.station.access import Decider, Desk, Reader, Sender
from service.station.models import Intake
from service.station.repository import Intakes
from service.station.schemas import (
    ClearIn,
    IntakeChange,
    IntakeIn,
    IntakeMove,
    IntakeOut,
    LikelyOut,
    PromoteIn,
)
from service.station.showing import shown
from service.station.tables import INTAKE
from service.station.usecases.checking import check_intake, clear_check
from service.station.usecases.moving import move_intake
from service.station.usecases.promoting import promote
from service.station.usecases.taking import change_intake, take_in

router = APIRouter(prefix="/api/v1", tags=["station"], route_class=OnceRoute)


@router.get("/intakes")
def listing(
    actor: Reader, session: DbSession, cursor: CursorOfQuery, status: str = "", q: str = ""
) -> Page[IntakeOut]:
    """List intakes, newest first; those that became cases among them."""
    rows, following = Intakes(session, actor).page(cursor, status=status, q=q[:100])
    return Page(items=[_out(actor, thread, row) for thread, row in rows], next=following)


@router.post("/intakes", status_code=201)
def add(body: IntakeIn, response: Response, actor: Sender, session: DbSession) -> IntakeOut:
    """Take a matter in: from the counter, a hotline, the web, a visit or a referral."""
    row = take_in(
        session,
        actor,
        values=body.model_dump(exclude={"opponents", "owner_id", "station_id"}),
        opponents=body.opponents,
        owner_id=body.owner_id,
        station_id=body.station_id,
    )
    response.headers["Location"] = f"/api/v1/intakes/{row.id}"
    return _intake(session, actor, row.id, response)


@router.get("/intakes/{intake_id}")
def fetch(intake_id: UUID, response: Response, actor: Reader, session: DbSession) -> IntakeOut:
    """Give an intake; its ETag is needed to change or move it."""
    return _intake(session, actor, intake_id, response)


@router.get("/intakes/{intake_id}/parties")
def parties(intake_id: UUID, actor: Reader, session: DbSession) -> list[PartyOut]:
    """List the visitor and the other side, as the parties of the case it may become."""
    thread, _ = Intakes(session, actor).get(intake_id)
    return [PartyOut.model_validate(row) for row in Cases(session, actor).parties(thread)]


@router.put("/intakes/{intake_id}")
def change(
    intake_id: UUID,
    body: IntakeChange,
    request: Request,
    response: Response,
    actor: Sender,
    session: DbSession,
) -> IntakeOut:
    """Change what is known of an intake; its check must then be run again."""
    row = Intakes(session, actor).get(intake_id)[1]
    check_match(request, row.version)
    values = body.model_dump(exclude={"opponents"})
    change_intake(
        session, actor, intake_id, version=row.version, values=values, opponents=body.opponents
    )
    return _intake(session, actor, intake_id, response)


@router.post("/intakes/{intake_id}/moves")
def step(
    intake_id: UUID,
    body: IntakeMove,
    request: Request,
    response: Response,
    actor: Sender,
    session: DbSession,
) -> IntakeOut:
    """Take a step of an intake: ask for papers, accept, turn down, pass on, answer, close."""
    row = Intakes(session, actor).get(intake_id)[1]
    check_match(request, row.version)
    move_intake(
        session,
        actor,
        intake_id,
        version=row.version,
        when=read_trigger(body.day) if body.day else None,
        **body.model_dump(exclude={"day"}),
    )
    return _intake(session, actor, intake_id, response)


@router.post("/intakes/{intake_id}/check")
def check(intake_id: UUID, actor: Desk, session: DbSession) -> list[LikelyOut]:
    """Hold the matter against every other of the station: duplicates, conflicts of interest."""
    return shown(session, actor, check_intake(session, actor, intake_id))


@router.post("/intakes/{intake_id}/check/clearance")
def clear(
    intake_id: UUID, body: ClearIn, response: Response, actor: Decider, session: DbSession
) -> IntakeOut:
    """Write down why what the check found does not stand in the way."""
    clear_check(session, actor, intake_id, note=body.note)
    return _intake(session, actor, intake_id, response)


@router.post("/intakes/{intake_id}/case")
def make_case(
    intake_id: UUID,
    body: PromoteIn,
    request: Request,
    response: Response,
    actor: Decider,
    session: DbSession,
) -> IntakeOut:
    """Make an accepted matter a case under the same id; nothing is entered again."""
    row = Intakes(session, actor).get(intake_id)[1]
    check_match(request, row.version)
    promote(session, actor, intake_id, version=row.version, **body.model_dump())
    response.headers["Location"] = f"/api/v1/cases/{intake_id}"
    return _intake(session, actor, intake_id, response)


def _intake(session: Session, actor: Actor, intake_id: UUID, response: Response) -> IntakeOut:
    thread, row = Intakes(session, actor).get(intake_id)
    set_tag(response, row.version)
    return _out(actor, thread, row)


def _out(actor: Actor, thread: Thread, row: Intake) -> IntakeOut:
    case = thread.number if thread.kind is ThreadKind.DISPUTE else ""
    told: dict[str, object] = {
        "case_number": case,
        "steps": [] if case else [move.event for move in INTAKE.from_(row.status)],
    }
    if not actor.can(Permission.INTAKE_DESK):
        told |= {"conflict": None, "conflict_note": ""}
    return IntakeOut.model_validate(row).model_copy(update=told)
