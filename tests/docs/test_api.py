"""The description of the interface is sound, and docs/api.md tells every route of it."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest
from fastapi import FastAPI

from tests.docs.reading import exchanges, page, rows
from tests.lint.routes import every_access

TEXT = page("api.md")
ABOUT_IDS = {
    "POST /api/v1/cases/{case_id}/tracks/{track_id}/referral": "the id of an organisation here",
    "POST /api/v1/cases/{case_id}/tracks/{track_id}/agreement/signatures": "the id of a party",
    "POST /api/v1/organisations/{organisation_id}/documents": "the id of a file sent before",
    "POST /api/v1/recordation/mandates": "the id of an organisation here",
    "POST /api/v1/decisions": "the id of a screening that was made before",
    "POST /api/v1/papers/{paper_id}/got": "the id of a file that was sent before",
    "POST /api/v1/products/{product_id}/shares": "the id of a station of this installation",
    "POST /api/v1/rights/{right_id}/shares": "the id of a station of this installation",
    "POST /api/v1/screenings/{screening_id}/shares": "the id of a station of this installation",
    "POST /api/v1/rights/{right_id}/documents": "the id of a file that was sent before",
}
"""Bodies about ids that exist in one installation only: an example could not be sent."""
METHODS = ("post", "put", "patch")
JSON = "application/json"
CONVERTER = re.compile(r":\w+}")
"""The description writes `{number:path}` as `{number}`."""


@pytest.fixture(scope="module")
def schema(app: FastAPI) -> dict[str, Any]:
    """What `/api/openapi.json` answers."""
    return app.openapi()


def bodies(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the JSON bodies that can be sent: `METHOD path` → media type object."""
    return {
        f"{method.upper()} {path}": body["content"][JSON]
        for path, item in schema["paths"].items()
        for method in METHODS
        if (body := item.get(method, {}).get("requestBody")) and JSON in body["content"]
    }


def examples_of(media: dict[str, Any], schema: dict[str, Any]) -> list[Any]:
    """Return the examples of a body, given with it or with its schema."""
    named = [example["value"] for example in media.get("examples", {}).values()]
    target = media["schema"]
    while "$ref" in target:
        target = schema["components"]["schemas"][target["$ref"].rsplit("/", 1)[1]]
    return [*named, *target.get("examples", [])]


def check(value: Any, media: dict[str, Any], schema: dict[str, Any]) -> None:
    """Raise unless the value fits the schema of the body."""
    whole = {**media["schema"], "components": schema["components"]}
    jsonschema_rs.validator_for(whole).validate(value)


def test_the_description_is_of_openapi_3_1(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1.")


def test_every_schema_in_the_description_is_a_json_schema(schema: dict[str, Any]) -> None:
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    for part in schema["components"]["schemas"].values():
        jsonschema_rs.meta.validate({**dialect, **part})


def test_no_two_operations_share_an_id(schema: dict[str, Any]) -> None:
    ids = [op["operationId"] for item in schema["paths"].values() for op in item.values()]
    assert sorted(ids) == sorted(set(ids))


def test_every_operation_says_what_it_does(schema: dict[str, Any]) -> None:
    silent = [
        f"{method} {path}"
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        if not operation.get("description")
    ]
    assert silent == []


def test_every_body_has_an_example_that_fits(schema: dict[str, Any]) -> None:
    lacking = set()
    for name, media in bodies(schema).items():
        found = examples_of(media, schema)
        for example in found:
            check(example, media, schema)
        lacking |= set() if found else {name}
    assert lacking - ABOUT_IDS.keys() == set()


def test_every_route_is_told_with_what_it_asks(app: FastAPI) -> None:
    told = {
        (row[0].strip("`"), row[1].strip("`"), row[2].replace("`", ""))
        for row in rows(TEXT, "Routes")
        if row[0] != "method"
    }
    expected = {
        (each.method, CONVERTER.sub("}", each.path), ", ".join(each.needs))
        for each in every_access(app)
        if each.in_schema
    }
    assert sorted(told ^ expected) == []


def test_every_request_in_the_manual_fits_the_interface(schema: dict[str, Any]) -> None:
    known = bodies(schema)
    found = exchanges(TEXT)
    for each in found:
        if each.body:
            check(json.loads(each.body), known[f"{each.method} {each.path}"], schema)
    assert {"POST /api/v1/screenings", "POST /api/v1/compare", "POST /api/v1/keys"} <= {
        f"{each.method} {each.path}" for each in found
    }


def test_every_request_without_a_body_in_the_manual_is_a_route(schema: dict[str, Any]) -> None:
    for each in exchanges(TEXT):
        path = each.path.partition("?")[0]
        assert each.method.lower() in schema["paths"].get(path, {}), each.path
