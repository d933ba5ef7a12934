"""Watches and alerts on their pages."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from service.core import clock
from service.identity.permissions import Role
from tests.builders import Someone, make_person
from tests.client import Browser
from tests.register import load
from tests.screening_alerts import make_alert

FIELDS: dict[str, Any] = {
    "names": "雅迪\nYADEA",
    "goods": "class:12",
    "own": "true",
    "owners": "Yadea Group",
    "least": "high",
}


@pytest.fixture
def owner(app: FastAPI) -> Someone:
    load(app.state.database, app.state.settings)
    return make_person(app.state.database, Role.EXPORTER_OWNER)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_pages_are_sound_in_both_languages(app: FastAPI, owner: Someone, language: str) -> None:
    browser = Browser(app, owner, language=language)
    browser.post("/watches", **FIELDS)
    known = make_alert(app.state.database, owner, published_on=clock.today())
    unknown = make_alert(app.state.database, owner, office="XX", squatting=False)

    for path in ("/watches", "/alerts", f"/alerts/{known.id}", f"/alerts/{unknown.id}"):
        assert browser.get(path).language == language


def test_an_alert_says_until_when_to_oppose_or_that_it_is_not_researched(
    app: FastAPI, owner: Someone
) -> None:
    browser = Browser(app, owner)
    known = make_alert(app.state.database, owner, published_on=date(2026, 11, 2))
    unknown = make_alert(app.state.database, owner, office="XX", published_on=date(2026, 11, 2))

    assert "2 Dec 2026" in browser.get(f"/alerts/{known.id}").text
    assert "Not researched" in browser.get(f"/alerts/{unknown.id}").text
    browser.post(f"/alerts/{known.id}/close")
    assert "Closed on" in browser.get(f"/alerts/{known.id}").text


def test_a_watch_is_made_and_ended(app: FastAPI, owner: Someone) -> None:
    browser = Browser(app, owner)
    browser.post("/watches", **FIELDS)
    page = browser.get("/watches")
    assert "YADEA" in page.text

    (end,) = [f.get("action") for f in page.all("form") if f.get("action").endswith("/end")]
    browser.post(end)
    assert "Nothing is watched yet." in browser.get("/watches").text


@pytest.mark.parametrize(
    "change", [{"names": ""}, {"markets": "Narnia"}, {"least": "none"}, {"owners": "x" * 400}]
)
def test_a_wrong_field_comes_back_with_what_was_typed(
    app: FastAPI, owner: Someone, change: dict[str, str]
) -> None:
    page = Browser(app, owner).send("/watches", status=422, **FIELDS | change)

    assert page.form_values("/watches")["goods"] == "class:12"
