"""Tables of evidence: what it is, and a hash chain of what happened to it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.cases.domain import Audience, CopyOf, Custody, EvidenceKind, Obtained, Scan
from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id


class Evidence(Base):
    """One piece of evidence; its content lies in `core.files` under its SHA-256."""

    __tablename__ = "evidence"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    part_id: Mapped[UUID]
    audience: Mapped[Audience] = mapped_column(Choice(Audience))
    number: Mapped[int]
    """Running number within the thread."""
    title: Mapped[str] = mapped_column(sa.String(200))
    purpose: Mapped[str] = mapped_column(sa.Text, default="")
    """What it is to prove 证明目的."""
    kind: Mapped[EvidenceKind] = mapped_column(Choice(EvidenceKind))
    obtained: Mapped[Obtained] = mapped_column(Choice(Obtained))
    source: Mapped[str] = mapped_column(sa.Text, default="")
    """Address, order number, capturing tool and version, notary's number."""
    copy_of: Mapped[CopyOf] = mapped_column(Choice(CopyOf))
    original_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("evidence.id"), index=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    media_type: Mapped[str] = mapped_column(sa.String(100))
    name: Mapped[str] = mapped_column(sa.Text)
    scan: Mapped[Scan] = mapped_column(Choice(Scan))
    seal: Mapped[str] = mapped_column(sa.String(64), default="")
    """Number of the seal; a sealed item is shown to nobody but who may export."""
    events: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(sa.String(64), default="")
    """How many custody events there are, and the hash of the last: a cut-off tail is noticed."""
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[UUID | None]

    __table_args__ = (sa.UniqueConstraint("thread_id", "number"),)


class CustodyEvent(Base):
    """One thing that happened to a piece of evidence. Rows are added, never changed."""

    __tablename__ = "custody_event"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    evidence_id: Mapped[UUID] = mapped_column(sa.ForeignKey("evidence.id"), index=True)
    number: Mapped[int]
    event: Mapped[Custody] = mapped_column(Choice(Custody))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[UUID | None]
    detail: Mapped[dict[str, Any]] = mapped_column(Json)
    """`role`, `place`, `from`, `to`, `purpose`, `authority`, `seal`, as far as given."""
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """The hash of the content at this moment."""
    hash: Mapped[str] = mapped_column(sa.String(64))

    __table_args__ = (sa.UniqueConstraint("evidence_id", "number"),)


class ExportCheck(Base):
    """The recorded check before evidence goes to a court or authority abroad."""

    __tablename__ = "export_check"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    evidence: Mapped[list[str]] = mapped_column(Json)
    """The ids it covers."""
    recipient: Mapped[str] = mapped_column(sa.String(200))
    answers: Mapped[dict[str, str]] = mapped_column(Json)
    """The words a person wrote to each point of `EXPORT_CHECKS`."""
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked_by: Mapped[UUID | None]
