"""Pages of leads on infringers, and of mandates."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import DbSession
from service.core.errors import Problem
from service.core.pagination import CursorOfQuery
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations
from service.recordation.access import Giver, LeadReader, LeadWriter, Reader
from service.recordation.domain import (
    INFRINGEMENTS,
    RELIABILITIES,
    SCOPES,
    SUSPECT_ROLES,
)
from service.recordation.pages_users import options_of
from service.recordation.repository import Assets, Leads, Mandates
from service.recordation.schemas import LeadIn, MandateIn
from service.recordation.sending import keep_file
from service.recordation.usecases.leads import add_lead
from service.recordation.usecases.mandates import give_mandate, revoke_mandate
from service.ui.forms import Form, PostedForm, id_of, read_form
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303


@router.get("/recordation/leads")
def leads(
    request: Request, actor: LeadReader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List the leads one may see, with the form of a new one."""
    rows, following = Leads(session, actor).page(cursor)
    return _leads(request, session, actor, Form.blank(), (rows, following))


def _leads(
    request: Request,
    session: Session,
    actor: Actor,
    form: Form,
    shown: tuple[object, str | None],
    status: int = 200,
) -> Response:
    assets = Assets(session, actor).all()
    return page(
        request,
        "recordation/leads.html",
        status=status,
        form=form,
        rows=shown[0],
        next=shown[1],
        writes=actor.can(Permission.INTELLIGENCE_WRITE),
        assets={one.id: one for one in assets},
        rights=[Option(str(one.id), one.title, data=True) for one in assets],
        roles=options_of(SUSPECT_ROLES),
        infringements=options_of(INFRINGEMENTS),
        reliabilities=options_of(RELIABILITIES),
        infringement_names=INFRINGEMENTS,
        reliability_names=RELIABILITIES,
    )


@router.post("/recordation/leads")
def post_lead(
    request: Request,
    actor: LeadWriter,
    session: DbSession,
    sent: PostedForm,
    cursor: CursorOfQuery,
) -> Response:
    """Write down a lead."""
    asset = Assets(session, actor).get(id_of(sent.get("right")))
    try:
        with session.begin_nested():
            values = read_form(LeadIn, sent).values()
            values["evidence_file_id"] = keep_file(request, session, actor, sent, "evidence")
            add_lead(session, actor, asset, values)
    except Problem as problem:
        shown = Leads(session, actor).page(cursor)
        form = Form.after(problem, sent)
        return _leads(request, session, actor, form, shown, problem.status)
    return RedirectResponse("/recordation/leads", SEE_OTHER)


@router.get("/recordation/mandates")
def mandates(request: Request, actor: Reader, session: DbSession) -> Response:
    """Show who may check or file for whom."""
    return _mandates(request, session, actor, Form.blank())


def _mandates(
    request: Request, session: Session, actor: Actor, form: Form, status: int = 200
) -> Response:
    takers = [
        one
        for kind in (OrganisationKind.STATION, OrganisationKind.CUSTOMS)
        for one in Organisations(session).of_kind(kind)
    ]
    return page(
        request,
        "recordation/mandates.html",
        status=status,
        form=form,
        rows=Mandates(session, actor).all(),
        gives=actor.can(Permission.MANDATE_GIVE),
        takers=[Option(str(one.id), one.name_zh, data=True) for one in takers],
        scopes=options_of(SCOPES),
        scope_names=SCOPES,
        mine=actor.organisation_id,
        today=clock.today(),
    )


@router.post("/recordation/mandates")
def give(request: Request, actor: Giver, session: DbSession, sent: PostedForm) -> Response:
    """Give a mandate, or take one back."""
    try:
        with session.begin_nested():
            if sent.get("revoke"):
                mandate = Mandates(session, actor).given(id_of(sent["revoke"]))
                revoke_mandate(session, actor, mandate)
            else:
                poa = keep_file(request, session, actor, sent, "poa")
                body = read_form(MandateIn, sent)
                give_mandate(session, actor, poa_file_id=poa, **body.values())
    except Problem as problem:
        form = Form.after(problem, sent)
        return _mandates(request, session, actor, form, problem.status)
    return RedirectResponse("/recordation/mandates", SEE_OTHER)
