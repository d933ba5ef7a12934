"""The sign-in sheet on pages: at the door, from a file, on paper; and the files of an event."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from service.core import clock
from service.core.db import Db, DbSession
from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.identity.repository import Organisations, names_of
from service.recordation.sending import streamed
from service.registry.uploads import store_upload, take_upload
from service.station.base import domain as b
from service.station.base.access import Reader, Writer
from service.station.base.api_events import sheet_file
from service.station.base.pages_events import done, show_event
from service.station.base.repository import Events
from service.station.base.schemas import LineChange, LineIn
from service.station.base.usecases.attendance_sheets import import_sheet
from service.station.base.usecases.attending import change_line, enter_line, take_out
from service.station.base.usecases.events import add_material
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page

router = APIRouter(include_in_schema=False)
PAPER_LINES = 30
"""Lines of a printed sheet at least: who has not signed up writes on an empty one."""


@router.get("/events/{event_id}/sheet")
def sheet_page(request: Request, event_id: UUID, actor: Writer, session: DbSession) -> Response:
    """Show the sheet for printing: who signed up, and empty lines."""
    events = Events(session, actor)
    row = events.own(event_id)
    lines = events.sheet(row)
    return page(
        request,
        "base/event_sheet.html",
        event=row,
        station=Organisations(session).get(row.station_id),
        rows=[*lines, *[None] * (PAPER_LINES - len(lines))],
        companies=names_of(
            session, (), {one.organisation_id for one in lines if one.organisation_id}
        ),
        kind_names=b.EVENT_KINDS,
        made_at=clock.now(),
    )


@router.get("/events/{event_id}/sheet.xlsx")
def export(event_id: UUID, actor: Writer, session: DbSession) -> Response:
    """Give the sheet as a workbook."""
    return sheet_file(session, actor, event_id)


@router.post("/events/{event_id}/attendances")
def enter(
    request: Request, event_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Enter somebody at the door."""

    def work() -> object:
        return enter_line(session, actor, event_id, read_form(LineIn, sent).model_dump())

    return done(request, actor, session, event_id, sent, work)


@router.post("/events/{event_id}/attendances/import")
def bring_in(
    request: Request,
    event_id: UUID,
    actor: Writer,
    database: Db,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Enter the rows of a sheet, and show what was left out."""
    state = request.app.state
    with database.read() as before:
        Events(before, actor).own(event_id)
    try:
        stored = store_upload(state.files, _file(sent.get("sheet"), "sheet").file, state.settings)
        with session.begin_nested():
            path = state.files.path(stored.sha256)
            found = import_sheet(session, actor, event_id, path, state.settings)
    except Problem as problem:
        session.expire_all()
        form = Form.after(problem, sent)
        return show_event(request, actor, session, event_id, form=form, status=problem.status)
    return show_event(request, actor, session, event_id, imported=found)


def _file(sent: object, field: str) -> UploadFile:
    if not isinstance(sent, UploadFile) or not sent.filename:
        detail = N_("Choose a file.")
        raise Invalid(detail, errors=[FieldError(field, detail)])
    return sent


@router.post("/events/{event_id}/attendances/{line_id}")
def correct(
    request: Request,
    event_id: UUID,
    line_id: UUID,
    actor: Writer,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Say whether somebody was there, or take them out."""

    def work() -> None:
        if sent.get("act") == "remove":
            take_out(session, actor, event_id, line_id)
        else:
            told = read_form(LineChange, sent).model_dump()
            change_line(session, actor, event_id, line_id, **told)

    return done(request, actor, session, event_id, sent, work)


@router.post("/events/{event_id}/materials")
def add(
    request: Request, event_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Keep a file of the event."""

    def work() -> object:
        state, file = request.app.state, _file(sent.get("file"), "file")
        stored, media_type = take_upload(state.files, file.file, state.settings)
        return add_material(
            session,
            actor,
            event_id,
            stored,
            name=file.filename or "file",
            media_type=media_type,
            title=str(sent.get("title", ""))[:200],
            shown=sent.get("shown") == "true",
        )

    return done(request, actor, session, event_id, sent, work)


@router.get("/events/{event_id}/materials/{material_id}")
def material(
    event_id: UUID, material_id: UUID, request: Request, actor: Reader, session: DbSession
) -> Response:
    """Give a file of the event."""
    return streamed(request, Events(session, actor).material(event_id, material_id))
