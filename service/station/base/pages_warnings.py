"""Pages of warnings: the list, what may be warned of, the warning itself."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.core.errors import Problem
from service.core.pagination import CursorOfQuery
from service.identity.permissions import Actor, Permission
from service.identity.repository import Organisations, names_of
from service.station.access import SEE_OTHER
from service.station.base import domain as b
from service.station.base.access import Reader, Writer
from service.station.base.repository import steps_taken
from service.station.base.repository_warnings import Warnings
from service.station.base.schemas import StepForm
from service.station.base.schemas_warnings import DraftForm, WarningForm, Wave
from service.station.base.showing import timeline_of
from service.station.base.tables import WARNING
from service.station.base.usecases.warnings import (
    change_warning,
    draft_warning,
    move_warning,
    offers,
    read_warning,
)
from service.station.pages import options
from service.ui.forms import Form, PostedForm, read_form
from service.ui.i18n import language_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
STATES = WARNING.table.states


@router.get("/warnings")
def list_page(
    request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List warnings, newest first."""
    warnings = Warnings(session, actor)
    rows, following = warnings.page(cursor)
    return page(
        request,
        "base/warnings.html",
        rows=[(row, STATES[row.status].tag, warnings.read_by(row)) for row in rows],
        names=names_of(session, (), {row.station_id for row in rows}),
        ours=actor.can(Permission.STATION_READ),
        next=following,
        cursor=cursor.after is not None,
        kinds=b.WARNING_KINDS,
        writes=actor.can(Permission.BASE_WRITE),
    )


@router.get("/warnings/new")
def new_page(
    request: Request,
    actor: Writer,
    session: DbSession,
    kind: str = "squatter",
    days: str = "90",
    least: str = "3",
    by: str = "office",
) -> Response:
    """Show what may be warned of, under the settings that are chosen here."""
    return _new(request, actor, session, Form.blank(kind=kind, days=days, least=least, by=by))


def _new(
    request: Request, actor: Actor, session: Session, form: Form, *, status: int = 200
) -> Response:
    kind, wave = _asked(form)
    return page(
        request,
        "base/warning_new.html",
        status=status,
        form=form,
        kind=kind,
        wave=wave,
        offers=offers(session, actor, kind, wave),
        kinds=options(b.WARNING_KINDS),
        bundles=options(b.BUNDLES),
    )


def _asked(form: Form) -> tuple[b.WarningKind, Wave]:
    """Return kind and settings of an address; what does not fit is taken for what is usual."""
    given = {name: form.value(name) for name in Wave.model_fields if form.value(name)}
    try:
        return b.WarningKind(form.value("kind")), Wave.model_validate(given)
    except ValueError:
        return b.WarningKind.SQUATTER, Wave()


@router.post("/warnings")
def draft(request: Request, actor: Writer, session: DbSession, sent: PostedForm) -> Response:
    """Draft a warning from what was found."""
    try:
        with session.begin_nested():
            body = read_form(DraftForm, sent)
            row = draft_warning(session, actor, body.kind, body.key, body)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _new(request, actor, session, form, status=problem.status)
    return RedirectResponse(f"/warnings/{row.id}", SEE_OTHER)


@router.get("/warnings/{warning_id}")
def warning_page(request: Request, warning_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show a warning; its station sees whom it concerns and why, and edits the draft."""
    return _warning(request, actor, session, warning_id)


def _warning(
    request: Request,
    actor: Actor,
    session: Session,
    warning_id: UUID,
    *,
    form: Form | None = None,
    status: int = 200,
) -> Response:
    warnings = Warnings(session, actor)
    row = warnings.get(warning_id)
    own = row.station_id == actor.organisation_id
    writes = own and actor.can(Permission.BASE_WRITE)
    recipients = warnings.recipients(row)
    steps = steps_taken(session, WARNING.table.name, row.id)
    return page(
        request,
        "base/warning.html",
        status=status,
        warning=row,
        tag=STATES[row.status].tag,
        station=Organisations(session).get(row.station_id),
        own=own or actor.reads_all,
        edits=writes and row.status == WARNING.table.start,
        steps=WARNING.steps(session, actor, row) if writes else (),
        recipients=recipients,
        mine=next(
            (one for one, _ in recipients if one.organisation_id == actor.organisation_id), None
        ),
        read=warnings.read_by(row),
        options=[
            Option(str(one.organisation_id), organisation.name_zh, data=True)
            for one, organisation in recipients
        ],
        events=timeline_of(session, steps, language_of(request)) if own or actor.reads_all else (),
        words=b,
        form=form or _filled(row, recipients),
    )


def _filled(row: Any, recipients: Any) -> Form:
    return Form.blank(
        title_zh=row.title["zh"],
        title_en=row.title["en"],
        text_zh=row.text["zh"],
        text_en=row.text["en"],
        about_marks="\n".join(row.marks),
        about_markets=", ".join(row.markets),
        about_classes=", ".join(row.classes),
        about_hs=", ".join(row.hs),
        left_out=[str(one.organisation_id) for one, _ in recipients if one.left_out],
        version=row.version,
    )


@router.post("/warnings/{warning_id}/change")
def change(
    request: Request, warning_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Edit a draft."""
    Warnings(session, actor).own(warning_id)
    try:
        with session.begin_nested():
            body = read_form(WarningForm, sent)
            change_warning(
                session,
                actor,
                warning_id,
                body.values(),
                version=body.version,
                left_out=frozenset(body.left_out),
            )
    except Problem as problem:
        session.expire_all()
        form = Form.after(problem, sent)
        return _warning(request, actor, session, warning_id, form=form, status=problem.status)
    return RedirectResponse(f"/warnings/{warning_id}", SEE_OTHER)


@router.post("/warnings/{warning_id}/moves")
def step(
    request: Request, warning_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Take a step of a warning."""
    row = Warnings(session, actor).own(warning_id)
    try:
        with session.begin_nested():
            body = read_form(StepForm, sent)
            move_warning(
                session, actor, warning_id, body.event, version=body.version, note=body.note
            )
    except Problem as problem:
        session.expire_all()
        kept = _filled(row, Warnings(session, actor).recipients(row))
        form = Form.after(problem, sent).over(kept)
        return _warning(request, actor, session, warning_id, form=form, status=problem.status)
    return RedirectResponse(f"/warnings/{warning_id}", SEE_OTHER)


@router.post("/warnings/{warning_id}/receipt")
def receipt(warning_id: UUID, actor: Reader, session: DbSession, _: PostedForm) -> Response:
    """Note that one's enterprise has read it."""
    read_warning(session, actor, warning_id)
    return RedirectResponse(f"/warnings/{warning_id}", SEE_OTHER)
