"""Equivalents as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from service.core.db import DbSession
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.screening.equivalent_schemas import EquivalentIn, EquivalentOut
from service.screening.equivalents import Equivalents
from service.screening.usecases.entering import enter_equivalent, withdraw_equivalent

router = APIRouter(prefix="/api/v1", tags=["equivalents"], route_class=OnceRoute)
Reader = Annotated[Actor, Depends(require(Permission.EQUIVALENT_READ))]
Writer = Annotated[Actor, Depends(require(Permission.EQUIVALENT_WRITE))]


@router.get("/equivalents")
def listing(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[EquivalentOut]:
    """List the equivalents that stations entered and that are in force, newest first."""
    rows, following = Equivalents(session, actor).page(cursor)
    return Page(items=[EquivalentOut.model_validate(row) for row in rows], next=following)


@router.post("/equivalents", status_code=201)
def enter(body: EquivalentIn, actor: Writer, session: DbSession) -> EquivalentOut:
    """Enter two names as equivalent, or as found not to be; searches count it from now on."""
    return EquivalentOut.model_validate(enter_equivalent(session, actor, body))


@router.delete("/equivalents/{equivalent_id}", status_code=204)
def withdraw(equivalent_id: UUID, actor: Writer, session: DbSession) -> None:
    """Withdraw what one's station entered; answers given before stay."""
    withdraw_equivalent(session, actor, equivalent_id)
