from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from service.cases.models import Deadline
from service.core import clock
from service.recordation.detention.domain import Side
from service.recordation.detention.letters import LETTERS
from service.recordation.detention.models import Detention
from service.recordation.detention.papers import PaperKind
from service.rules.authorities import RightKind
from tests.client import Browser, Program
from tests.detentions import SERVED, Harbour, at, clocks, held, make_harbour, paper
from tests.page import Page
from tests.recordation import png

BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])
STALE = 412
FORM: dict[str, Any] = {
    "our_side": "holder",
    "authority": "gacc",
    "kind": "status_request",
    "number": "锡关知12号",
    "served_at": "2026-09-30T16:40",
    "service": "receipt",
    "mode": "ex_officio",
    "goods": "电动自行车",
    "goods_value": "180000",
    "currency": "CNY",
    "right_kind": "trademark",
    "perishable": "false",
    "small_consignment": "false",
}


def actions(page: Page) -> list[str]:
    return [str(form.get("action")) for form in page.all("form")]


def version(page: Page) -> str:
    [found] = {e.get("value") for e in page.all("input") if e.get("name") == "version"}
    return str(found)


def made(app: FastAPI, **values: Any) -> tuple[Harbour, Detention]:
    harbour = make_harbour(app.state.database)
    first = paper(PaperKind.DETENTION, at(10, 10))
    with app.state.database.write() as session, clock.at(at(10, 10, 11)):
        return harbour, held(session, harbour.owner, first, side=Side.EXPORTER, **values)


@BOTH
def test_goods_are_entered_in_one_form_and_answered_from_the_cockpit(
    app: FastAPI, language: str
) -> None:
    harbour = make_harbour(app.state.database)
    browser = Browser(app, harbour.owner, language=language)
    with clock.at(SERVED + timedelta(minutes=5)):
        browser.get("/detentions/new")
        page = browser.send("/detentions", status=422, **{**FORM, "goods": ""})
        assert 'href="#goods"' in page.html
        late = browser.send("/detentions", status=422, **{**FORM, "served_at": "2026-10-30T16:40"})
        assert 'href="#served_at"' in late.html
        place = browser.client.post(
            "/detentions",
            data={"csrf_token": browser.csrf, **FORM},
            files=[("files", ("bike.png", png(), "image/png"))],
            follow_redirects=False,
        ).headers["location"]
        cockpit = browser.get(place)
    assert "2026-10-10T15:59" in cockpit.html or "2026-10-10T23:59" in cockpit.html
    assert "bike.png" in cockpit.html
    assert "cn-gacc-wrongful" in cockpit.html
    with clock.at(at(10, 9)):
        now = version(browser.get(place))
        refused = browser.send(
            f"{place}/steps", status=409, event="apply", version=now, security_amount="90000"
        )
        assert "liab" in refused.text or "赔偿责任" in refused.text
        stale = browser.send(f"{place}/steps", status=STALE, event="apply", version="99")
        assert stale.language == language
        whole: dict[str, Any] = {
            "security_amount": "90000",
            "liability_read": "true",
            "receipt": "R1",
        }
        browser.post(f"{place}/steps", event="apply", version=now, **whole)
        browser.post(f"{place}/contacts", kind="customs", name="王关员", phone="021")
        asked = browser.get(place)
        [form] = [a for a in actions(asked) if "/contacts/" in a]
        browser.post(form, answer="已通知")
        visit: dict[str, Any] = {"at": "2026-10-10T10:00", "place": "洋山"}
        browser.send(f"{place}/inspection", status=STALE, version="1", **visit)
        browser.post(f"{place}/inspection", version=version(asked), **visit)
        browser.post(f"{place}/costs", kind="security", amount="90000", currency="CNY")
        cost = next(a for a in actions(browser.get(place)) if "/costs/" in a)
        browser.post(cost, paid_on="2026-10-09")
        browser.send(f"{place}/costs", status=422, kind="storage", amount="x", currency="CNY")
        facts: dict[str, Any] = {
            "goods": "电动自行车 200 辆",
            "mode": "ex_officio",
            "currency": "CNY",
        }
        now = version(browser.get(place))
        browser.post(f"{place}/facts", version=now, right_kind="trademark", **facts)
    with clock.at(at(10, 12)):
        came: dict[str, Any] = {
            "kind": "detention",
            "served_at": "2026-10-10T10:00",
            "service": "receipt",
        }
        browser.send(f"{place}/papers", status=STALE, version="1", **came)
        browser.post(f"{place}/papers", version=version(browser.get(place)), **came)
        assert "cn-gacc-investigation" in browser.get(place).html
        assert browser.get("/detentions").language == language
        browser.post(f"{place}/case")
        browser.send(f"{place}/case", status=409)
        browser.get("/detention-security?mode=ex_officio&value=180000&currency=CNY")
        browser.get("/detention-security?mode=ex_officio&value=1&currency=USD", status=422)


def test_moments_are_entered_and_counted_by_the_clock_of_the_place(app: FastAPI) -> None:
    harbour = make_harbour(app.state.database)
    browser = Browser(app, harbour.owner, language="en")
    abroad = {
        **FORM,
        "our_side": "exporter",
        "authority": "us-cbp",
        "kind": "cbp_detention",
        "ground": "counterfeit",
        "currency": "USD",
        "served_at": "2026-09-30T22:00",
        "issued_on": "2026-09-30",
        "stated_due": "2026-10-07",
    }
    with clock.at(at(10, 2)):
        assert "America/New_York" in browser.get("/detentions/new").text
        wrong = browser.send("/detentions", status=422, **{**abroad, "time_zone": "Mars"})
        assert 'href="#time_zone"' in wrong.html
        whole = {**abroad, "time_zone": "America/Los_Angeles"}
        place = browser.post("/detentions", **whole).headers["location"]
        cockpit = browser.get(place)
        chinese = Browser(app, harbour.owner, language="zh-Hans").get(place)
    assert "30 Sept 2026, 22:00 · United States (Los Angeles) Time" in cockpit.text
    assert "1 Oct 2026, 13:00 (Beijing time)" in cockpit.text
    assert "美国（洛杉矶）时间" in chinese.text
    told = Program(app, harbour.owner).call("GET", f"/api/v1{place}").json()
    assert told["time_zone"] == "America/Los_Angeles"
    assert told["papers"][0]["served_at"].startswith("2026-10-01T05:00")
    with app.state.database.read() as session:
        [row] = session.scalars(sa.select(Deadline).where(Deadline.rule_id == "us-cbp-importer-7"))
        assert (row.time_zone, row.due_on) == ("America/Los_Angeles", date(2026, 10, 9))
        assert "30 September 2026" in row.explanation["en"]
        printed = sa.select(Deadline).where(Deadline.rule_id.startswith("stated:printed"))
        [stated] = session.scalars(printed)
        assert (stated.due_on, stated.time_zone) == (date(2026, 10, 7), "America/Los_Angeles")
        assert stated.due_at == datetime(2026, 10, 8, 6, 59, tzinfo=UTC)


@BOTH
def test_an_authority_nobody_has_read_says_so(app: FastAPI, language: str) -> None:
    harbour, row = made(app, authority="gacc", right_kind=RightKind.DESIGN)
    reader = Browser(app, harbour.lead, language=language)
    assert "offer_security" in Browser(app, harbour.owner).get(f"/detentions/{row.id}").html
    assert reader.get(f"/detentions/{row.id}").language == language
    with app.state.database.write() as session, clock.at(at(10, 10, 11)):
        there = held(
            session,
            harbour.owner,
            paper(PaperKind.SUSPENSION, at(10, 10)),
            side=Side.EXPORTER,
            authority="bd-customs",
        )
    unknown = reader.get(f"/detentions/{there.id}")
    assert ("not researched" if language == "en" else "未研究") in unknown.text
    with app.state.database.read() as session:
        assert clocks(session, there) == {"bd-customs-detention": (None, "open", "fatal")}


def test_every_letter_is_a_pdf_and_a_word_file(app: FastAPI) -> None:
    harbour, row = made(app, right_kind=RightKind.DESIGN)
    with app.state.database.write() as session, clock.at(SERVED):
        mine = held(session, harbour.owner)
    seen = set()
    browser = Browser(app, harbour.owner)
    for one in (row, mine):
        html = browser.get(f"/detentions/{one.id}").html
        for key in (key for key in LETTERS if f"/letters/{key}.pdf" in html):
            seen.add(key)
            place = f"/detentions/{one.id}/letters/{key}"
            assert browser.client.get(f"{place}.pdf").content.startswith(b"%PDF")
            with ZipFile(BytesIO(browser.client.get(f"{place}.docx").content)) as word:
                assert "上海海关" in word.read("word/document.xml").decode()
    assert {"application", "decline", "guarantee_application", "guarantee", "withdrawal"} <= seen
    assert {"declaration", "statement", "patent_release"} <= seen
    assert browser.client.get(f"/detentions/{row.id}/letters/application.pdf").status_code == 404


def test_a_file_that_is_too_large_or_no_picture_stores_nothing(app: FastAPI) -> None:
    harbour = make_harbour(app.state.database)
    browser = Browser(app, harbour.owner)
    app.state.settings = app.state.settings.model_copy(update={"upload_bytes": 1 << 20})
    large = png() + b"\0" * (1 << 20)
    for name, content, status in (("a.png", large, 413), ("a.exe", b"MZ\x90", 422)):
        with clock.at(SERVED):
            answer = browser.client.post(
                "/detentions",
                data={"csrf_token": browser.csrf, **FORM},
                files=[("files", (name, content, "image/png"))],
                follow_redirects=False,
            )
        assert answer.status_code == status
        assert 'href="#files"' in answer.text
    assert Program(app, harbour.owner).call("GET", "/api/v1/detentions").json()["items"] == []
