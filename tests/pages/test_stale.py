"""A register older than the rhythm of its office: *no conflict found* is said on no face."""

from datetime import timedelta
from typing import Any

from fastapi import FastAPI

from service.core import clock
from service.identity.permissions import Role
from service.rules.markets import office
from service.screening.catalogues import Catalogues
from tests.builders import Someone, make_person
from tests.client import Browser, Program
from tests.db.screening.catalogues import screened
from tests.register import ROWS, load

ASKED = {"names": ["QWXVZ"], "route": {"origin": "XX", "destinations": ["XX"]}}
WATCHED = {"names": ["QWXVZ"], "markets": ["XX"]}


def test_only_a_fresh_register_lets_any_face_say_that_nothing_was_found(app: FastAPI) -> None:
    database, settings = app.state.database, app.state.settings
    someone = make_person(database, Role.EXPORTER_OWNER)
    rhythm = timedelta(days=office("XX").stale_after_days)
    load(database, settings, dated=clock.today() - rhythm - timedelta(days=1))
    late = faces(app, someone)
    load(database, settings, *ROWS, name="fresh.csv", dated=clock.today() - rhythm)
    fresh = faces(app, someone)

    assert late == {
        "answer": "not_searched",
        "missing": "stale",
        "list": "not_searched",
        "page": False,
        "catalogue": "not_searched",
        "watch": ("partial", "stale"),
        "watch page": True,
    }
    assert fresh == {
        "answer": "no_conflict_found",
        "missing": None,
        "list": "no_conflict_found",
        "page": True,
        "catalogue": "no_conflict_found",
        "watch": ("complete", None),
        "watch page": False,
    }


def faces(app: FastAPI, someone: Someone) -> dict[str, Any]:
    """What every face says of a name that is like nothing in the register of XX."""
    program, browser = Program(app, someone), Browser(app, someone)
    answer = program.call("POST", "/api/v1/screenings", status=201, json=ASKED).json()
    listed = program.call("GET", "/api/v1/screenings").json()["items"]
    row = screened(app.state.database, app.state.settings, someone.actor, "name,to\nQWXVZ,XX\n")
    with app.state.database.read() as session:
        (line,) = Catalogues(session, someone.actor).every_row(row.id)
    watch = program.call("POST", "/api/v1/watches", status=201, json=WATCHED).json()
    watches = browser.get("/watches").text
    program.call("DELETE", f"/api/v1/watches/{watch['id']}", status=204)
    return {
        "answer": answer["markets"]["XX"]["verdict"],
        "missing": why(answer),
        "list": listed[0]["verdict"],
        "page": "No conflict found" in browser.get(f"/screenings/{answer['screening_id']}").text,
        "catalogue": line.markets["XX"]["verdict"],
        "watch": (watch["coverage"], why(watch)),
        "watch page": "the copy is too old" in watches,
    }


def why(told: dict[str, Any]) -> str | None:
    """Why the register of XX does not count, as it is told."""
    return next((one["why"] for one in told["not_searched"] if one["what"] == "XX"), None)
