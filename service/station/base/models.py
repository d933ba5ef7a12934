"""Tables of the base: events with their sheets, and the steps of everything it does."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.station.base.domain import EventKind, Source, WarningKind


class BaseStep(Base):
    """One step of an event, a warning or a typical case: its timeline. Rows are only added."""

    __tablename__ = "base_step"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(sa.String(32))
    """Name of the table of moves."""
    thing_id: Mapped[UUID] = mapped_column(index=True)
    event: Mapped[str] = mapped_column(sa.String(32))
    source: Mapped[str] = mapped_column(sa.String(32))
    target: Mapped[str] = mapped_column(sa.String(32))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[UUID | None]


class Event(Base):
    """A salon, training, publicity or lesson in law of one station."""

    __tablename__ = "base_event"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    station_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(Choice(EventKind))
    status: Mapped[str] = mapped_column(sa.String(32), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    about: Mapped[str] = mapped_column(sa.Text, default="")
    place: Mapped[str] = mapped_column(sa.String(300))
    hosts: Mapped[list[str]] = mapped_column(Json)
    """Who holds it, as the invitation names them."""
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    hours: Mapped[Decimal] = mapped_column(sa.Numeric(5, 1))
    """Hours that count for each who was there 学时."""
    seats: Mapped[int | None]
    """None: as many as come."""
    announced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when others than the station see it."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class EventBody(Base):
    """A body that takes part: the procuratorate, customs, a court, the bureau."""

    __tablename__ = "base_event_body"

    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("base_event.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id"), primary_key=True
    )


class EventMaterial(Base):
    """A file of an event: slides, a leaflet, a photograph."""

    __tablename__ = "base_event_material"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("base_event.id"), index=True)
    file_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stored_file.id"))
    title: Mapped[str] = mapped_column(sa.String(200))
    shown: Mapped[bool]
    """To everybody who reads the event; else to the station alone."""
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EventAttendance(Base):
    """One line of the sign-in sheet 签到表: who signed up, and who was there."""

    __tablename__ = "base_event_attendance"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("base_event.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("organisation.id"), index=True
    )
    """The enterprise or body, where it is in the directory."""
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    """Who signed up here."""
    name: Mapped[str] = mapped_column(sa.String(100))
    company: Mapped[str] = mapped_column(sa.String(200), default="")
    """As written on the sheet, where it is not in the directory."""
    phone: Mapped[str] = mapped_column(sa.String(60), default="")
    source: Mapped[Source] = mapped_column(Choice(Source, 16))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """None: was not there, or not yet."""
    satisfaction: Mapped[int | None]
    """1 to 5, where it was given."""
    remark: Mapped[str] = mapped_column(sa.Text, default="")

    __table_args__ = (sa.UniqueConstraint("event_id", "person_id"),)


class EarlyWarning(Base):
    """A warning to those it concerns 预警: drafted from data, edited and sent by people."""

    __tablename__ = "base_warning"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    station_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    kind: Mapped[WarningKind] = mapped_column(Choice(WarningKind))
    status: Mapped[str] = mapped_column(sa.String(32), index=True)
    title: Mapped[dict[str, str]] = mapped_column(Json)
    """`zh` and `en`, as `text`."""
    text: Mapped[dict[str, str]] = mapped_column(Json)
    basis: Mapped[list[str]] = mapped_column(Json)
    """What it was drafted from, one fact a line: for the station only."""
    settings: Mapped[dict[str, str]] = mapped_column(Json)
    """What was chosen for the draft: days, number, what makes a wave."""
    marks: Mapped[list[str]] = mapped_column(Json)
    markets: Mapped[list[str]] = mapped_column(Json)
    classes: Mapped[list[str]] = mapped_column(Json)
    hs: Mapped[list[str]] = mapped_column(Json)
    """By these four the enterprises concerned are found."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[UUID | None]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class WarningRecipient(Base):
    """An enterprise a warning concerns, why, and when it read it."""

    __tablename__ = "base_warning_recipient"

    warning_id: Mapped[UUID] = mapped_column(sa.ForeignKey("base_warning.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id"), primary_key=True
    )
    reasons: Mapped[list[dict[str, str]]] = mapped_column(Json)
    """`kind` and `detail` of each `ReasonKind`."""
    left_out: Mapped[bool] = mapped_column(default=False)
    """A person took it out."""
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_by: Mapped[UUID | None]


class TypicalCase(Base):
    """A closed case told without names 典型案例."""

    __tablename__ = "base_typical_case"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    station_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    case_id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    """The case it is made from: never shown outside the station."""
    status: Mapped[str] = mapped_column(sa.String(32), index=True)
    title: Mapped[dict[str, str]] = mapped_column(Json)
    """`zh` and `en`, as `text` and `lesson`."""
    text: Mapped[dict[str, str]] = mapped_column(Json)
    lesson: Mapped[dict[str, str]] = mapped_column(Json)
    """What others learn of it 典型意义."""
    hides_marks: Mapped[bool]
    justified: Mapped[dict[str, str]] = mapped_column(Json)
    """Why a finding of the redaction check stays, by its key."""
    guidance: Mapped[str] = mapped_column(sa.String(64), default="")
    """The entry of the knowledge base it is shown with."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[UUID | None]
    """Who wrote it last: somebody else approves it."""
    approved_by: Mapped[UUID | None]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class CheckUpConsent(Base):
    """That an enterprise agrees to be checked up by a station, and what it opens for that."""

    __tablename__ = "base_check_up_consent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enterprise_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    station_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    watches: Mapped[bool]
    """The check-up may look at its watches; given by the enterprise itself only."""
    decisions: Mapped[bool]
    proof: Mapped[str] = mapped_column(sa.String(300), default="")
    """How it was given, where staff wrote it down."""
    given_by: Mapped[UUID | None]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CheckUp(Base):
    """A check-up of an enterprise 体检, frozen as it was found."""

    __tablename__ = "base_check_up"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    station_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    enterprise_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """JSON in UTF-8; see `checkup.Report`."""
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Of the content, so that a changed report is noticed."""
    count: Mapped[int]
    """Findings."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[UUID | None]
