"""Warnings, typical cases and check-ups of a station, in both languages."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI

from service.cases.models import Thread
from service.cases.usecases.threads import close_thread
from service.core import clock
from service.dispute.domain import (
    ContactKind,
    DisputeKind,
    PartyRole,
    RightKind,
    ServiceLine,
    Side,
    Source,
)
from service.dispute.usecases.opening import open_case
from service.identity.models import Organisation
from service.identity.permissions import Role
from service.station.models import StationContact
from tests.builders import make_person
from tests.client import Browser, Program
from tests.pages.test_events import NOW, Base
from tests.screening_alerts import make_alert

PRODUCT = {
    "sku": "E-1",
    "name_zh": "电动车",
    "brands": ["YADEE"],
    "goods": ["class:12"],
    "markets": ["US"],
}


VALUES = {
    "title": "无锡甲车业诉Acme案",
    "service_line": ServiceLine.LEGAL_SERVICE,
    "side": Side.HOLDER,
    "dispute_kind": DisputeKind.INFRINGEMENT,
    "right_kind": RightKind.TRADEMARK,
    "source": Source.WEB,
    "facts": "无锡甲车业发现Acme Trading在外国申请其商标，联系电话13812345678。",
    "rights": ["US 97000001"],
    "jurisdiction": "CN",
}


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Hold the clock."""
    with clock.at(NOW):
        yield


def step(app: FastAPI, who: Any, path: str, event: str, *, status: int = 303, **told: Any) -> Any:
    version = Program(app, who).call("GET", f"/api/v1{path}", status=200).json()["version"]
    told |= {"event": event, "version": version}
    return Browser(app, who).post(f"{path}/moves", status=status, **told)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_warning_goes_to_those_it_concerns_and_tells_no_secret(
    app: FastAPI, language: str
) -> None:
    base = Base(app)
    other = make_person(app.state.database, Role.EXPORTER_OWNER)
    with app.state.database.write() as session:
        session.get_one(Organisation, other.organisation_id).served_by_id = base.station.id
    make_alert(app.state.database, base.exporter)
    made = Program(app, other).call("POST", "/api/v1/products", json=PRODUCT, status=201).json()
    clerk = base.browser(base.clerk, language)
    assert "97000001" in clerk.get("/warnings/new?kind=squatter").text
    clerk.get("/warnings/new?kind=detentions&by=mark&days=nonsense")
    assert clerk.get("/warnings/new?kind=rule&days=800").all("form")
    clerk.send("/warnings", status=409, kind="squatter", key="XX:0")
    path = clerk.post("/warnings", kind="squatter", key="US:97000001").headers["location"]

    drafted = Program(app, base.clerk).call("GET", f"/api/v1{path}", status=200).json()
    reasons = {one["organisation_id"]: one["reasons"] for one in drafted["recipients"]}
    hidden = [{"kind": "unshown", "detail": ""}]
    assert reasons == {
        str(base.exporter.organisation_id): hidden,
        str(other.organisation_id): hidden,
    }
    body = {"organisation_id": str(base.station.id)}
    share = f"/api/v1/products/{made['id']}/shares"
    Program(app, other).call("POST", share, json=body, status=204)
    form = {
        "title_zh": "某国抢注",
        "text_zh": "请核对",
        "about_marks": "YADEA",
        "about_markets": "us",
        "about_classes": "12",
        "version": drafted["version"],
    }
    clerk.post(f"{path}/change", **form)
    clerk.send(f"{path}/change", status=412, **form)
    assert "YADEE" in clerk.get(path).text
    exporter, stranger = base.browser(base.exporter, language), base.browser(other, language)
    assert exporter.client.get(path).status_code == 404

    step(app, base.clerk, path, "send")

    assert "某国抢注" in exporter.get("/notices").text
    assert "YADEE" in stranger.get(path).text
    assert "YADEE" not in exporter.get(path).text
    assert "Stranger LLC" not in exporter.get(path).text
    exporter.post(f"{path}/receipt")
    sent = Program(app, base.bureau).call("GET", f"/api/v1{path}", status=200).json()
    assert (sent["recipients"], sent["basis"]) == ([], [])
    sent = Program(app, base.lead).call("GET", f"/api/v1{path}", status=200).json()
    assert (sent["read"], sent["of"]) == (1, 2)
    for who in (base.clerk, base.exporter, base.bureau):
        assert "某国抢注" in base.browser(who, language).get("/warnings").text
    clerk.send(f"{path}/change", status=409, **form | {"version": sent["version"]})
    step(app, base.clerk, path, "withdraw", status=422)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_typical_case_is_checked_and_approved_by_a_second_person(
    app: FastAPI, language: str
) -> None:
    base = Base(app)
    with app.state.database.write() as session:
        session.add(
            StationContact(
                organisation_id=base.station.id,
                body_id=base.procurator.organisation_id,
                kind=ContactKind.OUTSIDE,
                name="检察院",
            )
        )
        case = open_case(
            session,
            app.state.files,
            base.lead.actor,
            values=VALUES,
            parties=[
                {"role": PartyRole.APPLICANT, "name": "无锡甲车业"},
                {"role": PartyRole.RESPONDENT, "name": "Acme Trading"},
            ],
            owner_id=base.exporter.organisation_id,
            station_id=base.station.id,
        )
        close_thread(session, base.lead.actor, session.get_one(Thread, case.id))
    lead = base.browser(base.lead, language)
    lead.get("/typical-cases")
    path = lead.post("/typical-cases", case_id=str(case.id), hides_marks="true").headers["location"]
    drafted = Program(app, base.lead).call("GET", f"/api/v1{path}", status=200).json()
    told = drafted["title"]["zh"] + drafted["text"]["zh"]
    assert "甲车业" not in told
    assert "Acme" not in told
    assert [one["kind"] for one in drafted["findings"]] == ["phone"]
    step(app, base.lead, path, "hand_in", status=409)
    form = {
        "title_zh": "某商标海外抢注案",
        "text_zh": "权利主张方发现 ACME-trading 抢注，经办律师无锡甲车业。",
        "lesson_zh": "先注册，后出海。",
        "hides_marks": "true",
        "guidance": "udrp",
        "version": drafted["version"],
    }
    lead.post(f"{path}/change", **form)
    found = Program(app, base.lead).call("GET", f"/api/v1{path}").json()
    assert {one["how"] for one in found["findings"]} == {"same"}
    assert len(found["findings"]) == 2
    lead.post(
        f"{path}/change",
        **form | {"version": found["version"], "text_zh": "权利主张方发现无锡甲车业一词。"},
    )
    found = Program(app, base.lead).call("GET", f"/api/v1{path}").json()
    [left] = found["findings"]
    reason = {"key": left["key"], "version": found["version"]}
    lead.send(f"{path}/justifications", status=422, **reason)
    lead.post(f"{path}/justifications", **reason, reason="企业书面同意署名")
    step(app, base.lead, path, "hand_in")
    step(app, base.lead, path, "publish", status=409)
    worker = base._person(Role.STATION_CASE_WORKER)
    exporter = base.browser(base.exporter, language)
    assert exporter.client.get(path).status_code == 404

    step(app, worker, path, "publish")

    for who in (base.exporter, base.bureau, base.procurator):
        assert "先注册，后出海" in base.browser(who, language).get(path).text
        seen = Program(app, who).call("GET", f"/api/v1{path}", status=200).json()
        assert (seen["case_id"], seen["findings"]) == (None, [])
    assert "某商标海外抢注案" in exporter.get("/notices").text
    assert "某商标海外抢注案" in exporter.get("/guidance/udrp").text
    step(app, worker, path, "withdraw", note="更正")
    assert exporter.client.get(path).status_code == 404


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_check_up_needs_consent_and_holds_what_the_station_may_see(
    app: FastAPI, language: str
) -> None:
    base = Base(app)
    make_alert(app.state.database, base.exporter)
    mine, station = Program(app, base.exporter), Program(app, base.clerk)
    made = mine.call("POST", "/api/v1/products", json=PRODUCT, status=201).json()
    clerk, exporter = base.browser(base.clerk, language), base.browser(base.exporter, language)
    wanted: dict[str, Any] = {"enterprise_id": str(base.exporter.organisation_id)}
    station.call("POST", "/api/v1/check-ups", json=wanted, status=409)
    clerk.get("/check-ups")
    clerk.send("/check-ups/consents/on-paper", status=422, **wanted)
    clerk.post("/check-ups/consents/on-paper", **wanted, proof="盖章同意书")

    first = station.call("POST", "/api/v1/check-ups", json=wanted, status=201).json()
    codes = [one["code"] for part in first["report"]["sections"] for one in part["findings"]]
    assert codes == ["not_opened", "not_opened"]

    body = {"organisation_id": str(base.station.id)}
    mine.call("POST", f"/api/v1/products/{made['id']}/shares", json=body, status=204)
    exporter.post("/check-ups/consents", watches="true", decisions="true")
    path = clerk.post("/check-ups", **wanted).headers["location"]
    report = station.call("GET", f"/api/v1{path}", status=200).json()
    parts = {part["key"]: part for part in report["report"]["sections"]}
    assert [one["code"] for one in parts["screenings"]["findings"]] == ["no_screening"]
    assert parts["watches"]["rows"][0]["label"] == "YADEA / 雅迪"
    for who in (base.clerk, base.exporter):
        assert report["sha256"] in base.browser(who, language).get(path).text
    for kind, begin in (("pdf", b"%PDF-"), ("docx", b"PK")):
        told = language[:2]
        file = exporter.client.get(f"{path}/file", params={"format": kind, "language": told})
        assert file.content.startswith(begin)
    for who in (base.bureau, base.procurator):
        assert base.browser(who).client.get(path).status_code == 404
    [consent] = mine.call("GET", "/api/v1/check-ups/consents", status=200).json()
    exporter.post(f"/check-ups/consents/{consent['id']}/end")
    station.call("POST", "/api/v1/check-ups", json=wanted, status=409)
