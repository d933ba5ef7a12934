"""The page of follow-ups of a matter or case."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.cases.reckoning import local_day
from service.cases.repository import Threads
from service.cases.showing import thread_path
from service.core import clock
from service.core.db import DbSession
from service.core.errors import Problem
from service.identity.permissions import Actor, Permission
from service.identity.repository import names_of
from service.station import domain as s
from service.station.access import SEE_OTHER, Desk, NoteReader
from service.station.pages import options
from service.station.repository import FollowUps
from service.station.schemas_followups import FollowUpIn
from service.station.usecases.following import note_follow_up
from service.station.usecases.sharing import whole_thread
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page

router = APIRouter(include_in_schema=False)


@router.get("/threads/{thread_id}/follow-ups")
def followups_page(
    request: Request, thread_id: UUID, actor: NoteReader, session: DbSession
) -> Response:
    """Show what visitors said afterwards."""
    form = Form.blank(on=local_day(clock.now()).isoformat(), way=s.FollowWay.PHONE.value)
    return _page(request, actor, session, thread_id, form)


def _page(
    request: Request,
    actor: Actor,
    session: Session,
    thread_id: UUID,
    form: Form,
    status: int = 200,
) -> Response:
    thread = whole_thread(session, actor, thread_id)
    rows = FollowUps(session, actor).of(thread_id)
    return page(
        request,
        "station/followups.html",
        status=status,
        thread=thread,
        matter=thread_path(thread),
        rows=rows,
        names=names_of(session, [row.made_by for row in rows if row.made_by]),
        writes=actor.can(Permission.INTAKE_DESK) and Threads(session, actor).sight(thread).writes,
        ways=options(s.FOLLOW_WAYS),
        ratings=options(s.RATINGS),
        words=s,
        form=form,
    )


@router.post("/threads/{thread_id}/follow-ups")
def add(
    request: Request, thread_id: UUID, actor: Desk, session: DbSession, sent: PostedForm
) -> Response:
    """Note what a visitor said afterwards."""
    try:
        note_follow_up(session, actor, thread_id, read_form(FollowUpIn, sent).model_dump())
    except Problem as problem:
        form = Form.after(problem, sent)
        return _page(request, actor, session, thread_id, form, problem.status)
    return RedirectResponse(f"/threads/{thread_id}/follow-ups", SEE_OTHER)
