import io
import zipfile
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from service.cases.domain import EXPORT_CHECKS
from service.cases.repository import Threads
from service.core import clock
from service.dispute.domain import TrackKind
from service.dispute.usecases.mediating import propose
from service.dispute.usecases.tracking import move_track, open_track, refer
from tests.client import Browser
from tests.db.cases.matters import Cast, make_cast
from tests.db.dispute.casework import NOW, Mediation, make_evidence

BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])
FORM: dict[str, Any] = {
    "title": "YADEA held at the port",
    "service_line": "legal_service",
    "our_side": "accused",
    "dispute_kind": "customs_hold",
    "right_kind": "trademark",
    "source": "counter",
    "jurisdiction": "CN",
    "currency": "CNY",
    "urgent": "false",
}


class Made:
    """A case far enough that its pages show everything."""

    def __init__(self, app: FastAPI) -> None:
        self.cast: Cast = make_cast(app.state.database)
        home = app.state.settings.files_folder
        with app.state.database.write() as session, clock.at(NOW):
            case = Mediation(session, self.cast, home)
            case.agree()
            actor = self.cast.station.actor
            propose(session, actor, case.case.id, case.track.id, by="申请人", text="赔偿五万元")
            civil = open_track(session, actor, case.case.id, TrackKind.CIVIL, detail={})
            item = make_evidence(session, self.cast, case.case.id, home)
            move_track(
                session,
                actor,
                case.case.id,
                civil.id,
                "be_served",
                version=1,
                when=date(2026, 9, 28),
            )
            thread = Threads(session, actor).get(case.case.id)
            refer(session, actor, thread, civil, self.cast.body.organisation_id)
            self.case, self.mediation = case.case.id, case.track.id
            self.civil, self.item = civil.id, item.id

    @property
    def path(self) -> str:
        return f"/cases/{self.case}"

    def track(self, track_id: UUID) -> str:
        return f"{self.path}/tracks/{track_id}"


@BOTH
def test_every_page_of_a_case_is_sound(app: FastAPI, language: str) -> None:
    made = Made(app)
    for who in (made.cast.owner, made.cast.station, made.cast.bureau, made.cast.auditor):
        browser = Browser(app, who, language=language)
        for path in (
            "/cases",
            made.path,
            made.track(made.mediation),
            made.track(made.civil),
            f"/threads/{made.case}/evidence",
            f"/evidence/{made.item}",
        ):
            assert browser.get(path).language == language
    Browser(app, made.cast.station, language=language).get("/cases/new")
    Browser(app, made.cast.owner, language=language).get("/cases/new")


def test_a_body_sees_its_track_only_and_no_story(app: FastAPI) -> None:
    made = Made(app)
    browser = Browser(app, made.cast.body)
    text = browser.get(made.path).text
    assert "What it is about" not in text
    browser.get(made.track(made.civil))
    browser.get(made.track(made.mediation), status=404)
    browser.get(f"/evidence/{made.item}", status=404)
    assert "赔偿五万元" not in Browser(app, made.cast.bureau).get(made.track(made.mediation)).html
    assert "赔偿五万元" in Browser(app, made.cast.owner).get(made.track(made.mediation)).html
    Browser(app, made.cast.stranger).get(made.path, status=404)
    Browser(app, made.cast.administrator).get(made.path, status=403)


def test_a_case_is_opened_and_a_refused_form_comes_back(app: FastAPI) -> None:
    cast = make_cast(app.state.database)
    browser = Browser(app, cast.owner)
    page = browser.send("/cases", status=422, **{**FORM, "title": ""})
    assert 'href="#title"' in page.html
    answer = browser.post("/cases", **FORM, respondent="Acme", rights="CN 1\nUS 2")
    assert "Acme" in browser.get(answer.headers["location"]).text


def test_a_step_that_misses_something_says_what_and_where(app: FastAPI) -> None:
    made = Made(app)
    browser = Browser(app, made.cast.station)
    page = browser.get(made.track(made.mediation))
    assert "Name the competent court." in page.text
    version = _version(page)
    moves = f"{made.track(made.mediation)}/moves"
    refused = browser.send(
        moves, status=409, event="ask_confirmation", version=version, day="2026-09-28"
    )
    assert "Name the competent court." in refused.text
    browser.send(moves, status=422, event="breach", version=version)
    browser.post(moves, event="breach", version=version, note="nothing was paid")
    assert "Not performed" in browser.get(made.track(made.mediation)).text


def _version(page: Any) -> str:
    found = {e.get("value") for e in page.all("input") if e.get("name") == "version"}
    assert len(found) == 1
    return str(found.pop())


def test_the_mediation_is_led_through_its_page(app: FastAPI) -> None:
    cast = make_cast(app.state.database)
    home = app.state.settings.files_folder
    with app.state.database.write() as session:
        case = Mediation(session, cast, home)
        path = f"/cases/{case.case.id}/tracks/{case.track.id}"
    browser = Browser(app, cast.station)

    def step(event: str, **fields: Any) -> None:
        version = _version(browser.get(path))
        browser.post(f"{path}/moves", event=event, version=version, **fields)

    step("invite")
    told: dict[str, Any] = {"detail.respondent_consents": "yes", "detail.mediator": "王芳"}
    browser.post(path, version=_version(browser.get(path)), **told)
    step("appoint", day="2026-09-28")
    browser.send(f"{path}/sessions", status=422, at="2001-01-01T09:00", place="301")
    browser.post(f"{path}/sessions", at="2030-01-01T09:00", place="301 室")
    step("open")
    page = browser.get(path)
    [form] = [f for f in page.all("form") if "/sessions/" in f.get("action")]
    fields: dict[str, Any] = {"attendees": "李四", "record": "双方到场"}
    browser.send(form.get("action"), status=422, **fields)
    browser.post(form.get("action"), identity_checked="yes", **fields)
    browser.post(f"{path}/agreement", clauses="停止使用", oral="false")
    signatures = [f for f in browser.get(path).all("form") if "/signatures/" in f.get("action")]
    assert len(signatures) == 2
    for one in signatures:
        browser.post(one.get("action"), on="2026-09-28")
    step("agree", day="2026-09-28")
    assert "Agreement reached" in browser.get(path).text


def test_evidence_is_taken_in_verified_and_exported(app: FastAPI) -> None:
    made = Made(app)
    browser = Browser(app, made.cast.station)
    path = f"/threads/{made.case}/evidence"
    data = {"csrf_token": browser.csrf, "title": "B", "kind": "document", "obtained": "received"}
    sent = browser.client.post(
        path, data=data, files={"file": ("x.pdf", b"MZ")}, follow_redirects=False
    )
    assert sent.status_code == 422
    sent = browser.client.post(
        path, data=data, files={"file": ("x.bin", b"%PDF-1.7 two")}, follow_redirects=False
    )
    assert sent.status_code == 303
    assert "hold." in browser.send(f"/evidence/{made.item}/verify").text
    content = browser.client.get(f"/evidence/{made.item}/content")
    assert content.content == b"%PDF-1.7 proof"
    assert "attachment" in content.headers["content-disposition"]
    browser.post(f"/evidence/{made.item}/custody", event="transferred", to="法院")
    assert "Viewed" in browser.get(f"/evidence/{made.item}").text
    ask: dict[str, Any] = {
        "evidence": str(made.item),
        "destination": "foreign",
        "recipient": "USDC",
    }
    blank = {f"check.{name}": "" for name in EXPORT_CHECKS}
    page = browser.send(f"{path}/bundle", status=422, **ask, **blank)
    assert 'href="#check-data"' in page.html
    answers = {f"check.{name}": "checked" for name in EXPORT_CHECKS}
    bundle = browser.client.post(
        f"{path}/bundle", data={"csrf_token": browser.csrf, **ask, **answers}
    )
    assert bundle.headers["content-type"] == "application/zip"
    assert "verify.py" in zipfile.ZipFile(io.BytesIO(bundle.content)).namelist()


def test_a_screening_becomes_a_case_with_the_very_answer_as_evidence(app: FastAPI) -> None:
    from tests.api.test_permissions import SCREENING
    from tests.client import Program
    from tests.register import load

    load(app.state.database, app.state.settings)
    cast = make_cast(app.state.database)
    program = Program(app, cast.owner)
    answer = program.call("POST", "/api/v1/screenings", status=201, json=SCREENING)
    given = program.call(
        "GET", f"/api/v1/screenings/{answer.json()['screening_id']}", status=200
    ).content
    path = f"/api/v1/screenings/{answer.json()['screening_id']}/cases"
    case = program.call("POST", path, status=201, json={"title": "YADEA"}).json()
    [item] = program.call("GET", f"/api/v1/threads/{case['id']}/evidence", status=200).json()
    kept = program.call("GET", f"/api/v1/evidence/{item['id']}/content", status=200).content
    assert kept == given
