"""Pages of rights: from the paper in the drawer to what a station sees."""

from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from service.identity.permissions import OrganisationKind, Role
from service.registry.documents import PAPERS
from service.registry.domain import DocumentKind, RightKind, RightStatus
from service.registry.models import Document, Right, StoredFile
from service.registry.right_forms import ASKED, papers_of
from service.registry.schemas.rights import RightIn
from tests.builders import make_organisation, make_person
from tests.client import Browser

BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])
DESIGN: dict[str, Any] = {
    "kind": "design",
    "status": "in_force",
    "title": "电动自行车车架",
    "territory": "CN",
    "number": "ZL202330000000.0",
    "creators": "张三\n李四",
    "filed_on": "2023-01-02",
    "granted_on": "2023-08-01",
}
PAPER: dict[str, Any] = {"paper": "patent_certificate", "paper_number": "7", "issued_on": ""}
PDF = ("专利证书.pdf", b"%PDF-1.7 certificate")


def exporter(app: FastAPI, language: str = "en") -> Browser:
    return Browser(app, make_person(app.state.database, Role.EXPORTER_STAFF), language=language)


def send(browser: Browser, path: str, file: tuple[str, bytes] | None = None, **fields: Any) -> Any:
    """Send a form with a file; return the raw answer."""
    return browser.client.post(
        path,
        data={"csrf_token": browser.csrf, **fields},
        files={"file": file or ("", b"")},
        follow_redirects=False,
    )


def add(browser: Browser, **changed: Any) -> str:
    """Enter a design with its certificate; return its page."""
    answer = send(browser, "/rights", PDF, **{**DESIGN, **PAPER, **changed})
    assert answer.status_code == 303, answer.text[-1500:]
    return str(answer.headers["location"])


def rows(app: FastAPI, model: Any) -> list[Any]:
    with app.state.database.read() as session:
        return list(session.scalars(sa.select(model)))


@BOTH
def test_the_pages_of_rights_are_sound_in_both_languages(app: FastAPI, language: str) -> None:
    browser = exporter(app, language)
    make_organisation(app.state.database, OrganisationKind.STATION)
    place = add(browser)

    for path in ("/rights", "/rights/new", place, f"{place}/edit"):
        assert browser.get(path).language == language


@BOTH
@pytest.mark.parametrize("kind", RightKind)
def test_the_form_of_every_kind_is_sound_and_sends_what_is_kept(
    app: FastAPI, kind: RightKind, language: str
) -> None:
    browser = exporter(app, language)
    page = browser.get(f"/rights/new?kind={kind}")
    sent: dict[str, Any] = page.form_values("/rights")

    answer = send(browser, "/rights", **{**sent, "title": "X", "status": "applied"})

    assert answer.status_code == 303
    browser.get(answer.headers["location"])
    assert set(sent) - {"csrf_token", "file", "paper", "paper_number", "issued_on"} <= set(
        RightIn.model_fields
    )
    assert [right.kind for right in rows(app, Right)] == [kind]


def test_every_kind_has_a_form_and_every_paper_a_place() -> None:
    assert set(ASKED) == set(RightKind)
    placed = {paper for kind in RightKind for paper in papers_of(kind)}
    assert set(DocumentKind) - placed == {
        kind for kind, about in PAPERS.items() if not about.rights
    }
    assert papers_of(RightKind.TRADE_SECRET) == []


def test_the_drawer_leads_to_the_form_of_the_paper(app: FastAPI) -> None:
    browser = exporter(app)
    link = browser.get("/rights/new").link("Filing receipt – Utility model")

    form = browser.get(link).form_values("/rights")

    assert (form["kind"], form["paper"]) == ("utility_model", "filing_receipt")
    assert form["status"] == RightStatus.APPLIED.value


def test_a_right_is_entered_with_the_paper_it_was_typed_from(app: FastAPI) -> None:
    browser = exporter(app)

    page = browser.get(add(browser))

    assert rows(app, Right)[0].creators == ("张三", "李四")
    assert [paper.kind for paper in rows(app, Document)] == [DocumentKind.PATENT_CERTIFICATE]
    for said in ("ZL202330000000.0", "李四", "2 Jan 2023", "Patent certificate"):
        assert said in page.text
    paper = browser.client.get(page.link("Patent certificate"))
    assert paper.content == PDF[1]


@BOTH
@pytest.mark.parametrize(
    ("changed", "file", "field"),
    [
        ({"title": ""}, PDF, "title"),
        ({"filed_on": "2024-13-01"}, PDF, "filed_on"),
        ({"granted_on": "2022-01-01"}, PDF, ""),
        ({}, ("x.pdf", b"MZ program"), "file"),
        ({}, None, "file"),
        ({"paper": ""}, PDF, "paper"),
        ({"paper": "work_certificate"}, PDF, "paper"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_stores_nothing(
    app: FastAPI,
    language: str,
    changed: dict[str, str],
    file: tuple[str, bytes] | None,
    field: str,
) -> None:
    browser = exporter(app, language)

    answer = send(browser, "/rights", file, **{**DESIGN, **PAPER, **changed})

    assert answer.status_code == 422
    shown = browser._read(answer, 422)
    assert shown.form_values("/rights")["number"] == DESIGN["number"]
    assert f'href="#{field}"' in answer.text if field else 'id="errors"' in answer.text
    assert rows(app, Right) == rows(app, Document) == rows(app, StoredFile) == []


def test_of_a_trade_secret_no_file_is_taken(app: FastAPI) -> None:
    browser = exporter(app)
    secret = {"kind": "trade_secret", "title": "M-1", "territory": "CN", "status": "in_force"}

    answer = send(browser, "/rights", PDF, paper="other", **secret)

    assert answer.status_code == 422
    assert rows(app, Right) == rows(app, StoredFile) == []
    assert "file" not in browser.get("/rights/new?kind=trade_secret").form_values("/rights")


def test_a_right_is_changed_unless_somebody_else_did(app: FastAPI) -> None:
    browser = exporter(app)
    place = add(browser)
    sent: dict[str, Any] = browser.get(f"{place}/edit").form_values(place)
    first = browser.client.post(place, data={**sent, "note": "first"}, follow_redirects=False)

    second = browser.client.post(place, data={**sent, "note": "second"})

    assert (first.status_code, second.status_code) == (303, 412)
    browser._read(second, 412)
    assert rows(app, Right)[0].note == "first"
    assert rows(app, Right)[0].creators == ("张三", "李四")


def test_one_more_paper_is_kept_beside_a_right(app: FastAPI) -> None:
    browser = exporter(app)
    place = add(browser)

    answer = send(browser, f"{place}/papers", PDF, paper="patent_register_copy")
    refused = send(browser, f"{place}/papers", PDF, paper="renewal_certificate")

    assert (answer.status_code, refused.status_code) == (303, 422)
    assert len(rows(app, Document)) == 2


def test_an_archived_right_leaves_the_list(app: FastAPI) -> None:
    browser = exporter(app)
    place = add(browser)

    browser.post(f"{place}/archive", version="1")

    assert DESIGN["number"] not in browser.get("/rights").text


def test_a_station_sees_a_right_while_it_is_shared(app: FastAPI) -> None:
    browser = exporter(app)
    clerk = make_person(app.state.database, Role.STATION_CLERK)
    station, place = Browser(app, clerk), add(browser)

    browser.post(f"{place}/share", station=str(clerk.organisation_id))
    page = station.get(place)
    browser.post(f"{place}/unshare", station=str(clerk.organisation_id))

    assert DESIGN["number"] in page.text
    assert "Keep this paper" not in page.text
    station.get(place, status=404)


def test_a_station_does_not_enter_rights(app: FastAPI) -> None:
    station = Browser(app, make_person(app.state.database, Role.STATION_CLERK))

    station.get("/rights")
    station.get("/rights/new", status=403)
