"""Noting in the audit chain what an actor did."""

from typing import Any

from sqlalchemy.orm import Session

from service.core import audit
from service.identity.permissions import Actor


def note(
    session: Session, actor: Actor, verb: str, subject: tuple[str, object], **detail: Any
) -> None:
    """Record that `actor` did `verb` (`thing.happened`) to `subject` (kind, id)."""
    audit.record(
        session,
        verb,
        subject=subject,
        actor_id=actor.person_id,
        organisation_id=actor.organisation_id,
        **detail,
    )
