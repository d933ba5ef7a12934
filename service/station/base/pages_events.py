"""Pages of events: the list, planning one, the event itself with its steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from service.core import clock
from service.core.db import DbSession
from service.core.errors import Problem
from service.core.pagination import CursorOfQuery
from service.identity.permissions import Actor, Permission
from service.identity.repository import Organisations, names_of
from service.station.access import SEE_OTHER
from service.station.base import domain as b
from service.station.base.access import Joiner, Reader, Writer
from service.station.base.repository import TAKES_PART, Events, served_by, steps_taken
from service.station.base.schemas import EventForm, RatingIn, SignUpIn, StepForm
from service.station.base.showing import timeline_of
from service.station.base.tables import EVENT, OPEN
from service.station.base.usecases.attending import rate, sign_up, withdraw
from service.station.base.usecases.events import change_event, move_event, plan_event
from service.station.pages import options
from service.ui.forms import Form, PostedForm, read_form
from service.ui.i18n import ZONE, language_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
STATES = EVENT.table.states


@router.get("/events")
def list_page(
    request: Request,
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    kind: str = "",
    status: str = "",
) -> Response:
    """List events, newest first."""
    events = Events(session, actor)
    rows, following = events.page(cursor, kind=kind, status=status)
    return page(
        request,
        "base/events.html",
        form=Form.blank(kind=kind, status=status),
        rows=[(row, events.counted(row.id), STATES[row.status].tag) for row in rows],
        names=names_of(session, (), {row.station_id for row in rows}),
        next=following,
        cursor=cursor.after is not None,
        kinds=options(b.EVENT_KINDS),
        kind_names=b.EVENT_KINDS,
        states=[(key, state.label) for key, state in STATES.items()],
        writes=actor.can(Permission.BASE_WRITE),
    )


@router.get("/events/new")
def new_page(request: Request, _: Writer, session: DbSession) -> Response:
    """Show the form of an event that is planned."""
    return _form(request, session, Form.blank(kind=b.EventKind.SALON.value))


def _form(
    request: Request, session: Session, form: Form, *, event: Any = None, status: int = 200
) -> Response:
    organisations = Organisations(session)
    return page(
        request,
        "base/event_form.html",
        status=status,
        form=form,
        event=event,
        kinds=options(b.EVENT_KINDS),
        bodies=[
            Option(str(one.id), one.name_zh, data=True)
            for kind in TAKES_PART
            for one in organisations.of_kind(kind)
        ],
    )


@router.post("/events")
def plan(request: Request, actor: Writer, session: DbSession, sent: PostedForm) -> Response:
    """Plan an event."""
    try:
        with session.begin_nested():
            row = plan_event(session, actor, read_form(EventForm, sent).values())
    except Problem as problem:
        form = Form.after(problem, sent)
        return _form(request, session, form, status=problem.status)
    return RedirectResponse(f"/events/{row.id}", SEE_OTHER)


@router.get("/events/{event_id}")
def event_page(request: Request, event_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show an event: what it is about, its steps, sheet, files."""
    return show_event(request, actor, session, event_id)


def show_event(
    request: Request,
    actor: Actor,
    session: Session,
    event_id: UUID,
    *,
    form: Form | None = None,
    imported: Any = None,
    status: int = 200,
) -> Response:
    """Answer the page of an event, with what an import just brought."""
    events = Events(session, actor)
    row = events.get(event_id)
    own = row.station_id == actor.organisation_id
    writes = own and actor.can(Permission.BASE_WRITE)
    lines = events.sheet(row)
    upcoming = row.status == "announced" and row.starts_at > clock.now()
    return page(
        request,
        "base/event.html",
        status=status,
        event=row,
        tag=STATES[row.status].tag,
        station=Organisations(session).get(row.station_id),
        bodies=events.bodies(row.id),
        counted=events.counted(row.id),
        steps=EVENT.steps(session, actor, row) if writes else (),
        lines=lines,
        own=own or actor.reads_all,
        writes=writes,
        open=row.status in OPEN,
        mine=next(
            (one for one in lines if one.person_id and one.person_id == actor.person_id), None
        ),
        joins=actor.can(Permission.BASE_JOIN) and not own and upcoming,
        rates=actor.can(Permission.BASE_JOIN) and not own,
        companies=names_of(
            session, (), {one.organisation_id for one in lines if one.organisation_id}
        ),
        enterprises=[
            Option(str(one.id), one.name_zh, data=True)
            for one in (served_by(session, row.station_id) if writes else ())
        ],
        materials=events.materials(row),
        events=timeline_of(
            session, steps_taken(session, EVENT.table.name, row.id), language_of(request)
        )
        if own or actor.reads_all
        else (),
        words=b,
        marks=[(str(one), str(one)) for one in reversed(b.MARKS)],
        imported=imported,
        form=form or Form.blank(present="true", shown="true"),
    )


def done(
    request: Request,
    actor: Actor,
    session: Session,
    event_id: UUID,
    sent: FormData,
    work: Callable[[], object],
) -> Response:
    """Do the work; a refusal shows the page again with what is wrong, and nothing half done."""
    Events(session, actor).get(event_id)
    try:
        with session.begin_nested():
            work()
    except Problem as problem:
        session.expire_all()
        form = Form.after(problem, sent)
        return show_event(request, actor, session, event_id, form=form, status=problem.status)
    return RedirectResponse(f"/events/{event_id}", SEE_OTHER)


@router.get("/events/{event_id}/change")
def change_page(request: Request, event_id: UUID, actor: Writer, session: DbSession) -> Response:
    """Show the form with what is planned."""
    events = Events(session, actor)
    row = events.own(event_id)
    form = Form.blank(
        kind=row.kind.value,
        title=row.title,
        about=row.about,
        place=row.place,
        host_lines="\n".join(row.hosts),
        body_ids=[str(one.id) for one in events.bodies(row.id)],
        starts_at=f"{row.starts_at.astimezone(ZONE):%Y-%m-%dT%H:%M}",
        ends_at=f"{row.ends_at.astimezone(ZONE):%Y-%m-%dT%H:%M}",
        hours=str(row.hours),
        seats=str(row.seats or ""),
        version=row.version,
    )
    return _form(request, session, form, event=row)


@router.post("/events/{event_id}/change")
def change(
    request: Request, event_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Change an event."""
    row = Events(session, actor).own(event_id)
    try:
        with session.begin_nested():
            body = read_form(EventForm, sent)
            change_event(session, actor, event_id, body.values(), version=body.version)
    except Problem as problem:
        session.expire_all()
        form = Form.after(problem, sent)
        return _form(request, session, form, event=row, status=problem.status)
    return RedirectResponse(f"/events/{event_id}", SEE_OTHER)


@router.post("/events/{event_id}/moves")
def step(
    request: Request, event_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Take a step of an event."""

    def work() -> object:
        body = read_form(StepForm, sent)
        return move_event(
            session, actor, event_id, body.event, version=body.version, note=body.note
        )

    return done(request, actor, session, event_id, sent, work)


@router.post("/events/{event_id}/sign-up")
def join(
    request: Request, event_id: UUID, actor: Joiner, session: DbSession, sent: PostedForm
) -> Response:
    """Sign up."""

    def work() -> object:
        return sign_up(session, actor, event_id, phone=read_form(SignUpIn, sent).phone)

    return done(request, actor, session, event_id, sent, work)


@router.post("/events/{event_id}/withdrawal")
def leave(
    request: Request, event_id: UUID, actor: Joiner, session: DbSession, sent: PostedForm
) -> Response:
    """Take back that one signed up."""
    return done(request, actor, session, event_id, sent, lambda: withdraw(session, actor, event_id))


@router.post("/events/{event_id}/rating")
def judge(
    request: Request, event_id: UUID, actor: Joiner, session: DbSession, sent: PostedForm
) -> Response:
    """Say what one thought of it."""

    def work() -> object:
        return rate(session, actor, event_id, **read_form(RatingIn, sent).model_dump())

    return done(request, actor, session, event_id, sent, work)
