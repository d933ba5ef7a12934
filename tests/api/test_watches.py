"""Watches and alerts of a program."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from service.identity.permissions import Role
from tests.builders import Someone, make_person
from tests.client import Program
from tests.register import load
from tests.screening_alerts import make_alert

NAMES: dict[str, Any] = {"names": ["YADEA"], "goods": ["class:12"], "markets": ["德国"]}


@pytest.fixture
def owner(app: FastAPI) -> Someone:
    load(app.state.database, app.state.settings)
    return make_person(app.state.database, Role.EXPORTER_OWNER)


def test_a_watch_is_made_listed_and_ended(app: FastAPI, owner: Someone) -> None:
    program = Program(app, owner)
    made = program.call("POST", "/api/v1/watches", status=201, json=NAMES)
    address = made.headers["location"]

    assert made.json()["markets"] == ["DE"]
    assert program.call("GET", address, status=200).json() == made.json()
    program.call("DELETE", address, status=204)
    assert program.call("GET", "/api/v1/watches", status=200).json()["items"] == []
    program.call("GET", address, status=404)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"names": []}, "names"),
        ({"names": ["!!!"]}, "names"),
        ({"markets": ["Narnia"]}, "markets"),
        ({"goods": ["hs:zz"]}, "goods"),
        ({"least": "not_searched"}, "least"),
    ],
)
def test_what_cannot_be_watched_is_refused_by_its_field(
    app: FastAPI, owner: Someone, change: dict[str, Any], field: str
) -> None:
    answer = Program(app, owner).call("POST", "/api/v1/watches", status=422, json=NAMES | change)

    assert field in answer.json()["errors"][0]["field"]


def test_an_alert_tells_the_last_day_to_oppose_and_is_closed(app: FastAPI, owner: Someone) -> None:
    found = make_alert(app.state.database, owner, published_on=date(2026, 11, 2))
    program = Program(app, owner)

    (alert,) = program.call("GET", "/api/v1/alerts?open_only=true", status=200).json()["items"]
    assert (alert["id"], alert["opposition"]["due"]) == (str(found.id), "2026-12-02")
    closed = program.call("POST", f"/api/v1/alerts/{found.id}/close", status=200).json()
    assert closed["closed_at"]
    assert program.call("GET", "/api/v1/alerts?open_only=true").json()["items"] == []
    assert program.call("GET", f"/api/v1/alerts/{found.id}").json() == closed
