"""Pages of the outreach queue: the ranking, one enterprise, the numbers."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import DbSession
from service.core.errors import Problem
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.outreach.access import Reader, Writer
from service.recordation.outreach.domain import (
    CHANNEL_NAMES,
    FACTOR_NAMES,
    RESULT_NAMES,
    FactorKind,
)
from service.recordation.outreach.repository import Contacts
from service.recordation.outreach.schemas import ContactIn
from service.recordation.outreach.usecases.calling import add_contact
from service.recordation.outreach.usecases.counting import count
from service.recordation.outreach.usecases.ranking import Ranked, by_kind, queue, ranked
from service.ui.forms import Form, PostedForm, read_form
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303
NAVIGATION: Sequence[Entry] = (
    Entry("/outreach", N_("Outreach queue"), Group.CUSTOMS, Permission.OUTREACH_READ.value),
)
SHOWN = (
    Option("", N_("All")),
    Option("new", N_("Never called on")),
    Option("due", N_("To be called again")),
)


@router.get("/outreach")
def listing(
    request: Request,
    actor: Reader,
    session: DbSession,
    show: Annotated[str, Query(max_length=8)] = "",
) -> Response:
    """Show the enterprises one serves, the most exposed first."""
    rows, today = queue(session, actor), clock.today()
    keep = {
        "new": [row for row in rows if row.last is None],
        "due": [row for row in rows if _due(row, today)],
    }
    return page(
        request,
        "outreach/queue.html",
        form=Form.blank(show=show),
        shown=SHOWN,
        rows=[(row, by_kind(row)) for row in keep.get(show, rows)],
        kinds=list(FactorKind),
        factor_names=FACTOR_NAMES,
        result_names=RESULT_NAMES,
    )


def _due(row: Ranked, today: date) -> bool:
    return row.last is not None and row.last.again_on is not None and row.last.again_on <= today


@router.get("/outreach/statistics")
def statistics(
    request: Request,
    actor: Reader,
    session: DbSession,
    since: Annotated[date | None, Query()] = None,
) -> Response:
    """Show the work counted."""
    return page(
        request,
        "outreach/statistics.html",
        form=Form.blank(since=since.isoformat() if since else None),
        numbers=count(session, actor, since),
        since=since,
    )


@router.get("/outreach/{enterprise_id}")
def enterprise(
    request: Request, enterprise_id: UUID, actor: Reader, session: DbSession
) -> Response:
    """Show what exposes an enterprise, and the contacts with it."""
    form = Form.blank(on=clock.today().isoformat())
    return _enterprise(request, session, actor, enterprise_id, form)


def _enterprise(
    request: Request,
    session: Session,
    actor: Actor,
    enterprise_id: UUID,
    form: Form,
    status: int = 200,
) -> Response:
    return page(
        request,
        "outreach/enterprise.html",
        status=status,
        form=form,
        one=ranked(session, actor, enterprise_id),
        contacts=Contacts(session, actor).of(enterprise_id),
        factor_names=FACTOR_NAMES,
        channel_names=CHANNEL_NAMES,
        result_names=RESULT_NAMES,
        channels=[Option(key.value, text) for key, text in CHANNEL_NAMES.items()],
        results=[Option(key.value, text) for key, text in RESULT_NAMES.items()],
        writes=actor.can(Permission.OUTREACH_WRITE),
    )


@router.post("/outreach/{enterprise_id}/contacts")
def add(
    request: Request, enterprise_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Keep one contact."""
    try:
        values = read_form(ContactIn, sent).model_dump()
        add_contact(session, actor, enterprise_id, text=values.pop("note"), **values)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _enterprise(request, session, actor, enterprise_id, form, problem.status)
    return RedirectResponse(f"/outreach/{enterprise_id}", SEE_OTHER)
