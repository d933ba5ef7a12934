"""The report's pages and files: figures that lead to their rows, the ledger, issued reports."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pypdf
from fastapi import FastAPI

from service.core import clock
from service.report.measures import MEASURES
from tests.client import Browser, Program
from tests.db.dispute.casework import NOW
from tests.db.report.world import MONTH, World, make_world

LATER = NOW + timedelta(days=20)


def test_figures_lead_to_their_rows_and_a_report_is_issued(app: FastAPI) -> None:
    database = app.state.database
    world = make_world(database, app.state.settings.files_folder)
    with clock.at(LATER):
        for language in ("zh-Hans", "en"):
            read(app, world, language)
        interface(app, world)
        files(app, world)
        followed(app, world)
        nothing_for_others(app, world)


def read(app: FastAPI, world: World, language: str) -> None:
    lead = Browser(app, world.cast.lead, language=language)
    page = lead.get(f"/report?period={MONTH}")
    assert "50%" in page.text
    rows = lead.get(f"/report/rows?measure=intake.received&period={MONTH}")
    assert "三轮车商标被仿冒" in rows.text
    split = f"/report/rows?measure=track.ended&period={MONTH}&by=ending&key=mediation:failed"
    lead.get(split)
    for measure in {one.source: key for key, one in MEASURES.items()}.values():
        lead.get(f"/report/rows?measure={measure}&period={MONTH}")
    ledger = lead.get(f"/report/ledger?period={MONTH}")
    assert "Acme Trading LLC" in ledger.text
    lead.get("/report/issues")
    for asked in ("report?period=2026-13", f"report/rows?measure=x&period={MONTH}"):
        assert lead.client.get(f"/{asked}").status_code in (404, 422)
    lead.send("/report/issues", status=409, period="2026-10")
    lead.send("/report/issues", status=422, period="2026-1x")
    told: dict[str, Any] = {"reason": "漏计一件"} if language == "en" else {}
    place = lead.post("/report/issues", period=MONTH, **told).headers["location"]
    issued = lead.get(place)
    assert "50%" in issued.text
    lead.get(f"{place}/rows?measure=intake.received&at=now")
    centre = Browser(app, world.centre, language=language)
    behind = centre.get(f"/report/rows?measure=intake.received&period={MONTH}")
    assert "三轮车商标被仿冒" not in behind.text
    assert "6" in behind.text
    centre.get(f"/report?period={MONTH}&station={world.station.organisation_id}&market=us")


def interface(app: FastAPI, world: World) -> None:
    lead = Program(app, world.cast.lead)
    report = lead.call("GET", f"/api/v1/report?period={MONTH}", status=200).json()
    figures = {line["measure"]: line["figures"]["now"] for line in report["lines"]}
    assert figures["mediation.success"] == {"count": 1, "value": 0.5, "whole": 2}
    assert figures["case.days"]["value"] is None
    names = {one["key"] for one in lead.call("GET", "/api/v1/report/measures").json()}
    assert names == set(figures) == set(MEASURES)
    asked = f"measure=intake.received&period={MONTH}&by=way&key=hotline_12345"
    rows = lead.call("GET", f"/api/v1/report/rows?{asked}", status=200).json()
    assert (rows["total"], rows["hidden"], len(rows["items"])) == (1, 0, 1)
    ledger = lead.call("GET", f"/api/v1/report/ledger?period={MONTH}&limit=3", status=200).json()
    assert (ledger["total"], len(ledger["items"])) == (8, 3)
    issued = lead.call("GET", "/api/v1/report/issues", status=200).json()["items"]
    assert [one["edition"] for one in issued] == [2, 1]
    path = f"/api/v1/report/issues/{issued[0]['id']}"
    assert lead.call("GET", path, status=200).json()["snapshot"]["period"] == MONTH
    rows = lead.call("GET", f"{path}/rows?measure=clock.missed", status=200).json()
    assert rows["total"] == 1
    for wrong in ("by=rating&key=x", "by=nothing&key="):
        asked = f"measure=intake.received&{wrong}"
        lead.call("GET", f"/api/v1/report/rows?{asked}", status=422)
        lead.call("GET", f"{path}/rows?{asked}", status=422)
    elsewhere = "measure=intake.received&by=station&key=x"
    lead.call("GET", f"/api/v1/report/rows?{elsewhere}", status=404)


def files(app: FastAPI, world: World) -> None:
    lead = Browser(app, world.cast.lead)

    def got(path: str) -> bytes:
        answer = lead.client.get(path)
        assert answer.status_code == 200, answer.text[:500]
        return bytes(answer.content)

    book = openpyxl.load_workbook(io.BytesIO(got(f"/report/files/report.xlsx?period={MONTH}")))
    sheets: list[Any] = book.worksheets
    assert len(sheets) > 3
    assert len(sheets[0]["A"]) == len(MEASURES) + 1
    ledger = openpyxl.load_workbook(io.BytesIO(got(f"/report/files/ledger.xlsx?period={MONTH}")))
    assert ledger.worksheets[0].max_row == 9
    for path in (
        f"/report/files/report.pdf?period={MONTH}",
        f"/report/files/ledger.pdf?period={MONTH}",
    ):
        assert pypdf.PdfReader(io.BytesIO(got(path))).get_num_pages() > 0
    issued = Program(app, world.cast.lead).call("GET", "/api/v1/report/issues").json()["items"][0]
    first = got(f"/report/issues/{issued['id']}/report.pdf")
    assert got(f"/report/issues/{issued['id']}/report.pdf") == first
    got(f"/report/issues/{issued['id']}/report.xlsx")
    assert lead.client.get("/report/files/x.exe").status_code == 404


def followed(app: FastAPI, world: World) -> None:
    """A follow-up is noted by form and by program, and counted."""
    lead = Program(app, world.cast.lead)
    [row] = lead.call("GET", f"/api/v1/report/rows?measure=intake.promoted&period={MONTH}").json()[
        "items"
    ]
    path = f"/threads/{row['thread_id']}/follow-ups"
    told: dict[str, Any] = {"on": "2026-10-09", "way": "visit", "spoke_with": "王总"}
    told["rating"] = "very_satisfied"
    for language in ("zh-Hans", "en"):
        browser = Browser(app, world.cast.lead, language=language)
        browser.get(path)
        browser.send(path, status=422, **told | {"on": "2027-01-01"})
        browser.post(path, **told)
    lead.call("POST", f"/api/v1{path}", json={**told, "rating": None}, status=201)
    found = lead.call("GET", f"/api/v1{path}", status=200).json()
    ratings = [one["rating"] for one in found]
    assert ratings == ["dissatisfied", "very_satisfied", "very_satisfied", None]
    rows = lead.call("GET", "/api/v1/report/rows?measure=follow_up.satisfied&period=2026-10").json()
    assert rows["total"] == 2
    Program(app, world.other).call("GET", f"/api/v1{path}", status=404)


def nothing_for_others(app: FastAPI, world: World) -> None:
    for language, said in (("en", "No station is in your sight"), ("zh-Hans", "看不到任何工作站")):
        court = Browser(app, world.cast.body, language=language)
        for path in ("/report", "/report/ledger"):
            page = court.get(path)
            assert said in page.text
            assert page.html.count('href="/cases"') > 1  # beside the navigation
            assert "三轮车" not in page.text
    issued = Program(app, world.cast.lead).call("GET", "/api/v1/report/issues").json()["items"][0]
    for who in (world.cast.body, world.other, world.cast.stranger):
        assert Program(app, who).call("GET", "/api/v1/report/issues").json()["items"] == []
        Program(app, who).call("GET", f"/api/v1/report/issues/{issued['id']}", status=404)
    assert Browser(app, world.cast.owner).client.get("/report").status_code == 403
