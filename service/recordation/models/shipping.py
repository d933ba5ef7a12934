"""Tables of what was asked before goods left, and of cards shown to officers."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.recordation.shipping import Light
from service.registry.models.columns import Codes


class ShippingCheck(Base):
    """A ship-safe check, kept as it was answered."""

    __tablename__ = "shipping_check"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    person_id: Mapped[UUID | None]
    screening_id: Mapped[UUID]
    """The screening it rests on; both are forgotten with time, each by itself."""
    product_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("product.id"))
    sku: Mapped[str] = mapped_column(sa.String(64), default="")
    names: Mapped[tuple[str, ...]] = mapped_column(Codes)
    light: Mapped[Light] = mapped_column(Choice(Light, 16))
    answer: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OfficerCard(Base):
    """A card of goods shown under an address nobody guesses, until a day; ended at will."""

    __tablename__ = "officer_card"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    goods_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recordation_goods.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """The address itself is shown once and kept nowhere."""
    office: Mapped[str] = mapped_column(sa.String(200))
    """For whom it was made."""
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CardView(Base):
    """One look at a card. Rows are added, never changed; of the looker nothing is kept."""

    __tablename__ = "card_view"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    card_id: Mapped[UUID] = mapped_column(sa.ForeignKey("officer_card.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
