"""The page of the audit chain: who did what to which thing, by ids, and whether the chain holds."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from service.core.db import DbSession
from service.core.pagination import CursorOfQuery
from service.identity.permissions import Actor, Permission, require
from service.identity.trail import Trail, Wanted
from service.ui.forms import Form, id_of
from service.ui.render import page

router = APIRouter(include_in_schema=False)
Reader = Annotated[Actor, Depends(require(Permission.AUDIT_READ))]
Text = Annotated[str, Query(max_length=64)]


@router.get("/audit")
def audit(
    request: Request,
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    verb: Text = "",
    actor_id: Text = "",
    subject_id: Text = "",
    *,
    check: bool = False,
) -> Response:
    """Show the chain, newest first; with `check`, check it whole."""
    trail = Trail(session, actor)
    who = id_of(actor_id) if actor_id.strip() else None
    rows, following = trail.page(cursor, Wanted(verb.strip(), who, subject_id.strip()))
    return page(
        request,
        "identity/audit.html",
        rows=rows,
        next=following,
        form=Form.blank(verb=verb, actor_id=actor_id, subject_id=subject_id),
        checked=trail.check() if check else None,
    )
