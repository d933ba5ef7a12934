"""Officer cards: the list and form of the holder, and the page an officer opens by its code."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Db, DbSession
from service.core.errors import NotFound, Problem
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.access import Giver, Reader
from service.recordation.api_filings import download
from service.recordation.domain import CONTACT_ROLES
from service.recordation.models import Goods
from service.recordation.packs.cards import card_pdf, shown_picture
from service.recordation.repository import Cards, GoodsShelf
from service.recordation.schemas_cards import CardIn
from service.recordation.usecases.cards import make_card, note_look, open_card, revoke_card
from service.rules.authorities import authorities
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303
NAMES = {one.code: one.short for one in authorities()}


class CardForm(CardIn):
    """A card of some goods."""

    goods_id: UUID = Field(title=N_("The goods"))


@router.get("/officer-cards")
def cards(request: Request, actor: Reader, session: DbSession) -> Response:
    """List the cards that were made, with how often they were looked at."""
    return _cards(request, session, actor, Form.blank(days=90))


def _cards(
    request: Request,
    session: Session,
    actor: Actor,
    form: Form,
    *,
    status: int = 200,
    path: str = "",
) -> Response:
    shelf = Cards(session, actor)
    rows = sorted(shelf.all(), key=lambda row: row.id, reverse=True)
    goods = GoodsShelf(session, actor).all()
    mine = [one for one in goods if one.organisation_id == actor.organisation_id]
    return page(
        request,
        "recordation/cards.html",
        status=status,
        form=form,
        rows=rows,
        goods={one.id: _name(one) for one in goods},
        views=shelf.views([row.id for row in rows]),
        gives=actor.can(Permission.MANDATE_GIVE),
        mine=actor.organisation_id,
        choices=[
            Option(str(one.id), _name(one), data=True) for one in mine if one.archived_at is None
        ],
        address=f"{str(request.base_url).rstrip('/')}{path}" if path else "",
        now=clock.now(),
    )


def _name(goods: Goods) -> str:
    return " ".join(part for part in (goods.name_zh or goods.name_en, goods.model) if part)


@router.post("/officer-cards")
def add(request: Request, actor: Giver, session: DbSession, sent: PostedForm) -> Response:
    """Open a card; its address is shown on the answer, and never again."""
    try:
        body = read_form(CardForm, sent)
        with session.begin_nested():
            goods = GoodsShelf(session, actor).to_change(body.goods_id)
            _, path = make_card(session, actor, goods, office=body.office, days=body.days)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _cards(request, session, actor, form, status=problem.status)
    return _cards(request, session, actor, Form.blank(days=90), path=path)


@router.post("/officer-cards/{card_id}/revoke")
def revoke(card_id: UUID, actor: Giver, session: DbSession) -> Response:
    """End a card at once."""
    revoke_card(session, actor, Cards(session, actor).to_change(card_id))
    return RedirectResponse("/officer-cards", SEE_OTHER)


@router.get("/cards/{token}")
def card(request: Request, token: str, database: Db) -> Response:
    """Show a card to whoever has its address: overt features, nothing else; the look is kept."""
    with database.read() as session:
        found = open_card(session, token)
    with database.write() as session:
        note_look(session, found.row.id)
    return page(
        request,
        "recordation/card.html",
        card=found,
        token=token,
        roles=CONTACT_ROLES,
        names=NAMES,
    )


@router.get("/cards/{token}/card.pdf")
def printed(request: Request, token: str, database: Db) -> Response:
    """Give a card as one printed page with its code."""
    with database.read() as session:
        found = open_card(session, token)
    address = f"{str(request.base_url).rstrip('/')}/cards/{token}"
    made = card_pdf(request.app.state.files, found, address)
    return download(made, "application/pdf", "officer-card.pdf")


@router.get("/cards/{token}/pictures/{file_id}")
def picture(request: Request, token: str, file_id: UUID, database: Db) -> Response:
    """Give a picture of a card, without place and time of the photograph."""
    with database.read() as session:
        found = open_card(session, token)
    content = shown_picture(request.app.state.files, found, file_id)
    if content is None:
        raise NotFound(N_("There is no such picture."))
    return Response(
        content, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"}
    )
