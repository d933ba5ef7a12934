"""The station's pages in both languages, and the way of a matter through the desk."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI

from service.cases.domain import Custody
from service.cases.repository import Deadlines
from service.cases.repository_evidence import Items
from service.identity.permissions import OrganisationKind, Role
from tests.builders import Someone, make_organisation, make_person
from tests.client import Browser, Program
from tests.unit.station.letters import SUMMONS

FORM: dict[str, Any] = {
    "channel": "hotline_12345",
    "service_line": "mediation",
    "title": "三轮车商标被仿冒",
    "visitor": "无锡演示车业有限公司",
    "contact": "0510-0000000",
    "our_side": "holder",
    "opponents": "Acme Trading LLC",
    "dispute_kind": "infringement",
    "right_kind": "trademark",
    "jurisdiction": "CN",
    "marks": "演示\nYANSHI",
    "urgent": "false",
}


class Desk:
    """A station under a centre and a bureau, with its people."""

    def __init__(self, app: FastAPI) -> None:
        self.app, database = app, app.state.database
        self.bureau = make_person(database, Role.BUREAU_GUIDE)
        self.centre = make_organisation(database, OrganisationKind.STATION)
        self.station = make_organisation(
            database,
            OrganisationKind.STATION,
            supervisor_id=self.bureau.organisation_id,
            parent_id=self.centre.id,
        )
        self.clerk = self.person(Role.STATION_CLERK)
        self.lead = self.person(Role.STATION_LEAD)
        self.mediator = self.person(Role.STATION_MEDIATOR)

    def person(self, role: Role) -> Someone:
        return make_person(self.app.state.database, role, organisation=self.station)

    def browser(self, who: Someone, language: str = "en") -> Browser:
        return Browser(self.app, who, language=language)

    def take_in(self, **values: Any) -> str:
        answer = self.browser(self.clerk).post("/intakes", **FORM | values)
        return str(answer.headers["location"])

    def version(self, path: str) -> str:
        answer = Program(self.app, self.lead).call("GET", f"/api/v1{path}", status=200)
        return str(answer.json()["version"])

    def step(self, who: Someone, path: str, event: str, *, status: int = 303, **told: Any) -> Any:
        told |= {"event": event, "version": self.version(path)}
        return self.browser(who).post(f"{path}/moves", status=status, **told)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_matter_goes_from_a_message_to_a_case_without_being_typed_again(
    app: FastAPI, language: str
) -> None:
    desk = Desk(app)
    path = desk.take_in()
    clerk = desk.browser(desk.clerk, language)
    sent = clerk.client.post(
        f"{path}/messages",
        data={"csrf_token": clerk.csrf},
        files={"file": ("served.eml", SUMMONS, "message/rfc822")},
        follow_redirects=False,
    )
    assert sent.status_code == 303, sent.text[-500:]
    program = Program(app, desk.lead)
    read = program.call("GET", f"/api/v1{path}/findings", status=200).json()
    for one in read:
        decision = "dismiss" if one["field"] in {"alias", "complainant"} else "confirm"
        clerk.post(f"{path}/findings/{one['id']}", decision=decision, value=one["value"])
    clerk.post(f"{path}/findings/{read[0]['id']}", decision="confirm", status=422)

    desk.step(desk.lead, path, "accept", status=409)
    page = clerk.send(f"{path}/check")
    assert "0.9" not in page.text
    desk.step(desk.clerk, path, "accept", status=403)
    desk.step(desk.lead, path, "accept")
    clerk.post(f"{path}/answers", status=422, text="")
    clerk.post(f"{path}/answers", guidance="us-schedule-a", language="en", text="See below.")
    desk.step(desk.clerk, path, "answer")
    for place in (path, f"{path}/receipt", f"{path}/change", "/intakes", "/guidance?q=schedule"):
        assert clerk.get(place).language == language
    clerk.get("/guidance/us-schedule-a")

    answer = desk.step(desk.lead, path, "promote")
    intake_id = UUID(path.rpartition("/")[2])
    assert answer.headers["location"] == f"/cases/{intake_id}"
    case = program.call("GET", f"/api/v1/cases/{intake_id}", status=200).json()
    told = {name: case[name] for name in ("title", "status", "side", "source")}
    assert told == {
        "title": FORM["title"],
        "status": "accepted",
        "side": "holder",
        "source": "phone",
    }
    parties = program.call("GET", f"/api/v1/cases/{intake_id}/parties").json()
    assert {one["role"]: one["name"] for one in parties} == {
        "applicant": FORM["visitor"],
        "respondent": FORM["opponents"],
    }
    with app.state.database.read() as session:
        [item] = Items(session, desk.lead.actor).of(intake_id)
        assert item.seal
        assert [one.event for one in Items(session, desk.lead.actor).chain(item)] == [
            Custody.RECEIVED,
            Custody.SEALED,
        ]
        clocks = {
            row.rule_id: row.trigger for row in Deadlines(session, desk.lead.actor).of(intake_id)
        }
        assert clocks["us-answer-21"] == "2026-10-05"
    clerk.get(f"/cases/{intake_id}")
    clerk.get(path)
    program.call("POST", f"/api/v1{path}/check", status=409)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_roster_is_changed_on_its_page(app: FastAPI, language: str) -> None:
    desk = Desk(app)
    lead, program = desk.browser(desk.lead, language), Program(app, desk.lead)
    entry: dict[str, Any] = {"name": "王芳", "languages": "zh en", "capacity": "5"}
    entry["duty"] = "1 09:00-12:00"
    lead.post("/experts", **entry, specialties=["mediation", "trademark"], interests="ACME Inc.")
    lead.post("/contacts", kind="resident", name="某律师事务所", service="商标代理")
    [expert] = program.call("GET", "/api/v1/experts", status=200).json()
    [contact] = program.call("GET", "/api/v1/contacts", status=200).json()
    person, house = f"/experts/{expert['id']}", f"/contacts/{contact['id']}"
    listed = lead.get("/stations")
    assert (listed.link("王芳"), listed.link("某律师事务所")) == (person, house)

    page = lead.get(person)
    values: dict[str, Any] = page.form_values(person)
    assert values | {"csrf_token": ""} == {
        **entry,
        "csrf_token": "",
        "version": "1",
        "person_id": "",
        "institution": "",
        "contact": "",
        "specialties": ["trademark", "mediation"],
        "interests": "ACME Inc.",
        "active": "1",
    }
    del values["csrf_token"]
    lead.send(person, status=422, **values | {"duty": "8 09:00-12:00"})
    lead.post(person, **values | {"duty": "2 13:30-17:00\n3 09:00-12:00", "capacity": "7"})
    lead.send(person, status=412, **values)  # filled in before somebody else changed it
    gone: dict[str, Any] = lead.get(house).form_values(house)
    del gone["csrf_token"], gone["active"]
    part = gone | {"accreditation": "苏知鉴 7", "accredited_by": "演示协会"}
    page = lead.send(house, status=422, **part)
    assert 'href="#accredited_until"' in page.html
    page = lead.send("/contacts", status=422, **part, active="1")
    typed = page.form_values("/contacts")
    assert (typed["accreditation"], typed["name"]) == ("苏知鉴 7", "某律师事务所")
    lead.post(house, **part | {"accredited_until": "2026-01-31"})
    told = {"en": ("31 Jan 2026", "expired"), "zh-Hans": ("2026年1月31日", "已过期")}[language]
    assert all(one in lead.get("/stations").text for one in told)

    [expert] = program.call("GET", "/api/v1/experts", status=200).json()
    assert (expert["capacity"], [one["day"] for one in expert["duty"]]) == (7, [2, 3])
    assert expert["specialties"] == ["trademark", "mediation"]
    [contact] = program.call("GET", "/api/v1/contacts", status=200).json()
    assert (contact["active"], contact["name"]) == (False, "某律师事务所")
    assert (contact["accreditation"], contact["accredited_until"]) == ("苏知鉴 7", "2026-01-31")
    other = make_person(app.state.database, Role.STATION_LEAD)
    for place in (person, house):
        desk.browser(desk.clerk, language).get(place, status=403)
        desk.browser(other, language).get(place, status=404)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_people_of_a_matter_are_chosen_with_an_eye_on_the_other_side(
    app: FastAPI, language: str
) -> None:
    desk = Desk(app)
    lead = desk.browser(desk.lead, language)
    lead.post("/experts", name="", status=422)
    lead.post(
        "/experts",
        name="王芳",
        person_id=str(desk.mediator.person_id),
        specialties=["mediation"],
        languages="zh en",
        duty="1 09:00-12:00",
        capacity="5",
        interests="ACME Trading Inc.",
    )
    lead.post("/contacts", kind="resident", name="某律师事务所", service="商标代理")
    lead.post("/contacts", kind="outside", name="某所", body_id=str(uuid4()), status=404)
    stranger = Program(app, make_person(app.state.database, Role.STATION_LEAD))
    [expert] = Program(app, desk.lead).call("GET", "/api/v1/experts", status=200).json()
    assert stranger.call("GET", "/api/v1/experts", status=200).json() == []
    stranger.call("GET", f"/api/v1/experts/{expert['id']}", status=404)
    path = desk.take_in()
    thread = f"/threads/{path.rpartition('/')[2]}"
    refused = lead.post(f"{thread}/handler", status=409, person_id=str(desk.mediator.person_id))
    assert refused.status_code == 409
    lead.post(f"{thread}/handler", person_id=str(desk.clerk.person_id))
    lead.post(f"{thread}/confidentiality", confidentiality="sealed")
    desk.browser(desk.mediator).get(path, status=404)
    lead.post(f"{thread}/grants", person_id=str(desk.mediator.person_id))
    desk.browser(desk.mediator).get(path)
    for place in ("/stations", f"{thread}/people", f"{thread}/guidance"):
        assert lead.get(place).language == language

    lead.post(f"{thread}/confidentiality", confidentiality="open")
    bureau = desk.browser(desk.bureau, language)
    bureau.get(path)
    bureau.get("/stations")
    bureau.post(f"{thread}/guidance", text="请核对送达日期。", reply_by="2026-12-01")
    bureau.post(f"{path}/moves", status=403, event="accept", version="1")
    page = bureau.get(f"{thread}/guidance")
    note = Program(app, desk.lead).call("GET", f"/api/v1{thread}/notes", status=200).json()[0]
    assert note["read_at"] is None
    assert "送达" in page.text
    lead.post(f"{thread}/guidance/{note['id']}", reply="已核对。")
    note = Program(app, desk.bureau).call("GET", f"/api/v1{thread}/notes", status=200).json()[0]
    assert (note["reply"], note["read_at"] is not None) == ("已核对。", True)

    lead.post(f"{thread}/passing", status=422, direction="down", note="A")
    lead.post(f"{thread}/passing", direction="up", note="涉及海外诉讼")
    lead.get(path)
    lead.post(f"{thread}/handler", status=403, person_id=str(desk.clerk.person_id))
    head = make_person(app.state.database, Role.STATION_LEAD, organisation=desk.centre)
    at_centre = desk.browser(head, language)
    at_centre.get(f"{thread}/people")
    at_centre.post(
        f"{thread}/passing", direction="down", note="请属地办理", station_id=str(desk.station.id)
    )
    lead.post(f"{thread}/handler", person_id=str(desk.clerk.person_id))


def test_the_check_finds_the_other_side_and_hides_what_is_sealed(app: FastAPI) -> None:
    desk = Desk(app)
    first = desk.take_in()
    second = desk.take_in(visitor="ACME Trading Inc.", opponents="演示车业", marks="Other")
    desk.take_in(visitor="某某", opponents="", marks="Zenith")
    clerk = Program(app, desk.clerk)
    [found] = clerk.call("POST", f"/api/v1{second}/check", status=200).json()
    assert (found["likeness"], found["href"]) == ("conflict", first)

    thread = f"/threads/{first.rpartition('/')[2]}"
    desk.browser(desk.lead).post(f"{thread}/confidentiality", confidentiality="sealed")
    [found] = clerk.call("POST", f"/api/v1{second}/check", status=200).json()
    assert (found["likeness"], found["thread_id"], found["theirs"]) == ("conflict", None, "")

    desk.step(desk.lead, second, "accept", status=409)
    desk.browser(desk.lead).post(f"{second}/clearance", reason="", status=422)
    desk.browser(desk.lead).post(f"{second}/clearance", reason="双方书面同意")
    desk.step(desk.lead, second, "accept")
    twin = desk.take_in()
    found = clerk.call("POST", f"/api/v1{twin}/check", status=200).json()
    assert {one["likeness"] for one in found} == {"duplicate", "conflict"}


def test_an_exporter_sends_in_and_sees_no_more_than_is_theirs(app: FastAPI) -> None:
    desk = Desk(app)
    exporter = make_person(app.state.database, Role.EXPORTER_OWNER)
    browser = desk.browser(exporter)
    browser.get("/intakes/new")
    told = FORM | {"channel": "web"}
    browser.post("/intakes", **told, status=422)
    browser.post("/intakes", **told, station_id="x", status=422)
    path = browser.post("/intakes", **told, station_id=str(desk.station.id)).headers["location"]
    lead = desk.browser(desk.lead)
    accused = told | {"our_side": "accused", "visitor": "演示车业", "opponents": "A\nB"}
    browser.post(f"{path}/change", **accused, version="1")
    browser.post(f"{path}/change", **accused, version="1", status=412)
    parties = Program(app, exporter).call("GET", f"/api/v1{path}/parties", status=200).json()
    assert {(one["role"], one["name"]) for one in parties} == {
        ("respondent", "演示车业"),
        ("applicant", "Acme Trading LLC"),
        ("applicant", "A"),
        ("applicant", "B"),
    }
    lead.post(f"{path}/check", status=200)
    desk.step(desk.lead, path, "ask_papers", note="请补交授权书")
    page = browser.get(path)
    assert "Duplicates and conflicts" not in page.text
    own = Program(app, exporter).call("GET", f"/api/v1{path}", status=200).json()
    assert (own["conflict"], own["status"]) == (None, "supplement")
    browser.post(f"{path}/moves", event="complete", version=str(own["version"]))
    desk.step(desk.lead, path, "pass_on", status=409, note="A")
    desk.step(
        desk.lead, path, "pass_on", note="A", passed_to="新吴区市场监督管理局", day="2026-10-09"
    )
    desk.browser(make_person(app.state.database, Role.EXPORTER_OWNER)).get(path, status=404)
    browser.get(f"{path}/change")
    browser.post(f"{path}/change", **told, version="1", status=409)
