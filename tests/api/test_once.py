"""Idempotency keys on every POST of the interface that does something."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from service.identity.models import ApiKey, Replay
from service.identity.permissions import Permission, Role
from tests.builders import make_person
from tests.client import Program

PRODUCT = {"sku": "EB-20", "name_zh": "电动自行车", "brands": ["雅迪"]}
RIGHT = {"kind": "design", "status": "in_force", "title": "车架", "territory": "CN"}
KEY = {"Idempotency-Key": "order-1"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


@pytest.fixture
def program(app: FastAPI) -> Program:
    """A program of an exporter."""
    return Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))


def count(app: FastAPI, listing: str, program: Program) -> int:
    return len(program.call("GET", f"/api/v1/{listing}", status=200).json()["items"])


@pytest.mark.parametrize(
    ("listing", "body"),
    [("products", PRODUCT), ("rights", RIGHT), ("keys", {"name": "ERP", "scopes": ["mark:read"]})],
)
def test_a_post_repeated_with_its_key_is_done_once_and_answered_alike(
    app: FastAPI, program: Program, listing: str, body: dict[str, Any]
) -> None:
    before = count(app, listing, program)
    first = program.call("POST", f"/api/v1/{listing}", status=201, json=body, headers=KEY)

    again = program.call("POST", f"/api/v1/{listing}", status=201, json=body, headers=KEY)

    assert {**again.json(), "secret": ""} == {**first.json(), "secret": ""}
    assert again.headers["Idempotent-Replayed"] == "true"
    for header in ("location", "etag", "content-type"):
        assert again.headers.get(header) == first.headers.get(header)
    assert count(app, listing, program) == before + 1


def test_a_secret_is_told_once_and_kept_nowhere(app: FastAPI, program: Program) -> None:
    body = {"name": "ERP", "scopes": ["mark:read"]}
    first = program.call("POST", "/api/v1/keys", status=201, json=body, headers=KEY).json()

    again = program.call("POST", "/api/v1/keys", status=201, json=body, headers=KEY).json()

    assert first["secret"]
    assert again == {**first, "secret": ""}


def test_a_file_sent_again_in_another_wrapping_is_the_same_request(
    app: FastAPI, program: Program
) -> None:
    def send(content: bytes, boundary: str) -> Any:
        return program.call(
            "POST",
            "/api/v1/files",
            files={"file": ("a.png", content)},
            headers={**KEY, "Content-Type": f"multipart/form-data; boundary={boundary}"},
        )

    first, again, other = send(PNG, "one"), send(PNG, "two"), send(PNG + b"1", "three")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-key-reused")


def test_an_import_repeated_with_its_key_is_answered_alike(app: FastAPI) -> None:
    program = Program(app, make_person(app.state.database, Role.ADMINISTRATOR))

    def send() -> Any:
        file = {"file": ("marks.csv", b"office,number,text\nXX,1,YADEA\n")}
        return program.call("POST", "/api/v1/imports", status=202, files=file, headers=KEY)

    assert send().json() == send().json()
    assert count(app, "imports", program) == 1


def test_the_key_with_another_body_is_refused(program: Program) -> None:
    program.call("POST", "/api/v1/products", status=201, json=PRODUCT, headers=KEY)

    other = {**PRODUCT, "sku": "EB-21"}
    answer = program.call("POST", "/api/v1/products", status=409, json=other, headers=KEY)

    assert answer.json()["code"] == "idempotency-key-reused"


def test_a_refused_request_leaves_its_key_free(program: Program) -> None:
    wrong = {**PRODUCT, "brands": []}
    program.call("POST", "/api/v1/products", status=422, json=wrong, headers=KEY)
    program.call("POST", "/api/v1/products", status=201, json=PRODUCT)
    program.call("POST", "/api/v1/products", status=409, json=PRODUCT, headers=KEY)

    other = {**PRODUCT, "sku": "EB-21"}
    program.call("POST", "/api/v1/products", status=201, json=other, headers=KEY)


def test_a_key_of_one_caller_or_route_says_nothing_to_another(
    app: FastAPI, program: Program
) -> None:
    program.call("POST", "/api/v1/products", status=201, json=PRODUCT, headers=KEY)
    program.call("POST", "/api/v1/rights", status=201, json=RIGHT, headers=KEY)
    stranger = Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    answer = stranger.call("POST", "/api/v1/products", status=201, json=PRODUCT, headers=KEY)

    assert "Idempotent-Replayed" not in answer.headers


def test_a_narrower_key_of_the_same_person_is_not_answered(app: FastAPI, program: Program) -> None:
    program.call("POST", "/api/v1/products", status=201, json=PRODUCT, headers=KEY)
    with app.state.database.write() as session:
        session.execute(sa.update(ApiKey).values(scopes=[Permission.MARK_READ.value]))

    program.call("POST", "/api/v1/products", status=403, json=PRODUCT, headers=KEY)


def test_an_answer_without_a_body_is_given_again(app: FastAPI, program: Program) -> None:
    station = make_person(app.state.database, Role.STATION_CLERK).organisation_id
    made = program.call("POST", "/api/v1/products", status=201, json=PRODUCT).json()
    path, body = f"/api/v1/products/{made['id']}/shares", {"organisation_id": str(station)}
    program.call("POST", path, status=204, json=body, headers=KEY)
    program.call("DELETE", f"{path}/{station}", status=204)

    again = program.call("POST", path, status=204, json=body, headers=KEY)

    assert again.headers["Idempotent-Replayed"] == "true"
    assert program.call("GET", path, status=200).json() == []


@pytest.mark.parametrize("_round", range(3))
def test_twins_are_done_once_and_answered_alike(
    app: FastAPI, program: Program, _round: int
) -> None:
    def send(_: int) -> Any:
        return program.call("POST", "/api/v1/products", status=201, json=PRODUCT, headers=KEY)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))

    assert len({answer.text for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert count(app, "products", program) == 1


def test_a_key_is_kept_only_with_the_work(
    app: FastAPI, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep: Callable[..., Any] = app.state.database.write
    monkeypatch.setattr("service.registry.api_products.set_tag", _fail)
    program.call("POST", "/api/v1/products", status=500, json=PRODUCT, headers=KEY)
    monkeypatch.undo()

    program.call("POST", "/api/v1/products", status=201, json=PRODUCT, headers=KEY)

    with keep() as session:
        assert session.scalars(sa.select(sa.func.count()).select_from(Replay)).one() == 1


def _fail(*_: object) -> None:
    raise RuntimeError("killed")


def test_too_long_a_key_is_refused_by_name(program: Program) -> None:
    headers = {"Idempotency-Key": "k" * 201}

    answer = program.call("POST", "/api/v1/products", status=422, json=PRODUCT, headers=headers)

    assert answer.json()["errors"][0]["field"] == "idempotency-key"


def test_a_link_inside_an_answer_is_told_once_too(app: FastAPI, program: Program) -> None:
    body = {"login": "lisi", "name": "李四", "role": "exporter_staff"}

    first = program.call("POST", "/api/v1/people", status=201, json=body, headers=KEY).json()
    again = program.call("POST", "/api/v1/people", status=201, json=body, headers=KEY).json()

    assert first["link"]["link"]
    assert again == {**first, "link": {**first["link"], "link": ""}}
