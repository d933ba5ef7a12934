"""Tables of what was imported: runs, editions, remarks, and the state of each register."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import BigKey, Choice, Json, UtcDateTime, new_id
from service.registry.domain import EditionScope, EditionState, RemarkKind


class ImportRun(Base):
    """One file being imported, or imported. The same request twice is the same run."""

    __tablename__ = "import_run"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """Hash of the file and of everything that decides how it is read."""
    file_sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    file_name: Mapped[str] = mapped_column(sa.Text)
    file_size: Mapped[int] = mapped_column(sa.BigInteger)
    format: Mapped[str] = mapped_column(sa.String(64))
    office: Mapped[str] = mapped_column(sa.String(2))
    """The office for rows that name none; empty where not given."""
    scope: Mapped[EditionScope] = mapped_column(Choice(EditionScope, 16))
    mapping: Mapped[dict[str, str]] = mapped_column(Json)
    """Heading → field, as given for this file (headings kept from earlier files included)."""
    dated: Mapped[date | None]
    """The day the file tells the register of: said by the caller, or by the file."""
    period_from: Mapped[date | None]
    part: Mapped[int | None]
    parts: Mapped[int | None]
    """Number of files of the edition, where it comes in several and somebody said how many."""
    only_classes: Mapped[list[int]] = mapped_column(Json)
    """The Nice classes the file was cut to; empty: it was not."""
    filed_from: Mapped[date | None]
    """The day from which on marks in the file were filed, where it was cut to these."""
    stored: Mapped[bool]
    """The file lies in the file store, so that another process can go on with it."""
    state: Mapped[EditionState] = mapped_column(Choice(EditionState, 16), index=True)
    position: Mapped[list[int] | None] = mapped_column(Json)
    """After which item of the file to go on; written with the batch that ends there."""
    step: Mapped[int]
    """Batches written. Compared on each batch, so that two processes never write one run."""
    read: Mapped[int]
    rejected: Mapped[int]
    noted: Mapped[dict[str, int]] = mapped_column(Json)
    """How often each code of a note came; only the first of each code are kept as remarks."""
    done_bytes: Mapped[int] = mapped_column(sa.BigInteger)
    size_bytes: Mapped[int] = mapped_column(sa.BigInteger)
    failure: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """`code`, `detail` and `members` of the problem that stopped the run."""
    actor_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Edition(Base):
    """What one run brought for one office."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    run_id: Mapped[UUID] = mapped_column(sa.ForeignKey("import_run.id"))
    office: Mapped[str] = mapped_column(sa.String(2), index=True)
    scope: Mapped[EditionScope] = mapped_column(Choice(EditionScope, 16))
    state: Mapped[EditionState] = mapped_column(Choice(EditionState, 16))
    dated: Mapped[date | None]
    """The day up to which the edition tells the register."""
    period_from: Mapped[date | None]
    dated_assumed: Mapped[bool]
    """Nobody said the date, so it is the day of the import."""
    part: Mapped[int | None]
    parts: Mapped[int | None]
    """As in the run."""
    only_classes: Mapped[list[int]] = mapped_column(Json)
    filed_from: Mapped[date | None]
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    older: Mapped[int]
    """Records left alone because a newer state was stored."""
    withdrawn: Mapped[int]
    absent: Mapped[int]
    """Marks withdrawn because a full edition no longer holds them."""
    rejected: Mapped[int]
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (sa.UniqueConstraint("run_id", "office"),)


class ImportRemark(Base):
    """A record that could not be read, or something worth a person's eye."""

    __tablename__ = "import_remark"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    run_id: Mapped[UUID] = mapped_column(sa.ForeignKey("import_run.id", ondelete="CASCADE"))
    kind: Mapped[RemarkKind] = mapped_column(Choice(RemarkKind, 8))
    place: Mapped[str] = mapped_column(sa.Text)
    code: Mapped[str] = mapped_column(sa.String(64))
    reason: Mapped[str] = mapped_column(sa.Text)
    values: Mapped[dict[str, str]] = mapped_column(Json)

    __table_args__ = (sa.Index(None, "run_id", "kind", "id"),)


class Register(Base):
    """The state of one office's register here, worked out again after each import."""

    __tablename__ = "register"

    office: Mapped[str] = mapped_column(sa.String(2), primary_key=True)
    state: Mapped[EditionState] = mapped_column(Choice(EditionState, 16))
    as_of: Mapped[date | None]
    """The day up to which the register is known."""
    base_id: Mapped[int | None]
    """Edition of the full load it stands on."""
    gaps: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """Why it is not complete: `code`, `reason` (message id) and `values`, in order."""
    total: Mapped[int] = mapped_column(sa.BigInteger)
    live: Mapped[int] = mapped_column(sa.BigInteger)
    counted_on: Mapped[date]
    """Day on which `live` was counted: dates kill marks without any import."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SheetHeading(Base):
    """What somebody said a heading of a sheet means; asked once, kept for the next file."""

    __tablename__ = "sheet_heading"

    heading_key: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    heading: Mapped[str] = mapped_column(sa.Text)
    field: Mapped[str] = mapped_column(sa.String(64))
    """Empty: the column is left out."""
    actor_id: Mapped[UUID | None]
    mapped_at: Mapped[datetime] = mapped_column(UtcDateTime)
