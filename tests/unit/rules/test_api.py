"""`POST /api/v1/deadlines/compute` and `GET /api/v1/rules`, without the rest of the product."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.core.errors import NotSignedIn
from service.rules.api import make_router
from service.rules.errors import JurisdictionUnknown, RuleUnknown
from service.rules.evaluator import compute
from service.rules.loader import library
from service.rules.reading import read_trigger
from service.rules.wire import computed_out


def anyone() -> None:
    """Let everybody in."""


def nobody() -> None:
    raise NotSignedIn("Sign in first.")


def client(signed_in: object = anyone) -> TestClient:
    app = FastAPI()
    app.include_router(make_router(signed_in, library))  # type: ignore[arg-type]
    return TestClient(app)


ASK = {"rule_id": "cn-gacc-notice-response", "trigger": "2026-09-30"}


def test_a_deadline_is_answered_as_the_command_line_answers_it() -> None:
    answer = client().post("/api/v1/deadlines/compute", json=ASK)
    asked = compute(ASK["rule_id"], read_trigger(ASK["trigger"]))
    assert (answer.status_code, answer.json()) == (200, computed_out(asked))


def test_facts_are_taken() -> None:
    body = ASK | {"rule_id": "eu-det-perishable", "facts": {"member_state": "NL"}}
    answer = client().post("/api/v1/deadlines/compute", json=body | {"trigger": "2026-04-24"})
    assert answer.json()["due"] == "2026-04-30"


def test_a_moment_is_taken() -> None:
    body = ASK | {"trigger": "2026-10-08T17:00:00+00:00"}
    assert client().post("/api/v1/deadlines/compute", json=body).json()["due"] == "2026-10-13"


@pytest.mark.parametrize(
    "body",
    [
        {},
        ASK | {"unit": "months"},
        ASK | {"facts": ["perishable"]},
        ASK | {"rule_id": "x" * 81},
        ASK | {"trigger": 20260930},
    ],
)
def test_a_body_it_does_not_know_is_refused(body: dict[str, object]) -> None:
    assert client().post("/api/v1/deadlines/compute", json=body).status_code == 422


def test_an_unknown_rule_reaches_the_problem_handler() -> None:
    with pytest.raises(RuleUnknown):
        client().post("/api/v1/deadlines/compute", json=ASK | {"rule_id": "nothing"})


def test_a_stranger_is_refused() -> None:
    with pytest.raises(NotSignedIn):
        client(nobody).post("/api/v1/deadlines/compute", json=ASK)


def test_the_list_can_be_read_for_one_jurisdiction() -> None:
    answer = client().get("/api/v1/rules", params={"jurisdiction": "TR"})
    assert {row["jurisdiction"] for row in answer.json()["rows"]} == {"TR"}


def test_a_country_without_rules_is_a_problem() -> None:
    with pytest.raises(JurisdictionUnknown):
        client().get("/api/v1/rules", params={"jurisdiction": "BD"})


def test_an_unknown_area_is_refused() -> None:
    assert client().get("/api/v1/rules", params={"area": "space-law"}).status_code == 422
