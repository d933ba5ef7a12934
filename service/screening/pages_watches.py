"""Watches and their alerts."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from service.core import clock
from service.core.db import DbSession
from service.core.errors import Invalid, Problem
from service.core.pagination import Cursor, CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.rules.markets import market
from service.screening import words
from service.screening.domain import Verdict
from service.screening.opposition import shown
from service.screening.pages import split, split_names
from service.screening.usecases.covering import reach_of
from service.screening.usecases.keeping_watch import add_watch, close_alert, end_watch
from service.screening.watch_schemas import WatchForm, WatchIn
from service.screening.watches import Alerts, Watches
from service.ui.forms import Form, PostedForm, field_errors, read_form
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.tags import VERDICTS
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
NAVIGATION: Sequence[Entry] = (
    Entry("/watches", N_("Watches"), Group.SCREENING, Permission.WATCH_READ.value),
    Entry("/alerts", N_("Alerts"), Group.SCREENING, Permission.WATCH_READ.value),
)
SEE_OTHER = 303
Reader = Annotated[Actor, Depends(require(Permission.WATCH_READ))]
Writer = Annotated[Actor, Depends(require(Permission.WATCH_WRITE))]
OWN = (
    Option("true", N_("Our own mark"), hint=N_("A stranger's filing of it is called squatting.")),
    Option("false", N_("A name we mean to use")),
)
LEAST = (Verdict.BLOCKED, Verdict.HIGH, Verdict.MEDIUM, Verdict.LOW)


@router.get("/watches")
def watches_page(
    request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List watches, with the form for another."""
    return _watches(request, actor, session, cursor)


def _watches(
    request: Request,
    actor: Actor,
    session: Session,
    cursor: Cursor,
    form: Form | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> Response:
    rows, following = Watches(session, actor).page(cursor)
    return page(
        request,
        "screening/watches.html",
        status=status,
        form=form or Form.blank(own="true", least=Verdict.MEDIUM.value),
        rows=rows,
        reach=reach_of(session, request.app.state.settings, rows),
        next=following,
        own=OWN,
        least=[Option(one.value, VERDICTS[one.value].label) for one in LEAST],
    )


@router.post("/watches")
def add(
    request: Request, actor: Writer, session: DbSession, cursor: CursorOfQuery, sent: PostedForm
) -> Response:
    """Watch names."""
    try:
        add_watch(session, request.app.state.settings, actor, _asked(sent))
    except Problem as problem:
        form = Form.after(problem, sent)
        return _watches(request, actor, session, cursor, form, status=problem.status)
    return RedirectResponse("/watches", SEE_OTHER)


def _asked(sent: FormData) -> WatchIn:
    form = read_form(WatchForm, sent)
    try:
        return WatchIn(
            names=split_names(form.names),
            goods=split(form.goods),
            markets=split(form.markets),
            own=form.own,
            owners=split_names(form.owners),
            least=form.least,
        )
    except ValidationError as fault:
        errors = field_errors(fault, WatchIn)
        raise Invalid(N_("Please correct the marked fields."), errors=errors) from None


@router.post("/watches/{watch_id}/end")
def end(watch_id: UUID, actor: Writer, session: DbSession) -> Response:
    """End a watch."""
    end_watch(session, actor, watch_id)
    return RedirectResponse("/watches", SEE_OTHER)


@router.get("/alerts")
def alerts_page(
    request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List what the watches found, newest first."""
    rows, following = Alerts(session, actor).page(cursor)
    today = clock.today()
    return page(
        request,
        "screening/alerts.html",
        rows=rows,
        next=following,
        words=words,
        deadlines={row.id: shown(row.opposition, today) for row in rows},
    )


@router.get("/alerts/{alert_id}")
def alert_page(request: Request, alert_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show an alert: the mark, the verdicts, and the last day to oppose."""
    row = Alerts(session, actor).get(alert_id)
    return page(
        request,
        "screening/alert.html",
        alert=row,
        market_names={code: market(code).name for code in row.markets},
        words=words,
        deadline=shown(row.opposition, clock.today()),
    )


@router.post("/alerts/{alert_id}/close")
def close(alert_id: UUID, actor: Writer, session: DbSession) -> Response:
    """Note that an alert was dealt with."""
    close_alert(session, actor, alert_id)
    return RedirectResponse("/alerts", SEE_OTHER)
