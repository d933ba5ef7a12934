"""Tables of threads: what a matter is, who sees it, what happened, what is due."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.cases.domain import (
    Audience,
    Confidentiality,
    Effect,
    FeedScope,
    Gap,
    Origin,
    Status,
    ThreadKind,
)
from service.cases.models_evidence import CustodyEvent, Evidence, ExportCheck
from service.core.db import Base
from service.core.types import BigKey, Choice, Json, UtcDateTime, new_id

__all__ = [
    "CalendarFeed",
    "CalendarYear",
    "CustodyEvent",
    "Deadline",
    "Evidence",
    "ExportCheck",
    "Thread",
    "ThreadAccess",
    "TimelineEntry",
]


class Thread(Base):
    """One matter that has a life: a filing, a detention, a dispute case.

    The module's own row (filing, detention, case) has the same id.
    """

    __tablename__ = "thread"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    """The owner: the exporter whose matter it is."""
    kind: Mapped[ThreadKind] = mapped_column(Choice(ThreadKind), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    """Message id; its places are filled from `title_values`."""
    title_values: Mapped[dict[str, Any]] = mapped_column(Json)
    number: Mapped[str] = mapped_column(sa.String(64), default="", index=True)
    station_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    """The station that handles it."""
    handler_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    """Who works on it 承办人."""
    confidentiality: Mapped[Confidentiality] = mapped_column(
        Choice(Confidentiality), default=Confidentiality.OPEN
    )
    case_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    """Thread of the dispute case it is part of: a detention whose goods are fought for there."""
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[UUID | None]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class ThreadAccess(Base):
    """A person or an organisation let into a thread, or into one part of it (a track)."""

    __tablename__ = "thread_access"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    part_id: Mapped[UUID | None]
    """The one part that is seen; None: the whole thread."""
    organisation_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("organisation.id"), index=True
    )
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    audience: Mapped[Audience] = mapped_column(Choice(Audience))
    """The widest audience whose entries are read."""
    writes: Mapped[bool] = mapped_column(default=False)
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    granted_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.CheckConstraint("(organisation_id IS NULL) <> (person_id IS NULL)", name="one_grantee"),
    )


class TimelineEntry(Base):
    """One thing that happened in a thread. Rows are added, never changed."""

    __tablename__ = "timeline_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    part_id: Mapped[UUID]
    """The part it belongs to; the thread's own id for the whole."""
    audience: Mapped[Audience] = mapped_column(Choice(Audience))
    verb: Mapped[str] = mapped_column(sa.String(64))
    """`thing.happened`, worded by `cases.words`, or `table.event` of a move."""
    values: Mapped[dict[str, Any]] = mapped_column(Json)
    source: Mapped[str] = mapped_column(sa.String(32), default="")
    target: Mapped[str] = mapped_column(sa.String(32), default="")
    """The status before and after, for a move."""
    note: Mapped[str] = mapped_column(sa.Text, default="")
    href: Mapped[str] = mapped_column(sa.String(200), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]


class Deadline(Base):
    """One clock of a thread: the question put to a rule, its frozen answer, and how it stands."""

    __tablename__ = "deadline"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    part_id: Mapped[UUID]
    audience: Mapped[Audience] = mapped_column(Choice(Audience))
    origin: Mapped[Origin] = mapped_column(Choice(Origin))
    rule_id: Mapped[str] = mapped_column(sa.String(80))
    """As asked; a standard's own key for `Origin.STANDARD`."""
    rule_version: Mapped[str] = mapped_column(sa.String(100), default="")
    event: Mapped[str] = mapped_column(sa.String(80))
    """The trigger event: one clock of a rule runs once for each."""
    trigger: Mapped[str] = mapped_column(sa.String(40))
    """Day or moment of the event, as given, in ISO 8601."""
    proof: Mapped[str] = mapped_column(sa.Text, default="")
    """What proves the event: the receipt of service, a number, an evidence id."""
    facts: Mapped[dict[str, str]] = mapped_column(Json)
    gap: Mapped[Gap] = mapped_column(Choice(Gap), default=Gap.NONE)
    gap_reason: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The rule's own words for the gap: message id under `message`, its values beside it."""
    due_on: Mapped[date | None]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    time_zone: Mapped[str] = mapped_column(sa.String(64), default="")
    title: Mapped[dict[str, str]] = mapped_column(Json)
    explanation: Mapped[dict[str, str]] = mapped_column(Json)
    computed: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """The whole answer of the rule as it was given, frozen."""
    provisional: Mapped[bool] = mapped_column(default=False)
    calendar: Mapped[str] = mapped_column(sa.String(40), default="")
    effect: Mapped[Effect] = mapped_column(Choice(Effect))
    status: Mapped[Status] = mapped_column(Choice(Status), default=Status.OPEN)
    warnings: Mapped[list[str]] = mapped_column(Json, default=list)
    """The moments still to warn at, in ISO 8601, earliest first."""
    warn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """The first of them."""
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pauses: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    """`from`, `to` (empty while it is stopped), `reason`."""
    after_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("deadline.id"), index=True)
    """The deadline whose due day is this one's trigger."""
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[UUID | None]
    missed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Set once it was missed, and never taken back."""
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[UUID | None]
    settled_on: Mapped[str] = mapped_column(sa.String(40), default="")
    """Day or moment of the act that met it."""
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    """Why it was waived, or what proves that it was met."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so
    __table_args__ = (
        sa.UniqueConstraint("thread_id", "part_id", "rule_id", "event"),
        sa.Index(None, "status", "due_at"),
    )


class CalendarYear(Base):
    """A year of days off as its notice gives it, entered here before the program knows it."""

    __tablename__ = "calendar_year"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    calendar: Mapped[str] = mapped_column(sa.String(40))
    year: Mapped[int]
    notice: Mapped[str] = mapped_column(sa.String(200))
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    closed: Mapped[list[str]] = mapped_column(Json)
    working: Mapped[list[str]] = mapped_column(Json)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by: Mapped[UUID | None]

    __table_args__ = (sa.UniqueConstraint("calendar", "year"),)


class CalendarFeed(Base):
    """An address under which a calendar program fetches deadlines; the row holds its hash only."""

    __tablename__ = "calendar_feed"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    """Who made it: the feed shows what this person may see, as long as they may."""
    scope: Mapped[FeedScope] = mapped_column(Choice(FeedScope))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
