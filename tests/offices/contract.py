"""The EUIPO's OpenAPI description, where the shared data are: each word is held against it."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from tests.offices.serving import Asked

FILE = "euipo-openapi/trademark-search-1.1.0.openapi.json"
BASE = "urn:euipo"
FIELD = re.compile(r"([\w.]+)\s*(=\w+=|[<>]=?|[!=]=)")
ROW = re.compile(r"^\| (\S+)\s*\| (\".*\")\s*\|$", re.MULTILINE)


class Contract:
    """Checks requests and answers against the description."""

    def __init__(self, folder: Path) -> None:
        self._document = json.loads((folder / FILE).read_text("utf-8"))
        resource = Resource.from_contents(self._document, default_specification=DRAFT4)
        self._registry: Registry[Any] = Registry().with_resource(BASE, resource)
        query = self._document["components"]["parameters"]["Query"]["description"]
        table = query[query.index("### Supported Fields") :]
        self._operators = {
            name: set(re.findall(r'"([^"]+)"', operators)) for name, operators in ROW.findall(table)
        }

    def check_request(self, asked: Asked) -> None:
        """Hold parameters, RSQL and credentials of a request against the description."""
        template = (
            "/trademarks" if asked.path == "/trademarks" else "/trademarks/{applicationNumber}"
        )
        operation = self._document["paths"][template]["get"]
        known = {
            self._resolved(one)["name"]: self._resolved(one) for one in operation["parameters"]
        }
        assert asked.query.keys() <= known.keys(), asked.query
        for name, value in asked.query.items():
            schema = known[name]["schema"]
            number = self._resolved(schema).get("type") == "integer"
            self._validate(schema, int(value) if number else value)
        for name, operator in FIELD.findall(asked.query.get("query", "")):
            assert operator in self._operators[name], (name, operator)
        assert asked.headers["x-ibm-client-id"]
        assert asked.headers["authorization"].startswith("Bearer ")

    def check_answer(self, path: str, status: int, content: Mapping[str, Any]) -> None:
        """Hold an answer of ours against the description, so that we imitate nothing but it."""
        responses = self._operation(path)["responses"]
        response = responses.get(str(status), responses["default"])
        if "$ref" in response:
            response = self._resolved(response)
        (media,) = response["content"].values()
        self._validate(media["schema"], content)

    def _operation(self, path: str) -> dict[str, Any]:
        template = path if path == "/trademarks" else "/trademarks/{applicationNumber}"
        return dict(self._document["paths"][template]["get"])

    def _resolved(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        if "$ref" not in schema:
            return dict(schema)
        node: Any = self._document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            node = node[part]
        return dict(node)

    def _validate(self, schema: Mapping[str, Any], value: object) -> None:
        absolute = json.loads(json.dumps(schema).replace('"#/', f'"{BASE}#/'))
        Draft4Validator(absolute, registry=self._registry).validate(value)
