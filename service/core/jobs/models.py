"""Tables of jobs and of their finished steps."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.core.db import Base
from service.core.jobs.domain import Plain, State
from service.core.types import Choice, Json, UtcDateTime, new_id

_UNFINISHED = sa.text("state IN ('waiting', 'running')")


class JobRow(Base):
    """A job and how it stands. DBOS keeps the queue; this row is what people and pages see."""

    __tablename__ = "job"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(sa.String(64))
    args: Mapped[dict[str, Plain]] = mapped_column(Json)
    key: Mapped[str | None] = mapped_column(sa.String(200))
    state: Mapped[State] = mapped_column(Choice(State))
    priority: Mapped[int]
    tries: Mapped[int] = mapped_column(default=0)
    starts: Mapped[int] = mapped_column(default=0)
    error: Mapped[dict[str, Any] | None] = mapped_column(Json)
    done: Mapped[int | None] = mapped_column(sa.BigInteger)
    total: Mapped[int | None] = mapped_column(sa.BigInteger)
    enqueued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    run_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    cancel_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.Index(
            "uq_job_name_key_unfinished",
            "name",
            "key",
            unique=True,
            sqlite_where=_UNFINISHED,
            postgresql_where=_UNFINISHED,
        ),
        sa.Index(None, "state", "enqueued_at"),
    )


class JobStep(Base):
    """A finished step and its result, written in the transaction of the step's own effect."""

    __tablename__ = "job_step"

    job_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("job.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    result: Mapped[Any] = mapped_column(Json, nullable=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def insert_unless_there(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert a row unless a unique one like it stands; tell whether it was inserted.

    A like row of a transaction still open is waited for.
    """
    keys = sa.inspect(table).primary_key
    statement: sa.sql.dml.ReturningInsert[Any]
    if session.get_bind().dialect.name == "sqlite":
        on_sqlite = sqlite.insert(table).values(**values)
        statement = on_sqlite.on_conflict_do_nothing().returning(*keys)
    else:
        on_postgresql = postgresql.insert(table).values(**values)
        statement = on_postgresql.on_conflict_do_nothing().returning(*keys)
    return session.execute(statement).first() is not None
