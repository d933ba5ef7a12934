"""Right holders, their contacts and representatives, and mandates as JSON."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor
from service.identity.replay import OnceRoute
from service.recordation.access import Giver, Reader, Writer
from service.recordation.models import Agent, Holder
from service.recordation.repository import Agents, Holders, Mandates
from service.recordation.schemas import ContactIn, HolderIn
from service.recordation.schemas_holders import (
    AgentBody,
    AgentOut,
    ContactOut,
    HolderOut,
    MandateBody,
    MandateOut,
)
from service.recordation.usecases.mandates import give_mandate, revoke_mandate
from service.recordation.usecases.substance import change_holder, save_agent, save_contact

router = APIRouter(route_class=OnceRoute)


@router.get("/recordation/holders")
def holders(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[HolderOut]:
    """List right holders, newest first; their contacts stand with each one."""
    rows, following = Holders(session, actor).page(cursor)
    return Page(items=[HolderOut.model_validate(row) for row in rows], next=following)


@router.get("/recordation/holders/{holder_id}")
def holder(holder_id: UUID, response: Response, actor: Reader, session: DbSession) -> HolderOut:
    """Give a right holder with its contacts; its ETag is needed to change it."""
    return _whole(session, actor, Holders(session, actor).get(holder_id), response)


@router.put("/recordation/holders/{holder_id}")
def put_holder(
    holder_id: UUID,
    body: HolderIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> HolderOut:
    """Change a right holder; filings in force have the change noticed."""
    row = Holders(session, actor).to_change(holder_id)
    check_match(request, row.version)
    change_holder(session, actor, row, body.values())
    return _whole(session, actor, row, response)


@router.put("/recordation/holders/{holder_id}/contacts")
def put_contact(holder_id: UUID, body: ContactIn, actor: Writer, session: DbSession) -> ContactOut:
    """Set the contact of a role; who was there before is replaced."""
    row = Holders(session, actor).to_change(holder_id)
    values = body.values()
    return ContactOut.model_validate(save_contact(session, actor, row, values.pop("role"), values))


@router.get("/recordation/holders/{holder_id}/agents")
def agents(holder_id: UUID, actor: Reader, session: DbSession) -> list[AgentOut]:
    """List who represents a holder's organisation, before which authority."""
    row = Holders(session, actor).get(holder_id)
    found = Agents(session, actor).all(Agent.organisation_id == row.organisation_id)
    return [AgentOut.model_validate(one) for one in found]


@router.put("/recordation/holders/{holder_id}/agents")
def put_agent(holder_id: UUID, body: AgentBody, actor: Writer, session: DbSession) -> AgentOut:
    """Set the representative before an authority, or before all where none is named."""
    row = Holders(session, actor).to_change(holder_id)
    values = body.values()
    code = values.pop("authority")
    if values["poa_file_id"] is None:
        values.pop("poa_file_id")
    return AgentOut.model_validate(save_agent(session, actor, row.organisation_id, code, values))


@router.get("/recordation/mandates")
def mandates(actor: Reader, session: DbSession) -> list[MandateOut]:
    """List the mandates one gave or was given, newest first."""
    return [MandateOut.model_validate(row) for row, _, _ in Mandates(session, actor).all()]


@router.post("/recordation/mandates", status_code=201)
def give(body: MandateBody, response: Response, actor: Giver, session: DbSession) -> MandateOut:
    """Let customs or a station check, or a station file under a power of attorney."""
    row = give_mandate(session, actor, **body.values())
    response.headers["Location"] = "/api/v1/recordation/mandates"
    return MandateOut.model_validate(row)


@router.delete("/recordation/mandates/{mandate_id}", status_code=204)
def revoke(mandate_id: UUID, actor: Giver, session: DbSession) -> None:
    """Take a mandate back at once."""
    revoke_mandate(session, actor, Mandates(session, actor).given(mandate_id))


def _whole(session: Session, actor: Actor, row: Holder, response: Response) -> HolderOut:
    set_tag(response, row.version)
    contacts = Holders(session, actor).contacts([row.id])
    return HolderOut.model_validate(row).model_copy(
        update={"contacts": [ContactOut.model_validate(one) for one in contacts]}
    )
