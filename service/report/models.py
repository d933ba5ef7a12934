"""Table of issued reports."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Json, UtcDateTime, new_id


class StationReport(Base):
    """A report as it was issued. Rows are added, never changed: a correction is a new edition."""

    __tablename__ = "station_report"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    station_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    """Who issued it."""
    period: Mapped[str] = mapped_column(sa.String(8))
    """As `Period` writes it."""
    first_on: Mapped[date]
    edition: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    """What a further edition corrects."""
    snapshot: Mapped[dict[str, Any]] = mapped_column(Json)
    """Figures with the keys of the rows behind them; no name of a person, no text of a matter."""
    snapshot_hash: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 over the snapshot as sorted JSON."""
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[UUID | None]

    __table_args__ = (sa.UniqueConstraint("station_id", "period", "edition"),)
