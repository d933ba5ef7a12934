"""Tables of the refreshing of registers: what each connector knows, and every time it looked."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.registry.domain import RefreshState


class ConnectorMemory(Base):
    """What a connector knows from one refresh to the next."""

    __tablename__ = "connector"

    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    memory: Mapped[dict[str, Any]] = mapped_column(Json)
    """What the adapter left behind: days, tags, numbers. Never a credential."""
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it last came to an end, with or without anything new."""


class Refresh(Base):
    """One look at an office: begun by the clock or a person, gone on with after any stop."""

    __tablename__ = "refresh"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    connector: Mapped[str] = mapped_column(sa.String(64), index=True)
    state: Mapped[RefreshState] = mapped_column(Choice(RefreshState, 16), index=True)
    cursor: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """Where it stands; written with each step."""
    file_cursor: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """Where it stood behind the last whole file: from here on, should the pieces be gone."""
    pieces: Mapped[int]
    """Pieces kept for the file that is being made; more on disk are of a step that was cut off."""
    requests: Mapped[int]
    records: Mapped[int] = mapped_column(sa.BigInteger)
    done: Mapped[int]
    total: Mapped[int | None]
    imports: Mapped[list[str]] = mapped_column(Json)
    """Ids of the imports it began, in order."""
    notes: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """`text` (message id) and `values`."""
    failure: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """`code`, `detail` and `members` of the problem that stopped it."""
    actor_id: Mapped[UUID | None]
    """Who asked; nobody: the clock."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    again_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it goes on, where the office asked for a pause."""
