"""The signpost leads where the routers, asked one after the other, would."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from service.core.signpost import Signpost, first_word
from tests.lint.routes import application, every_access


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    """The whole application; nothing is called."""
    app = application(tmp_path)
    yield app
    app.state.database.dispose()


def request(method: str, path: str) -> Scope:
    return {"type": "http", "method": method, "path": path, "root_path": ""}


def asked_in_turn(routes: Sequence[BaseRoute], scope: Scope) -> tuple[Match, BaseRoute | None]:
    partly: tuple[Match, BaseRoute | None] = (Match.NONE, None)
    for route in routes:
        match, _ = route.matches(scope)
        if match is Match.FULL:
            return match, route
        if match is Match.PARTIAL and partly[0] is Match.NONE:
            partly = match, route
    return partly


def test_every_address_is_led_where_the_routers_asked_in_turn_would_lead_it(app: FastAPI) -> None:
    signpost, *routes = app.router.routes

    wrong = []
    for access in every_access(app):
        for method in (access.method, "TRACE"):
            match, child = signpost.matches(request(method, access.path))
            told = match, child.get("markpass.signpost")
            if told != asked_in_turn(routes, request(method, access.path)):
                wrong.append((method, access.path))

    assert isinstance(signpost, Signpost)
    assert wrong == []


def test_an_address_nobody_knows_is_left_to_the_routers(app: FastAPI) -> None:
    assert app.router.routes[0].matches(request("GET", "/nowhere")) == (Match.NONE, {})


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/", ""),
        ("/cases", "cases"),
        ("/cases/{case_id}/tracks", "cases"),
        ("/api/v1/cases/{case_id}", "cases"),
        ("/api/openapi.json", "api"),
        ("/api/v1", ""),
    ],
)
def test_the_first_word_of_an_address(path: str, word: str) -> None:
    assert first_word(path) == word
