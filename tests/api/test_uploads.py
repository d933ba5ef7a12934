"""A file the scanner refuses is taken by no route: registers and sheets as well as evidence."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI

from service.core.settings import Settings
from service.identity.permissions import OrganisationKind, Role
from tests.application import make_app
from tests.builders import Someone, make_organisation, make_person
from tests.clamd import MOST, listening
from tests.client import Browser, Program
from tests.recordation import make_shop

EVENT: dict[str, Any] = {
    "kind": "salon",
    "title": "关企沙龙",
    "place": "路演厅",
    "starts_at": "2027-11-03T14:00",
    "ends_at": "2027-11-03T16:30",
}
SICK = b"%PDF-1.7 name,to\nEICAR,XX\n"


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    with listening() as place:
        yield place


@pytest.fixture
def app(settings: Settings, clamd: str) -> Iterator[FastAPI]:
    app = make_app(settings.model_copy(update={"clamd": clamd}))
    yield app
    app.state.database.dispose()


def test_a_file_the_scanner_refuses_is_taken_by_no_route(app: FastAPI) -> None:
    database, files = app.state.database, app.state.files
    chief = make_person(database, Role.ADMINISTRATOR)
    station = make_organisation(database, OrganisationKind.STATION)
    clerk = make_person(database, Role.STATION_CLERK, organisation=station)
    shop = make_shop(database, files, full=False)
    owner, right = shop.exporter, str(shop.asset_id)
    event = Browser(app, clerk).post("/events", **EVENT).headers["location"]
    users = f"/recordation/rights/{right}/authorised-users/imports"
    ways: tuple[tuple[Someone, str, str, str, dict[str, str]], ...] = (
        (chief, "/imports", "file", "/imports", {}),
        (chief, "/penalties/imports", "sheet", "/penalties", {}),
        (chief, "/document-templates", "file", "/document-templates", {"kind": "aid_opinion"}),
        (owner, "/catalogues", "file", "/catalogues", {"destinations": "XX"}),
        (owner, "/files", "file", "/organisation/papers", {"kind": "business_licence"}),
        (owner, users, "sheet", "/authorised-users/import", {"right": right}),
        (clerk, f"{event}/attendances/imports", "sheet", f"{event}/attendances/import", {}),
    )
    before = sorted(files.names())
    for who, route, field, page, told in ways:
        answer = Program(app, who).call(
            "POST", f"/api/v1{route}", data=told, files={"file": ("a.csv", SICK)}
        )
        assert (answer.status_code, answer.json().get("code")) == (422, "evidence-infected"), route
        for language, said in (("en", "The scanner found"), ("zh-Hans", "扫描")):
            browser = Browser(app, who, language=language)
            form = {"csrf_token": browser.csrf, **told}
            refused = browser.client.post(page, data=form, files={field: ("a.csv", SICK)})
            shown = browser._read(refused, 422)
            assert said in shown.text, page
            assert f'href="#{field}"' in shown.html, page
    assert sorted(files.names()) == before

    big = {"file": ("register.csv", b"x" * (MOST + 1))}
    refused = Program(app, chief).call("POST", "/api/v1/imports", status=413, files=big).json()
    assert refused["code"] == "file-beyond-scanner"
    assert refused["translations"]["zh-Hans"]["detail"] != refused["translations"]["en"]["detail"]
    well = {"file": ("a.pdf", b"%PDF-1.7", "application/pdf")}
    Program(app, owner).call("POST", "/api/v1/files", status=201, files=well)
