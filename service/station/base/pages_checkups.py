"""Pages of check-ups: the list with the consents, and the report."""

from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from service.core.db import DbSession
from service.core.errors import Problem
from service.core.pagination import Cursor, CursorOfQuery
from service.identity.permissions import Actor, Permission
from service.identity.repository import Organisations, names_of
from service.station.access import SEE_OTHER
from service.station.base.access import Consenter, Reader, Writer
from service.station.base.checkup import TITLES
from service.station.base.paper import checkup_file
from service.station.base.repository import served_by
from service.station.base.repository_checkups import CheckUps, Consents
from service.station.base.schemas_cases import CheckUpForm, ConsentIn, PaperConsentForm
from service.station.base.usecases.checkups import (
    end_consent,
    give_consent,
    make_checkup,
    record_consent,
    report_of,
)
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)


@router.get("/check-ups")
def list_page(
    request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List check-ups, newest first, and the consents that stand."""
    return _list(request, actor, session, cursor)


def _list(
    request: Request,
    actor: Actor,
    session: Session,
    cursor: Cursor,
    *,
    form: Form | None = None,
    status: int = 200,
) -> Response:
    rows, following = CheckUps(session, actor).page(cursor)
    consents = Consents(session, actor).all()
    writes = actor.can(Permission.BASE_WRITE) and actor.organisation_id is not None
    served = served_by(session, actor.organisation_id) if writes and actor.organisation_id else ()
    agreed = {one.enterprise_id for one in consents}
    around: set[UUID] = {one for row in rows for one in (row.station_id, row.enterprise_id)}
    around |= {one for row in consents for one in (row.station_id, row.enterprise_id)}
    return page(
        request,
        "base/check_ups.html",
        status=status,
        form=form or Form.blank(),
        rows=rows,
        consents=consents,
        names=names_of(session, (), around),
        next=following,
        cursor=cursor.after is not None,
        writes=writes,
        agrees=actor.can(Permission.BASE_CONSENT),
        served=[Option(str(one.id), one.name_zh, data=True) for one in served],
        agreed=[Option(str(one.id), one.name_zh, data=True) for one in served if one.id in agreed],
    )


def _done(
    request: Request,
    actor: Actor,
    session: Session,
    sent: FormData,
    work: Callable[[], str],
) -> Response:
    """Do the work and open the page it names; a refusal shows the list again."""
    try:
        with session.begin_nested():
            path = work()
    except Problem as problem:
        session.expire_all()
        form = Form.after(problem, sent)
        return _list(request, actor, session, Cursor(), form=form, status=problem.status)
    return RedirectResponse(path, SEE_OTHER)


@router.post("/check-ups")
def make(request: Request, actor: Writer, session: DbSession, sent: PostedForm) -> Response:
    """Check an enterprise up."""

    def work() -> str:
        row = make_checkup(session, actor, read_form(CheckUpForm, sent).enterprise_id)
        return f"/check-ups/{row.id}"

    return _done(request, actor, session, sent, work)


@router.post("/check-ups/consents")
def agree(request: Request, actor: Consenter, session: DbSession, sent: PostedForm) -> Response:
    """Let the station check one's enterprise up."""

    def work() -> str:
        opened = {name: sent.get(name) == "true" for name in ConsentIn.model_fields}
        give_consent(session, actor, **opened)
        return "/check-ups"

    return _done(request, actor, session, sent, work)


@router.post("/check-ups/consents/on-paper")
def agree_on_paper(
    request: Request, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Write down that an enterprise agreed on paper."""

    def work() -> str:
        body = read_form(PaperConsentForm, sent)
        record_consent(session, actor, body.enterprise_id, proof=body.proof)
        return "/check-ups"

    return _done(request, actor, session, sent, work)


@router.post("/check-ups/consents/{consent_id}/end")
def end(
    request: Request, consent_id: UUID, actor: Consenter, session: DbSession, sent: PostedForm
) -> Response:
    """Take a consent back."""

    def work() -> str:
        end_consent(session, actor, consent_id)
        return "/check-ups"

    Consents(session, actor).get(consent_id)
    return _done(request, actor, session, sent, work)


@router.get("/check-ups/{checkup_id}")
def checkup_page(request: Request, checkup_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show a check-up as it was frozen."""
    row = CheckUps(session, actor).get(checkup_id)
    report: Any = report_of(row)
    return page(
        request,
        "base/check_up.html",
        row=row,
        report=report,
        titles=TITLES,
        station=Organisations(session).get(row.station_id),
    )


@router.get("/check-ups/{checkup_id}/file")
def file(
    checkup_id: UUID,
    actor: Reader,
    session: DbSession,
    format: Literal["pdf", "docx"] = "pdf",  # noqa: A002  it is called so in the address
    language: Literal["both", "zh", "en"] = "both",
) -> Response:
    """Give a check-up as PDF or Word."""
    return checkup_file(CheckUps(session, actor).get(checkup_id), format, language)
