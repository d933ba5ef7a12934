import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.identity.guard import RateLimit
from service.identity.permissions import Role
from tests.builders import make_person
from tests.client import BASE, Browser, Program


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


def test_a_host_that_is_no_address_is_refused(app: FastAPI) -> None:
    client = TestClient(app, base_url=BASE, raise_server_exceptions=False)

    answer = client.get("/sign-in", headers={"Host": "[abc"})

    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/unknown-host")


def test_a_host_that_is_not_ours_is_refused(app: FastAPI) -> None:
    client = TestClient(app, base_url="http://evil.example")

    answer = client.get("/sign-in")

    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/unknown-host"


def test_a_body_over_the_limit_is_refused_before_it_is_read(app: FastAPI) -> None:
    client = TestClient(app, base_url=BASE)

    answer = client.post("/api/v1/keys", content=b"x" * (2 << 20))

    assert answer.status_code == 413


def test_a_body_without_a_length_is_counted(app: FastAPI) -> None:
    client = TestClient(app, base_url=BASE)

    answer = client.post("/api/v1/keys", content=iter([b"x" * (1 << 20), b"y" * (1 << 20)]))

    assert answer.status_code == 413


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
