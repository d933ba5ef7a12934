"""Tables of goods: what genuine ones are like, what counterfeits look like, who may know it."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, UtcDateTime, new_id
from service.recordation.domain import FeatureKind, PictureKind
from service.registry.models.columns import Codes


class Goods(Base):
    """Goods that bear a right, as customs is to know them."""

    __tablename__ = "recordation_goods"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    product_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("product.id"))
    name_zh: Mapped[str] = mapped_column(sa.String(200), default="")
    name_en: Mapped[str] = mapped_column(sa.String(200), default="")
    model: Mapped[str] = mapped_column(sa.String(200), default="")
    hs_codes: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    gtin: Mapped[str] = mapped_column(sa.String(14), default="")
    sku: Mapped[str] = mapped_column(sa.String(64), default="")
    serial_rule: Mapped[str] = mapped_column(sa.String(300), default="")
    origin_place: Mapped[str] = mapped_column(sa.String(200), default="")
    manufacturers: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    ports: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    traders: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    price_works: Mapped[str] = mapped_column(sa.String(60), default="")
    price_customs: Mapped[str] = mapped_column(sa.String(60), default="")
    price_retail: Mapped[str] = mapped_column(sa.String(60), default="")
    """Prices as amount or range with currency: ex works, as declared, retail."""
    transport: Mapped[str] = mapped_column(sa.Text, default="")
    packaging: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class AssetGoods(Base):
    """Goods that bear a right."""

    __tablename__ = "asset_goods"

    asset_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("recordation_asset.id", ondelete="CASCADE"), primary_key=True
    )
    goods_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("recordation_goods.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class GoodsPicture(Base):
    """A picture of goods or of their packaging."""

    __tablename__ = "goods_picture"

    goods_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("recordation_goods.id", ondelete="CASCADE"), primary_key=True
    )
    file_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stored_file.id"), primary_key=True)
    kind: Mapped[PictureKind] = mapped_column(Choice(PictureKind))
    position: Mapped[int]


class GoodsFeature(Base):
    """One thing by which genuine goods are told from others, with a pair of pictures."""

    __tablename__ = "goods_feature"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    goods_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("recordation_goods.id", ondelete="CASCADE"), index=True
    )
    part: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[FeatureKind] = mapped_column(Choice(FeatureKind))
    description_zh: Mapped[str] = mapped_column(sa.Text, default="")
    description_en: Mapped[str] = mapped_column(sa.Text, default="")
    check_zh: Mapped[str] = mapped_column(sa.Text, default="")
    """How to check it in one minute 快速识别方法."""
    check_en: Mapped[str] = mapped_column(sa.Text, default="")
    genuine_file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    counterfeit_file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    position: Mapped[int]


class FeatureReader(Base):
    """A person who may see the hidden features of goods, until a day."""

    __tablename__ = "feature_reader"

    goods_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("recordation_goods.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    until: Mapped[date | None]
    granted_by: Mapped[UUID | None]
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FeatureView(Base):
    """One look at the hidden features of goods. Rows are added, never changed."""

    __tablename__ = "feature_view"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    goods_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recordation_goods.id"), index=True)
    person_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
