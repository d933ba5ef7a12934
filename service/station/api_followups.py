"""Follow-ups of matters and cases as JSON."""

from uuid import UUID

from fastapi import APIRouter

from service.core.db import DbSession
from service.identity.replay import OnceRoute
from service.station.access import Desk, NoteReader
from service.station.repository import FollowUps
from service.station.schemas_followups import FollowUpIn, FollowUpOut
from service.station.usecases.following import note_follow_up
from service.station.usecases.sharing import whole_thread

router = APIRouter(prefix="/api/v1", tags=["station"], route_class=OnceRoute)


@router.get("/threads/{thread_id}/follow-ups")
def listing(thread_id: UUID, actor: NoteReader, session: DbSession) -> list[FollowUpOut]:
    """List what visitors said afterwards, the oldest first."""
    whole_thread(session, actor, thread_id)
    return [FollowUpOut.model_validate(row) for row in FollowUps(session, actor).of(thread_id)]


@router.post("/threads/{thread_id}/follow-ups", status_code=201)
def add(thread_id: UUID, body: FollowUpIn, actor: Desk, session: DbSession) -> FollowUpOut:
    """Note what a visitor said afterwards, and how content they are."""
    row = note_follow_up(session, actor, thread_id, body.model_dump())
    return FollowUpOut.model_validate(row)
