from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.identity.guard import RateLimit
from service.identity.permissions import Role
from tests.builders import make_person
from tests.client import BASE, Browser, Program
from tests.page import Page


def test_without_a_key_nobody_is_anybody(app: FastAPI) -> None:
    answer = Program(app).call("GET", "/api/v1/me", status=401)

    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not-signed-in"


def test_a_problem_speaks_both_languages_and_the_one_asked_for(app: FastAPI) -> None:
    answer = Program(app).call(
        "GET", "/api/v1/me", status=401, headers={"Accept-Language": "zh-CN"}
    )

    body = answer.json()
    assert body["title"] == body["translations"]["zh-Hans"]["title"]
    assert body["translations"]["en"]["title"] == "Sign in first"


def test_a_key_says_whom_it_stands_for(app: FastAPI) -> None:
    someone = make_person(app.state.database, Role.STATION_CLERK)

    body = Program(app, someone).call("GET", "/api/v1/me", status=200).json()

    assert body["person_id"] == str(someone.person_id)
    assert "screening:run" in body["permissions"]


def test_an_unknown_key_is_refused_even_beside_a_good_cookie(app: FastAPI) -> None:
    browser = Browser(app, make_person(app.state.database))

    answer = browser.client.get("/api/v1/me", headers={"Authorization": "Bearer mp_wrong"})

    assert answer.status_code == 401


def test_a_key_is_shown_once_works_and_stops_when_revoked(app: FastAPI) -> None:
    owner = Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))
    made = owner.call(
        "POST", "/api/v1/keys", status=201, json={"name": "ERP", "scopes": ["mark:read"]}
    ).json()
    bearer = {"Authorization": f"Bearer {made['secret']}"}

    me = owner.call("GET", "/api/v1/me", headers=bearer, status=200).json()
    assert me["permissions"] == ["mark:read"]
    assert "secret" not in owner.call("GET", "/api/v1/keys", status=200).text

    owner.call("DELETE", f"/api/v1/keys/{made['id']}", status=200)
    owner.call("GET", "/api/v1/me", headers=bearer, status=401)


def test_a_key_cannot_be_wider_than_its_maker(app: FastAPI) -> None:
    owner = Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    answer = owner.call(
        "POST", "/api/v1/keys", status=422, json={"name": "x", "scopes": ["import:run"]}
    )

    assert answer.json()["code"] == "scope-too-wide"


def test_a_body_that_is_no_json_is_told_as_such(app: FastAPI) -> None:
    owner = Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))
    json = {"Content-Type": "application/json"}

    body = owner.call("POST", "/api/v1/keys", status=400, content=b"{", headers=json).json()

    assert body["code"] == "malformed"
    assert "JSON" in body["translations"]["zh-Hans"]["detail"]


def test_another_persons_key_looks_absent(app: FastAPI) -> None:
    one, other = (make_person(app.state.database, Role.EXPORTER_OWNER) for _ in range(2))
    made = Program(app, one).call(
        "POST", "/api/v1/keys", status=201, json={"name": "x", "scopes": ["mark:read"]}
    )

    Program(app, other).call("DELETE", f"/api/v1/keys/{made.json()['id']}", status=404)


def test_a_malformed_body_names_the_field(app: FastAPI) -> None:
    owner = Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    answer = owner.call("POST", "/api/v1/keys", status=422, json={"name": "x"})

    assert [error["field"] for error in answer.json()["errors"]] == ["scopes"]


def test_a_cookie_changes_nothing_without_its_token(app: FastAPI) -> None:
    browser = Browser(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    answer = browser.client.post("/api/v1/keys", json={"name": "x", "scopes": ["mark:read"]})

    assert answer.status_code == 403
    assert answer.json()["code"] == "cross-site"


def test_a_request_from_another_site_is_refused_even_with_the_token(app: FastAPI) -> None:
    browser = Browser(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    answer = browser.client.post(
        "/api/v1/keys",
        json={"name": "x", "scopes": ["mark:read"]},
        headers={"X-CSRF-Token": browser.csrf, "Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403


def test_an_origin_that_is_no_address_is_another_site(app: FastAPI) -> None:
    browser = Browser(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    answer = browser.client.post(
        "/api/v1/keys",
        json={"name": "x", "scopes": ["mark:read"]},
        headers={"X-CSRF-Token": browser.csrf, "Origin": "http://[x"},
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "cross-site")


@pytest.mark.parametrize("authorization", ["", " "])
def test_an_empty_authorization_does_not_spare_a_cookie_its_token(
    app: FastAPI, authorization: str
) -> None:
    browser = Browser(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    answer = browser.client.post(
        "/api/v1/keys",
        json={"name": "x", "scopes": ["mark:read"]},
        headers={"Authorization": authorization},
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "cross-site")


@pytest.mark.parametrize("days", [None, 30])
def test_a_key_made_with_a_key_does_not_outlive_it(app: FastAPI, days: int | None) -> None:
    owner = Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))
    asked = {"name": "x", "scopes": ["key:manage"]}
    short = owner.call("POST", "/api/v1/keys", status=201, json=asked | {"days": 1}).json()

    made = owner.call(
        "POST",
        "/api/v1/keys",
        status=201,
        json=asked | {"days": days},
        headers={"Authorization": f"Bearer {short['secret']}"},
    )

    assert made.json()["expires_at"] == short["expires_at"]


def test_a_key_made_with_a_key_may_end_before_it(app: FastAPI) -> None:
    owner = Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))
    asked = {"name": "x", "scopes": ["key:manage"]}
    longer = owner.call("POST", "/api/v1/keys", status=201, json=asked | {"days": 9}).json()

    made = owner.call(
        "POST",
        "/api/v1/keys",
        status=201,
        json=asked | {"days": 1},
        headers={"Authorization": f"Bearer {longer['secret']}"},
    )

    assert made.json()["expires_at"] < longer["expires_at"]


@pytest.mark.parametrize("host", ["[abc", "evil.example", ""])
def test_a_host_that_is_not_ours_is_refused_in_both_languages(app: FastAPI, host: str) -> None:
    client = TestClient(app, base_url=BASE, raise_server_exceptions=False)
    headers = {"Host": host, "Accept-Language": "zh-CN"}

    answer = client.get("/api/v1/me", headers=headers)
    page = client.get("/sign-in", headers=headers)

    assert (answer.status_code, page.status_code) == (400, 400)
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["code"] == "unknown-host"
    assert body["title"] == body["translations"]["zh-Hans"]["title"] == "未知主机"
    assert body["translations"]["en"]["title"] == "Unknown host"
    assert "未知主机" in page.text
    assert Page(page.text).faults() == []


@pytest.mark.parametrize("counted", [True, False], ids=["counted", "declared"])
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_body_over_the_limit_is_refused_in_both_languages(
    app: FastAPI, language: str, counted: bool
) -> None:
    client = TestClient(app, base_url=BASE, headers={"Accept-Language": language})
    parts = [b"x" * (1 << 20), b"y" * (1 << 20)]

    def content() -> Any:
        return iter(parts) if counted else b"".join(parts)

    answer = client.post("/api/v1/keys", content=content())
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    page = client.post("/sign-in", content=content(), headers=form)

    assert (answer.status_code, page.status_code) == (413, 413)
    body = answer.json()
    assert body["code"] == "too-large"
    assert body["title"] == body["translations"][language]["title"]
    assert {"zh-Hans", "en"} == set(body["translations"])
    assert answer.headers["connection"] == "close"
    shown = Page(page.text)
    assert (shown.language, shown.faults()) == (language, [])


def test_who_is_too_fast_is_told_how_long_to_wait(app: FastAPI) -> None:
    app.state.rate_limit = RateLimit(per_minute=2)
    program = Program(app, make_person(app.state.database))
    for _ in range(2):
        program.call("GET", "/api/v1/me", status=200)

    answer = program.call("GET", "/api/v1/me", status=429)

    assert int(answer.headers["Retry-After"]) > 0


def test_an_unknown_address_and_a_wrong_method_are_problems(app: FastAPI) -> None:
    program = Program(app, make_person(app.state.database))

    assert program.call("GET", "/api/v1/nowhere", status=404).json()["code"] == "not-found"
    refused = program.call("PATCH", "/api/v1/me", status=405)
    assert refused.json()["code"] == "method-not-allowed"
    assert refused.headers["Allow"] == "GET"
