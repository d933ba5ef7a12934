"""Pages of typical cases: the list, the case as it is told, its draft and the redaction check."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from service.core.db import DbSession
from service.core.errors import Problem
from service.core.pagination import CursorOfQuery
from service.identity.permissions import Actor, Permission
from service.identity.repository import Organisations, names_of
from service.station.access import SEE_OTHER
from service.station.base import domain as b
from service.station.base.access import Reader, Writer
from service.station.base.models import TypicalCase
from service.station.base.repository import steps_taken
from service.station.base.repository_cases import TypicalCases, closed_cases
from service.station.base.schemas import StepForm
from service.station.base.schemas_cases import JustifyForm, TypicalEdit, TypicalForm
from service.station.base.showing import timeline_of
from service.station.base.tables import TYPICAL
from service.station.base.usecases.typical_cases import (
    change_typical_case,
    check,
    draft_typical_case,
    justify,
    move_typical_case,
)
from service.station.knowledge import search
from service.ui.forms import Form, PostedForm, read_form
from service.ui.i18n import language_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
STATES = TYPICAL.table.states
TEXTS = ("title", "text", "lesson")


@router.get("/typical-cases")
def list_page(
    request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List typical cases, newest first."""
    return _list(request, actor, session, cursor, Form.blank(hides_marks="true"))


def _list(
    request: Request,
    actor: Actor,
    session: Session,
    cursor: Any,
    form: Form,
    *,
    status: int = 200,
) -> Response:
    rows, following = TypicalCases(session, actor).page(cursor)
    writes = actor.can(Permission.BASE_WRITE)
    return page(
        request,
        "base/typical_cases.html",
        status=status,
        form=form,
        rows=[(row, STATES[row.status].tag) for row in rows],
        names=names_of(session, (), {row.station_id for row in rows}),
        next=following,
        cursor=cursor.after is not None,
        writes=writes,
        cases=[
            Option(str(thread.id), f"{thread.number} {case.title}", data=True)
            for thread, case in (closed_cases(session, actor) if writes else ())
        ],
    )


@router.post("/typical-cases")
def draft(
    request: Request, actor: Writer, session: DbSession, cursor: CursorOfQuery, sent: PostedForm
) -> Response:
    """Draft a typical case from a closed case."""
    try:
        with session.begin_nested():
            body = read_form(TypicalForm, sent)
            row = draft_typical_case(session, actor, body.case_id, hides_marks=body.hides_marks)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _list(request, actor, session, cursor, form, status=problem.status)
    return RedirectResponse(f"/typical-cases/{row.id}", SEE_OTHER)


@router.get("/typical-cases/{typical_id}")
def typical_page(request: Request, typical_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show a typical case; its station edits the draft and sees what the check finds."""
    return _typical(request, actor, session, typical_id)


def _typical(
    request: Request,
    actor: Actor,
    session: Session,
    typical_id: UUID,
    *,
    form: Form | None = None,
    status: int = 200,
) -> Response:
    row = TypicalCases(session, actor).get(typical_id)
    own = row.station_id == actor.organisation_id
    writes = own and actor.can(Permission.BASE_WRITE)
    steps = steps_taken(session, TYPICAL.table.name, row.id) if own else ()
    return page(
        request,
        "base/typical_case.html",
        status=status,
        row=row,
        tag=STATES[row.status].tag,
        station=Organisations(session).get(row.station_id),
        own=own,
        edits=writes and row.status == TYPICAL.table.start,
        steps=TYPICAL.steps(session, actor, row) if writes else (),
        findings=check(session, row) if own else (),
        guidance=[
            Option(one.id, f"{one.title.zh} / {one.title.en}", data=True) for one in search()
        ],
        events=timeline_of(session, steps, language_of(request)),
        words=b,
        form=form or _filled(row),
    )


def _filled(row: TypicalCase) -> Form:
    pairs = {
        f"{name}_{language}": getattr(row, name)[language]
        for name in TEXTS
        for language in ("zh", "en")
    }
    return Form.blank(
        **pairs,
        hides_marks="true" if row.hides_marks else "false",
        guidance=row.guidance,
        version=row.version,
    )


def _done(
    request: Request,
    actor: Actor,
    session: Session,
    typical_id: UUID,
    sent: FormData,
    work: Callable[[], object],
) -> Response:
    """Do the work; a refusal shows the page again with what is wrong, and nothing half done."""
    TypicalCases(session, actor).own(typical_id)
    try:
        with session.begin_nested():
            work()
    except Problem as problem:
        session.expire_all()
        kept = _filled(TypicalCases(session, actor).get(typical_id))
        form = Form.after(problem, sent).over(kept)
        return _typical(request, actor, session, typical_id, form=form, status=problem.status)
    return RedirectResponse(f"/typical-cases/{typical_id}", SEE_OTHER)


@router.post("/typical-cases/{typical_id}/change")
def change(
    request: Request, typical_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Edit a draft."""

    def work() -> object:
        body = read_form(TypicalEdit, sent)
        return change_typical_case(session, actor, typical_id, body.values(), version=body.version)

    return _done(request, actor, session, typical_id, sent, work)


@router.post("/typical-cases/{typical_id}/justifications")
def explain(
    request: Request, typical_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Say why a finding stays."""

    def work() -> object:
        body = read_form(JustifyForm, sent)
        return justify(
            session, actor, typical_id, body.key, reason=body.reason, version=body.version
        )

    return _done(request, actor, session, typical_id, sent, work)


@router.post("/typical-cases/{typical_id}/moves")
def step(
    request: Request, typical_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Take a step of a typical case."""

    def work() -> object:
        body = read_form(StepForm, sent)
        return move_typical_case(
            session, actor, typical_id, body.event, version=body.version, note=body.note
        )

    return _done(request, actor, session, typical_id, sent, work)
