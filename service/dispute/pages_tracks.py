"""The page of one track: its steps with what they miss, what it is told, its clocks, mediation."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.cases.repository import Deadlines, Threads, Timeline
from service.cases.repository_evidence import Items
from service.cases.showing import deadline_view, events_of, tags_of
from service.core.db import DbSession
from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.dispute import domain as d
from service.dispute.repository import Agreements, Cases, Proposals, Sessions
from service.dispute.schemas import MoveForm, TrackChange
from service.dispute.steps import steps_of
from service.dispute.tables import details_of, table_of
from service.dispute.usecases.tracking import change_track, move_track, open_track
from service.identity.permissions import Actor, Permission, require
from service.rules.reading import read_trigger
from service.ui.forms import Form, PostedForm, read_form, version_of
from service.ui.i18n import language_of
from service.ui.render import page

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303
Reader = Annotated[Actor, Depends(require(Permission.CASE_READ))]
Writer = Annotated[Actor, Depends(require(Permission.CASE_WRITE))]
Mover = Annotated[Actor, Depends(require(Permission.TRACK_MOVE))]
Conductor = Annotated[Actor, Depends(require(Permission.MEDIATION_CONDUCT))]
DETAIL = "detail."


@router.post("/cases/{case_id}/tracks")
def add_track(case_id: UUID, actor: Writer, session: DbSession, sent: PostedForm) -> Response:
    """Open one more track."""
    Cases(session, actor).get(case_id)
    try:
        kind = d.TrackKind(str(sent.get("kind", "")))
    except ValueError:
        detail = N_("Choose one of the answers offered.")
        raise Invalid(detail, errors=[FieldError("kind", detail)]) from None
    row = open_track(session, actor, case_id, kind, detail={})
    return RedirectResponse(f"/cases/{case_id}/tracks/{row.id}", SEE_OTHER)


@router.get("/cases/{case_id}/tracks/{track_id}")
def track_page(
    request: Request, case_id: UUID, track_id: UUID, actor: Reader, session: DbSession
) -> Response:
    """Show a track."""
    return track_view(request, actor, session, (case_id, track_id))


def track_view(
    request: Request,
    actor: Actor,
    session: Session,
    at: tuple[UUID, UUID],
    *,
    form: Form | None = None,
    status: int = 200,
) -> Response:
    """Answer the page of a track, with a refused form where there is one."""
    thread, row = Cases(session, actor).track(*at)
    table, language = table_of(row.kind), language_of(request)
    sight = Threads(session, actor).sight(thread)
    writes = (sight.writes or row.id in sight.written) and thread.closed_at is None
    mediation = row.kind is d.TrackKind.MEDIATION
    filled = {f"{DETAIL}{name}": value for name, value in row.detail.items()}
    known = {"body_name": row.body_name, "number": row.number, "result": row.result}
    return page(
        request,
        "dispute/track.html",
        status=status,
        thread=thread,
        track=row,
        table=table,
        name=d.TRACK_KINDS[row.kind],
        tag=table.states[row.status].tag,
        path=f"/cases/{thread.id}/tracks/{row.id}",
        writes=writes,
        changes=writes and actor.can(Permission.CASE_WRITE),
        conducts=writes and mediation and actor.can(Permission.MEDIATION_CONDUCT),
        proposes=writes and mediation and actor.can(Permission.TRACK_MOVE),
        steps=steps_of(session, actor, thread, row, table) if writes else (),
        details=details_of(row.kind),
        prefix=DETAIL,
        parties=Cases(session, actor).parties(thread),
        deadlines=[
            (one, deadline_view(one, language), tags_of(one))
            for one in Deadlines(session, actor).of(thread.id, row.id)
        ],
        sessions=Sessions(session, actor).of(thread.id, row.id),
        proposals=Proposals(session, actor).of(thread.id, row.id),
        agreements=Agreements(session, actor).of(thread.id, row.id),
        evidence=Items(session, actor).of(thread.id, row.id),
        events=events_of(session, Timeline(session, actor).of(thread.id, row.id), language),
        form=form or Form.blank(version=row.version, **known, **filled),
    )


@contextmanager
def told_above() -> Iterator[None]:
    """Tell what is wrong above the page: its form stands there once for each meeting or party."""
    try:
        yield
    except Problem as problem:
        problem.errors = tuple(replace(error, field="") for error in problem.errors)
        raise


Work = Callable[[], object]


def done(
    request: Request,
    actor: Actor,
    session: Session,
    at: tuple[UUID, UUID],
    sent: Any,
    work: Work,
) -> Response:
    """Do the work; a refusal shows the page again with what is wrong, and nothing half done."""
    Cases(session, actor).track(*at)
    try:
        with session.begin_nested():
            work()
    except Problem as problem:
        session.expire_all()
        form = Form.after(problem, sent)
        return track_view(request, actor, session, at, form=form, status=problem.status)
    return RedirectResponse(f"/cases/{at[0]}/tracks/{at[1]}", SEE_OTHER)


@router.post("/cases/{case_id}/tracks/{track_id}/moves")
def step(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    actor: Mover,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Take a step of a track."""

    def work() -> None:
        body = read_form(MoveForm, sent)
        when = read_trigger(body.day) if body.day else None
        values = body.model_dump(exclude={"day", "event"})
        move_track(session, actor, case_id, track_id, body.event, when=when, **values)

    return done(request, actor, session, (case_id, track_id), sent, work)


@router.post("/cases/{case_id}/tracks/{track_id}")
def change(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    actor: Writer,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Change what a track is told."""

    def work() -> None:
        body = read_form(TrackChange, sent).model_dump(exclude={"detail"})
        version = version_of(sent)
        change_track(
            session, actor, case_id, track_id, version=version, detail=_detail(sent), **body
        )

    return done(request, actor, session, (case_id, track_id), sent, work)


def _detail(sent: Mapping[str, Any]) -> dict[str, str]:
    return {
        name.removeprefix(DETAIL): str(value).strip()
        for name, value in sent.items()
        if name.startswith(DETAIL)
    }
