"""Ship-safe checks as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from service.core.db import Db, DbSession
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.recordation.access import Reader
from service.recordation.api_filings import download
from service.recordation.packs.shipping import shipping_pdf
from service.recordation.repository import ShippingChecks
from service.recordation.schemas_shipping import ShippingIn, ShippingLine, ShippingOut
from service.recordation.usecases.shipping import answer_of, check_shipping, keep_check

router = APIRouter(route_class=OnceRoute)
Runner = Annotated[Actor, Depends(require(Permission.SCREENING_RUN))]


@router.post("/shipping-checks", status_code=201)
def check(
    request: Request,
    response: Response,
    body: ShippingIn,
    actor: Runner,
    database: Db,
    session: DbSession,
) -> ShippingOut:
    """Check goods before they are declared: marks, recordations, parties, elements, papers."""
    state = request.app.state
    screening, answer = check_shipping(database, state.settings, state.finder, actor, body)
    keep_check(session, actor, screening, answer)
    response.headers["Location"] = f"/api/v1/shipping-checks/{answer.check_id}"
    return answer


@router.get("/shipping-checks")
def listing(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[ShippingLine]:
    """List ship-safe checks, newest first."""
    rows, following = ShippingChecks(session, actor).page(cursor)
    return Page(items=[ShippingLine.model_validate(row) for row in rows], next=following)


@router.get("/shipping-checks/{check_id}")
def one(check_id: UUID, actor: Reader, session: DbSession) -> ShippingOut:
    """Give a check as it was answered."""
    return answer_of(ShippingChecks(session, actor).get(check_id))


@router.get("/shipping-checks/{check_id}/pack", response_class=Response)
def pack(check_id: UUID, request: Request, actor: Reader, database: Db) -> Response:
    """Give the confirmation-before-shipment pack 预确权 as one PDF."""
    return pack_of(check_id, request, actor, database)


def pack_of(check_id: UUID, request: Request, actor: Actor, database: Db) -> Response:
    """Return the pack of a check as a download; set outside of any transaction."""
    with database.read() as session:
        answer = answer_of(ShippingChecks(session, actor).get(check_id))
    address = f"{str(request.base_url).rstrip('/')}/shipping-checks/{answer.check_id}"
    name = f"shipping-{str(answer.check_id)[:13]}.pdf"
    return download(shipping_pdf(answer, address), "application/pdf", name)
