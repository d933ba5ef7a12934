from datetime import UTC, date, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from icalendar import Calendar

from service.cases import jobs
from service.cases.domain import Status
from service.cases.models import CalendarFeed, Deadline
from service.cases.usecases.threads import assign
from service.core import clock
from service.core.db import Database
from service.ui.i18n import Language, translator
from tests.client import Browser
from tests.db.cases.matters import Cast, make_cast, make_deadline, make_thread

assert jobs
BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])
NOW = datetime(2026, 9, 30, 8, tzinfo=UTC)


def made(app: FastAPI, **details: object) -> tuple[Cast, Deadline]:
    cast = make_cast(app.state.database)
    with app.state.database.write() as session, clock.at(NOW):
        return cast, make_deadline(session, cast, **details)  # type: ignore[arg-type]


def stored(database: Database, deadline: Deadline) -> Deadline:
    with database.read() as session:
        return session.get_one(Deadline, deadline.id)


@BOTH
def test_every_page_of_deadlines_is_sound(app: FastAPI, language: str) -> None:
    cast, deadline = made(app)
    with app.state.database.write() as session:
        make_deadline(session, cast, rule="no-such-rule")
        make_deadline(session, cast, rule="cn-tm-opposition", trigger=date(2026, 12, 1))
    browser = Browser(app, cast.owner, language=language)
    for path in (
        "/deadlines",
        "/deadlines?whose=mine&days=30",
        "/deadlines/calendar?month=2026-10",
        "/deadlines/feeds",
        f"/deadlines/{deadline.id}",
        "/deadlines/compute",
        "/deadlines/compute?rule=eu-det-confirm&trigger=2026-05-13&fact.member_state=DE",
        "/deadlines/compute?rule=cn-tm-opposition&trigger=2026-12-01",
        "/rules",
        "/rules?where=CN&area=customs-detention",
        "/rules?where=XX",
    ):
        assert browser.get(path).language == language
    administrator = Browser(app, cast.administrator, language=language)
    assert administrator.get("/calendar-years").language == language


@BOTH
def test_a_computed_date_says_why_and_wears_its_badges(app: FastAPI, language: str) -> None:
    cast, _ = made(app)
    page = Browser(app, cast.owner, language=language).get(
        "/deadlines/compute?rule=cn-tm-opposition&trigger=2026-12-01"
    )
    assert translator(Language(language)).text("Why this date") in page.text
    assert "2027" in page.text
    assert "cn-tm-opposition@" in page.text


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("rule=cn-gacc-notice-response&trigger=yesterday", 422, "trigger"),
        ("rule=no-such-rule&trigger=2026-09-30", 404, "rule"),
        ("rule=eu-det-confirm&trigger=2026-05-13&fact.perishable=maybe", 422, "fact.perishable"),
    ],
)
def test_a_question_that_cannot_be_answered_leads_to_its_field(
    app: FastAPI, query: str, status: int, field: str
) -> None:
    cast, _ = made(app)
    page = Browser(app, cast.owner).get(f"/deadlines/compute?{query}", status=status)
    assert f'href="#{field.replace(".", "-")}"' in page.html


def test_what_happened_is_noted_and_a_refusal_changes_nothing(app: FastAPI) -> None:
    cast, deadline = made(app)
    database, browser = app.state.database, Browser(app, cast.owner)
    path = f"/deadlines/{deadline.id}"
    browser.send(path, status=409, act="pause", version="1", reason="x")
    browser.send(path, status=422, act="fix", version="1", reason="")
    browser.send(path, status=412, act="confirm", version="7")
    assert stored(database, deadline).version == 1
    browser.post(path, act="confirm", version="1")
    assert stored(database, deadline).confirmed_by == cast.owner.person_id
    browser.post(path, act="meet", version="2", day="2026-10-09", reason="EMS 1")
    assert stored(database, deadline).status is Status.MET
    assert "Met" in browser.get(path).text


def test_a_reader_sees_no_buttons_and_a_stranger_no_page(app: FastAPI) -> None:
    cast, deadline = made(app)
    path = f"/deadlines/{deadline.id}"
    assert 'name="act"' not in Browser(app, cast.bureau).get(path).html
    assert 'name="act"' in Browser(app, cast.station).get(path).html
    Browser(app, cast.stranger).get(path, status=404)
    Browser(app, cast.administrator).get(path, status=403)


def test_a_year_is_entered_and_a_wrong_one_comes_back(app: FastAPI) -> None:
    cast, _ = made(app)
    browser = Browser(app, cast.administrator)
    form: dict[str, Any] = {"year": "2027", "notice": "国务院办公厅关于2027年部分节假日安排的通知"}
    page = browser.send("/calendar-years", status=422, closed="soon", **form)
    assert "2026-01-31" in page.text
    browser.post("/calendar-years", closed="2027-01-01\n2027-02-05", working="2027-02-20", **form)
    assert "2027" in browser.get("/calendar-years").text
    asked = "/deadlines/compute?rule=cn-gacc-notice-response&trigger=2027-02-04"
    assert "not announced" not in Browser(app, cast.owner).get(asked).text


def feed_of(app: FastAPI, cast: Cast, scope: str) -> str:
    page = Browser(app, cast.owner).send("/deadlines/feeds", scope=scope)
    address = page.one("code", translate="no").text
    return address.removeprefix("http://127.0.0.1:8000")


def test_a_feed_gives_deadlines_in_their_zones_and_names_nobody(app: FastAPI) -> None:
    cast, deadline = made(app)
    path = feed_of(app, cast, "organisation")
    answer = Browser(app).client.get(path)
    calendar = Calendar.from_ical(answer.content)
    [event] = calendar.walk("VEVENT")
    [zone] = calendar.walk("VTIMEZONE")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert zone["TZID"] == "Asia/Shanghai"
    assert event.decoded("DTSTART").isoformat() == "2026-10-10T23:59:00+08:00"
    assert event["UID"] == f"{deadline.id}@markpass"
    assert b"YADEA" not in answer.content
    with app.state.database.read() as session:
        kept = session.query(CalendarFeed).one()
        assert kept.token_hash not in path
        assert path.removeprefix("/calendars/").removesuffix(".ics") not in str(vars(kept))


def test_a_feed_of_ones_own_follows_what_one_handles_and_ends(app: FastAPI) -> None:
    cast, deadline = made(app)
    database, path = app.state.database, feed_of(app, cast, "mine")
    visitor = Browser(app).client
    assert Calendar.from_ical(visitor.get(path).content).walk("VEVENT") == []
    with database.write() as session:
        thread = session.get_one(type(make_thread(session, cast)), deadline.thread_id)
        thread.station_id = None
        assign(session, cast.owner.actor, thread, cast.owner.person_id)
    assert len(Calendar.from_ical(visitor.get(path).content).walk("VEVENT")) == 1
    with database.read() as session:
        feed = session.query(CalendarFeed).one()
    Browser(app, cast.stranger).post(f"/deadlines/feeds/{feed.id}/revoke", status=404)
    Browser(app, cast.owner).post(f"/deadlines/feeds/{feed.id}/revoke")
    assert visitor.get(path).status_code == 404
    assert visitor.get("/calendars/unknown.ics").status_code == 404
