"""Tables of marks: one wide row each, with rows for classes, parties and customs records.

Written by `service.registry.store` only, which gives out keys and change numbers.
"""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import BigKey, Choice
from service.registry.domain import MarkKind, MarkStatus, PartyRole
from service.registry.models.columns import Codes, Key


class ChangeCounter(Base):
    """One row: whoever changes a mark updates it first and so holds its lock until the commit.

    A lower number can therefore never appear after a higher one was read.
    """

    __tablename__ = "change_counter"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(sa.BigInteger)
    """The last change number given out."""
    last_mark: Mapped[int] = mapped_column(sa.BigInteger)
    """The last mark key given out; keys are dense."""
    database_id: Mapped[UUID]
    """Made with the table: an index built from another database is told by it."""


class Mark(Base):
    """One record of an office's register, as last published."""

    __tablename__ = "mark"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    office: Mapped[str] = mapped_column(sa.String(2))
    number: Mapped[str] = mapped_column(sa.String(64))
    text: Mapped[str] = mapped_column(sa.Text)
    text_key: Mapped[str] = mapped_column(Key(48), index=True)
    """Beginning of the text, folded (NFKC, case, spaces): for looking a mark up by its words."""
    kind: Mapped[MarkKind] = mapped_column(Choice(MarkKind, 16))
    status: Mapped[MarkStatus] = mapped_column(Choice(MarkStatus, 16))
    office_status: Mapped[str] = mapped_column(sa.Text)
    application_number: Mapped[str] = mapped_column(sa.Text)
    registration_number: Mapped[str] = mapped_column(sa.Text)
    filed_on: Mapped[date | None]
    published_on: Mapped[date | None]
    publication_issue: Mapped[str] = mapped_column(sa.Text)
    registered_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    priority_on: Mapped[date | None]
    class_mask: Mapped[int] = mapped_column(sa.BigInteger)
    """Bit n is set for Nice class n; bit 0 for goods without a class."""
    translation: Mapped[str] = mapped_column(sa.Text)
    transliteration: Mapped[str] = mapped_column(sa.Text)
    image_ref: Mapped[str] = mapped_column(sa.Text)
    madrid_number: Mapped[str] = mapped_column(sa.Text)
    designations: Mapped[tuple[str, ...]] = mapped_column(Codes)
    updated_on: Mapped[date | None]
    """Date of this state; None where neither record nor file tells one."""
    change: Mapped[int] = mapped_column(sa.BigInteger, index=True)
    edition_id: Mapped[int | None] = mapped_column(sa.ForeignKey("edition.id"))
    """The edition that last held the record, changed or not; None for one entered by hand."""
    record_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    """Of the record as stored: equal means that nothing changed."""

    __table_args__ = (sa.UniqueConstraint("office", "number"),)


class MarkClass(Base):
    """Goods of a mark in one Nice class."""

    __tablename__ = "mark_class"

    mark_id: Mapped[int] = mapped_column(
        sa.ForeignKey("mark.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    nice: Mapped[int] = mapped_column(sa.SmallInteger)
    goods: Mapped[str] = mapped_column(sa.Text)
    subgroups: Mapped[tuple[str, ...]] = mapped_column(Codes)


class Party(Base):
    """An owner or representative: one row for each folded name and country.

    The key is made from both, so that it is known without asking the database.
    """

    __tablename__ = "party"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.Text)
    """As first written."""
    name_key: Mapped[str] = mapped_column(Key(120), index=True)
    country: Mapped[str] = mapped_column(sa.String(2))


class MarkParty(Base):
    """A party of a mark, as the register writes it there."""

    __tablename__ = "mark_party"

    mark_id: Mapped[int] = mapped_column(
        sa.ForeignKey("mark.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[PartyRole] = mapped_column(Choice(PartyRole, 16), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[UUID] = mapped_column(sa.ForeignKey("party.id"), index=True)
    name: Mapped[str] = mapped_column(sa.Text)
    address: Mapped[str] = mapped_column(sa.Text)
    identifier: Mapped[str] = mapped_column(sa.Text)


class MarkCustoms(Base):
    """A recordation of a mark with a customs authority, as the register file tells it."""

    __tablename__ = "mark_customs"

    mark_id: Mapped[int] = mapped_column(
        sa.ForeignKey("mark.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    authority: Mapped[str] = mapped_column(sa.String(64), index=True)
    number: Mapped[str] = mapped_column(sa.Text)
    expires_on: Mapped[date | None]
    authorised_users: Mapped[tuple[str, ...]] = mapped_column(Codes)
