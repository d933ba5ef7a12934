"""Tables of what organisations hold: products, rights, papers, stored files, and shares of them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import BigKey, Choice, Json, UtcDateTime, new_id
from service.registry.domain import BrandRole, DocumentKind, RightKind, RightStatus
from service.registry.models.columns import Codes


class StoredFile(Base):
    """A file somebody gave us; the content lies in `core.files` under its hash."""

    __tablename__ = "stored_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    media_type: Mapped[str] = mapped_column(sa.String(100))
    name: Mapped[str] = mapped_column(sa.Text)
    actor_id: Mapped[UUID | None]
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Product(Base):
    """A product an exporter ships: what it is called, under which brand, from where to where."""

    __tablename__ = "product"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    sku: Mapped[str] = mapped_column(sa.String(64))
    name_zh: Mapped[str] = mapped_column(sa.Text)
    name_en: Mapped[str] = mapped_column(sa.Text)
    brands: Mapped[tuple[str, ...]] = mapped_column(Codes)
    """The brand family as it stands on the product: Chinese name, Latin name."""
    brand_role: Mapped[BrandRole] = mapped_column(Choice(BrandRole, 16))
    hs_codes: Mapped[tuple[str, ...]] = mapped_column(Codes)
    goods: Mapped[tuple[str, ...]] = mapped_column(Codes)
    """Other goods terms: `class:12`, `group:1204` or words."""
    markets: Mapped[tuple[str, ...]] = mapped_column(Codes)
    route: Mapped[dict[str, Any]] = mapped_column(Json)
    """`origin`, `exit_port`, `transit`, `warehouses`, `customs_mode`."""
    note: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so
    __table_args__ = (
        sa.Index(
            "uq_product_organisation_id_sku",
            "organisation_id",
            "sku",
            unique=True,
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        ),
    )


class ProductPicture(Base):
    """A picture of a product."""

    __tablename__ = "product_picture"

    product_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("product.id", ondelete="CASCADE"), primary_key=True
    )
    file_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stored_file.id"), primary_key=True)
    position: Mapped[int]


class Right(Base):
    """A right an organisation holds. Of a trade secret only metadata, never content."""

    __tablename__ = "ip_right"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    kind: Mapped[RightKind] = mapped_column(Choice(RightKind))
    status: Mapped[RightStatus] = mapped_column(Choice(RightStatus))
    title: Mapped[str] = mapped_column(sa.Text)
    title_en: Mapped[str] = mapped_column(sa.Text, default="")
    territory: Mapped[str] = mapped_column(sa.String(2))
    number: Mapped[str] = mapped_column(sa.String(64), default="")
    application_number: Mapped[str] = mapped_column(sa.String(64), default="")
    holder: Mapped[str] = mapped_column(sa.Text, default="")
    """As on the paper: often not yet the organisation's present name."""
    creators: Mapped[tuple[str, ...]] = mapped_column(Codes)
    classification: Mapped[str] = mapped_column(sa.Text, default="")
    """Nice, IPC or Locarno classes, or the kind of work."""
    filed_on: Mapped[date | None]
    priority_on: Mapped[date | None]
    granted_on: Mapped[date | None]
    """Of registration, grant or, for copyright, registration of the work."""
    completed_on: Mapped[date | None]
    """Copyright: when the work was finished; published_on: when it first came out."""
    published_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    fees_paid_until: Mapped[date | None]
    mark_id: Mapped[int | None] = mapped_column(BigKey, sa.ForeignKey("mark.id"))
    """The same right in a loaded register."""
    note: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class Document(Base):
    """A paper from the drawer, kept beside the fields typed from it."""

    __tablename__ = "right_document"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    right_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("ip_right.id"), index=True)
    """None for a paper of the organisation itself (营业执照)."""
    kind: Mapped[DocumentKind] = mapped_column(Choice(DocumentKind))
    file_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stored_file.id"))
    number: Mapped[str] = mapped_column(sa.String(64), default="")
    issued_on: Mapped[date | None]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Share(Base):
    """A thing of one organisation shown to another: without it a stranger gets 404."""

    __tablename__ = "share"

    kind: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    thing_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id"), primary_key=True, index=True
    )
    """Who may see it."""
    shared_by: Mapped[UUID | None]
    shared_at: Mapped[datetime] = mapped_column(UtcDateTime)
