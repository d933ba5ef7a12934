"""Goods, their pictures and features; hidden features behind named access, every look kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid, NotFound
from service.core.text import N_
from service.identity.auditing import note
from service.identity.models import Person
from service.identity.permissions import Actor, Permission
from service.recordation.domain import HIDDEN, PictureKind
from service.recordation.errors import FeatureHidden
from service.recordation.models import (
    AssetGoods,
    FeatureReader,
    FeatureView,
    Goods,
    GoodsFeature,
    GoodsPicture,
)
from service.recordation.repository import (
    Assets,
    GoodsShelf,
    check_acts_for,
    may_see_hidden,
    usable_file,
)
from service.recordation.usecases.changes import notice_changes
from service.recordation.usecases.substance import owner_of
from service.registry.holdings import Products
from service.registry.models import StoredFile

PICTURE_TYPES = frozenset({"image/png", "image/jpeg", "image/webp", "image/tiff"})


def add_goods(
    session: Session, actor: Actor, values: Mapping[str, Any], *, for_id: UUID | None = None
) -> Goods:
    """Add goods of the actor's organisation, or of one it files for."""
    actor.need(Permission.RECORDATION_WRITE)
    owner, now = for_id or owner_of(actor), clock.now()
    check_acts_for(session, actor, owner)
    goods = Goods(organisation_id=owner, created_at=now, updated_at=now, **values)
    GoodsShelf(session, actor).add(goods)
    note(session, actor, "recordation-goods.added", ("recordation-goods", goods.id))
    return goods


def goods_of_product(session: Session, actor: Actor, product_id: UUID) -> Goods:
    """Make goods of a product of the registry, in one click; its pictures come along."""
    product = Products(session, actor).get(product_id)
    values = {
        "product_id": product.id,
        "name_zh": product.name_zh,
        "name_en": product.name_en,
        "sku": product.sku,
        "hs_codes": product.hs_codes,
    }
    goods = add_goods(session, actor, values, for_id=product.organisation_id)
    files = Products(session, actor).pictures([product.id]).get(product.id, [])
    for file_id in files:
        add_picture(session, actor, goods, file_id, PictureKind.GOODS)
    return goods


def change_goods(
    session: Session,
    actor: Actor,
    goods: Goods,
    values: Mapping[str, Any],
    *,
    on: date | None = None,
) -> Goods:
    """Change goods."""
    actor.need(Permission.RECORDATION_WRITE)
    for name, value in values.items():
        setattr(goods, name, value)
    _changed(session, actor, goods, "recordation-goods.changed", on)
    return goods


def archive_goods(session: Session, actor: Actor, goods: Goods) -> None:
    """Take goods out of the lists and forms; what was filed stays as it was."""
    actor.need(Permission.RECORDATION_WRITE)
    goods.archived_at = clock.now()
    _changed(session, actor, goods, "recordation-goods.archived", None)


def link_goods(session: Session, actor: Actor, goods: Goods, asset_ids: Sequence[UUID]) -> None:
    """Say which rights goods bear: these and no others."""
    actor.need(Permission.RECORDATION_WRITE)
    assets = Assets(session, actor)
    before = GoodsShelf(session, actor).assets_of(goods.id)
    for asset_id in asset_ids:
        assets.to_change(asset_id)
    session.execute(sa.delete(AssetGoods).where(AssetGoods.goods_id == goods.id))
    session.add_all(AssetGoods(asset_id=one, goods_id=goods.id) for one in set(asset_ids))
    session.flush()
    note(session, actor, "recordation-goods.linked", ("recordation-goods", goods.id))
    notice_changes(session, actor, sorted(before | set(asset_ids)))


def add_picture(
    session: Session, actor: Actor, goods: Goods, file_id: UUID, kind: PictureKind
) -> GoodsPicture:
    """Add a picture that was stored before."""
    actor.need(Permission.RECORDATION_WRITE)
    check_picture(session, actor, file_id, goods.organisation_id)
    there = GoodsShelf(session, actor).pictures([goods.id])
    same = [row for row in there if row.file_id == file_id]
    if same:
        return same[0]
    row = GoodsPicture(goods_id=goods.id, file_id=file_id, kind=kind, position=len(there))
    session.add(row)
    _changed(session, actor, goods, "recordation-goods.picture-added", None)
    return row


def check_picture(session: Session, actor: Actor, file_id: UUID, owner: UUID) -> StoredFile:
    """Return a stored picture the actor may use; raise `Invalid` for another kind of file."""
    file = usable_file(session, actor, file_id, owner)
    if file.media_type not in PICTURE_TYPES:
        detail = N_("Send a PNG, JPEG, WebP or TIFF picture.")
        raise Invalid(detail, errors=[FieldError("file", detail)])
    return file


def picture_of(session: Session, actor: Actor, goods: Goods, file_id: UUID) -> StoredFile:
    """Return a picture of goods or of an overt feature; raise `NotFound` for any other file."""
    shown = {row.file_id for row in GoodsShelf(session, actor).pictures([goods.id])}
    for one in overt_features(session, actor, goods):
        shown |= {each for each in (one.genuine_file_id, one.counterfeit_file_id) if each}
    row = session.get(StoredFile, file_id)
    if row is None or row.id not in shown:
        raise NotFound(N_("There is no such file."))
    return row


def add_feature(
    session: Session, actor: Actor, goods: Goods, values: Mapping[str, Any]
) -> GoodsFeature:
    """Add a feature by which genuine goods are told; the pictures are a pair."""
    actor.need(Permission.RECORDATION_WRITE)
    for name in ("genuine_file_id", "counterfeit_file_id"):
        if values.get(name):
            check_picture(session, actor, values[name], goods.organisation_id)
    count = len(GoodsShelf(session, actor).features([goods.id]))
    feature = GoodsFeature(goods_id=goods.id, position=count, **values)
    session.add(feature)
    _changed(session, actor, goods, "recordation-goods.feature-added", None)
    return feature


def remove_feature(session: Session, actor: Actor, goods: Goods, feature_id: UUID) -> None:
    """Take a feature away."""
    actor.need(Permission.RECORDATION_WRITE)
    feature = session.get(GoodsFeature, feature_id)
    if feature is None or feature.goods_id != goods.id:
        raise NotFound(N_("There is no such feature."))
    session.delete(feature)
    _changed(session, actor, goods, "recordation-goods.feature-removed", None)


def overt_features(session: Session, actor: Actor, goods: Goods) -> list[GoodsFeature]:
    """Return the features anybody who sees the goods may know."""
    rows = GoodsShelf(session, actor).features([goods.id])
    return [row for row in rows if row.kind not in HIDDEN]


def hidden_features(session: Session, actor: Actor, goods: Goods) -> list[GoodsFeature]:
    """Return the covert and forensic features to somebody who was named, and keep the look.

    Raises:
        FeatureHidden: the actor was not named, or no longer is.
    """
    if not may_see_hidden(session, actor, goods, clock.today()):
        raise FeatureHidden(
            N_("Covert features are shown to named people only. Ask the right holder to name you.")
        )
    session.add(FeatureView(goods_id=goods.id, person_id=actor.person_id, at=clock.now()))
    session.flush()
    note(session, actor, "hidden-feature.viewed", ("recordation-goods", goods.id))
    rows = GoodsShelf(session, actor).features([goods.id])
    return [row for row in rows if row.kind in HIDDEN]


def name_reader(
    session: Session, actor: Actor, goods: Goods, person_id: UUID, until: date | None
) -> None:
    """Let a person see the hidden features of goods, until a day."""
    actor.need(Permission.MANDATE_GIVE)
    if session.get(Person, person_id) is None:
        raise NotFound(N_("There is no such person."))
    row = session.get(FeatureReader, (goods.id, person_id))
    if row is None:
        row = FeatureReader(goods_id=goods.id, person_id=person_id)
        session.add(row)
    row.until, row.granted_by, row.granted_at = until, actor.person_id, clock.now()
    session.flush()
    note(
        session,
        actor,
        "hidden-feature.reader-named",
        ("recordation-goods", goods.id),
        person=str(person_id),
    )


def end_reader(session: Session, actor: Actor, goods: Goods, person_id: UUID) -> None:
    """End a person's sight of the hidden features."""
    actor.need(Permission.MANDATE_GIVE)
    row = session.get(FeatureReader, (goods.id, person_id))
    if row is None:
        raise NotFound(N_("There is no such person."))
    session.delete(row)
    session.flush()
    note(
        session,
        actor,
        "hidden-feature.reader-ended",
        ("recordation-goods", goods.id),
        person=str(person_id),
    )


def _changed(session: Session, actor: Actor, goods: Goods, verb: str, on: date | None) -> None:
    goods.updated_at = clock.now()
    session.flush()
    note(session, actor, verb, ("recordation-goods", goods.id))
    assets = GoodsShelf(session, actor).assets_of(goods.id)
    notice_changes(session, actor, sorted(assets), on=on)
