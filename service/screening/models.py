"""Tables of screenings."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.screening.domain import Verdict


class Screening(Base):
    """One answer, kept as it was given: the same bytes can be had years later."""

    __tablename__ = "screening"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("organisation.id"), index=True
    )
    """Whose secret it is; None for one run on the console without a person."""
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    names: Mapped[list[str]] = mapped_column(Json)
    reference: Mapped[str] = mapped_column(sa.String(200), default="")
    markets: Mapped[list[str]] = mapped_column(Json)
    verdict: Mapped[Verdict] = mapped_column(Choice(Verdict))
    """The worst of all markets, for lists."""
    engine: Mapped[str] = mapped_column(sa.String(64))
    change: Mapped[int] = mapped_column(sa.BigInteger)
    """The change number of the registry up to which was searched."""
    answer: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """The whole answer: JSON in UTF-8, compressed with zlib."""
    answer_hash: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the JSON, so that a changed answer is noticed."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
