from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from service.core.db import Database
from service.identity.permissions import Role
from service.registry.domain import (
    CustomsRecord,
    GoodsClass,
    MarkKind,
    MarkRecord,
    MarkStatus,
    Party,
)
from service.registry.models import ImportRun, Product
from service.registry.store import put_mark
from service.registry.usecases.importing import run_import
from tests.builders import make_person
from tests.client import Browser

BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])
MARK = MarkRecord(
    office="XX",
    number="A/7",
    text="雅迪 YADEA",
    kind=MarkKind.COMBINED,
    status=MarkStatus.REGISTERED,
    office_status="Live",
    filed_on=date(2020, 1, 2),
    expires_on=date(2035, 1, 2),
    classes=(GoodsClass(12, "electric bicycles", ("1202",)), GoodsClass(0, "locks")),
    owners=(Party("无锡演示车业有限公司", "CN", "1 Demo Road"),),
    representatives=(Party("Agents LLP"),),
    translation="elegant",
    designations=("DE",),
    customs_records=(CustomsRecord("CN", "T1", date(2030, 1, 1), ("甲公司",)),),
)
PRODUCT: dict[str, Any] = {
    "sku": "EB-20",
    "name_zh": "电动自行车",
    "brands": "雅迪\nYADEA",
    "brand_role": "own",
    "hs_codes": "8711.60",
    "markets": "US; DE",
    "origin": "CN",
}
SHEET = "office,number,text,status\nXX,1,YADEA,registered\nXX,,AIMA,limbo\nXX,3,TAILG,limbo\n"


def exporter(app: FastAPI, language: str = "en") -> Browser:
    return Browser(app, make_person(app.state.database, Role.EXPORTER_STAFF), language=language)


def administrator(app: FastAPI, language: str = "en") -> Browser:
    return Browser(app, make_person(app.state.database, Role.ADMINISTRATOR), language=language)


def add_mark(app: FastAPI) -> None:
    with app.state.database.write() as session:
        put_mark(session, MARK)


def upload(browser: Browser, content: str, *, status: int = 303, **fields: str) -> str:
    """Send a register file; return where the answer leads, or what it says."""
    response = browser.client.post(
        "/imports",
        data={"csrf_token": browser.csrf, **fields},
        files={"file": ("marks.csv", content.encode())},
        follow_redirects=False,
    )
    assert response.status_code == status, response.text[:2000]
    return str(response.headers.get("location") or response.text)


def finish(app: FastAPI) -> None:
    """Do what the job does."""
    with app.state.database.read() as session:
        run = session.scalars(sa.select(ImportRun)).one()
    path = app.state.files.path(run.file_sha256)
    run_import(app.state.database, app.state.settings, run.id, path=path)


def product_of(app: FastAPI) -> Product:
    database: Database = app.state.database
    with database.read() as session:
        return session.scalars(sa.select(Product)).one()


@BOTH
@pytest.mark.parametrize(
    "path", ["/marks", "/marks/XX/A%2F7", "/registers", "/products", "/products/new"]
)
def test_an_exporters_pages_are_sound_in_both_languages(
    app: FastAPI, path: str, language: str
) -> None:
    add_mark(app)

    assert exporter(app, language).get(path).language == language


@BOTH
@pytest.mark.parametrize("path", ["/imports", "/imports/new"])
def test_the_pages_of_imports_are_sound_in_both_languages(
    app: FastAPI, path: str, language: str
) -> None:
    assert administrator(app, language).get(path).language == language


def test_a_mark_shows_all_that_the_register_says(app: FastAPI) -> None:
    add_mark(app)

    text = exporter(app).get("/marks/XX/A%2F7").text

    for said in ("雅迪 YADEA", "electric bicycles", "1202", "无锡演示车业有限公司", "甲公司", "T1"):
        assert said in text


def test_the_list_of_marks_is_narrowed_by_words(app: FastAPI) -> None:
    add_mark(app)
    browser = exporter(app)

    assert "A/7" in browser.get("/marks?text=雅迪").text
    assert "A/7" not in browser.get("/marks?text=爱玛").text


def test_a_product_is_added_and_listed(app: FastAPI) -> None:
    browser = exporter(app)

    answer = browser.post("/products", **PRODUCT)

    assert "EB-20" in browser.get(answer.headers["location"]).text
    assert product_of(app).brands == ("雅迪", "YADEA")


@BOTH
def test_a_wrong_product_keeps_what_was_typed(app: FastAPI, language: str) -> None:
    browser = exporter(app, language)

    shown = browser.send("/products", status=422, **{**PRODUCT, "hs_codes": "87"})

    assert shown.form_values("/products")["sku"] == "EB-20"


@BOTH
def test_a_product_is_changed_on_its_own_page(app: FastAPI, language: str) -> None:
    browser = exporter(app, language)
    browser.post("/products", **PRODUCT)
    place = f"/products/{product_of(app).id}"
    sent: dict[str, Any] = browser.get(place).form_values(place)

    browser.post(place, **{**sent, "note": "new"})

    assert product_of(app).note == "new"
    assert product_of(app).markets == ("US", "DE")


def test_a_product_somebody_else_changed_is_not_overwritten(app: FastAPI) -> None:
    browser = exporter(app)
    browser.post("/products", **PRODUCT)
    place = f"/products/{product_of(app).id}"
    browser.post(place, **PRODUCT, version="1", note="first")

    browser.send(place, status=412, **PRODUCT, version="1", note="second")

    assert product_of(app).note == "first"


def test_a_sku_of_another_product_is_refused_on_the_form(app: FastAPI) -> None:
    browser = exporter(app)
    browser.post("/products", **PRODUCT)
    place = f"/products/{product_of(app).id}"
    browser.post("/products", **{**PRODUCT, "sku": "EB-21"})

    browser.send(place, status=409, **{**PRODUCT, "sku": "EB-21", "version": "1"})

    with app.state.database.read() as session:
        assert sorted(session.scalars(sa.select(Product.sku))) == ["EB-20", "EB-21"]


def test_an_archived_product_leaves_the_list(app: FastAPI) -> None:
    browser = exporter(app)
    browser.post("/products", **PRODUCT)

    browser.post(f"/products/{product_of(app).id}/archive", version="1")

    assert "EB-20" not in browser.get("/products").text


def test_a_strangers_product_is_not_found(app: FastAPI) -> None:
    exporter(app).post("/products", **PRODUCT)

    exporter(app).get(f"/products/{product_of(app).id}", status=404)


@BOTH
def test_an_import_tells_what_it_brought_and_what_was_left_out(app: FastAPI, language: str) -> None:
    browser = administrator(app, language)
    place = upload(browser, SHEET, scope="full")
    browser.get(place)

    finish(app)

    text = browser.get(place).text
    assert "line 3" in text
    assert "line 4" in text
    assert "XX" in browser.get("/registers").text


@BOTH
def test_columns_nobody_knows_are_mapped_once_and_kept(app: FastAPI, language: str) -> None:
    browser = administrator(app, language)
    asked = upload(browser, "Büro,Nr,Wort\nXX,1,YADEA\n", status=422)
    shown = browser._read(
        browser.client.post(
            "/imports",
            data={"csrf_token": browser.csrf},
            files={"file": ("marks.csv", b"B\xc3\xbcro,Nr,Wort\nXX,1,YADEA\n")},
        ),
        422,
    )
    assert "Wort" in asked
    sent: dict[str, Any] = shown.form_values("/imports/mapping")
    chosen: dict[str, Any] = {"column-0": "office", "column-1": "number", "column-2": "text"}

    answer = browser.post("/imports/mapping", **{**sent, **chosen})

    finish(app)
    browser.get(answer.headers["location"])
    browser.get("/marks/XX/1")
    assert upload(browser, "Büro,Nr,Wort\nXX,2,AIMA\n").startswith("/imports/")


@BOTH
def test_a_file_nobody_can_read_is_told_on_the_form(app: FastAPI, language: str) -> None:
    browser = administrator(app, language)

    upload(browser, "", status=422)


def test_an_import_page_without_a_file_says_so(app: FastAPI) -> None:
    browser = administrator(app)

    assert "Choose a file." in browser.send("/imports", status=422).text


def test_an_unknown_import_is_not_found(app: FastAPI) -> None:
    administrator(app).get(f"/imports/{UUID(int=7)}", status=404)


def test_an_exporter_does_not_see_imports(app: FastAPI) -> None:
    exporter(app).get("/imports", status=403)
