from typing import Any

import pytest
from fastapi import FastAPI

from service.core import clock
from tests.client import Browser, Program
from tests.db.cases.matters import make_cast
from tests.db.desk.test_desk import Made
from tests.db.dispute.casework import NOW

BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])
PATHS = (
    "/desk",
    "/desk/calendar",
    "/desk/calendar?view=week&day=2026-10-01",
    "/desk/calendar?day=2026-10-01&whose=mine",
    "/search",
    "/search?q=YADEA",
    "/search?q=zzzz",
)


@BOTH
def test_every_page_of_the_desk_is_sound_for_everybody(app: FastAPI, language: str) -> None:
    cast = make_cast(app.state.database)
    with app.state.database.write() as session, clock.at(NOW):
        Made(session, cast, app.state.settings)
    for name in ("owner", "lead", "bureau", "body", "auditor"):
        browser = Browser(app, getattr(cast, name), language=language)
        for path in PATHS:
            assert browser.get(path).language == language
    browser.get("/search?q=a", status=422)
    assert "YADEA" in Browser(app, cast.owner).get("/search?q=YADEA").text
    assert "2026-0001" not in Browser(app, cast.stranger).get("/search?q=YADEA").text
    administrator = Browser(app, cast.administrator, language=language)
    for path in ("/desk", "/search?q=YADEA"):
        assert "2026-0001" not in administrator.get(path).text
    administrator.get("/desk/calendar", status=403)
    Browser(app, cast.station).get("/desk/queue", status=403)


@BOTH
def test_the_lead_hands_out_on_the_page(app: FastAPI, language: str) -> None:
    cast = make_cast(app.state.database)
    with app.state.database.write() as session, clock.at(NOW):
        Made(session, cast, app.state.settings)
    browser = Browser(app, cast.lead, language=language)
    page = browser.get("/desk/queue")
    [box] = [e for e in page.all("input") if e.get("name") == "matter"]
    person: dict[str, Any] = {"person": cast.station.person_id}
    browser.send("/desk/queue", status=422, **person)
    browser.send("/desk/queue", status=422, person="x", matter=box.get("value"))
    browser.send("/desk/queue", **person, matter=box.get("value"))
    page = browser.send("/desk/queue", **person, matter=box.get("value"))
    assert ("Somebody changed this" in page.text) or language == "zh-Hans"


def test_a_program_sees_the_same(app: FastAPI) -> None:
    cast = make_cast(app.state.database)
    with app.state.database.write() as session, clock.at(NOW):
        made = Made(session, cast, app.state.settings)
    lead = Program(app, cast.lead)
    parts = lead.call("GET", "/api/v1/desk/day", status=200).json()
    assert {"clocks", "unassigned", "signatures", "notices"} <= {part["key"] for part in parts}
    [row] = lead.call("GET", "/api/v1/desk/queue", status=200).json()
    assert row["thread_id"] == str(made.id)
    body = {
        "person_id": str(cast.station.person_id),
        "matters": [{"thread_id": row["thread_id"], "version": row["version"]}] * 2,
    }
    answers = lead.call("POST", "/api/v1/desk/queue/assignments", status=200, json=body).json()
    assert [(one["done"], one["problem"]) for one in answers] == [(True, ""), (False, "stale")]
    days = "/api/v1/desk/calendar?first=2026-09-01&last=2026-12-31"
    assert "meeting" in {one["kind"] for one in lead.call("GET", days, status=200).json()}
    lead.call("GET", "/api/v1/desk/calendar?first=2026-09-01&last=2020-12-31", status=422)
    found = lead.call("GET", "/api/v1/search?q=Acme&group=parties", status=200).json()
    assert [(one["group"], len(one["hits"])) for one in found] == [("parties", 1)]
    stranger = Program(app, cast.stranger)
    found = stranger.call("GET", "/api/v1/search?q=Acme&group=parties", status=200).json()
    assert found == [{"group": "parties", "hits": [], "more": False}]
    assert stranger.call("GET", days, status=200).json() == []
