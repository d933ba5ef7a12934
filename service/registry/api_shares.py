"""Whom a thing is shown to, as JSON: the same three routes for every kind of thing."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.identity.permissions import Actor, Permission, require
from service.registry.holdings import Shares
from service.registry.schemas.rights import ShareIn, ShareOut
from service.registry.usecases.sharing import end_sharing, share_thing

Own = Callable[[Session, Actor, UUID], object]
"""Finds a thing by its id and raises unless it is the actor's own."""


def add_share_routes(router: APIRouter, kind: str, own: Own, permission: Permission) -> None:
    """Add the routes of shares of one kind of thing.

    Args:
        router: Where they go.
        kind: Under which such things are shared; `/{kind}s/{kind_id}` is the address of one.
        own: See `Own`.
        permission: Of whoever shares.
    """
    path = f"/{kind}s/{{{kind}_id}}"
    Sharer = Annotated[Actor, Depends(require(permission))]  # noqa: N806  an annotation
    Thing = Annotated[UUID, Path(alias=f"{kind}_id")]  # noqa: N806

    @router.get(f"{path}/shares", name=f"{kind}_shares")
    def shares(thing_id: Thing, actor: Sharer, session: DbSession) -> list[ShareOut]:
        """List the stations that see it."""
        own(session, actor, thing_id)
        return [ShareOut.of(one) for one in Shares(session, actor).of(kind, thing_id)]

    @router.post(f"{path}/shares", status_code=204, name=f"share_{kind}")
    def share(thing_id: Thing, body: ShareIn, actor: Sharer, session: DbSession) -> None:
        """Show it to a station, and to no other organisation."""
        own(session, actor, thing_id)
        share_thing(session, actor, kind, thing_id, body.organisation_id)

    @router.delete(f"{path}/shares/{{station_id}}", status_code=204, name=f"unshare_{kind}")
    def unshare(thing_id: Thing, station_id: UUID, actor: Sharer, session: DbSession) -> None:
        """End that a station sees it."""
        own(session, actor, thing_id)
        end_sharing(session, actor, kind, thing_id, station_id)
