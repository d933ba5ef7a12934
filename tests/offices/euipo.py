"""The EUIPO as it answers: tokens, RSQL over dates, pages; held to its own description."""

import json
import re
from collections.abc import Iterable
from typing import Any

from tests.offices.contract import Contract
from tests.offices.serving import Asked, Given, Office

CLIENT, SECRET = "our-client", "our-secret-9f2c"
TERM = re.compile(r"(\w+)(<=|>=|<|>|==)([\d-]+)")
Mark = dict[str, Any]


def mark(number: int, applied: str, *, updated: str = "", text: str = "") -> Mark:
    """Return a mark as the search gives it; `updateDate` is asked after and never given."""
    return {
        "applicationNumber": f"{number:09}",
        "markFeature": "WORD",
        "markBasis": "EU_TRADEMARK",
        "niceClasses": [12],
        "wordMarkSpecification": {"verbalElement": text or f"NORDVEL {number}"},
        "applicants": [{"office": "EM", "identifier": "1000001", "name": "Nordvel GmbH"}],
        "applicationDate": applied,
        "status": "REGISTERED",
        "updateDate": updated or applied,
    }


class Euipo(Office):
    """The API over these marks."""

    def __init__(self, marks: Iterable[Mark], contract: Contract | None = None) -> None:
        super().__init__(self._answered)
        self.marks = list(marks)
        self.contract = contract
        self.tokens: set[str] = set()
        self.given_out = 0
        self.largest = 100
        """Marks on one page at most, for tests that want several."""

    def expire(self) -> None:
        """No token given out so far is good any longer."""
        self.tokens.clear()

    def _answered(self, asked: Asked) -> Given:
        if asked.path == "/token":
            return self._token(asked)
        if self.contract:
            self.contract.check_request(asked)
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return self._told(asked, 401, _problem(401, "Access token not set or invalid"))
        if asked.path != "/trademarks":
            number = asked.path.rpartition("/")[2]
            found = [one for one in self.marks if one["applicationNumber"] == number]
            if not found:
                return self._told(asked, 404, _problem(404, "not found"))
            return Given(body=json.dumps(_shown(found[0])).encode())
        return self._told(asked, 200, self._page(asked))

    def _token(self, asked: Asked) -> Given:
        right = {"client_id": CLIENT, "client_secret": SECRET, "scope": "uid"}
        if asked.method != "POST" or {**asked.form, **right} != asked.form:
            return Given(401, b'{"error": "invalid_client"}')
        self.given_out += 1
        token = f"token-{self.given_out}"
        self.tokens.add(token)
        return Given(body=json.dumps({"access_token": token, "expires_in": 3600}).encode())

    def _page(self, asked: Asked) -> dict[str, Any]:
        size = min(int(asked.query["size"]), self.largest)
        number = int(asked.query["page"])
        found = [one for one in self.marks if _matches(asked.query["query"], one)]
        found.sort(key=lambda one: one["applicationNumber"])
        return {
            "trademarks": [_shown(one) for one in found[number * size : (number + 1) * size]],
            "size": max(size, 10),
            "totalElements": len(found),
            "totalPages": -(-len(found) // size),
            "page": number,
        }

    def _told(self, asked: Asked, status: int, content: dict[str, Any]) -> Given:
        if self.contract:
            self.contract.check_answer(asked.path, status, content)
        return Given(status, json.dumps(content).encode())


def _shown(one: Mark) -> Mark:
    return {name: value for name, value in one.items() if name != "updateDate"}


def _problem(status: int, detail: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": detail,
        "status": status,
        "detail": detail,
        "instance": "/trademarks",
    }


def _matches(query: str, one: Mark) -> bool:
    """Evaluate the RSQL we send: comparisons of dates under `and`, joined by `or`."""
    return any(
        all(_compares(one, *term) for term in TERM.findall(part)) for part in query.split(" or ")
    )


def _compares(one: Mark, field: str, operator: str, day: str) -> bool:
    value = str(one.get(field, ""))
    if not value:
        return False
    return {
        "<": value < day,
        "<=": value <= day,
        ">": value > day,
        ">=": value >= day,
        "==": value == day,
    }[operator]
