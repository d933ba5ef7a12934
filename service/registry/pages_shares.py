"""Sharing a thing from its page: the same two forms for every kind of thing."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path
from fastapi.responses import RedirectResponse, Response

from service.core.db import DbSession
from service.identity.permissions import Actor, Permission, require
from service.registry.api_shares import Own
from service.registry.schemas.rights import ShareForm
from service.registry.usecases.sharing import end_sharing, share_thing
from service.ui.forms import PostedForm, read_form

SEE_OTHER = 303


def add_share_pages(router: APIRouter, kind: str, own: Own, permission: Permission) -> None:
    """Add what `registry/sharing.html` sends for one kind of thing.

    Args:
        router: Where the routes go.
        kind: Under which such things are shared; `/{kind}s/{kind_id}` is the page of one.
        own: Finds a thing by its id and raises unless it is the actor's own.
        permission: Of whoever shares.
    """
    path = f"/{kind}s/{{{kind}_id}}"
    Sharer = Annotated[Actor, Depends(require(permission))]  # noqa: N806  an annotation
    Thing = Annotated[UUID, Path(alias=f"{kind}_id")]  # noqa: N806

    def back(thing_id: UUID) -> Response:
        return RedirectResponse(f"/{kind}s/{thing_id}#sharing", SEE_OTHER)

    @router.post(f"{path}/share", name=f"share_{kind}_page")
    def share(thing_id: Thing, actor: Sharer, session: DbSession, sent: PostedForm) -> Response:
        """Show it to a station."""
        own(session, actor, thing_id)
        share_thing(session, actor, kind, thing_id, read_form(ShareForm, sent).station)
        return back(thing_id)

    @router.post(f"{path}/unshare", name=f"unshare_{kind}_page")
    def unshare(thing_id: Thing, actor: Sharer, session: DbSession, sent: PostedForm) -> Response:
        """End that a station sees it."""
        own(session, actor, thing_id)
        end_sharing(session, actor, kind, thing_id, read_form(ShareForm, sent).station)
        return back(thing_id)
