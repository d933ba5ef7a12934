"""Who am I, and my keys."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from service.core.db import DbSession
from service.identity import api_audit, api_organisations, api_people
from service.identity.models import ApiKey
from service.identity.permissions import Actor, Permission, current_actor, require
from service.identity.replay import OnceRoute
from service.identity.schemas import KeyIn, KeyList, KeyMade, KeyOut, MeOut
from service.identity.usecases.keys import list_keys, make_key, revoke_key

router = APIRouter(prefix="/api/v1", tags=["identity"], route_class=OnceRoute)
router.include_router(api_organisations.router)
router.include_router(api_people.router)
router.include_router(api_audit.router)
KeyManager = Annotated[Actor, Depends(require(Permission.KEY_MANAGE))]


@router.get("/me")
def me(actor: Annotated[Actor, Depends(current_actor)]) -> MeOut:
    """Say who is calling and what they may do."""
    return MeOut(
        person_id=actor.person_id,
        organisation_id=actor.organisation_id,
        role=actor.role,
        permissions=[permission for permission in Permission if actor.can(permission)],
    )


@router.get("/keys")
def keys(actor: KeyManager, session: DbSession) -> KeyList:
    """List one's own keys."""
    return KeyList(items=[KeyOut.model_validate(row) for row in list_keys(session, actor)])


@router.post("/keys", status_code=201)
def add_key(body: KeyIn, actor: KeyManager, session: DbSession) -> KeyMade:
    """Make a key. Its secret is in this answer and nowhere else."""
    row, secret = make_key(session, actor, name=body.name, scopes=body.scopes, days=body.days)
    return KeyMade(**KeyOut.model_validate(row).model_dump(), secret=secret)


@router.delete("/keys/{key_id}", response_model=KeyOut)
def remove_key(key_id: UUID, actor: KeyManager, session: DbSession) -> ApiKey:
    """Revoke a key: it stops working at once."""
    return revoke_key(session, actor, key_id)
