"""Goods, their features, who may see the hidden ones and who did."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core.text import N_
from service.identity.models import Person
from service.identity.permissions import Actor
from service.recordation.models import (
    AssetGoods,
    FeatureReader,
    FeatureView,
    Goods,
    GoodsFeature,
    GoodsPicture,
)
from service.recordation.repository.held import Held


class GoodsShelf(Held[Goods]):
    """The goods one actor may see."""

    model = Goods
    absent = N_("There are no such goods.")

    def of_asset(self, asset_id: UUID) -> Sequence[Goods]:
        """Return the goods that bear a right."""
        linked = sa.select(AssetGoods.goods_id).where(AssetGoods.asset_id == asset_id)
        return self.all(Goods.id.in_(linked), Goods.archived_at.is_(None))

    def assets_of(self, goods_id: UUID) -> set[UUID]:
        """Return the rights that goods bear."""
        return set(
            self._session.scalars(
                sa.select(AssetGoods.asset_id).where(AssetGoods.goods_id == goods_id)
            )
        )

    def features(self, goods_ids: Sequence[UUID]) -> Sequence[GoodsFeature]:
        """Return the features of goods, in order."""
        return self._session.scalars(
            sa.select(GoodsFeature)
            .where(GoodsFeature.goods_id.in_(goods_ids))
            .order_by(GoodsFeature.goods_id, GoodsFeature.position)
        ).all()

    def pictures(self, goods_ids: Sequence[UUID]) -> Sequence[GoodsPicture]:
        """Return the pictures of goods, in order."""
        return self._session.scalars(
            sa.select(GoodsPicture)
            .where(GoodsPicture.goods_id.in_(goods_ids))
            .order_by(GoodsPicture.goods_id, GoodsPicture.position)
        ).all()

    def readers(self, goods_id: UUID) -> Sequence[tuple[FeatureReader, str]]:
        """Return who may see the hidden features, with their names."""
        rows = self._session.execute(
            sa.select(FeatureReader, Person.name)
            .join(Person, Person.id == FeatureReader.person_id)
            .where(FeatureReader.goods_id == goods_id)
            .order_by(FeatureReader.granted_at)
        )
        return [(row[0], row[1]) for row in rows]

    def views(self, goods_id: UUID, limit: int = 100) -> Sequence[tuple[FeatureView, str]]:
        """Return who looked at the hidden features, the last first."""
        rows = self._session.execute(
            sa.select(FeatureView, Person.name)
            .outerjoin(Person, Person.id == FeatureView.person_id)
            .where(FeatureView.goods_id == goods_id)
            .order_by(FeatureView.id.desc())
            .limit(limit)
        )
        return [(row[0], row[1] or "") for row in rows]


def may_see_hidden(session: Session, actor: Actor, goods: Goods, today: date) -> bool:
    """Say whether an actor may see the hidden features of goods: a person who was named."""
    if actor.person_id is None:
        return False
    reader = session.get(FeatureReader, (goods.id, actor.person_id))
    return reader is not None and (reader.until is None or reader.until >= today)
