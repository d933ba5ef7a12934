from typing import Any

import pytest
from fastapi import FastAPI

from service.identity.permissions import OrganisationKind, Role
from tests.builders import make_organisation, make_person
from tests.client import Browser
from tests.register import load

FIELDS: dict[str, Any] = {
    "names": "雅迪\nYADEA",
    "goods": "8711.60, class:12",
    "origin": "XX",
    "destinations": "XX, DE",
    "brand_role": "own",
}


@pytest.fixture
def exporter(app: FastAPI) -> Browser:
    load(app.state.database, app.state.settings)
    return Browser(app, make_person(app.state.database, Role.EXPORTER_OWNER))


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_screening_pages_are_sound_in_both_languages(app: FastAPI, language: str) -> None:
    load(app.state.database, app.state.settings)
    browser = Browser(app, make_person(app.state.database, Role.EXPORTER_OWNER), language=language)
    address = browser.post("/screenings", **FIELDS).headers["location"]

    for path in ("/screenings/new", "/screenings", address, "/compare"):
        assert browser.get(path).language == language
    assert browser.send("/compare", a="RODA", b="ODA").language == language


def test_a_screening_leads_to_its_answer(exporter: Browser) -> None:
    address = exporter.post("/screenings", **FIELDS).headers["location"]

    text = exporter.get(address).text
    assert "YADEA" in text
    assert "EUIPO" in text


def test_the_answer_leads_back_to_the_form_filled_as_before(exporter: Browser) -> None:
    address = exporter.post("/screenings", **FIELDS).headers["location"]

    page = exporter.get(exporter.get(address).link("Screen again"))

    values = page.form_values("/screenings")
    assert values["names"] == "雅迪\nYADEA"
    assert values["destinations"] == "XX, DE"


def test_a_wrong_field_comes_back_with_what_was_typed(exporter: Browser) -> None:
    page = exporter.send("/screenings", status=422, **(FIELDS | {"destinations": "Narnia"}))

    assert page.form_values("/screenings")["destinations"] == "Narnia"


def test_an_answer_is_shared_with_a_station_on_its_page(app: FastAPI, exporter: Browser) -> None:
    station = make_organisation(app.state.database, OrganisationKind.STATION, name_zh="锡山工作站")
    address = exporter.post("/screenings", **FIELDS).headers["location"]

    exporter.post(f"{address}/share", station=str(station.id))

    clerk = Browser(app, make_person(app.state.database, Role.STATION_CLERK, organisation=station))
    assert "Stations that see it" in exporter.get(address).text
    clerk.get(address)

    exporter.post(f"{address}/unshare", station=str(station.id))

    assert "Stations that see it" not in exporter.get(address).text
    clerk.get(address, status=404)


def test_names_to_compare_stand_in_no_address(exporter: Browser) -> None:
    page = exporter.get("/compare?a=RODA&b=ODA")

    assert page.one("form", action="/compare").attributes["method"] == "post"
    assert not page.form_values("/compare")["a"]


def test_a_strangers_answer_is_not_found(app: FastAPI, exporter: Browser) -> None:
    address = exporter.post("/screenings", **FIELDS).headers["location"]

    Browser(app, make_person(app.state.database)).get(address, status=404)


def test_nobody_sees_the_form_without_signing_in(app: FastAPI) -> None:
    Browser(app).get("/screenings/new", status=401)


def test_comparing_nothing_comparable_names_the_field(exporter: Browser) -> None:
    page = exporter.send("/compare", status=422, a="!!!", b="ODA")

    assert "ODA" in page.form_values("/compare")["b"]
