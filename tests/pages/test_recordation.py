"""Pages of recordation in both languages, for exporter and liaison, from planner to register."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from service.core import clock
from service.identity.permissions import OrganisationKind, Role
from service.recordation.domain import FilingStatus, Scope
from service.recordation.models import Filing
from service.recordation.usecases.goods import name_reader
from service.recordation.usecases.mandates import give_mandate
from service.recordation.usecases.substance import save_agent
from tests.builders import Someone, make_organisation, make_person
from tests.client import Browser, Program
from tests.recordation import NOW, PDF, Shop, begun, granted, make_shop, png

BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Hold the clock."""
    with clock.at(NOW):
        yield


@pytest.fixture
def shop(app: FastAPI) -> Shop:
    """An exporter with one right, complete for every form."""
    return make_shop(app.state.database, app.state.files)


def liaison(app: FastAPI, shop: Shop, role: Role = Role.CUSTOMS_LIAISON) -> Someone:
    """Return a liaison with a mandate of the exporter."""
    customs = role is Role.CUSTOMS_LIAISON
    kind = OrganisationKind.CUSTOMS if customs else OrganisationKind.STATION
    house = make_organisation(app.state.database, kind)
    someone = make_person(app.state.database, role, organisation=house)
    with app.state.database.write() as session:
        give_mandate(
            session,
            shop.actor,
            to_id=house.id,
            scope=Scope.CHECK if customs else Scope.FILE,
            valid_from=NOW.date(),
            valid_to=date(2027, 6, 30),
            poa_file_id=None if customs else shop.file(session),
        )
    return someone


def filing_of(app: FastAPI, shop: Shop, code: str = "gacc", *, live: bool = False) -> Any:
    """Return the id of a filing: a complete draft, or one in force."""
    with app.state.database.write() as session:
        return (granted if live else begun)(session, shop, code).id


@BOTH
def test_every_page_is_sound_for_exporter_and_liaison(
    app: FastAPI, shop: Shop, language: str
) -> None:
    live, draft = filing_of(app, shop, live=True), filing_of(app, shop, "eu-customs")
    with app.state.database.write() as session:
        save_agent(session, shop.actor, shop.exporter.organisation_id, "", {"name": "代理所"})
        goods = _goods_id(session)
        user = _user_id(session)
        holder = shop.asset(session).holder_id
    paths = [
        "/recordation/rights",
        f"/recordation/rights/{shop.asset_id}",
        f"/recordation/rights/{shop.asset_id}/plan",
        f"/recordation/holders/{holder}",
        "/recordation/goods",
        f"/recordation/goods/{goods}",
        "/recordation/leads",
        "/recordation/mandates",
        "/filings",
        "/filings?status=draft&at=eu-customs",
        f"/filings/{live}",
        f"/filings/{draft}",
        f"/filings/{draft}/steps/scope",
        f"/filings/{draft}/steps/right",
        f"/filings/{draft}/papers",
        f"/filings/{draft}/check",
        "/renewals",
        "/authorised-users",
        f"/authorised-users?right={shop.asset_id}&show=missing",
        f"/authorised-users/{user}",
    ]
    for someone in (shop.exporter, liaison(app, shop)):
        browser = Browser(app, someone, language=language)
        for path in paths:
            assert browser.get(path).language == language, path


def _goods_id(session: Any) -> Any:
    from service.recordation.models import Goods

    return session.query(Goods).one().id


def _user_id(session: Any) -> Any:
    from service.recordation.models import AuthorisedUser

    return session.query(AuthorisedUser).one().id


def test_an_exporter_walks_from_the_planner_to_a_submission(app: FastAPI, shop: Shop) -> None:
    browser = Browser(app, shop.exporter)
    assert "Japan Customs" in browser.get(f"/recordation/rights/{shop.asset_id}/plan").text
    begin: dict[str, Any] = {"asset_id": str(shop.asset_id), "authority": "gacc"}
    place = browser.post("/filings", **begin).headers["location"]
    assert "Affirm" in browser.get(place).text
    step = browser.get(f"{place}/steps/declarations")
    values: dict[str, Any] = dict(step.form_values(f"{place}/steps/declarations"))
    values.pop("csrf_token")
    values["undertaking"] = "yes"
    onward = browser.post(f"{place}/steps/declarations", **values).headers["location"]
    assert onward == f"{place}/papers"
    for key in ("holder_identity", "right_certificate", "licence_contracts", "goods_photos"):
        _upload(browser, f"{place}/papers", "file", PDF, key=key)
    assert "100" in browser.get(f"{place}/check").text
    version = browser.get(place).form_values(f"{place}/moves/complete")["version"]
    browser.post(f"{place}/moves/complete", version=version)
    version = browser.get(place).form_values(f"{place}/moves/submit")["version"]
    refused = browser.send(f"{place}/moves/submit", status=409, version=version, when="2026-11-02")
    assert "receipt number" in refused.text
    browser.post(f"{place}/moves/submit", version=version, when="2026-11-02", receipt_no="BA-1")
    text = browser.get(place).text
    assert "Submitted" in text
    assert "14 Dec 2026" in text or "14 December 2026" in text
    pack = browser.client.get(f"{place}/pack")
    names = zipfile.ZipFile(io.BytesIO(pack.content)).namelist()
    assert {"01_typing_sheet.pdf", "snapshot.json", "manifest.json"} <= set(names)
    for name in ("change.pdf", "attorney.docx", "authorisation.pdf", "users.xlsx"):
        assert browser.client.get(f"{place}/letters/{name}").status_code == 200
    assert browser.client.get(f"{place}/letters/nothing.pdf").status_code == 404


def _upload(browser: Browser, path: str, field: str, content: bytes, **data: str) -> Any:
    response = browser.client.post(
        path,
        data={"csrf_token": browser.csrf, **data},
        files={field: ("paper.pdf", content)},
        follow_redirects=False,
    )
    assert response.status_code == 303, response.text[-800:]
    return response


def test_a_draft_is_kept_when_somebody_else_saved_it_first(app: FastAPI, shop: Shop) -> None:
    filing = filing_of(app, shop)
    browser = Browser(app, shop.exporter)
    path = f"/filings/{filing}/steps/declarations"
    answer = browser.send(path, status=412, version="1", undertaking="no", disputes="none so far")
    assert answer.form_values(path)["disputes"] == "none so far"


def test_a_customs_officer_checks_returns_and_files_nothing(app: FastAPI, shop: Shop) -> None:
    filing = filing_of(app, shop)
    browser = Browser(app, shop.exporter)
    complete = f"/filings/{filing}/moves/complete"
    browser.post(
        complete, version=browser.get(f"/filings/{filing}").form_values(complete)["version"]
    )
    officer = Browser(app, liaison(app, shop))
    page = officer.get(f"/filings/{filing}/check")
    version = page.form_values(f"/filings/{filing}/moves/send_back")["version"]
    officer.send(f"/filings/{filing}/moves/submit", status=403, version=version, when="2026-11-02")
    officer.send(f"/filings/{filing}/moves/send_back", status=422, version=version)
    officer.post(f"/filings/{filing}/moves/send_back", version=version, note="照片不清楚")
    with app.state.database.read() as session:
        assert session.get_one(Filing, filing).status is FilingStatus.DRAFT
    assert "照片不清楚" in browser.get(f"/filings/{filing}").text
    officer.send(f"/filings/{filing}/steps/declarations", status=403, version="9")


def test_hidden_features_are_for_named_people_and_every_look_is_kept(
    app: FastAPI, shop: Shop
) -> None:
    with app.state.database.read() as session:
        goods = _goods_id(session)
    officer = liaison(app, shop)
    browser = Browser(app, officer)
    assert "紫外可见暗记" not in browser.get(f"/recordation/goods/{goods}").text
    browser.send(f"/recordation/goods/{goods}/hidden", status=403)
    with app.state.database.write() as session:
        from service.recordation.models import Goods

        name_reader(session, shop.actor, session.get_one(Goods, goods), officer.person_id, None)
    shown = browser.send(f"/recordation/goods/{goods}/hidden", status=200)
    assert "紫外可见暗记" in shown.text
    assert "张三" in Browser(app, shop.exporter).get(f"/recordation/goods/{goods}").text


def test_users_come_from_a_sheet_and_bad_rows_are_told(app: FastAPI, shop: Shop) -> None:
    sheet = (
        "名称,统一社会信用代码,关系,有效期起,有效期止\n"
        "甲公司,91320200MA1ABCDE4X,出口商,2026-01-01,2027-01-01\n"
        "乙公司,1,出口商,2026-01-01,\n"
        "丙公司,,出口商,2028-01-01,2027-01-01\n"
    )
    browser = Browser(app, shop.exporter)
    response = browser.client.post(
        "/authorised-users/import",
        data={"csrf_token": browser.csrf, "right": str(shop.asset_id)},
        files={"sheet": ("u.csv", sheet.encode())},
    )
    assert "1 row added" in response.text
    assert "Row 3" in response.text
    assert "Row 4" in response.text
    again = Program(app, shop.exporter).call(
        "POST",
        f"/api/v1/recordation/rights/{shop.asset_id}/authorised-users/imports",
        files={"file": ("u.csv", sheet.encode())},
        status=200,
    )
    assert (again.json()["added"], again.json()["again"]) == (0, 1)


def test_a_change_shows_what_was_filed_and_what_is_true(app: FastAPI, shop: Shop) -> None:
    filing = filing_of(app, shop, live=True)
    browser = Browser(app, shop.exporter)
    with app.state.database.read() as session:
        holder = shop.asset(session).holder_id
    path = f"/recordation/holders/{holder}"
    values: dict[str, Any] = dict(browser.get(path).form_values(path))
    values.pop("csrf_token")
    browser.post(path, **{**values, "address_zh": "无锡市新吴区2号"})
    text = browser.get("/renewals").text
    assert "无锡市新吴区2号" in text
    assert "江苏省无锡市锡山区1号" in text
    assert "14 Dec" in text
    assert "无锡市新吴区2号" in browser.get(f"/filings/{filing}").text


def test_a_filing_by_program(app: FastAPI, shop: Shop) -> None:
    program = Program(app, shop.exporter)
    body = {"asset_id": str(shop.asset_id), "authority": "us-cbp"}
    begun_ = program.call("POST", "/api/v1/filings", json=body, status=201)
    place = begun_.headers["location"]
    again = program.call("POST", "/api/v1/filings", json=body, status=409).json()
    assert again["code"] == "filing-exists"
    answers = {"group": "scope", "answers": {"gray_market": "no", "undertaking": "yes"}}
    headers = {"If-Match": begun_.headers["etag"]}
    saved = program.call("PUT", f"{place}/answers", json=answers, headers=headers, status=200)
    assert saved.json()["answers"] == {"gray_market": "no", "undertaking": "yes"}
    program.call("PUT", f"{place}/answers", json=answers, headers=headers, status=412)
    ready = program.call("GET", f"{place}/readiness", status=200).json()
    assert [gap["text"] for gap in ready["gaps"]] == ["Add the document: {label}"] * 2
    step = {"event": "complete", "version": saved.json()["version"]}
    problem = program.call("POST", f"{place}/steps", json=step, status=409).json()
    assert problem["code"] == "move-not-ready"
    plan = program.call("GET", f"/api/v1/recordation/rights/{shop.asset_id}/plan", status=200)
    fees = {one["authority"]: one["fee"] for one in plan.json()}
    assert (fees["us-cbp"], fees["gacc"], fees["kr-customs"]) == (190, 0, None)


def test_a_picture_that_is_none_is_refused_with_its_field(app: FastAPI, shop: Shop) -> None:
    browser = Browser(app, shop.exporter)
    with app.state.database.read() as session:
        goods = _goods_id(session)
    response = browser.client.post(
        f"/recordation/goods/{goods}/pictures",
        data={"csrf_token": browser.csrf, "kind": "goods"},
        files={"picture": ("a.exe", b"MZ not a picture")},
    )
    assert response.status_code == 422
    _upload(browser, f"/recordation/goods/{goods}/pictures", "picture", png("blue"), kind="goods")
