"""Cases and their tracks as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.repository import Threads, Timeline
from service.cases.schemas import EntryOut
from service.core.db import DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.dispute.models import DisputeCase, Track
from service.dispute.repository import Cases
from service.dispute.schemas import (
    CaseChange,
    CaseIn,
    CaseOut,
    FromFound,
    FromScreening,
    MoveIn,
    OutcomeIn,
    PartyIn,
    PartyOut,
    ReferIn,
    TrackChange,
    TrackIn,
    TrackOut,
)
from service.dispute.tables import table_of
from service.dispute.usecases.opening import open_case
from service.dispute.usecases.origins import open_from
from service.dispute.usecases.tracking import (
    add_party,
    change_case,
    change_track,
    move_case,
    move_track,
    open_track,
    refer,
    say_outcome,
)
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.rules.reading import read_trigger

HIDDEN = {"facts": "", "goods_at_risk": "", "amount": None, "outcome_reason": ""}
router = APIRouter(prefix="/api/v1", tags=["cases"], route_class=OnceRoute)
Reader = Annotated[Actor, Depends(require(Permission.CASE_READ))]
Writer = Annotated[Actor, Depends(require(Permission.CASE_WRITE))]
Mover = Annotated[Actor, Depends(require(Permission.TRACK_MOVE))]
Referrer = Annotated[Actor, Depends(require(Permission.CASE_REFER))]


@router.get("/cases")
def listing(
    actor: Reader, session: DbSession, cursor: CursorOfQuery, status: str = "", mine: bool = False
) -> Page[CaseOut]:
    """List cases, newest first."""
    rows, following = Cases(session, actor).page(cursor, status=status, mine=mine)
    items = [_out(session, actor, thread, case) for thread, case in rows]
    return Page(items=items, next=following)


@router.post("/cases", status_code=201)
def add(
    body: CaseIn, request: Request, response: Response, actor: Writer, session: DbSession
) -> CaseOut:
    """Open a case with its parties."""
    case = open_case(
        session,
        request.app.state.files,
        actor,
        values=body.model_dump(exclude={"parties", "owner_id", "station_id"}),
        parties=[party.model_dump() for party in body.parties],
        owner_id=body.owner_id,
        station_id=body.station_id,
    )
    response.headers["Location"] = f"/api/v1/cases/{case.id}"
    return _case(session, actor, case.id, response)


@router.post("/screenings/{screening_id}/cases", status_code=201)
def add_from_screening(
    screening_id: UUID,
    body: FromScreening,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> CaseOut:
    """Open a case from a screening or one hit of it; what was answered becomes its evidence."""
    files = request.app.state.files
    case = open_from(
        session, files, actor, "screening", screening_id, title=body.title, part=body.hit_id
    )
    return _case(session, actor, case.id, response)


@router.post("/alerts/{alert_id}/cases", status_code=201)
def add_from_alert(
    alert_id: UUID,
    body: FromFound,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> CaseOut:
    """Open a case from what a watch found; the finding becomes its first evidence."""
    files = request.app.state.files
    case = open_from(session, files, actor, "alert", alert_id, title=body.title)
    return _case(session, actor, case.id, response)


@router.get("/cases/{case_id}")
def fetch(case_id: UUID, response: Response, actor: Reader, session: DbSession) -> CaseOut:
    """Give a case; its ETag is needed to move it."""
    return _case(session, actor, case_id, response)


@router.put("/cases/{case_id}")
def change_what(
    case_id: UUID,
    body: CaseChange,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> CaseOut:
    """Enter what is known of a case now."""
    _, case = Cases(session, actor).get(case_id)
    check_match(request, case.version)
    change_case(session, actor, case_id, version=case.version, **body.model_dump())
    return _case(session, actor, case_id, response)


@router.post("/cases/{case_id}/moves")
def step(
    case_id: UUID,
    body: MoveIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> CaseOut:
    """Take a step of the case itself."""
    _, case = Cases(session, actor).get(case_id)
    check_match(request, case.version)
    move_case(session, actor, case_id, body.event, version=case.version, note=body.note)
    return _case(session, actor, case_id, response)


@router.put("/cases/{case_id}/outcome")
def outcome(
    case_id: UUID,
    body: OutcomeIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> CaseOut:
    """Say how a case ended, and what became of goods held abroad."""
    _, case = Cases(session, actor).get(case_id)
    check_match(request, case.version)
    say_outcome(session, actor, case_id, version=case.version, **body.model_dump())
    return _case(session, actor, case_id, response)


@router.get("/cases/{case_id}/parties")
def parties(case_id: UUID, actor: Reader, session: DbSession) -> list[PartyOut]:
    """List the parties of a case."""
    cases = Cases(session, actor)
    return [PartyOut.model_validate(row) for row in cases.parties(cases.get(case_id)[0])]


@router.post("/cases/{case_id}/parties", status_code=201)
def name_party(case_id: UUID, body: PartyIn, actor: Writer, session: DbSession) -> PartyOut:
    """Name one more party."""
    Cases(session, actor).get(case_id)
    return PartyOut.model_validate(add_party(session, actor, case_id, body.model_dump()))


@router.get("/cases/{case_id}/timeline")
def timeline(case_id: UUID, actor: Reader, session: DbSession) -> list[EntryOut]:
    """List what happened in a case, oldest first, as far as the caller may read it."""
    thread, _ = Cases(session, actor).get(case_id)
    return [EntryOut.model_validate(row) for row in Timeline(session, actor).of(thread.id)]


@router.get("/cases/{case_id}/tracks")
def tracks(case_id: UUID, actor: Reader, session: DbSession) -> list[TrackOut]:
    """List the tracks of a case the caller sees, with the steps that can follow."""
    cases = Cases(session, actor)
    return [track_out(row) for row in cases.tracks(cases.get(case_id)[0])]


@router.post("/cases/{case_id}/tracks", status_code=201)
def add_track(case_id: UUID, body: TrackIn, actor: Writer, session: DbSession) -> TrackOut:
    """Open one more track beside the others."""
    Cases(session, actor).get(case_id)
    return track_out(open_track(session, actor, case_id, **body.model_dump()))


@router.get("/cases/{case_id}/tracks/{track_id}")
def track(
    case_id: UUID, track_id: UUID, response: Response, actor: Reader, session: DbSession
) -> TrackOut:
    """Give a track; its ETag is needed to move or change it."""
    return _track(response, Cases(session, actor).track(case_id, track_id)[1])


@router.put("/cases/{case_id}/tracks/{track_id}")
def change(
    case_id: UUID,
    track_id: UUID,
    body: TrackChange,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> TrackOut:
    """Change what a track is told."""
    _, row = Cases(session, actor).track(case_id, track_id)
    check_match(request, row.version)
    values = body.model_dump()
    return _track(
        response, change_track(session, actor, case_id, track_id, version=row.version, **values)
    )


@router.post("/cases/{case_id}/tracks/{track_id}/moves")
def step_of_track(
    case_id: UUID,
    track_id: UUID,
    body: MoveIn,
    request: Request,
    response: Response,
    actor: Mover,
    session: DbSession,
) -> TrackOut:
    """Take a step of a track: status, timeline, clocks and notices change together."""
    _, row = Cases(session, actor).track(case_id, track_id)
    check_match(request, row.version)
    moved = move_track(
        session,
        actor,
        case_id,
        track_id,
        body.event,
        version=row.version,
        when=read_trigger(body.day) if body.day else None,
        note=body.note,
        proof=body.proof,
        facts=body.facts,
    )
    return _track(response, moved)


@router.post("/cases/{case_id}/tracks/{track_id}/referral", status_code=204)
def refer_track(
    case_id: UUID, track_id: UUID, body: ReferIn, actor: Referrer, session: DbSession
) -> None:
    """Refer a track to an outside body, which then sees this track and nothing else."""
    thread, row = Cases(session, actor).track(case_id, track_id)
    refer(session, actor, thread, row, body.body_id)


def track_out(row: Track) -> TrackOut:
    """Return a track with the steps that can follow."""
    steps = [move.event for move in table_of(row.kind).from_(row.status)]
    return TrackOut.model_validate(row).model_copy(update={"steps": steps})


def _track(response: Response, row: Track) -> TrackOut:
    set_tag(response, row.version)
    return track_out(row)


def _case(session: Session, actor: Actor, case_id: UUID, response: Response) -> CaseOut:
    thread, case = Cases(session, actor).get(case_id)
    set_tag(response, case.version)
    return _out(session, actor, thread, case)


def _out(session: Session, actor: Actor, thread: Thread, case: DisputeCase) -> CaseOut:
    """Return a case; who sees only one track of it is not told what the whole is about."""
    hidden = {} if Threads(session, actor).sight(thread).whole else HIDDEN
    out = CaseOut.model_validate(case)
    return out.model_copy(update={"number": thread.number, **hidden})
