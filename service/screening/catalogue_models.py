"""Tables of catalogues: what was asked for, how far it is, and what became of each row."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.identity.permissions import Role
from service.screening.domain import Verdict


class CatalogueState(StrEnum):
    """How a catalogue stands."""

    WAITING = "waiting"
    RUNNING = "running"
    WRITING = "writing"
    """Every row is screened; the workbook and the report are being made."""
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


UNFINISHED = (CatalogueState.WAITING, CatalogueState.RUNNING, CatalogueState.WRITING)


class Catalogue(Base):
    """One sheet of products, screened row by row."""

    __tablename__ = "catalogue"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(Choice(Role))
    """With whose rights it runs."""
    name: Mapped[str] = mapped_column(sa.String(200))
    file_sha256: Mapped[str] = mapped_column(sa.String(64))
    mapping: Mapped[dict[str, str]] = mapped_column(Json)
    """Heading → column, as said by a person; empty: left out."""
    defaults: Mapped[dict[str, Any]] = mapped_column(Json)
    """What a row that does not say is screened with: `Defaults`."""
    state: Mapped[CatalogueState] = mapped_column(Choice(CatalogueState), index=True)
    rows: Mapped[int]
    done: Mapped[int]
    """Rows screened or rejected so far."""
    rejected: Mapped[int]
    worst: Mapped[dict[str, int]] = mapped_column(Json)
    """How many rows have each verdict as their worst; worked out when all are done."""
    job_id: Mapped[UUID | None]
    files: Mapped[dict[str, str]] = mapped_column(Json)
    """SHA-256 of the results that are made once: `xlsx`, `pdf`."""
    failure: Mapped[dict[str, Any] | None] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CatalogueRow(Base):
    """What became of one row: written once, in the transaction that keeps its screening."""

    __tablename__ = "catalogue_row"

    catalogue_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("catalogue.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    """Number of the row in the sheet, headings being row 1."""
    reference: Mapped[str] = mapped_column(sa.String(200))
    names: Mapped[list[str]] = mapped_column(Json)
    verdict: Mapped[Verdict | None] = mapped_column(Choice(Verdict))
    """The worst of its markets; none: it could not be screened."""
    markets: Mapped[dict[str, dict[str, Any]]] = mapped_column(Json)
    """By market: `verdict`, `coverage`, `conflicts`, `closest`, `owner`."""
    problem: Mapped[dict[str, str] | None] = mapped_column(Json)
    """`code`, and the sentence by language."""
    screening_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("screening.id", ondelete="SET NULL"), index=True
    )

    __table_args__ = (sa.Index(None, "catalogue_id", "verdict", "place"),)
