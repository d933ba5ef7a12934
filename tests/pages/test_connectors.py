from datetime import timedelta

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from service.core import clock
from service.core.db import Database
from service.identity.permissions import Role
from service.registry.domain import RefreshState
from service.registry.models import Refresh
from tests.builders import make_person
from tests.client import Browser, Program

BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])


def with_key(app: FastAPI) -> FastAPI:
    app.state.settings = app.state.settings.model_copy(update={"tsdr_key": SecretStr("k-1")})
    return app


def add(database: Database, connector: str, **values: object) -> Refresh:
    now = clock.now()
    row = Refresh(
        connector=connector,
        state=RefreshState.DONE,
        cursor=None,
        pieces=0,
        requests=4,
        records=30,
        done=30,
        total=45,
        imports=[],
        notes=[{"text": "The office knows no case {number}", "values": {"number": "99999999"}}],
        failure=None,
        started_at=now - timedelta(minutes=5),
        updated_at=now,
        ended_at=now,
    )
    for name, value in values.items():
        setattr(row, name, value)
    with database.write() as session:
        session.add(row)
    return row


@BOTH
def test_a_connector_without_credentials_says_how_to_come_by_them(
    app: FastAPI, language: str
) -> None:
    browser = Browser(app, make_person(app.state.database), language=language)

    page = browser.get("/connectors")

    assert "MARKPASS_EUIPO_CLIENT_SECRET" in page.text
    assert page.link("TMview（欧盟商标联合检索）" if language == "zh-Hans" else "TMview")
    assert "MARKPASS" not in browser.get("/registers").text


@BOTH
@pytest.mark.parametrize("state", RefreshState)
def test_the_history_tells_how_far_each_look_came(
    app: FastAPI, language: str, state: RefreshState
) -> None:
    failure = {"code": "outside-silent", "detail": "Not found", "members": {}}
    add(
        app.state.database,
        "tsdr",
        state=state,
        failure=failure if state is RefreshState.FAILED else None,
        again_at=clock.now() if state is RefreshState.WAITING else None,
    )
    someone = make_person(app.state.database, Role.ADMINISTRATOR)

    page = Browser(with_key(app), someone, language=language).get("/connectors/tsdr")

    assert "99999999" in page.text
    assert "45" in page.text


@BOTH
def test_cases_are_named_on_the_page_and_asked_for_at_once(app: FastAPI, language: str) -> None:
    someone = make_person(app.state.database, Role.ADMINISTRATOR)
    browser = Browser(with_key(app), someone, language=language)

    browser.post("/connectors/tsdr/cases", numbers="76044902, 74631225\n")
    browser.send("/connectors/tsdr/cases", status=422, numbers="7604")

    told = Program(app, someone).call("GET", "/api/v1/connectors/tsdr", status=200).json()
    assert (told["ready"], told["latest"]["state"]) == (True, "running")
    assert "k-1" not in str(told)
    assert "2" in browser.get("/connectors/tsdr").text


def test_a_look_on_request_is_not_doubled_and_needs_credentials(app: FastAPI) -> None:
    program = Program(with_key(app), make_person(app.state.database, Role.ADMINISTRATOR))
    path = "/api/v1/connectors/tsdr/refreshes"

    first = program.call("POST", path, status=202)
    second = program.call("POST", path, status=202)
    refused = program.call("POST", "/api/v1/connectors/euipo/refreshes", status=409)
    history = program.call("GET", path, status=200).json()

    assert first.json()["id"] == second.json()["id"]
    assert [one["id"] for one in history["items"]] == [first.json()["id"]]
    assert program.call("GET", first.headers["Location"], status=200).json()["state"] == "running"
    assert refused.json()["code"] == "connector-credentials"


def test_cases_are_named_by_a_program_too(app: FastAPI) -> None:
    program = Program(with_key(app), make_person(app.state.database, Role.ADMINISTRATOR))
    path = "/api/v1/connectors/tsdr/cases"

    program.call("POST", path, status=202, json={"numbers": ["76044902"]})
    told = program.call("POST", path, status=202, json={"numbers": ["74631225"]}).json()

    assert told["numbers"] == ["74631225", "76044902"]
