"""Tables of papers: what was made, each version of it frozen, who signs, and own templates."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.cases.domain import Audience
from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.ui.documents.pairs import Told


class CasePaper(Base):
    """A paper of a case or of one of its tracks; what it says lies in its versions."""

    __tablename__ = "case_paper"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), index=True)
    part_id: Mapped[UUID]
    audience: Mapped[Audience] = mapped_column(Choice(Audience))
    kind: Mapped[str] = mapped_column(sa.String(40), index=True)
    """Key of `papers.kinds`."""
    name: Mapped[str] = mapped_column(sa.String(400))
    """Its title in both languages, for search."""
    versions: Mapped[int] = mapped_column(default=0)
    """The number of the last one."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class PaperVersion(Base):
    """A paper as it was made once: two files that never change. Rows are added, never changed."""

    __tablename__ = "paper_version"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    paper_id: Mapped[UUID] = mapped_column(sa.ForeignKey("case_paper.id"), index=True)
    number: Mapped[int]
    told: Mapped[Told] = mapped_column(Choice(Told))
    entries: Mapped[dict[str, str]] = mapped_column(Json)
    """What was typed for it."""
    template: Mapped[str] = mapped_column(sa.String(64), default="")
    """SHA-256 of the Word template of our own; empty: the one that comes with the service."""
    pdf: Mapped[str] = mapped_column(sa.String(64))
    word: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the files."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[UUID | None]

    __table_args__ = (sa.UniqueConstraint("paper_id", "number"),)


class PaperSignature(Base):
    """Somebody who must sign a version, and once they have, when and by which paper."""

    __tablename__ = "paper_signature"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version_id: Mapped[UUID] = mapped_column(sa.ForeignKey("paper_version.id"), index=True)
    role: Mapped[str] = mapped_column(sa.String(32))
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    party_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("case_party.id"), index=True)
    signed_on: Mapped[date | None]
    proof: Mapped[str] = mapped_column(sa.String(200), default="")
    """By which paper: the signed original, a number of evidence, a certificate."""
    noted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    noted_by: Mapped[UUID | None]


class PaperTemplate(Base):
    """A Word template of our own for a kind of paper; the last that was not ended holds."""

    __tablename__ = "paper_template"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(sa.String(40), index=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(200))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
