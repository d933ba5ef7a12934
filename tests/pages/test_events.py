"""Events of a station: planned, announced, signed up for, held, counted; in both languages."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from service.core import clock
from service.identity.models import Organisation
from service.identity.permissions import OrganisationKind, Role
from tests.builders import Someone, make_organisation, make_person
from tests.client import Browser, Program

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
FORM: dict[str, Any] = {
    "kind": "salon",
    "title": "关企沙龙：电动车出口的海关保护",
    "place": "园区路演厅",
    "starts_at": "2026-11-03T14:00",
    "ends_at": "2026-11-03T16:30",
    "host_lines": "某检察院\n某海关",
    "seats": "2",
    "about": "海关保护备案",
}
SHEET = "姓名,单位,电话,到场,满意度\n李静,无锡甲车业,=1+1,是,5\n王伟,别家公司,,否,\n,无名,,是,\n"


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Hold the clock."""
    with clock.at(NOW):
        yield


class Base:
    """A station with its people, an enterprise it serves, the procuratorate and the bureau."""

    def __init__(self, app: FastAPI) -> None:
        self.app, database = app, app.state.database
        self.bureau = make_person(database, Role.BUREAU_GUIDE)
        self.station = make_organisation(
            database, OrganisationKind.STATION, supervisor_id=self.bureau.organisation_id
        )
        self.clerk = self._person(Role.STATION_CLERK)
        self.lead = self._person(Role.STATION_LEAD)
        self.exporter = make_person(database, Role.EXPORTER_OWNER)
        self.procurator = make_person(database, Role.BODY_CONTACT)
        with database.write() as session:
            row = session.get_one(Organisation, self.exporter.organisation_id)
            row.served_by_id, row.name_zh = self.station.id, "无锡甲车业"

    def _person(self, role: Role) -> Someone:
        return make_person(self.app.state.database, role, organisation=self.station)

    def browser(self, who: Someone, language: str = "en") -> Browser:
        return Browser(self.app, who, language=language)

    def step(self, path: str, event: str, *, status: int = 303, **told: Any) -> Any:
        version = Program(self.app, self.lead).call("GET", f"/api/v1{path}").json()["version"]
        told |= {"event": event, "version": version}
        return self.browser(self.clerk).post(f"{path}/moves", status=status, **told)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_an_event_is_planned_announced_held_and_counted(app: FastAPI, language: str) -> None:
    base = Base(app)
    clerk, exporter = base.browser(base.clerk, language), base.browser(base.exporter, language)
    clerk.get("/events/new")
    clerk.send("/events", status=422, **{**FORM, "ends_at": "2026-11-03T09:00"})
    body = str(base.procurator.organisation_id)
    path = clerk.post("/events", **FORM, body_ids=body).headers["location"]
    strangers = (base.exporter, base.procurator, base.bureau)
    assert [base.browser(one).client.get(path).status_code for one in strangers] == [404] * 3

    base.step(path, "announce")

    for who in strangers:
        assert FORM["title"] in base.browser(who, language).get(path).text
    assert FORM["title"] in exporter.get("/events").text
    assert FORM["title"] in exporter.get("/notices").text
    exporter.post(f"{path}/sign-up", phone="0510-1")
    base.browser(base.procurator).post(f"{path}/sign-up")
    bureau = base.browser(base.bureau)
    bureau.send(f"{path}/sign-up", status=409)
    seen = exporter.get(path).text
    assert "某检察院" in seen
    base.step(path, "hold", status=409)

    with clock.at(NOW + timedelta(days=2)):
        clerk, exporter = base.browser(base.clerk, language), base.browser(base.exporter, language)
        base.step(path, "hold")
        told = {"csrf_token": clerk.csrf}
        files = {"sheet": ("sheet.csv", SHEET.encode("gb18030"), "text/csv")}
        answer = clerk.client.post(f"{path}/attendances/import", data=told, files=files)
        assert answer.status_code == 200
        clerk.post(f"{path}/attendances", name="赵明", company="园区", present="true")
        clerk.send(f"{path}/attendances", status=409, name="赵明", company="园区", present="true")
        lines = {one["name"]: one for one in sheet(base, path)}
        assert {name: bool(one["signed_in_at"]) for name, one in lines.items()} == {
            "张三": False,
            "李静": True,
            "王伟": False,
            "赵明": True,
        }
        assert lines["李静"]["organisation_id"] == str(base.exporter.organisation_id)
        mine = next(one for one in sheet(base, path) if one["phone"] == "0510-1")
        clerk.post(f"{path}/attendances/{mine['id']}", present="true")
        exporter.post(f"{path}/rating", satisfaction="4", remark="很好")
        leaflet = {"file": ("a.pdf", b"%PDF-1.7", "application/pdf")}
        clerk.client.post(f"{path}/materials", data={**told, "shown": "true"}, files=leaflet)
        clerk.client.post(f"{path}/materials", data={**told, "shown": "false"}, files=leaflet)
        base.step(path, "close")

    shown = exporter.client.get(path).text
    assert shown.count(f"{path}/materials/") == 1
    clerk.get(f"{path}/sheet")
    counted = Program(app, base.bureau).call("GET", f"/api/v1{path}", status=200).json()
    assert (counted["signed_up"], counted["was_there"], counted["enterprises"]) == (5, 3, 1)
    assert (counted["hours"], counted["satisfaction"]) == ("2.5", 4.5)
    assert len(Program(app, base.exporter).call("GET", f"/api/v1{path}/attendances").json()) == 2
    excel = clerk.client.get(f"{path}/sheet.xlsx")
    book = load_workbook(io.BytesIO(excel.content))
    cells = list(book.worksheets[0].iter_rows(values_only=True))
    assert ("李静", "'=1+1") in [(row[0], row[2]) for row in cells]
    clerk.send(f"{path}/attendances", status=409, name="晚到", present="true")
    clerk.post(f"{path}/attendances/{mine['id']}", act="remove")
    assert "0510-1" not in clerk.get(path).text
    assert Program(app, base.bureau).call("GET", f"/api/v1{path}").json()["was_there"] == 3


def sheet(base: Base, path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (
        Program(base.app, base.clerk).call("GET", f"/api/v1{path}/attendances", status=200).json()
    )
    return rows


def test_the_interface_keeps_an_event_to_its_station(app: FastAPI) -> None:
    base = Base(app)
    program = Program(app, base.clerk)
    body = {name: FORM[name] for name in ("kind", "title", "place", "starts_at", "ends_at")}
    made = program.call("POST", "/api/v1/events", json=body, status=201).json()
    path = f"/api/v1/events/{made['id']}"
    assert made["starts_at"] == "2026-11-03T06:00:00Z"
    program.call("PUT", path, json=body, status=428)
    tag = {"If-Match": '"1"'}
    changed = program.call("PUT", path, json={**body, "seats": 1}, headers=tag, status=200).json()
    program.call("POST", f"{path}/moves", json={"event": "announce"}, headers=tag, status=412)
    stranger = Program(app, make_person(app.state.database, Role.STATION_LEAD))
    stranger.call("GET", path, status=404)
    tag = {"If-Match": f'"{changed["version"]}"'}
    announced = program.call("POST", f"{path}/moves", json={"event": "announce"}, headers=tag)
    exporter = Program(app, base.exporter)
    exporter.call("POST", f"{path}/sign-up", json={}, status=201)
    exporter.call("DELETE", f"{path}/sign-up", status=204)
    assert exporter.call("GET", f"{path}/attendances").json() == []
    tag = {"If-Match": f'"{announced.json()["version"]}"'}
    body = {"event": "cancel"}
    program.call("POST", f"{path}/moves", json=body, headers=tag, status=422)
    program.call("POST", f"{path}/moves", json={**body, "note": "台风"}, headers=tag, status=200)
    assert "台风" in base.browser(base.exporter).get("/notices").text
