"""Officer cards: goods shown to an office under an address nobody guesses, until a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import NotFound
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission, console
from service.identity.secrets import new_token, token_hash
from service.recordation.domain import LIVE
from service.recordation.models import (
    Asset,
    CardView,
    Contact,
    Filing,
    Goods,
    GoodsFeature,
    GoodsPicture,
    OfficerCard,
)
from service.recordation.repository import (
    Cards,
    Filings,
    GoodsShelf,
    Holders,
    card_opened_by,
    check_acts_for,
)
from service.recordation.usecases.goods import overt_features
from service.registry.models import StoredFile

PATH = "/cards/{token}"


@dataclass(frozen=True, slots=True)
class Card:
    """What an officer sees: overt features only, whatever the actor may know."""

    row: OfficerCard
    goods: Goods
    features: Sequence[GoodsFeature]
    pictures: Sequence[GoodsPicture]
    files: dict[UUID, StoredFile]
    """Those of the pictures, by id."""
    rights: Sequence[tuple[Asset, tuple[Filing, ...]]]
    """Rights the goods bear, with their recordations in force."""
    contacts: Sequence[Contact]


def make_card(
    session: Session, actor: Actor, goods: Goods, *, office: str, days: int
) -> tuple[OfficerCard, str]:
    """Open a card of goods to an office; return it with its path, which is shown this once.

    Raises:
        PermissionDenied, MandateMissing: the actor opens nothing of these goods to others.
    """
    actor.need(Permission.MANDATE_GIVE)
    check_acts_for(session, actor, goods.organisation_id)
    token, now = new_token(), clock.now()
    row = OfficerCard(
        organisation_id=goods.organisation_id,
        goods_id=goods.id,
        token_hash=token_hash(token),
        office=office,
        created_by=actor.person_id,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    Cards(session, actor).add(row)
    note(session, actor, "officer-card.made", ("recordation-goods", goods.id), office=office)
    return row, PATH.format(token=token)


def revoke_card(session: Session, actor: Actor, row: OfficerCard) -> None:
    """End a card at once; twice is no error."""
    actor.need(Permission.MANDATE_GIVE)
    check_acts_for(session, actor, row.organisation_id)
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        session.flush()
        note(session, actor, "officer-card.revoked", ("recordation-goods", row.goods_id))


def open_card(session: Session, token: str) -> Card:
    """Return the card a token opens.

    Raises:
        NotFound: unknown, ended, revoked, or its goods were taken out.
    """
    row = card_opened_by(session, token_hash(token), clock.now())
    goods = session.get(Goods, row.goods_id) if row else None
    if row is None or goods is None or goods.archived_at is not None:
        raise NotFound(N_("There is no such card, or it is no longer open."))
    keeper = console(row.organisation_id)
    shelf = GoodsShelf(session, keeper)
    features = overt_features(session, keeper, goods)
    pictures = shelf.pictures([goods.id])
    wanted = {one.file_id for one in pictures}
    wanted |= {one.genuine_file_id for one in features if one.genuine_file_id}
    wanted |= {one.counterfeit_file_id for one in features if one.counterfeit_file_id}
    files = session.scalars(sa.select(StoredFile).where(StoredFile.id.in_(wanted)))
    rights = _rights(session, keeper, goods)
    holders = list(dict.fromkeys(one.holder_id for one, _ in rights if one.holder_id))
    return Card(
        row=row,
        goods=goods,
        features=features,
        pictures=pictures,
        files={one.id: one for one in files},
        rights=rights,
        contacts=Holders(session, keeper).contacts(holders),
    )


def _rights(
    session: Session, keeper: Actor, goods: Goods
) -> list[tuple[Asset, tuple[Filing, ...]]]:
    linked = GoodsShelf(session, keeper).assets_of(goods.id)
    assets = session.scalars(sa.select(Asset).where(Asset.id.in_(linked)).order_by(Asset.id))
    filings = Filings(session, keeper).of_assets(sorted(linked))
    live = [one for one in filings if one.status in LIVE]
    return [(asset, tuple(one for one in live if one.asset_id == asset.id)) for asset in assets]


def note_look(session: Session, card_id: UUID) -> None:
    """Keep that a card was looked at: when, and nothing of who."""
    session.add(CardView(card_id=card_id, at=clock.now()))
    session.flush()
