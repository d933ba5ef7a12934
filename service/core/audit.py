"""Who did what to which thing: append-only rows in a hash chain.

Rows are written just before the commit, when the number of the head is locked, so that the chain
has no gaps and the lock is short. Each row's hash covers the row and the hash before it; a changed,
removed or inserted row, or a cut-off tail (the head is kept apart), is found by `verify`.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.core import clock
from service.core.db import Base, before_commit
from service.core.types import Json, UtcDateTime

GENESIS = "0" * 64
PENDING = "audit.pending"


class AuditEvent(Base):
    """One thing that happened. Names and texts stay out: ids only, so that erasure is possible."""

    __tablename__ = "audit_event"

    number: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    verb: Mapped[str] = mapped_column(sa.String(64), index=True)
    actor_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None] = mapped_column(index=True)
    subject_kind: Mapped[str] = mapped_column(sa.String(32))
    subject_id: Mapped[str] = mapped_column(sa.String(64), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(Json)
    hash: Mapped[str] = mapped_column(sa.String(64))


class AuditHead(Base):
    """The last number and hash: one row, made by the migration."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(sa.BigInteger)
    hash: Mapped[str] = mapped_column(sa.String(64))


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain does not hold."""

    number: int
    what: str


def record(
    session: Session,
    verb: str,
    *,
    subject: tuple[str, object],
    actor_id: UUID | None = None,
    organisation_id: UUID | None = None,
    **detail: Any,
) -> None:
    """Note that `verb` (`thing.happened`) befell `subject` (kind, id). Stored with the commit."""
    session.info.setdefault(PENDING, []).append(
        AuditEvent(
            at=clock.now(),
            verb=verb,
            actor_id=actor_id,
            organisation_id=organisation_id,
            subject_kind=subject[0],
            subject_id=str(subject[1]),
            detail=detail,
        )
    )
    before_commit(session, PENDING, _append)


def _append(session: Session) -> None:
    events: list[AuditEvent] = session.info.pop(PENDING, [])
    if not events:
        return
    session.flush()
    head = session.scalars(sa.select(AuditHead).with_for_update()).one()
    session.refresh(head)
    for row in events:
        head.number += 1
        row.number = head.number
        row.hash = head.hash = _hash(head.hash, row)
        session.add(row)
    session.flush()


def _hash(previous: str, row: AuditEvent) -> str:
    content = json.dumps(
        [
            row.number,
            row.at.isoformat(),
            row.verb,
            str(row.actor_id),
            str(row.organisation_id),
            row.subject_kind,
            row.subject_id,
            row.detail,
        ],
        ensure_ascii=False,
        sort_keys=True,
    )
    return hashlib.sha256(f"{previous}{content}".encode()).hexdigest()


def verify(session: Session) -> Iterator[Fault]:
    """Yield every place where the chain is broken; nothing means it holds from first to head."""
    previous, expected = GENESIS, 1
    for row in session.scalars(
        sa.select(AuditEvent).order_by(AuditEvent.number).execution_options(yield_per=1000)
    ):
        if row.number != expected:
            yield Fault(row.number, f"expected number {expected}")
        if row.hash != _hash(previous, row):
            yield Fault(row.number, "hash does not follow from the row and the one before")
        previous, expected = row.hash, row.number + 1
    head = session.scalars(sa.select(AuditHead)).one()
    if (head.number, head.hash) != (expected - 1, previous):
        yield Fault(head.number, "the tail is cut off: the head names another last row")
