"""The described interface, called with what its description allows and with what it does not."""

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import response_schema_conformance

from service.core.errors import MEDIA_TYPE
from service.identity.permissions import Role
from tests.builders import make_person
from tests.client import Program
from tests.fuzz.conftest import LONG
from tests.fuzz.texts import any_text

PROFILE = settings.get_profile("fuzz")
"""Long runs call each address this often; a short run is some hundred calls in all."""
EACH = LONG or 6
STARTING = {"/health/ready"}
"""Answers 503 until the application runs, which it does not in these tests."""
LINES = {"/api/v1/screenings/bulk"}
"""Takes lines of JSON, which the generator cannot write; `tests/api` sends it broken ones."""


@pytest.fixture(scope="session")
def programs(fuzzed_app: FastAPI) -> list[Program]:
    database = fuzzed_app.state.database
    return [
        Program(fuzzed_app, make_person(database, role))
        for role in (Role.EXPORTER_OWNER, Role.ADMINISTRATOR)
    ]


def as_problem(response: Any) -> None:
    """An error of the interface is a problem with a title in both languages."""
    if response.status_code < 400:
        return
    kinds = response.headers["content-type"]
    assert (kinds if isinstance(kinds, str) else kinds[0]).startswith(MEDIA_TYPE)
    assert {"zh-Hans", "en"} == set(response.json()["translations"])


def test_no_call_of_the_described_interface_breaks_it(
    fuzzed_app: FastAPI, programs: list[Program]
) -> None:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", fuzzed_app)
    keys = [{"Authorization": program.client.headers["Authorization"]} for program in programs]
    checks = [not_a_server_error, response_schema_conformance]
    called = 0

    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path in STARTING | LINES:
            continue

        @given(case=operation.as_strategy())
        @settings(PROFILE, max_examples=EACH, suppress_health_check=list(HealthCheck))
        def run(case: Any) -> None:
            nonlocal called
            for key in keys:
                response = case.call(headers=key)
                case.validate_response(response, checks=checks)
                as_problem(response)
                called += 1

        run()

    assert called >= 20


BODY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize("path", ["/api/v1/screenings", "/api/v1/compare", "/api/v1/products"])
@given(body=BODY)
@PROFILE
def test_any_json_at_all_is_answered(programs: list[Program], path: str, body: Any) -> None:
    import json

    content = json.dumps(body).encode()

    response = programs[0].client.post(
        path, content=content, headers={"Content-Type": "application/json"}
    )

    assert response.status_code < 500
    as_problem(response)


@pytest.mark.parametrize("path", ["/api/v1/screenings", "/api/v1/compare", "/api/v1/rights"])
@given(content=st.binary(max_size=200))
@PROFILE
def test_any_bytes_at_all_are_answered(programs: list[Program], path: str, content: bytes) -> None:
    response = programs[0].client.post(
        path, content=content, headers={"Content-Type": "application/json"}
    )

    assert 400 <= response.status_code < 500
    as_problem(response)


@given(name=any_text, market=st.sampled_from(["XX", "DE", "Narnia"]) | any_text)
@PROFILE
def test_any_name_over_http_is_answered(programs: list[Program], name: str, market: str) -> None:
    import json

    body = {"names": [name], "route": {"origin": "XX", "destinations": [market]}}

    response = programs[0].client.post(
        "/api/v1/screenings",
        content=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )

    assert response.status_code in {201, 400, 413, 422}
    as_problem(response)
