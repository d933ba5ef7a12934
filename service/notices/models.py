"""Tables of notices, of their deliveries, of what people chose, and of webhook endpoints."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.notices.domain import Channel, DeliveryState
from service.notices.topics import Topic


class Notice(Base):
    """One thing that happened and must be told. Sentences are kept by message id with values."""

    __tablename__ = "notice"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[str] = mapped_column(sa.String(200), unique=True)
    """The teller's own name for what happened: told twice, it is one notice."""
    topic: Mapped[Topic] = mapped_column(Choice(Topic, 64))
    title: Mapped[dict[str, Any]] = mapped_column(Json)
    text: Mapped[dict[str, Any] | None] = mapped_column(Json)
    subject_kind: Mapped[str] = mapped_column(sa.String(32))
    subject_id: Mapped[str] = mapped_column(sa.String(64))
    link: Mapped[str] = mapped_column(sa.String(500))
    """Path of the page to open."""
    urgent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Delivery(Base):
    """A notice to one person or endpoint by one channel: there is never a second one like it."""

    __tablename__ = "notice_delivery"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    """In Message-ID and webhook-id: whoever gets it twice can tell."""
    notice_id: Mapped[UUID] = mapped_column(sa.ForeignKey("notice.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    endpoint_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("webhook_endpoint.id"))
    channel: Mapped[Channel] = mapped_column(Choice(Channel))
    state: Mapped[DeliveryState] = mapped_column(Choice(DeliveryState))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Not sent before: the next working hour, or the next try."""
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(sa.String(200), default="")

    notice: Mapped[Notice] = relationship(lazy="raise")

    __table_args__ = (
        sa.UniqueConstraint("notice_id", "person_id", "channel"),
        sa.UniqueConstraint("notice_id", "endpoint_id"),
        sa.Index(None, "person_id", "channel", "read_at"),
        sa.Index(None, "state", "due_at"),
    )


class Preference(Base):
    """What a person chose for a topic; the inbox has no choice."""

    __tablename__ = "notice_preference"

    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[Topic] = mapped_column(Choice(Topic, 64), primary_key=True)
    email: Mapped[bool]


class WorkingHours(Base):
    """When the people of an organisation are at work: what is not urgent is mailed then."""

    __tablename__ = "working_hours"

    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id"), primary_key=True
    )
    time_zone: Mapped[str] = mapped_column(sa.String(64))
    calendar: Mapped[str] = mapped_column(sa.String(64))
    """Key of a calendar of `service.rules`."""
    opens: Mapped[str] = mapped_column(sa.String(5))
    closes: Mapped[str] = mapped_column(sa.String(5))


class Endpoint(Base):
    """An address of an organisation's own that is told by webhook."""

    __tablename__ = "webhook_endpoint"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    url: Mapped[str] = mapped_column(sa.String(500))
    topics: Mapped[list[str]] = mapped_column(Json)
    secret: Mapped[str] = mapped_column(sa.String(100))
    """Signing is symmetric, so it is kept; it is shown once."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(sa.String(200), default="")
    """What the last sending failed of; empty after one that succeeded."""
