"""Organisations as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from service.core.db import DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, OrganisationKind, Permission, require
from service.identity.replay import OnceRoute
from service.identity.repository import Tenants
from service.identity.schemas_people import OrganisationChange, OrganisationIn, OrganisationOut
from service.identity.usecases.organisations import add_organisation, change_organisation

router = APIRouter(prefix="/organisations", route_class=OnceRoute)
Reader = Annotated[Actor, Depends(require(Permission.ORGANISATION_READ))]
Editor = Annotated[Actor, Depends(require(Permission.ORGANISATION_EDIT))]
Manager = Annotated[Actor, Depends(require(Permission.ORGANISATION_MANAGE))]


@router.get("")
def organisations(
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    kind: OrganisationKind | None = None,
) -> Page[OrganisationOut]:
    """List the organisations one sees, newest first: one's own, or all where one manages them."""
    rows, following = Tenants(session, actor).page(cursor, kind=kind)
    return Page(items=[OrganisationOut.model_validate(row) for row in rows], next=following)


@router.post("", status_code=201)
def add(
    body: OrganisationIn, response: Response, actor: Manager, session: DbSession
) -> OrganisationOut:
    """Add an organisation."""
    row = add_organisation(session, actor, kind=body.kind, **body.values())
    response.headers["Location"] = f"/api/v1/organisations/{row.id}"
    set_tag(response, row.version)
    return OrganisationOut.model_validate(row)


@router.get("/{organisation_id}")
def organisation(
    organisation_id: UUID, response: Response, actor: Reader, session: DbSession
) -> OrganisationOut:
    """Give an organisation; its ETag is needed to change it."""
    row = Tenants(session, actor).get(organisation_id)
    set_tag(response, row.version)
    return OrganisationOut.model_validate(row)


@router.put("/{organisation_id}")
def change(
    organisation_id: UUID,
    body: OrganisationChange,
    request: Request,
    response: Response,
    actor: Editor,
    session: DbSession,
) -> OrganisationOut:
    """Change an organisation whose `If-Match` is current. Its kind stays."""
    row = Tenants(session, actor).get(organisation_id)
    check_match(request, row.version)
    change_organisation(session, actor, row, body.values())
    set_tag(response, row.version)
    return OrganisationOut.model_validate(row)
