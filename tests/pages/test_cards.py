"""Officer cards: made by the holder, opened by its address, ended by time or at will."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from PIL import Image
from pypdf import PdfReader

from service.core import clock
from service.identity.permissions import Role
from service.recordation.domain import FeatureKind
from service.recordation.models import CardView, Goods, OfficerCard
from service.recordation.repository import GoodsShelf
from service.recordation.usecases.goods import add_feature
from tests.builders import make_person
from tests.client import BASE, Browser, Program
from tests.recordation import NOW, Shop, granted, make_shop, png


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Hold the clock."""
    with clock.at(NOW):
        yield


@pytest.fixture
def shop(app: FastAPI) -> Shop:
    """An exporter with goods that have an overt and a covert feature."""
    shop = make_shop(app.state.database, app.state.files)
    with app.state.database.write() as session:
        granted(session, shop, "gacc")
        goods = session.query(Goods).one()
        picture = shop.file(session, png("seagreen"), "lamp.png")
        lamp = {"part": "车灯", "kind": FeatureKind.OVERT, "check_en": "Press the lens"}
        add_feature(session, shop.actor, goods, lamp | {"genuine_file_id": picture})
        add_feature(
            session,
            shop.actor,
            goods,
            {"part": "暗记", "kind": FeatureKind.COVERT, "description_en": "UV ink inside"},
        )
    return shop


def goods_id(app: FastAPI) -> UUID:
    with app.state.database.read() as session:
        found: UUID = session.query(Goods).one().id
        return found


def made(app: FastAPI, shop: Shop, days: int = 30) -> str:
    path = f"/api/v1/recordation/goods/{goods_id(app)}/cards"
    body = {"office": "洋山海关", "days": days}
    answer = Program(app, shop.exporter).call("POST", path, json=body, status=201).json()
    return str(answer["path"])


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_card_is_made_opened_and_taken_back(app: FastAPI, shop: Shop, language: str) -> None:
    holder = Browser(app, shop.exporter, language=language)
    form: dict[str, Any] = {"goods_id": str(goods_id(app)), "office": "洋山海关", "days": "30"}
    page = holder.send("/officer-cards", **form)
    path = next(a for a in page.text.split() if a.startswith(f"{BASE}/cards/"))[len(BASE) :]
    officer = Browser(app, language=language)

    seen = officer.get(path).text

    assert "Press the lens" in seen
    assert "12345678" in seen
    assert "UV ink" not in seen
    assert "暗记" not in seen
    with app.state.database.read() as session:
        assert session.query(CardView).count() == 1
        card = session.query(OfficerCard).one()
        assert path.rpartition("/")[2] not in (card.token_hash, str(card.id))
    assert holder.get("/officer-cards").faults() == []
    holder.post(f"/officer-cards/{card.id}/revoke")
    assert officer.client.get(path).status_code == 404


def test_the_printed_card_is_one_page_without_covert_features(app: FastAPI, shop: Shop) -> None:
    path = made(app, shop)

    answer = Browser(app).client.get(f"{path}/card.pdf")

    [page] = PdfReader(io.BytesIO(answer.content)).pages
    text = page.extract_text()
    assert "车灯" in text
    assert "洋山海关" in text
    assert "暗记" not in text
    assert "UV ink" not in text


def test_pictures_of_a_card_carry_no_metadata_and_no_other_file_opens(
    app: FastAPI, shop: Shop
) -> None:
    path, officer = made(app, shop), Browser(app).client
    with app.state.database.read() as session:
        overt, *_ = GoodsShelf(session, shop.actor).features([goods_id(app)])
        other = shop.asset(session).image_file_id
        shown = [one.genuine_file_id for one in session.query(type(overt)) if one.genuine_file_id]

    picture = officer.get(f"{path}/pictures/{shown[-1]}")

    with Image.open(io.BytesIO(picture.content)) as image:
        assert (image.format, dict(image.getexif())) == ("JPEG", {})
    assert officer.get(f"{path}/pictures/{other}").status_code == 404


def test_a_card_ends_by_itself_and_a_guess_opens_nothing(app: FastAPI, shop: Shop) -> None:
    path, officer = made(app, shop, days=1), Browser(app).client

    with clock.at(NOW + timedelta(days=1, minutes=1)):
        assert officer.get(path).status_code == 404
        assert officer.get(f"{path}/card.pdf").status_code == 404
    assert officer.get(f"{path[:-1]}x").status_code == 404


def test_only_who_opens_things_to_others_makes_and_ends_cards(app: FastAPI, shop: Shop) -> None:
    made(app, shop)
    path = f"/api/v1/recordation/goods/{goods_id(app)}/cards"
    [card] = Program(app, shop.exporter).call("GET", path, status=200).json()
    stranger = Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    assert stranger.call("GET", path).status_code == 404
    end = f"/api/v1/recordation/cards/{card['id']}"
    assert stranger.call("DELETE", end).status_code == 404
    Program(app, shop.exporter).call("DELETE", end, status=204)
