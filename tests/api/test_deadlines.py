from fastapi import FastAPI

from tests.builders import make_person
from tests.client import Program


def test_a_deadline_comes_with_the_reason_for_its_date(app: FastAPI) -> None:
    program = Program(app, make_person(app.state.database))

    body = program.call(
        "POST",
        "/api/v1/deadlines/compute",
        status=200,
        json={"rule_id": "cn-gacc-notice-response", "trigger": "2026-09-30"},
    ).json()

    assert body["due"].startswith("2026-10-10")
    assert body["explanation"]["zh"]
    assert body["explanation"]["en"]


def test_an_unknown_rule_is_a_problem_and_never_a_date(app: FastAPI) -> None:
    program = Program(app, make_person(app.state.database))

    answer = program.call(
        "POST",
        "/api/v1/deadlines/compute",
        json={"rule_id": "no-such-rule", "trigger": "2026-09-30"},
    )

    assert answer.headers["content-type"] == "application/problem+json"
    assert "due" not in answer.json()


def test_deadlines_are_for_people_who_are_signed_in(app: FastAPI) -> None:
    body = {"rule_id": "cn-gacc-notice-response", "trigger": "2026-09-30"}

    Program(app).call("POST", "/api/v1/deadlines/compute", status=401, json=body)
