from datetime import UTC, datetime

from fastapi import FastAPI

from service.cases import jobs
from service.core import clock
from tests.client import Program
from tests.db.cases.matters import make_cast, make_deadline

assert jobs
NOW = datetime(2026, 9, 30, 8, tzinfo=UTC)


def test_a_deadline_is_read_acted_on_and_guarded_by_its_etag(app: FastAPI) -> None:
    cast = make_cast(app.state.database)
    with app.state.database.write() as session, clock.at(NOW):
        deadline = make_deadline(session, cast)
    program = Program(app, cast.owner)
    path = f"/api/v1/deadlines/{deadline.id}"
    [listed] = program.call("GET", "/api/v1/deadlines", status=200).json()
    assert listed["due_on"] == "2026-10-10"
    tag = program.call("GET", path, status=200).headers["etag"]
    act = {"act": "meet", "day": "2026-10-09", "reason": "EMS 1"}
    program.call("POST", f"{path}/acts", status=428, json=act)
    body = program.call(
        "POST", f"{path}/acts", status=200, json=act, headers={"If-Match": tag}
    ).json()
    assert (body["status"], body["missed_at"]) == ("met", None)
    program.call("POST", f"{path}/acts", status=412, json=act, headers={"If-Match": tag})


def test_a_fact_that_is_needed_can_be_added(app: FastAPI) -> None:
    cast = make_cast(app.state.database)
    with app.state.database.write() as session, clock.at(NOW):
        deadline = make_deadline(session, cast, rule="eu-det-confirm")
    program = Program(app, cast.owner)
    path = f"/api/v1/deadlines/{deadline.id}"
    answer = program.call("GET", path, status=200)
    body = program.call(
        "POST",
        f"{path}/acts",
        status=200,
        json={"act": "correct", "reason": "said by customs", "facts": {"member_state": "DE"}},
        headers={"If-Match": answer.headers["etag"]},
    ).json()
    assert body["facts"] == {"member_state": "DE"}
    assert (answer.json()["provisional"], body["provisional"]) == (True, False)


def test_years_and_feeds_are_kept(app: FastAPI) -> None:
    cast = make_cast(app.state.database)
    keeper, owner = Program(app, cast.administrator), Program(app, cast.owner)
    year = {"notice": "通知", "closed": ["2027-01-01"], "working": ["2027-02-20"]}
    keeper.call("PUT", "/api/v1/calendar-years/cn/2027", status=200, json=year)
    keeper.call("PUT", "/api/v1/calendar-years/xx/2027", status=422, json=year)
    [kept] = keeper.call("GET", "/api/v1/calendar-years", status=200).json()
    assert kept["closed"] == ["2027-01-01"]
    made = owner.call("POST", "/api/v1/calendar-feeds", status=201, json={"scope": "mine"}).json()
    assert made["path"].startswith("/calendars/")
    [listed] = owner.call("GET", "/api/v1/calendar-feeds", status=200).json()
    assert "path" not in listed
    owner.call("DELETE", f"/api/v1/calendar-feeds/{made['id']}", status=204)
    assert owner.call("GET", "/api/v1/calendar-feeds", status=200).json() == []
