"""Officer cards as JSON."""

from uuid import UUID

from fastapi import APIRouter, Response

from service.core.db import DbSession
from service.identity.replay import OnceRoute
from service.recordation.access import Giver, Reader
from service.recordation.repository import Cards, GoodsShelf
from service.recordation.schemas_cards import CardIn, CardOut, NewCardOut
from service.recordation.usecases.cards import make_card, revoke_card

router = APIRouter(route_class=OnceRoute)


@router.get("/recordation/goods/{goods_id}/cards")
def cards(goods_id: UUID, actor: Reader, session: DbSession) -> list[CardOut]:
    """List the officer cards of goods, newest first."""
    goods = GoodsShelf(session, actor).get(goods_id)
    return [CardOut.model_validate(row) for row in Cards(session, actor).of(goods.id)]


@router.post("/recordation/goods/{goods_id}/cards", status_code=201)
def add(
    goods_id: UUID, body: CardIn, response: Response, actor: Giver, session: DbSession
) -> NewCardOut:
    """Open a card of goods to an office; its path is shown this once."""
    goods = GoodsShelf(session, actor).to_change(goods_id)
    row, path = make_card(session, actor, goods, office=body.office, days=body.days)
    response.headers["Location"] = f"/api/v1/recordation/goods/{goods.id}/cards"
    return NewCardOut(**CardOut.model_validate(row).model_dump(), path=path)


@router.delete("/recordation/cards/{card_id}", status_code=204)
def end(card_id: UUID, actor: Giver, session: DbSession) -> None:
    """End a card at once."""
    revoke_card(session, actor, Cards(session, actor).to_change(card_id))
