"""Reading one's notices."""

from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.identity.permissions import Actor, Permission
from service.notices.models import Delivery
from service.notices.repository import Inbox


def read_notice(session: Session, actor: Actor, notice_id: UUID) -> Delivery:
    """Mark one of the actor's own notices as read; twice is no error."""
    actor.need(Permission.NOTICE_READ)
    row = Inbox(session, actor).get(notice_id)
    row.read_at = row.read_at or clock.now()
    session.flush()
    return row


def read_all_notices(session: Session, actor: Actor) -> None:
    """Mark all of the actor's notices as read."""
    actor.need(Permission.NOTICE_READ)
    Inbox(session, actor).read_all(clock.now())
