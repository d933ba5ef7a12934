"""Marks entered and corrected by hand."""

from typing import Any

import pytest
from fastapi import FastAPI

from service.core.pagination import Cursor
from service.identity.permissions import Role
from service.registry.repository import MarkFilter, Marks
from tests.builders import make_person
from tests.client import Program

PLACE = "/api/v1/marks/US/123"
MARK: dict[str, Any] = {"text": "YADEA", "updated_on": "2026-05-01"}


@pytest.fixture
def program(app: FastAPI) -> Program:
    """A program of an administrator."""
    return Program(app, make_person(app.state.database, Role.ADMINISTRATOR))


def test_a_correction_needs_the_version_it_corrects(program: Program) -> None:
    entered = program.call("PUT", PLACE, status=200, json=MARK)
    assert program.call("GET", PLACE, status=200).headers["etag"] == entered.headers["etag"]
    better = {**MARK, "text": "YADEA!"}

    program.call("PUT", PLACE, status=428, json=better)
    tag = {"If-Match": entered.headers["etag"]}
    corrected = program.call("PUT", PLACE, status=200, json=better, headers=tag)
    program.call("PUT", PLACE, status=412, json=MARK, headers=tag)

    assert corrected.headers["etag"] != entered.headers["etag"]
    assert program.call("GET", PLACE, status=200).json()["text"] == "YADEA!"


@pytest.mark.parametrize("day", ["2026-04-30", None])
def test_a_correction_older_than_the_register_is_told_and_dropped(
    program: Program, day: str | None
) -> None:
    tag = {"If-Match": program.call("PUT", PLACE, status=200, json=MARK).headers["etag"]}

    answer = program.call(
        "PUT", PLACE, status=409, json={"text": "OLD", "updated_on": day}, headers=tag
    )

    assert answer.json()["code"] == "mark-newer"
    assert answer.json()["errors"][0]["field"] == "updated_on"
    assert program.call("GET", PLACE, status=200).json()["text"] == "YADEA"


def test_a_version_of_what_is_not_there_is_stale(program: Program) -> None:
    program.call("PUT", PLACE, status=412, json=MARK, headers={"If-Match": '"7"'})

    program.call("GET", PLACE, status=404)


def test_the_same_mark_again_changes_nothing(app: FastAPI, program: Program) -> None:
    entered = program.call("PUT", PLACE, status=200, json=MARK)

    again = program.call("PUT", PLACE, json=MARK, headers={"If-Match": entered.headers["etag"]})

    assert (again.status_code, again.headers["etag"]) == (200, entered.headers["etag"])


def test_a_mark_that_got_its_registration_number_keeps_its_row(
    app: FastAPI, program: Program
) -> None:
    entered = program.call("PUT", PLACE, status=200, json=MARK)
    registered = {**MARK, "application_number": "123", "registration_number": "R9"}
    new = "/api/v1/marks/US/R9"

    program.call("PUT", new, status=428, json=registered)
    tag = {"If-Match": entered.headers["etag"]}
    program.call("PUT", new, status=200, json=registered, headers=tag)

    with app.state.database.read() as session:
        assert len(Marks(session).page(MarkFilter(), Cursor())[0]) == 1


@pytest.mark.parametrize(
    ("place", "changed", "field"),
    [("US/" + "9" * 70, {}, "number"), ("US/1", {"classes": [{"nice": 46}]}, "classes")],
)
def test_a_wrong_mark_names_its_field(
    program: Program, place: str, changed: dict[str, Any], field: str
) -> None:
    answer = program.call("PUT", f"/api/v1/marks/{place}", status=422, json={**MARK, **changed})

    assert answer.json()["errors"][0]["field"].startswith(field)
