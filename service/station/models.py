"""Tables of the station: intakes with what is read and answered in them, people, guidance."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.cases.domain import Audience
from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.dispute.domain import DisputeKind, RightKind, ServiceLine, Side
from service.dispute.models_roster import StationContact
from service.station.base.models import (
    BaseStep,
    CheckUp,
    CheckUpConsent,
    EarlyWarning,
    Event,
    EventAttendance,
    EventBody,
    EventMaterial,
    TypicalCase,
    WarningRecipient,
)
from service.station.domain import (
    Channel,
    Conflict,
    Finance,
    FindingState,
    FollowWay,
    Rating,
)

__all__ = [
    "BaseStep",
    "CheckUp",
    "CheckUpConsent",
    "Consultation",
    "EarlyWarning",
    "Event",
    "EventAttendance",
    "EventBody",
    "EventMaterial",
    "Expert",
    "FollowUp",
    "GuidanceNote",
    "Intake",
    "MailFinding",
    "StationContact",
    "TypicalCase",
    "WarningRecipient",
]


class Intake(Base):
    """A matter as it came in; it shares the id of its thread, and of the case it may become."""

    __tablename__ = "intake"

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), primary_key=True)
    station_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    """The station whose desk took it in; the thread says who handles it now."""
    number: Mapped[str] = mapped_column(sa.String(32))
    """On the visitor's receipt 收件回执; unique within the station."""
    status: Mapped[str] = mapped_column(sa.String(32), index=True)
    channel: Mapped[Channel] = mapped_column(Choice(Channel))
    service_line: Mapped[ServiceLine] = mapped_column(Choice(ServiceLine))
    finance: Mapped[Finance | None] = mapped_column(Choice(Finance))
    title: Mapped[str] = mapped_column(sa.String(200))
    facts: Mapped[str] = mapped_column(sa.Text, default="")
    visitor: Mapped[str] = mapped_column(sa.String(200))
    contact: Mapped[str] = mapped_column(sa.String(200), default="")
    """Telephone or e-mail under which the visitor is reached."""
    side: Mapped[Side] = mapped_column(Choice(Side))
    dispute_kind: Mapped[DisputeKind] = mapped_column(Choice(DisputeKind))
    right_kind: Mapped[RightKind] = mapped_column(Choice(RightKind))
    jurisdiction: Mapped[str] = mapped_column(sa.String(8), default="CN")
    rights: Mapped[list[str]] = mapped_column(Json)
    marks: Mapped[list[str]] = mapped_column(Json)
    references: Mapped[list[str]] = mapped_column(Json)
    """Numbers others gave it: of a complaint, a docket, a listing."""
    goods_at_risk: Mapped[str] = mapped_column(sa.Text, default="")
    urgent: Mapped[bool] = mapped_column(default=False)
    passed_to: Mapped[str] = mapped_column(sa.String(200), default="")
    """The body it was passed on to."""
    conflict: Mapped[Conflict] = mapped_column(Choice(Conflict), default=Conflict.UNCHECKED)
    conflict_note: Mapped[str] = mapped_column(sa.Text, default="")
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_by: Mapped[UUID | None]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so
    __table_args__ = (sa.UniqueConstraint("station_id", "number"),)


class _Kept:
    """What is written in a matter hangs on its thread."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    part_id: Mapped[UUID]
    audience: Mapped[Audience] = mapped_column(Choice(Audience))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[UUID | None]


class Consultation(_Kept, Base):
    """An answer given to a visitor, and the guidance it rests on."""

    __tablename__ = "consultation"

    text: Mapped[str] = mapped_column(sa.Text)
    guidance: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """`id` and `checked` of each entry of the knowledge base, as it was then."""


class MailFinding(_Kept, Base):
    """Something read from a message by a pattern: a proposal until a person confirms it."""

    __tablename__ = "mail_finding"

    evidence_id: Mapped[UUID] = mapped_column(sa.ForeignKey("evidence.id"), index=True)
    sender: Mapped[str] = mapped_column(sa.String(40))
    """Key of the kind of message: `amazon`, `summons` …"""
    field: Mapped[str] = mapped_column(sa.String(40))
    value: Mapped[str] = mapped_column(sa.String(300))
    excerpt: Mapped[str] = mapped_column(sa.Text)
    """The line it stands in."""
    state: Mapped[FindingState] = mapped_column(Choice(FindingState))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]


class GuidanceNote(_Kept, Base):
    """What the bureau advises 指导意见, and when the station read it."""

    __tablename__ = "guidance_note"

    text: Mapped[str] = mapped_column(sa.Text)
    reply_by: Mapped[date | None]
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_by: Mapped[UUID | None]
    reply: Mapped[str] = mapped_column(sa.Text, default="")
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FollowUp(_Kept, Base):
    """Somebody was asked afterwards how it went 回访, and how content they are."""

    __tablename__ = "follow_up"

    on: Mapped[date]
    way: Mapped[FollowWay] = mapped_column(Choice(FollowWay))
    spoke_with: Mapped[str] = mapped_column(sa.String(200))
    rating: Mapped[Rating | None] = mapped_column(Choice(Rating))
    """None: they gave none."""
    note: Mapped[str] = mapped_column(sa.Text, default="")


class Expert(Base):
    """Somebody on the station's roster 驻站专家."""

    __tablename__ = "expert"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    """The station."""
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    """Their account here, if they have one: it tells their load."""
    name: Mapped[str] = mapped_column(sa.String(200))
    institution: Mapped[str] = mapped_column(sa.String(200), default="")
    contact: Mapped[str] = mapped_column(sa.String(200), default="")
    specialties: Mapped[list[str]] = mapped_column(Json)
    languages: Mapped[list[str]] = mapped_column(Json)
    duty: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """`day` (1 Monday … 7 Sunday), `opens`, `closes` as HH:MM in the station's time."""
    capacity: Mapped[int] = mapped_column(default=10)
    """Open matters they take at most."""
    interests: Mapped[list[str]] = mapped_column(Json)
    """Whom they act for elsewhere: names that must not stand on the other side."""
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so
