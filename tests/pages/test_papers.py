from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from service.core import clock
from service.dispute.domain import TrackKind
from service.dispute.repository import Cases
from service.dispute.usecases.tracking import open_track, refer
from tests.client import Browser, Program
from tests.db.cases.matters import make_cast
from tests.db.dispute.casework import NOW, Mediation
from tests.db.dispute.test_papers import docx, on_roster

BLANK: dict[str, Any] = {"entries.claims": ""}
CLAIMS: dict[str, Any] = {"entries.claims": "停止侵权"}
BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])


class Made:
    """A mediation that has agreed; its documents are not made yet."""

    def __init__(self, app: FastAPI) -> None:
        self.cast = make_cast(app.state.database)
        home = app.state.settings.files_folder
        with app.state.database.write() as session, clock.at(NOW):
            case = Mediation(session, self.cast, home, facts="仿冒")
            case.agree()
            self.case, self.track = case.case.id, case.track.id
        self.path = f"/cases/{self.case}/documents"


@BOTH
def test_documents_are_made_signed_and_bound_on_their_pages(app: FastAPI, language: str) -> None:
    made = Made(app)
    browser = Browser(app, made.cast.station, language=language)
    browser.get(made.path)
    browser.get(f"/cases/{made.case}/volume")
    new = f"{made.path}/new?kind=mediation_application&track_id={made.track}"
    browser.get(new)
    form: dict[str, Any] = {"kind": "mediation_application", "track_id": made.track, "told": "both"}
    page = browser.send(made.path, status=422, **form, **BLANK)
    assert 'href="#entries-claims"' in page.html
    answer = browser.post(made.path, **form, **CLAIMS)
    where = answer.headers["location"]
    page = browser.get(where)
    [place] = [f for f in page.all("form") if "/signatures/" in f.get("action")]
    browser.send(place.get("action"), status=422, on="", proof="A")
    browser.post(place.get("action"), on="2026-09-28", proof="证据1")
    assert "证据1" in browser.get(where).html
    browser.send(f"{where}/versions", status=422, told="both", **BLANK)
    browser.post(f"{where}/versions", told="zh", **CLAIMS)
    for number, kind, head in ((1, "pdf", b"%PDF-"), (2, "word", b"PK")):
        file = browser.client.get(f"{where}/versions/{number}/{kind}")
        assert file.content.startswith(head)
    assert browser.get(made.path).language == language
    volume = browser.client.post(f"/cases/{made.case}/volume", data={"csrf_token": browser.csrf})
    assert volume.content.startswith(b"%PDF-")
    for who in (made.cast.owner, made.cast.bureau, made.cast.auditor):
        reader = Browser(app, who, language=language)
        for path in (made.path, where, f"/cases/{made.case}/volume"):
            reader.get(path)
    for path in (made.path, where, f"{where}/versions/1/pdf", f"/cases/{made.case}/volume"):
        Browser(app, made.cast.stranger, language=language).get(path, status=404)


def test_what_the_case_does_not_say_is_listed_with_the_way_to_it(app: FastAPI) -> None:
    made = Made(app)
    browser = Browser(app, made.cast.station)
    form: dict[str, Any] = {"kind": "confirmation_application", "track_id": made.track}
    page = browser.send(made.path, status=409, told="both", **form)
    assert f'href="/cases/{made.case}/tracks/{made.track}#detail"' in page.html
    assert "Competent court" in page.text


@BOTH
def test_a_body_the_roster_does_not_call_accredited_is_told_so(app: FastAPI, language: str) -> None:
    made, database = Made(app), app.state.database
    cast, at = made.cast, (made.cast.station.actor, made.case)
    with database.write() as session:
        track = open_track(session, *at, TrackKind.APPRAISAL, detail={}).id
        thread, row = Cases(session, at[0]).track(made.case, track)
        refer(session, at[0], thread, row, cast.body.organisation_id)
    body = Browser(app, cast.body, language=language)
    about = f"kind=appraisal_opinion&track_id={track}"
    sentence = {"en": "is not on the roster", "zh-Hans": "不在承办工作站的机构名录上"}[language]
    assert sentence in body.get(f"{made.path}/new?{about}").text
    form: dict[str, Any] = {"kind": "appraisal_opinion", "track_id": track, "told": "both"}
    form |= {"entries.method": "比对", "entries.opinion": "同"}
    assert sentence in body.send(made.path, status=409, **form).text
    with database.write() as session:
        session.add(on_roster(cast, accredited_until=clock.now().date() + timedelta(days=9)))
    assert sentence not in body.get(f"{made.path}/new?{about}").text
    body.post(made.path, **form)


@BOTH
def test_templates_are_an_administrators(app: FastAPI, language: str) -> None:
    cast = make_cast(app.state.database)
    browser = Browser(app, cast.administrator, language=language)
    browser.get("/document-templates")

    def put(content: bytes) -> Any:
        return browser.client.post(
            "/document-templates",
            data={"csrf_token": browser.csrf, "kind": "aid_application"},
            files={"file": ("a.docx", content)},
            follow_redirects=False,
        )

    assert put(docx("{{ ''.__class__ }}")).status_code == 422
    assert put(b"MZ").status_code == 422
    assert put(docx("{{ title }}")).status_code == 303
    page = browser.get("/document-templates")
    [end] = [f for f in page.all("form") if str(f.get("action")).endswith("/end")]
    browser.post(end.get("action"))
    Browser(app, cast.lead).get("/document-templates", status=403)


def test_a_program_makes_signs_and_sees_the_same(app: FastAPI) -> None:
    made = Made(app)
    program = Program(app, made.cast.station)
    kinds = program.call("GET", "/api/v1/document-kinds", status=200).json()
    assert len(kinds) == 28
    body = {"kind": "aid_opinion", "entries": {"analysis": "甲", "advice": "乙"}}
    path = f"/api/v1{made.path}"
    once = {"Idempotency-Key": "one"}
    first, second = (
        program.call("POST", path, status=201, json=body, headers=once).json() for _ in range(2)
    )
    assert first == second
    [version] = first["versions"]
    sign = {"signature_id": version["signatures"][0]["id"], "on": "2026-09-28", "proof": "原件"}
    place = f"/api/v1/documents/{first['id']}"
    signed = program.call("POST", f"{place}/signatures", status=201, json=sign).json()
    assert signed["versions"][0]["signatures"][0]["signed_on"] == "2026-09-28"
    problem = program.call("POST", f"{place}/signatures", status=409, json=sign).json()
    assert problem["type"].endswith("paper-settled")
    word = program.call("GET", f"{place}/versions/1/word", status=200)
    assert word.content.startswith(b"PK")
    volume = program.call("GET", f"/api/v1/cases/{made.case}/volume", status=200).json()
    assert volume["documents"] == [first["id"]]
    bad = {"file": ("a.docx", docx("{{ secret }}"))}
    chief = Program(app, made.cast.administrator)
    refused = chief.call(
        "POST",
        "/api/v1/document-templates",
        status=422,
        data={"kind": "aid_opinion"},
        files=bad,
    ).json()
    assert refused["type"].endswith("template-unfit")
    good = {"file": ("a.docx", docx("{{ title }}"))}
    row = chief.call(
        "POST",
        "/api/v1/document-templates",
        status=201,
        data={"kind": "aid_opinion"},
        files=good,
    ).json()
    assert len(chief.call("GET", "/api/v1/document-templates", status=200).json()) == 1
    chief.call("DELETE", f"/api/v1/document-templates/{row['id']}", status=204)
