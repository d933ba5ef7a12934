"""The ship-safe check from form to paper, in both languages and by the interface."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from pypdf import PdfReader

from service.core import clock
from service.identity.permissions import Role, console
from service.recordation.models import AuthorisedUser
from service.recordation.usecases.users import enter_with_customs
from service.registry.domain import EditionScope
from service.registry.usecases.importing import import_file
from service.registry.usecases.requesting import Reading
from tests.builders import make_organisation, make_person
from tests.client import Browser, Program
from tests.recordation import NOW, granted, make_shop

HEAD = "office,number,text,status,classes,owner_name,recorded_with,recordation_number,"
HEAD += "recordation_expiry,authorised_users"
USCC = "91350100M000100Y43"
ASKED: dict[str, Any] = {
    "names": ["YADEA"],
    "goods": ["class:12"],
    "route": {"origin": "CN", "destinations": ["DE"]},
    "maker": {"name": "锡山车业有限公司"},
    "declarant": {"code": USCC},
    "code": "8711600010",
    "brand_type": "1",
    "brand": "YADEA",
    "model": "E20",
}


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Hold the clock."""
    with clock.at(NOW):
        yield


def load(app: FastAPI, *, users: str = "", customs: str = "CN") -> None:
    """Load one Chinese mark with its recordation."""
    path: Path = app.state.settings.home / "recorded.csv"
    row = f"CN,1,YADEA,registered,12,雅迪集团,{customs},T2026-1,2035-01-01,{users}"
    path.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    reading = Reading(scope=EditionScope.FULL, dated=clock.today())
    import_file(app.state.database, app.state.settings, path, actor=console(), reading=reading)


def program(app: FastAPI) -> Program:
    ours = make_organisation(app.state.database, name_zh="锡山车业有限公司", uscc=USCC)
    return Program(app, make_person(app.state.database, Role.EXPORTER_OWNER, organisation=ours))


def checked(app: FastAPI, **more: Any) -> dict[str, Any]:
    answer = program(app).call("POST", "/api/v1/shipping-checks", json=ASKED | more, status=201)
    found: dict[str, Any] = answer.json()
    return found


def at_home(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in answer["places"] if one["territory"] == "CN")
    return found


def test_three_parties_are_read_at_the_export_declaration_and_two_abroad(app: FastAPI) -> None:
    load(app, users=USCC)

    answer = checked(app, declarant={"name": "某报关行"})

    [row] = at_home(answer)["recordations"]
    told = {one["party"]: one["standing"] for one in row["parties"]}
    assert told == {"consignor": "listed", "maker": "listed", "declarant": "not_listed"}
    assert (at_home(answer)["light"], answer["light"]) == ("red", "red")
    assert any("申报单位" in paper["zh"] for paper in answer["papers"])


def test_who_is_on_the_list_passes_and_a_place_without_a_list_is_never_green(app: FastAPI) -> None:
    load(app, users=USCC)

    places = {one["territory"]: one for one in checked(app)["places"]}

    assert (places["CN"]["light"], places["CN"]["risk"]) == ("green", "listed")
    assert (places["EU"]["light"], places["EU"]["loaded"]) == ("unknown", False)


def test_brand_type_and_owner_that_disagree_are_told(app: FastAPI) -> None:
    load(app, users=USCC)

    elements = {one["key"]: one for one in checked(app, code="8711.60")["elements"]}

    assert len(elements["code"]["warnings"]) == 1
    assert "neither consignor nor maker" in elements["brand_type"]["warnings"][0]["en"]
    assert elements["brand"]["warnings"] == elements["model"]["warnings"] == []


def test_an_unknown_sku_names_its_field(app: FastAPI) -> None:
    answer = program(app).call("POST", "/api/v1/shipping-checks", json={"sku": "X"}, status=422)

    assert answer.json()["errors"][0]["field"] == "sku"


def test_a_check_rests_on_a_product_and_on_ones_own_filing(app: FastAPI) -> None:
    shop = make_shop(app.state.database, app.state.files)
    with app.state.database.write() as session:
        filing = granted(session, shop, "gacc")
        number, user = filing.recordation_no, session.query(AuthorisedUser).one()
        enter_with_customs(session, shop.actor, user, "gacc", date(2026, 1, 1), removed=False)
        name = user.name
    mine = Program(app, shop.exporter)
    product = {"sku": "EB-20", "name_zh": "电动自行车", "brands": ["雅迪"], "markets": ["US"]}
    mine.call("POST", "/api/v1/products", json=product, status=201)

    answer = mine.call(
        "POST",
        "/api/v1/shipping-checks",
        json={"sku": "EB-20", "maker": {"name": name}, "consignor": {"name": "别家"}},
        status=201,
    ).json()

    place = at_home(answer)
    [row] = place["recordations"]
    told = [one["standing"] for one in row["parties"]]
    assert (row["own"], row["recordation_number"]) == (True, number)
    assert told == ["not_listed", "listed", "not_named"]
    assert (place["light"], place["loaded"]) == ("red", False)
    sent = {"names": ["YADEE"], "goods": ["class:12"], "route": ASKED["route"]}
    ours = {"name": "甲", "code": "91320200MA1ABCDE2X"}
    known = {"consignor": ours, "maker": ours, "declarant": ours}
    place = at_home(mine.call("POST", "/api/v1/shipping-checks", json=sent | known).json())
    [row] = place["recordations"]
    assert (row["near"], {one["standing"] for one in row["parties"]}) == (True, {"owner"})
    assert (place["risk"], place["light"], place["papers"]) == ("not_searched", "unknown", [])


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_check_is_asked_for_shown_and_printed(app: FastAPI, language: str) -> None:
    load(app)
    someone = make_person(app.state.database, Role.EXPORTER_STAFF)
    browser = Browser(app, someone, language=language)
    browser.get("/shipping-checks/new")
    assert browser.send("/shipping-checks", origin="CN", names="YADEA", status=422).faults() == []
    form: dict[str, Any] = {
        "names": "YADEA",
        "origin": "CN",
        "destinations": "DE, US",
        "maker_name": "甲",
    }

    place = browser.post("/shipping-checks", **form, brand_type="3").headers["location"]

    assert "T2026-1" in browser.get(place).text
    assert "YADEA" in browser.get("/shipping-checks").text
    pack = browser.client.get(f"{place}/pack")
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(pack.content)).pages)
    assert "T2026-1" in text
    assert pack.content == browser.client.get(f"/api/v1{place}/pack").content
