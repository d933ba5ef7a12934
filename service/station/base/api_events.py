"""Events and their sheets as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from service.core.db import Db, DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor
from service.identity.replay import OnceRoute
from service.recordation.api_filings import download
from service.recordation.pages_packs import SHEET
from service.recordation.sending import streamed
from service.registry.uploads import store_upload, take_upload
from service.station.base.access import Joiner, Reader, Writer
from service.station.base.models import Event
from service.station.base.repository import Events
from service.station.base.schemas import (
    EventIn,
    EventOut,
    ImportedOut,
    LineChange,
    LineIn,
    LineOut,
    MaterialOut,
    RatingIn,
    RejectOut,
    SignUpIn,
    StepIn,
)
from service.station.base.usecases.attendance_sheets import import_sheet, sheet_workbook
from service.station.base.usecases.attending import (
    change_line,
    enter_line,
    rate,
    sign_up,
    take_out,
    withdraw,
)
from service.station.base.usecases.events import (
    add_material,
    change_event,
    move_event,
    plan_event,
)

router = APIRouter(route_class=OnceRoute)


@router.get("/events")
def listing(
    actor: Reader, session: DbSession, cursor: CursorOfQuery, kind: str = "", status: str = ""
) -> Page[EventOut]:
    """List events, newest first: one's station's, and those announced to one."""
    rows, following = Events(session, actor).page(cursor, kind=kind, status=status)
    return Page(items=[_out(session, actor, row) for row in rows], next=following)


@router.post("/events", status_code=201)
def plan(body: EventIn, response: Response, actor: Writer, session: DbSession) -> EventOut:
    """Plan an event of one's station."""
    row = plan_event(session, actor, body.model_dump())
    response.headers["Location"] = f"/api/v1/events/{row.id}"
    return _event(session, actor, row.id, response)


@router.get("/events/{event_id}")
def fetch(event_id: UUID, response: Response, actor: Reader, session: DbSession) -> EventOut:
    """Give an event, its sheet counted; the ETag is needed to change or move it."""
    return _event(session, actor, event_id, response)


@router.put("/events/{event_id}")
def change(
    event_id: UUID,
    body: EventIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> EventOut:
    """Change an event that is not closed."""
    row = Events(session, actor).own(event_id)
    check_match(request, row.version)
    change_event(session, actor, event_id, body.model_dump(), version=row.version)
    return _event(session, actor, event_id, response)


@router.post("/events/{event_id}/moves")
def step(
    event_id: UUID,
    body: StepIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> EventOut:
    """Take a step: announce, hold, cancel, close the sheet, open it again."""
    row = Events(session, actor).own(event_id)
    check_match(request, row.version)
    move_event(session, actor, event_id, body.event, version=row.version, note=body.note)
    return _event(session, actor, event_id, response)


@router.get("/events/{event_id}/attendances")
def sheet(event_id: UUID, actor: Reader, session: DbSession) -> list[LineOut]:
    """List the sign-in sheet: its station all of it, others their own lines."""
    events = Events(session, actor)
    return [LineOut.model_validate(row) for row in events.sheet(events.get(event_id))]


@router.post("/events/{event_id}/attendances", status_code=201)
def enter(event_id: UUID, body: LineIn, actor: Writer, session: DbSession) -> LineOut:
    """Enter somebody on the sheet at the door."""
    return LineOut.model_validate(enter_line(session, actor, event_id, body.model_dump()))


@router.put("/events/{event_id}/attendances/{line_id}")
def correct(
    event_id: UUID, line_id: UUID, body: LineChange, actor: Writer, session: DbSession
) -> LineOut:
    """Say whether somebody was there, and what they thought of it."""
    row = change_line(session, actor, event_id, line_id, **body.model_dump())
    return LineOut.model_validate(row)


@router.delete("/events/{event_id}/attendances/{line_id}", status_code=204)
def remove(event_id: UUID, line_id: UUID, actor: Writer, session: DbSession) -> None:
    """Take somebody out of the sheet; a closed one keeps the line without name and telephone."""
    take_out(session, actor, event_id, line_id)


@router.post("/events/{event_id}/attendances/imports")
def bring_in(
    event_id: UUID,
    request: Request,
    actor: Writer,
    database: Db,
    session: DbSession,
    file: Annotated[UploadFile, File(description="CSV or Excel with a column of names.")],
) -> ImportedOut:
    """Enter the rows of a sheet; those that cannot be read are told and left out."""
    with database.read() as before:
        Events(before, actor).own(event_id)
    state = request.app.state
    stored = store_upload(state.files, file.file, state.settings)
    path = state.files.path(stored.sha256)
    found = import_sheet(session, actor, event_id, path, state.settings)
    rejects = [
        RejectOut(row=one.row, name=one.name, errors=[error.message for error in one.errors])
        for one in found.rejects
    ]
    return ImportedOut(added=found.added, again=found.again, rejects=rejects)


@router.get("/events/{event_id}/sheet")
def export(event_id: UUID, actor: Writer, session: DbSession) -> Response:
    """Give the sign-in sheet as a workbook; no cell of it is a formula."""
    return sheet_file(session, actor, event_id)


def sheet_file(session: Session, actor: Actor, event_id: UUID) -> Response:
    """Answer the sheet of an event of one's own station as a download."""
    events = Events(session, actor)
    row = events.own(event_id)
    content = sheet_workbook(session, row, events.sheet(row))
    return download(content, SHEET, f"sign-in-{row.id}.xlsx")


@router.post("/events/{event_id}/sign-up", status_code=201)
def join(event_id: UUID, body: SignUpIn, actor: Joiner, session: DbSession) -> LineOut:
    """Sign up for an announced event; twice is no error."""
    return LineOut.model_validate(sign_up(session, actor, event_id, phone=body.phone))


@router.delete("/events/{event_id}/sign-up", status_code=204)
def leave(event_id: UUID, actor: Joiner, session: DbSession) -> None:
    """Take back that one signed up, before it begins."""
    withdraw(session, actor, event_id)


@router.post("/events/{event_id}/rating")
def judge(event_id: UUID, body: RatingIn, actor: Joiner, session: DbSession) -> LineOut:
    """Say what one thought of an event one was at."""
    return LineOut.model_validate(rate(session, actor, event_id, **body.model_dump()))


@router.get("/events/{event_id}/materials")
def materials(event_id: UUID, actor: Reader, session: DbSession) -> list[MaterialOut]:
    """List the files of an event; others than its station get those that are shown."""
    events = Events(session, actor)
    rows = events.materials(events.get(event_id))
    return [MaterialOut.model_validate(row) for row, _ in rows]


@router.post("/events/{event_id}/materials", status_code=201)
def add(
    event_id: UUID,
    request: Request,
    actor: Writer,
    database: Db,
    session: DbSession,
    file: Annotated[UploadFile, File(description="PDF, picture or Office document.")],
    title: Annotated[str, Form(max_length=200)] = "",
    shown: Annotated[bool, Form()] = True,
) -> MaterialOut:
    """Keep a file of an event: slides, a leaflet, a photograph."""
    with database.read() as before:
        Events(before, actor).own(event_id)
    state = request.app.state
    stored, media_type = take_upload(state.files, file.file, state.settings)
    row = add_material(
        session,
        actor,
        event_id,
        stored,
        name=file.filename or "file",
        media_type=media_type,
        title=title,
        shown=shown,
    )
    return MaterialOut.model_validate(row)


@router.get("/events/{event_id}/materials/{material_id}")
def material(
    event_id: UUID, material_id: UUID, request: Request, actor: Reader, session: DbSession
) -> StreamingResponse:
    """Give a file of an event."""
    return streamed(request, Events(session, actor).material(event_id, material_id))


def _event(session: Session, actor: Actor, event_id: UUID, response: Response) -> EventOut:
    row = Events(session, actor).get(event_id)
    set_tag(response, row.version)
    return _out(session, actor, row)


def _out(session: Session, actor: Actor, row: Event) -> EventOut:
    events = Events(session, actor)
    counted, bodies = events.counted(row.id), events.bodies(row.id)
    return EventOut.model_validate(row).model_copy(
        update={
            "body_ids": [one.id for one in bodies],
            **{name: getattr(counted, name) for name in counted.__dataclass_fields__},
        }
    )
