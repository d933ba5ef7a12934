"""The outreach queue: who sees whom, what a factor rests on, what came of a call, the numbers."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from service.cases.domain import Act
from service.cases.repository import Clocks
from service.cases.usecases.acting import act_on_deadline
from service.core import clock
from service.identity.models import Organisation
from service.identity.permissions import OrganisationKind, Role, console
from service.recordation.detention.papers import PaperKind
from service.recordation.domain import Scope
from service.recordation.usecases.mandates import give_mandate
from service.registry.usecases.penalties import load_penalties
from tests.builders import Someone, make_organisation, make_person
from tests.client import Browser, Program
from tests.detentions import held, paper
from tests.recordation import NOW, Shop, granted, make_shop
from tests.register import load


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Hold the clock."""
    with clock.at(NOW):
        yield


@pytest.fixture
def shop(app: FastAPI) -> Shop:
    """An exporter with a recordation in force, called 雅迪科技, and a product."""
    shop = make_shop(app.state.database, app.state.files)
    with app.state.database.write() as session:
        granted(session, shop, "gacc")
        session.get_one(Organisation, shop.exporter.organisation_id).name_zh = "雅迪科技"
    return shop


def served(app: FastAPI, shop: Shop) -> tuple[Someone, Someone]:
    """Give the exporter a station with a liaison, and the station a bureau."""
    bureau = make_organisation(app.state.database, OrganisationKind.BUREAU)
    station = make_organisation(app.state.database, OrganisationKind.STATION)
    with app.state.database.write() as session:
        session.get_one(Organisation, station.id).supervisor_id = bureau.id
        session.get_one(Organisation, shop.exporter.organisation_id).served_by_id = station.id
        give_mandate(
            session, shop.actor, to_id=station.id, scope=Scope.CHECK, valid_from=NOW.date()
        )
    liaison = make_person(app.state.database, Role.STATION_LIAISON, organisation=station)
    return liaison, make_person(app.state.database, Role.BUREAU_GUIDE, organisation=bureau)


def told(app: FastAPI, who: Someone) -> dict[str, dict[str, Any]]:
    [one] = Program(app, who).call("GET", "/api/v1/outreach", status=200).json()
    return {factor["kind"]: factor for factor in one["factors"]}


def test_each_factor_rests_on_what_the_caller_may_see(app: FastAPI, shop: Shop) -> None:
    load(app.state.database, app.state.settings)
    sheet = app.state.settings.home / "p.csv"
    rows = "当事人,商标,决定书文号,处罚日期\n雅迪科技,X,7号,2026-01-02\n"
    sheet.write_text(rows, encoding="utf-8")
    with app.state.database.write() as session:
        load_penalties(session, console(), app.state.settings, sheet, name="p.csv", sha256="0" * 64)
    liaison, guide = served(app, shop)
    product = {"sku": "E", "name_zh": "车", "brands": ["雅迪"], "markets": ["US", "DE"]}
    mine = Program(app, shop.exporter)
    made = mine.call("POST", "/api/v1/products", json=product, status=201).json()

    before = told(app, liaison)
    body = {"organisation_id": str(liaison.organisation_id)}
    mine.call("POST", f"/api/v1/products/{made['id']}/shares", json=body, status=204)
    after = told(app, liaison)

    assert before["markets"]["count"] == 0
    assert after["markets"]["basis"] == ["DE", "US"]
    assert after["penalties"]["basis"] == ["7号 · 2026-01-02 · X"]
    assert after["unrecorded"]["basis"] == ["XX 2 雅迪"]
    seen = told(app, guide)
    assert (seen["markets"]["count"], seen["penalties"]["count"]) == (0, 1)
    _asks_as_often_for_more(app, liaison)
    stranger = make_person(app.state.database, Role.STATION_LEAD)
    assert Program(app, stranger).call("GET", "/api/v1/outreach").json() == []


def _asks_as_often_for_more(app: FastAPI, liaison: Someone) -> None:
    """Hold the queue to as many statements for five enterprises as for one."""
    database, statements = app.state.database, list[str]()
    caller = Program(app, liaison)

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    caller.call("GET", "/api/v1/outreach", status=200)
    one = len(statements)
    others = [make_organisation(database).id for _ in range(4)]
    with database.write() as session:
        for each in others:
            session.get_one(Organisation, each).served_by_id = liaison.organisation_id
    statements.clear()
    assert len(caller.call("GET", "/api/v1/outreach", status=200).json()) == 5
    sa.event.remove(database.engine, "before_cursor_execute", note)
    assert len(statements) <= one


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_call_is_kept_with_its_result(app: FastAPI, shop: Shop, language: str) -> None:
    liaison, guide = served(app, shop)
    browser = Browser(app, liaison, language=language)
    place = f"/outreach/{shop.exporter.organisation_id}"
    assert "雅迪科技" in browser.get("/outreach?show=new").text
    call: dict[str, Any] = {"on": "2026-11-02", "channel": "visit", "result": "will_record"}
    browser.send(f"{place}/contacts", status=422, **{**call, "on": "2026-12-02"})

    browser.post(f"{place}/contacts", **call, note="带去缺项清单", again_on="2026-11-02")

    assert "带去缺项清单" in browser.get(place).text
    assert "雅迪科技" not in browser.get("/outreach?show=new").text
    assert "雅迪科技" in browser.get("/outreach?show=due").text
    watching = Browser(app, guide, language=language)
    assert "带去缺项清单" in watching.get(place).text
    watching.client.post(f"{place}/contacts", data={"csrf_token": watching.csrf, **call})
    [kept] = Program(app, guide).call("GET", f"/api/v1{place}/contacts", status=200).json()
    assert kept["result"] == "will_record"


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_work_is_counted(app: FastAPI, shop: Shop, language: str) -> None:
    liaison, _ = served(app, shop)
    with app.state.database.write() as session:
        first, _second = (
            held(session, shop.exporter, paper(PaperKind.STATUS_REQUEST, NOW - timedelta(days=1)))
            for _ in range(2)
        )
        [row] = Clocks(session).of_part(first.id, first.id)
        act_on_deadline(
            session,
            shop.actor,
            row.id,
            act=Act.MEET,
            version=row.version,
            day="2026-11-02",
            reason="answered",
        )

    numbers = Program(app, liaison).call("GET", "/api/v1/outreach/statistics", status=200).json()

    assert (numbers["enterprises"], numbers["called_on"], numbers["in_force"]) == (1, 0, 1)
    assert numbers["granted"]["count"] == 1
    assert (numbers["notices"], numbers["notices_per_recordation"]) == (2, 2.0)
    assert (numbers["answered"], numbers["answered_of"], numbers["answered_share"]) == (1, 1, 1.0)
    browser = Browser(app, liaison, language=language)
    assert browser.get("/outreach/statistics").language == language
    later = Program(app, liaison).call("GET", "/api/v1/outreach/statistics?since=2027-01-01")
    assert (later.json()["notices"], later.json()["granted"]["count"]) == (0, 0)
