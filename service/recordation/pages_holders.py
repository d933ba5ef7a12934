"""Pages of the right holder, its contacts and representatives."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.core.errors import Problem, Stale
from service.core.text import N_
from service.identity.permissions import Actor
from service.recordation.access import Reader, Writer
from service.recordation.domain import CONTACT_ROLES, HOLDER_KINDS
from service.recordation.models import Agent, Holder
from service.recordation.pages_rights import writes_here
from service.recordation.repository import (
    Agents,
    Holders,
)
from service.recordation.schemas import (
    AgentIn,
    ContactIn,
    HolderIn,
)
from service.recordation.sending import keep_file
from service.recordation.usecases.substance import (
    change_holder,
    save_agent,
    save_contact,
)
from service.rules.authorities import Standing, authorities
from service.ui.forms import Form, PostedForm, read_form, version_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303


@router.get("/recordation/holders/{holder_id}")
def holder(request: Request, holder_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show a right holder, its contacts and representatives."""
    row = Holders(session, actor).get(holder_id)
    return _holder(request, session, actor, row, holder_form(row))


def holder_form(row: Holder) -> Form:
    """Return the form of a right holder as it stands."""
    plain = {name: getattr(row, name) for name in HolderIn.model_fields if name != "affiliates"}
    return Form.blank(**plain, affiliates="\n".join(row.affiliates))


def _holder(
    request: Request, session: Session, actor: Actor, row: Holder, form: Form, status: int = 200
) -> Response:
    agents = Agents(session, actor).all(Agent.organisation_id == row.organisation_id)
    return page(
        request,
        "recordation/holder.html",
        status=status,
        form=form,
        holder=row,
        contacts=Holders(session, actor).contacts([row.id]),
        agents=agents,
        writes=writes_here(session, actor, row),
        kinds=[Option(key.value, text) for key, text in HOLDER_KINDS.items()],
        roles=[Option(key.value, text) for key, text in CONTACT_ROLES.items()],
        role_names=CONTACT_ROLES,
        choices=[
            Option(one.code, one.short, data=True)
            for one in authorities()
            if one.standing is Standing.FULL
        ],
    )


def _on_holder(
    request: Request,
    session: Session,
    actor: Actor,
    holder_id: UUID,
    sent: Any,
    change: Callable[[Holder], object],
) -> Response:
    row = Holders(session, actor).to_change(holder_id)
    try:
        if "version" in sent and version_of(sent) != row.version:
            raise Stale(N_("Somebody changed this meanwhile. Open it again."))
        with session.begin_nested():
            change(row)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _holder(request, session, actor, row, form, problem.status)
    return RedirectResponse(f"/recordation/holders/{row.id}", SEE_OTHER)


@router.post("/recordation/holders/{holder_id}")
def put_holder(
    request: Request, holder_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Change a right holder."""
    return _on_holder(
        request,
        session,
        actor,
        holder_id,
        sent,
        lambda row: change_holder(session, actor, row, read_form(HolderIn, sent).values()),
    )


@router.post("/recordation/holders/{holder_id}/contacts")
def put_contact(
    request: Request, holder_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Set the contact of a role."""

    def change(row: Holder) -> None:
        values = read_form(ContactIn, sent).values()
        save_contact(session, actor, row, values.pop("role"), values)

    return _on_holder(request, session, actor, holder_id, sent, change)


@router.post("/recordation/holders/{holder_id}/agents")
def put_agent(
    request: Request, holder_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Set the representative before an authority."""

    def change(row: Holder) -> None:
        file_id = keep_file(request, session, actor, sent, "poa", owner=row.organisation_id)
        values = read_form(AgentIn, sent).values()
        code = values.pop("authority")
        if file_id is not None:
            values["poa_file_id"] = file_id
        save_agent(session, actor, row.organisation_id, code, values)

    return _on_holder(request, session, actor, holder_id, sent, change)
