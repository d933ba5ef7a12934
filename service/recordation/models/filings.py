"""Tables of filings: drafts, what was sent and frozen, what changed since, who may act."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.recordation.domain import FilingStatus, RoundKind, Scope, TaskStatus
from service.registry.models.columns import Codes


class Mandate(Base):
    """What an exporter lets another organisation do for it; to file, under a power of attorney."""

    __tablename__ = "mandate"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    to_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    scope: Mapped[Scope] = mapped_column(Choice(Scope))
    poa_file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """Last day; always given for `file`."""
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_by: Mapped[UUID | None]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Filing(Base):
    """One right before one authority. Its id is that of its thread."""

    __tablename__ = "filing"

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    asset_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recordation_asset.id"), index=True)
    authority: Mapped[str] = mapped_column(sa.String(32), index=True)
    procedure: Mapped[str] = mapped_column(sa.String(32))
    status: Mapped[FilingStatus] = mapped_column(Choice(FilingStatus), index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    """This filing's own answers by field; what is not here comes from the substance."""
    states: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    """Member states it is asked for."""
    application_no: Mapped[str] = mapped_column(sa.String(64), default="")
    received_on: Mapped[date | None]
    recordation_no: Mapped[str] = mapped_column(sa.String(64), default="")
    effective_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    fee: Mapped[str] = mapped_column(sa.String(60), default="")
    """Paid, as amount and currency; `paid_on` when."""
    paid_on: Mapped[date | None]
    correction_due: Mapped[date | None]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    """Why it was returned, refused, cancelled or lapsed, in the authority's words."""
    follows_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("filing.id"))
    """The filing that lapsed before this new one."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class FilingPaper(Base):
    """A document of the checklist that is there."""

    __tablename__ = "filing_paper"

    filing_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("filing.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    file_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stored_file.id"), primary_key=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FilingRound(Base):
    """What was sent to the authority, frozen, with its proof and the answer to it."""

    __tablename__ = "filing_round"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    filing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("filing.id"), index=True)
    kind: Mapped[RoundKind] = mapped_column(Choice(RoundKind))
    number: Mapped[int]
    snapshot: Mapped[dict[str, Any]] = mapped_column(Json)
    snapshot_hash: Mapped[str] = mapped_column(sa.String(64))
    submitted_on: Mapped[date]
    submitted_by: Mapped[UUID | None]
    receipt_no: Mapped[str] = mapped_column(sa.String(64), default="")
    proof_file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    decided_on: Mapped[date | None]
    granted: Mapped[bool | None]
    decision_file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (sa.UniqueConstraint("filing_id", "number"),)


class ChangeTask(Base):
    """A duty to tell the authority what is no longer as it was filed."""

    __tablename__ = "change_task"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    filing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("filing.id"), index=True)
    status: Mapped[TaskStatus] = mapped_column(Choice(TaskStatus))
    happened_on: Mapped[date]
    lapse: Mapped[bool] = mapped_column(default=False)
    """The right itself ended."""
    differences: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """`key`, `label`, `filed`, `now`: what was filed against what is true."""
    deadline_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("deadline.id"))
    round_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("filing_round.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
