"""Table of published customs penalty decisions 海关行政处罚决定书."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import UtcDateTime, new_id
from service.registry.models.columns import Key


class Penalty(Base):
    """What one published decision says of one mark. Published: seen by all who read registers."""

    __tablename__ = "penalty"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """Hash of decision number, party, mark and goods: the same row again is the same penalty."""
    territory: Mapped[str] = mapped_column(sa.String(2))
    """Customs territory whose authority decided."""
    decision_number: Mapped[str] = mapped_column(sa.String(120))
    decided_on: Mapped[date] = mapped_column(index=True)
    party: Mapped[str] = mapped_column(sa.String(300))
    party_key: Mapped[str] = mapped_column(Key(120), index=True)
    party_code: Mapped[str] = mapped_column(sa.String(30), index=True)
    customs: Mapped[str] = mapped_column(sa.String(200))
    """Port or customs house."""
    goods: Mapped[str] = mapped_column(sa.Text)
    mark: Mapped[str] = mapped_column(sa.String(300))
    mark_key: Mapped[str] = mapped_column(Key(48), index=True)
    recordation_number: Mapped[str] = mapped_column(sa.String(64), index=True)
    value_fen: Mapped[int | None] = mapped_column(sa.BigInteger)
    """Value of the goods and fine, in hundredths of a yuan; None where the decision tells none."""
    fine_fen: Mapped[int | None] = mapped_column(sa.BigInteger)
    source: Mapped[str] = mapped_column(sa.String(500))
    """Where it was published, or the file it came from."""
    file_sha256: Mapped[str] = mapped_column(sa.String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
