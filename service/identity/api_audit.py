"""The audit chain as JSON: ids only."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from service.core.db import DbSession
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.identity.schemas import AuditCheckOut, AuditOut
from service.identity.trail import Trail, Wanted

router = APIRouter(prefix="/audit")
Reader = Annotated[Actor, Depends(require(Permission.AUDIT_READ))]


@router.get("")
def audit(
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    verb: Annotated[str, Query(max_length=64, description="`person.locked`, or `person`.")] = "",
    actor_id: UUID | None = None,
    subject_id: Annotated[str, Query(max_length=64)] = "",
) -> Page[AuditOut]:
    """List who did what to which thing, newest first: ids, no names."""
    wanted = Wanted(verb, actor_id, subject_id)
    rows, following = Trail(session, actor).page(cursor, wanted)
    return Page(items=[AuditOut.model_validate(row) for row in rows], next=following)


@router.get("/check")
def check(actor: Reader, session: DbSession) -> AuditCheckOut:
    """Check the whole chain: every row's hash follows from the row and the one before it."""
    return AuditCheckOut.model_validate(Trail(session, actor).check())
