"""Equivalents on their page, and as JSON."""

from typing import Any

import pytest
from fastapi import FastAPI

from service.identity.permissions import Role
from tests.builders import make_person
from tests.client import Browser, Program

FIELDS: dict[str, Any] = {
    "name": "维科纳",
    "other": "VELKONA",
    "relation": "transliteration",
    "market": "中国",
    "strength": "medium",
    "source": "Annual report, page 3",
    "dated_on": "2026-05-08",
}


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_an_equivalent_is_entered_seen_by_all_and_withdrawn(app: FastAPI, language: str) -> None:
    clerk = make_person(app.state.database, Role.STATION_CLERK)
    browser = Browser(app, clerk, language=language)
    empty = browser.get("/equivalents").text
    wrong = browser.send("/equivalents", status=422, **FIELDS | {"market": "Narnia"})
    assert wrong.form_values("/equivalents")["other"] == "VELKONA"

    browser.post("/equivalents", **FIELDS)
    page = browser.get("/equivalents")
    assert page.language == language
    assert "Annual report, page 3" in page.text
    owner = make_person(app.state.database, Role.EXPORTER_OWNER)
    assert "维科纳" in Browser(app, owner, language=language).get("/equivalents").text

    (withdraw,) = [
        form.get("action") for form in page.all("form") if form.get("action").endswith("/withdraw")
    ]
    browser.post(withdraw)
    assert browser.get("/equivalents").text == empty


def test_a_program_enters_lists_and_withdraws(app: FastAPI) -> None:
    program = Program(app, make_person(app.state.database, Role.STATION_CLERK))
    made = program.call("POST", "/api/v1/equivalents", status=201, json=FIELDS).json()

    assert made["market"] == "CN"
    assert program.call("GET", "/api/v1/equivalents", status=200).json()["items"] == [made]
    program.call("DELETE", f"/api/v1/equivalents/{made['id']}", status=204)
    assert program.call("GET", "/api/v1/equivalents", status=200).json()["items"] == []
    program.call("DELETE", f"/api/v1/equivalents/{made['id']}", status=404)
