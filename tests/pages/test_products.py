"""Pictures of products and who sees them, on their pages."""

from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from service.identity.permissions import OrganisationKind, Role
from service.registry.models import Product, ProductPicture
from tests.builders import make_organisation, make_person
from tests.client import Browser

PRODUCT: dict[str, Any] = {
    "sku": "EB-20",
    "name_zh": "电动自行车",
    "brands": "雅迪",
    "origin": "CN",
}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32
BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])


def product(app: FastAPI, language: str = "en") -> tuple[Browser, str]:
    """Return an exporter's browser and the page of a product."""
    someone = make_person(app.state.database, Role.EXPORTER_STAFF)
    browser = Browser(app, someone, language=language)
    return browser, str(browser.post("/products", **PRODUCT).headers["location"])


def send(browser: Browser, place: str, content: bytes, *, status: int = 303) -> Any:
    answer = browser.client.post(
        f"{place}/pictures",
        data={"csrf_token": browser.csrf},
        files={"pictures": ("a.png", content)},
        follow_redirects=False,
    )
    assert answer.status_code == status, answer.text[-1500:]
    return answer


def pictures(app: FastAPI) -> list[str]:
    with app.state.database.read() as session:
        query = sa.select(ProductPicture.file_id).order_by(ProductPicture.position)
        return [str(one) for one in session.scalars(query)]


@BOTH
def test_a_product_with_pictures_and_shares_is_a_sound_page(app: FastAPI, language: str) -> None:
    browser, place = product(app, language)
    station = make_organisation(app.state.database, OrganisationKind.STATION)
    send(browser, place, PNG)
    browser.post(f"{place}/share", station=str(station.id))

    assert browser.get(place).language == language
    clerk = make_person(app.state.database, Role.STATION_CLERK, organisation=station)
    page = Browser(app, clerk, language=language).get(place)
    assert len(page.all("img")) >= 1


def test_a_picture_is_shown_and_removed(app: FastAPI) -> None:
    browser, place = product(app)
    send(browser, place, PNG)
    send(browser, place, PNG + b"1")
    first, second = pictures(app)

    shown = browser.client.get(f"{place}/pictures/{first}")
    browser.post(f"{place}/pictures/{first}/remove")

    assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")
    assert shown.headers["content-disposition"] == "inline"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert pictures(app) == [second]
    browser.get(f"{place}/pictures/{first}", status=404)


@BOTH
@pytest.mark.parametrize("content", [b"%PDF-1.7", b"<svg onload='x'/>", b""])
def test_what_is_no_picture_is_refused_on_the_page_of_the_product(
    app: FastAPI, language: str, content: bytes
) -> None:
    browser, place = product(app, language)

    page = browser._read(send(browser, place, content, status=422), 422)

    assert page.form_values(place)["sku"] == "EB-20"
    assert pictures(app) == []


def test_a_product_takes_no_more_pictures_than_it_shows(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.registry.usecases.products.MOST_PICTURES", 1)
    browser, place = product(app)
    send(browser, place, PNG)

    send(browser, place, PNG + b"1", status=422)

    assert len(pictures(app)) == 1


def test_a_stranger_sees_no_picture(app: FastAPI) -> None:
    browser, place = product(app)
    send(browser, place, PNG)
    stranger = Browser(app, make_person(app.state.database, Role.EXPORTER_STAFF))

    stranger.get(f"{place}/pictures/{pictures(app)[0]}", status=404)


def test_a_change_of_the_fields_leaves_the_pictures(app: FastAPI) -> None:
    browser, place = product(app)
    send(browser, place, PNG)
    sent: dict[str, Any] = browser.get(place).form_values(place)

    browser.post(place, **{**sent, "note": "new"})

    assert len(pictures(app)) == 1
    with app.state.database.read() as session:
        assert session.scalars(sa.select(Product.note)).one() == "new"


def test_a_product_is_shown_to_a_station_and_no_longer(app: FastAPI) -> None:
    browser, place = product(app)
    clerk = make_person(app.state.database, Role.STATION_CLERK)
    station = Browser(app, clerk)
    rival = make_organisation(app.state.database, OrganisationKind.EXPORTER)

    browser.post(f"{place}/share", station=str(clerk.organisation_id))
    station.get(place)
    browser.post(f"{place}/unshare", station=str(clerk.organisation_id))

    station.get(place, status=404)
    browser.post(f"{place}/share", status=404, station=str(rival.id))
