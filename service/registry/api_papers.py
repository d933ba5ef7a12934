"""Papers of an organisation itself as JSON: the files were sent to `/files` before."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from service.core.db import DbSession
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.identity.repository import Tenants
from service.registry.holdings import Papers
from service.registry.schemas.rights import DocumentIn, DocumentOut
from service.registry.usecases.papers import add_organisation_paper

router = APIRouter(route_class=OnceRoute)


@router.get("/organisations/{organisation_id}/documents")
def papers(
    organisation_id: UUID,
    actor: Annotated[Actor, Depends(require(Permission.RIGHT_READ))],
    session: DbSession,
) -> list[DocumentOut]:
    """List the papers kept beside an organisation: its business licence."""
    organisation = Tenants(session, actor).get(organisation_id)
    rows = Papers(session, actor).of_organisation(organisation.id)
    return [DocumentOut.model_validate(row) for row in rows]


@router.post("/organisations/{organisation_id}/documents", status_code=201)
def add_paper(
    organisation_id: UUID,
    body: DocumentIn,
    actor: Annotated[Actor, Depends(require(Permission.RIGHT_WRITE))],
    session: DbSession,
) -> DocumentOut:
    """Keep a paper beside one's organisation: the file was sent to `/files` before."""
    values = body.model_dump(include={"number", "issued_on"})
    row = add_organisation_paper(
        session, actor, organisation_id, kind=body.kind, file_id=body.file_id, values=values
    )
    return DocumentOut.model_validate(row)
