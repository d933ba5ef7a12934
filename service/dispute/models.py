"""Tables of dispute cases: the case, its parties, its tracks, and what mediation leaves behind."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.cases.domain import Audience
from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.dispute.domain import (
    DisputeKind,
    GoodsOutcome,
    Outcome,
    PartyRole,
    RightKind,
    ServiceLine,
    Side,
    Source,
    TrackKind,
)
from service.dispute.models_papers import CasePaper, PaperSignature, PaperTemplate, PaperVersion
from service.dispute.models_roster import StationContact

__all__ = [
    "Agreement",
    "CasePaper",
    "DisputeCase",
    "MediationSession",
    "PaperSignature",
    "PaperTemplate",
    "PaperVersion",
    "Party",
    "Proposal",
    "StationContact",
    "Track",
]

Money = sa.Numeric(18, 2)


class DisputeCase(Base):
    """A case; it shares the id of its thread, which says whose it is and who handles it."""

    __tablename__ = "dispute_case"

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), primary_key=True)
    status: Mapped[str] = mapped_column(sa.String(32), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    service_line: Mapped[ServiceLine] = mapped_column(Choice(ServiceLine))
    side: Mapped[Side] = mapped_column(Choice(Side))
    dispute_kind: Mapped[DisputeKind] = mapped_column(Choice(DisputeKind))
    right_kind: Mapped[RightKind] = mapped_column(Choice(RightKind))
    source: Mapped[Source] = mapped_column(Choice(Source))
    source_kind: Mapped[str] = mapped_column(sa.String(32), default="")
    source_id: Mapped[str] = mapped_column(sa.String(64), default="")
    """The screening, alert or detention it came from."""
    rights: Mapped[list[str]] = mapped_column(Json)
    """Rights involved: number and office, as the papers give them."""
    jurisdiction: Mapped[str] = mapped_column(sa.String(8))
    venue: Mapped[str] = mapped_column(sa.String(200), default="")
    facts: Mapped[str] = mapped_column(sa.Text, default="")
    urgent: Mapped[bool] = mapped_column(default=False)
    amount: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str] = mapped_column(sa.String(3), default="CNY")
    goods_at_risk: Mapped[str] = mapped_column(sa.Text, default="")
    """Shipments on the way 在途货物."""
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[Outcome | None] = mapped_column(Choice(Outcome))
    outcome_reason: Mapped[str] = mapped_column(sa.Text, default="")
    goods_outcome: Mapped[GoodsOutcome] = mapped_column(
        Choice(GoodsOutcome), default=GoodsOutcome.NONE
    )
    cost: Mapped[Decimal | None] = mapped_column(Money)
    performed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class Party(Base):
    """Somebody on one side of a case. The number of an identity paper is kept masked only."""

    __tablename__ = "case_party"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    role: Mapped[PartyRole] = mapped_column(Choice(PartyRole))
    name: Mapped[str] = mapped_column(sa.String(200))
    identity: Mapped[str] = mapped_column(sa.String(40), default="")
    address: Mapped[str] = mapped_column(sa.Text, default="")
    """Address for service 送达地址."""
    electronic_service: Mapped[bool] = mapped_column(default=False)
    representative: Mapped[str] = mapped_column(sa.String(200), default="")
    special_authority: Mapped[bool] = mapped_column(default=False)
    """The representative may settle and waive 特别授权."""
    country: Mapped[str] = mapped_column(sa.String(2), default="CN")


class Track(Base):
    """One way a case goes: its status moves by the table of its kind."""

    __tablename__ = "case_track"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    kind: Mapped[TrackKind] = mapped_column(Choice(TrackKind))
    status: Mapped[str] = mapped_column(sa.String(32))
    body_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    """The outside body the track was referred to, where it works here."""
    body_name: Mapped[str] = mapped_column(sa.String(200), default="")
    number: Mapped[str] = mapped_column(sa.String(64), default="")
    """The body's own number."""
    detail: Mapped[dict[str, str]] = mapped_column(Json)
    """What tables and guards ask: see `tables.DETAILS`."""
    result: Mapped[str] = mapped_column(sa.Text, default="")
    cost: Mapped[Decimal | None] = mapped_column(Money)
    subsidy: Mapped[Decimal | None] = mapped_column(Money)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class _Kept:
    """What mediation leaves behind hangs on its track."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    part_id: Mapped[UUID] = mapped_column(sa.ForeignKey("case_track.id"), index=True)
    audience: Mapped[Audience] = mapped_column(Choice(Audience))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[UUID | None]


class MediationSession(_Kept, Base):
    """A meeting: set, then held with its record 调解笔录."""

    __tablename__ = "mediation_session"

    at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(sa.String(300))
    """A room or an address for a meeting at a distance."""
    attendees: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """`name`, `for`, `identity_checked`."""
    recording_agreed: Mapped[bool] = mapped_column(default=False)
    record: Mapped[str] = mapped_column(sa.Text, default="")
    held: Mapped[bool] = mapped_column(default=False)


class Proposal(_Kept, Base):
    """What a party or the mediator proposed: confidential, and no evidence in a later suit."""

    __tablename__ = "mediation_proposal"

    by: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    amount: Mapped[Decimal | None] = mapped_column(Money)
    answer: Mapped[str] = mapped_column(sa.Text, default="")


class Agreement(_Kept, Base):
    """What the parties agreed on 调解协议书, or orally 口头协议登记."""

    __tablename__ = "mediation_agreement"

    number: Mapped[str] = mapped_column(sa.String(64), default="")
    clauses: Mapped[str] = mapped_column(sa.Text)
    amount: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str] = mapped_column(sa.String(3), default="CNY")
    perform_by: Mapped[date | None]
    oral: Mapped[bool] = mapped_column(default=False)
    signatures: Mapped[list[str]] = mapped_column(Json)
    """Ids of the parties that have signed."""
    signed_on: Mapped[date | None]

    __table_args__ = (sa.UniqueConstraint("part_id"),)
