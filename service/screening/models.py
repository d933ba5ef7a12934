"""Tables of screenings."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.screening.catalogue_models import Catalogue, CatalogueRow
from service.screening.domain import (
    AlertStage,
    DecisionKind,
    DecisionScope,
    DecisionState,
    PaperKind,
    Verdict,
)
from service.screening.equivalents import Equivalent

__all__ = ["Catalogue", "CatalogueRow", "Decision", "Equivalent", "Paper", "Screening"]


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


class Decision(Base):
    """What a person of an organisation decided of a hit, and what it rested on."""

    __tablename__ = "decision"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    screening_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("screening.id", ondelete="SET NULL")
    )
    name: Mapped[str] = mapped_column(sa.Text)
    """The screened name the hit was closest to."""
    name_key: Mapped[str] = mapped_column(sa.Text)
    """The same, folded."""
    office: Mapped[str] = mapped_column(sa.String(2))
    number: Mapped[str] = mapped_column(sa.String(64))
    text: Mapped[str] = mapped_column(sa.Text)
    owner_key: Mapped[str] = mapped_column(sa.Text)
    kind: Mapped[DecisionKind] = mapped_column(Choice(DecisionKind))
    reason: Mapped[str] = mapped_column(sa.Text)
    scope: Mapped[DecisionScope] = mapped_column(Choice(DecisionScope))
    market: Mapped[str] = mapped_column(sa.String(10), default="")
    file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    expires_on: Mapped[date | None]
    rested_on: Mapped[dict[str, Any]] = mapped_column(Json)
    """`decided.Rested`: what it is compared with later."""
    state: Mapped[DecisionState] = mapped_column(Choice(DecisionState))
    reopened_for: Mapped[list[str]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.Index(None, "organisation_id", "name_key"),
        sa.Index(None, "office", "number"),
    )


class Paper(Base):
    """A paper an organisation is to get about a mark: once for each kind."""

    __tablename__ = "paper"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    kind: Mapped[PaperKind] = mapped_column(Choice(PaperKind))
    office: Mapped[str] = mapped_column(sa.String(2))
    number: Mapped[str] = mapped_column(sa.String(64))
    text: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))

    __table_args__ = (sa.UniqueConstraint("organisation_id", "kind", "office", "number"),)


class Watch(Base):
    """Names that new and changed marks are held against."""

    __tablename__ = "watch"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    names: Mapped[list[str]] = mapped_column(Json)
    goods: Mapped[list[str]] = mapped_column(Json)
    markets: Mapped[list[str]] = mapped_column(Json)
    """Codes; empty: every loaded register."""
    own: Mapped[bool]
    """A mark of one's own, else a name one means to use."""
    owners: Mapped[list[str]] = mapped_column(Json)
    """Names under which one files, besides that of the organisation."""
    least: Mapped[Verdict] = mapped_column(Choice(Verdict))
    """The mildest verdict that is told of."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WatchProgress(Base):
    """One row: up to which change of the registers the watches have looked."""

    __tablename__ = "watch_progress"

    id: Mapped[int] = mapped_column(primary_key=True)
    change: Mapped[int] = mapped_column(sa.BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Alert(Base):
    """A mark that a watch found, as it was then: once for each stage of the mark."""

    __tablename__ = "watch_alert"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    watch_id: Mapped[UUID] = mapped_column(sa.ForeignKey("watch.id"))
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    office: Mapped[str] = mapped_column(sa.String(2))
    number: Mapped[str] = mapped_column(sa.String(64))
    text: Mapped[str] = mapped_column(sa.Text)
    owner: Mapped[str] = mapped_column(sa.Text)
    stage: Mapped[AlertStage] = mapped_column(Choice(AlertStage))
    classes: Mapped[list[int]] = mapped_column(Json)
    verdict: Mapped[Verdict] = mapped_column(Choice(Verdict))
    similarity: Mapped[float]
    markets: Mapped[dict[str, str]] = mapped_column(Json)
    squatting: Mapped[bool]
    published_on: Mapped[date | None]
    opposition: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """The last day to oppose and what it rests on; None: not researched, or none runs."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (sa.UniqueConstraint("watch_id", "office", "number", "stage"),)
