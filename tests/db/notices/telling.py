"""Telling, for tests."""

from typing import Any

from sqlalchemy.orm import Session

from service.core.text import N_
from service.notices.domain import Message
from service.notices.topics import Topic
from service.notices.usecases.telling import notify


def tell(session: Session, **options: Any) -> None:
    """Tell of one invented event; options replace what stands here."""
    notify(
        session,
        **{
            "event_id": "test:1",
            "topic": Topic.WATCH_ALERT,
            "title": Message(N_("A watch finds a mark")),
            "link": "/watches/1",
            "subject": ("alert", 1),
            **options,
        },
    )
