import gzip
import json
from typing import Any

import pytest
from fastapi import FastAPI

from service.core.pagination import Cursor
from service.identity.permissions import Role
from service.screening.catalogue import Defaults, read_catalogue, read_outline
from service.screening.catalogue_models import CatalogueState
from service.screening.catalogues import Catalogues
from service.screening.usecases.cataloguing import Screener, defaults_of
from tests.builders import Someone, make_person
from tests.client import Browser, Program
from tests.db.screening.catalogues import run
from tests.register import load

BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])
SHEET = "品牌名称,what,目的地\n雅迪,EB-1,XX\nQWXV,EB-2,XX\nSUNRA,EB-3,Atlantis\n"


@pytest.fixture
def someone(app: FastAPI) -> Someone:
    load(app.state.database, app.state.settings)
    return make_person(app.state.database, Role.EXPORTER_OWNER)


def finish(app: FastAPI, someone: Someone) -> str:
    with app.state.database.read() as session:
        row = Catalogues(session, someone.actor).page(Cursor())[0][0]
    assert row.job_id
    run(app.state.database, app.state.settings, row.job_id, row.id)
    return str(row.id)


@BOTH
def test_a_sheet_is_sent_its_columns_are_told_and_its_rows_are_read(
    app: FastAPI, someone: Someone, language: str
) -> None:
    browser = Browser(app, someone, language=language)
    browser.get("/catalogues")
    form = browser.get("/catalogues/new").form_values("/catalogues")
    assert form["origin"] == "CN"

    asked = browser.client.post(
        "/catalogues",
        data={"csrf_token": browser.csrf, "origin": "CN"},
        files={"file": ("目录.csv", SHEET.encode(), "text/csv")},
    )
    sent: dict[str, Any] = browser._read(asked, 200).form_values("/catalogues/start")
    assert [sent[f"column-{n}"] for n in range(3)] == ["name", "", "to"]
    sent["column-1"] = "sku"
    sent.pop("csrf_token")
    browser.post("/catalogues/start", status=303, **sent)
    waiting = browser.get("/catalogues")
    assert waiting.text
    key = finish(app, someone)

    page = browser.get(f"/catalogues/{key}")
    rejected = browser.get(f"/catalogues/{key}?only=rejected")
    assert "EB-1" in page.text
    assert "Atlantis" in rejected.text
    assert "EB-1" not in rejected.text
    for kind in ("xlsx", "pdf", "csv", "jsonl", "rejects"):
        answer = browser.client.get(f"/catalogues/{key}/results/{kind}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.content


@BOTH
def test_a_running_catalogue_shows_how_far_it_is_and_can_be_called_back(
    app: FastAPI, someone: Someone, language: str
) -> None:
    program = Program(app, someone)
    files = {"file": ("p.csv", SHEET.encode(), "text/csv")}
    told = program.call("POST", "/api/v1/catalogues", status=202, files=files).json()
    browser = Browser(app, someone, language=language)

    running = browser.get(f"/catalogues/{told['id']}")
    early = program.call("GET", f"/api/v1/catalogues/{told['id']}/results/xlsx", status=409)
    browser.post(f"/catalogues/{told['id']}/cancel")

    assert "3" in running.text
    assert early.json()["code"] == "catalogue-unfinished"
    assert program.call("GET", f"/api/v1/catalogues/{told['id']}").json()["state"] == "cancelled"


@BOTH
def test_a_sheet_without_names_is_refused_at_the_form(
    app: FastAPI, someone: Someone, language: str
) -> None:
    browser = Browser(app, someone, language=language)
    browser.send("/catalogues", status=422, origin="CN")
    program = Program(app, someone)
    files = {"file": ("p.csv", b"what,price\nx,1\n", "text/csv")}

    refused = program.call("POST", "/api/v1/catalogues", status=422, files=files)
    wrong = program.call(
        "POST", "/api/v1/catalogues", status=422, files=files, data={"mapping": "[]"}
    )

    assert refused.json()["code"] == "catalogue-columns"
    assert wrong.json()["errors"][0]["field"] == "mapping"


def test_progress_is_told_as_events_and_rows_by_pages(app: FastAPI, someone: Someone) -> None:
    program = Program(app, someone)
    files = {"file": ("p.csv", SHEET.encode(), "text/csv")}
    key = program.call("POST", "/api/v1/catalogues", status=202, files=files).json()["id"]
    finish(app, someone)

    events = program.call("GET", f"/api/v1/catalogues/{key}/events", status=200)
    first = program.call("GET", f"/api/v1/catalogues/{key}/rows?limit=2", status=200).json()
    second = program.call(
        "GET", f"/api/v1/catalogues/{key}/rows?limit=2&cursor={first['next']}", status=200
    ).json()
    listed = program.call("GET", "/api/v1/catalogues", status=200).json()

    assert events.headers["content-type"].startswith("text/event-stream")
    (data,) = [line for line in events.text.splitlines() if line.startswith("data: ")]
    assert json.loads(data.removeprefix("data: "))["done"] == 3
    places = [one["place"] for one in [*first["items"], *second["items"]]]
    assert (places, second["next"]) == ([2, 3, 4], None)
    assert [one["id"] for one in listed["items"]] == [key]


def test_lines_are_answered_line_by_line_and_a_wrong_one_keeps_none_back(
    app: FastAPI, someone: Someone
) -> None:
    program = Program(app, someone)
    asked = {"names": ["雅迪"], "route": {"origin": "XX", "destinations": ["XX"]}}
    body = "\n".join(
        [json.dumps(asked), "", "{broken", json.dumps({**asked, "names": []}), json.dumps(asked)]
    )

    answer = program.call("POST", "/api/v1/screenings/bulk", status=200, content=body)

    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["line"] for line in lines] == [1, 3, 4, 5]
    assert [line.get("error", {}).get("code") for line in lines] == [
        None,
        "invalid",
        "invalid",
        None,
    ]
    kept = program.call("GET", f"/api/v1/screenings/{lines[0]['screening_id']}", status=200)
    assert kept.json()["markets"] == lines[0]["markets"]


def test_too_many_lines_are_refused_before_any_is_screened(app: FastAPI, someone: Someone) -> None:
    app.state.settings = app.state.settings.model_copy(update={"bulk_lines": 2})
    program = Program(app, someone)

    refused = program.call("POST", "/api/v1/screenings/bulk", status=413, content="{}\n{}\n{}")

    assert refused.json()["limit"] == 2
    assert program.call("GET", "/api/v1/screenings", status=200).json()["items"] == []


def test_what_is_done_can_be_read_while_the_rest_is_screened(
    app: FastAPI, someone: Someone
) -> None:
    program, browser = Program(app, someone), Browser(app, someone)
    files = {"file": ("p.csv", SHEET.replace("what", "货号").encode(), "text/csv")}
    key = program.call("POST", "/api/v1/catalogues", status=202, files=files).json()["id"]
    screen_first(app, someone, 2)

    told = program.call("GET", f"/api/v1/catalogues/{key}").json()
    rows = program.call("GET", f"/api/v1/catalogues/{key}/rows").json()["items"]
    kinds = {kind: f"/api/v1/catalogues/{key}/results/{kind}" for kind in ("csv", "jsonl", "pdf")}
    table = program.call("GET", kinds["csv"], status=200).text
    lines = program.call("GET", kinds["jsonl"], status=200).text.splitlines()
    early = program.call("GET", kinds["pdf"], status=409)

    assert (told["rows"], told["done"], told["state"]) == (3, 2, "running")
    assert [row["reference"] for row in rows] == ["EB-1", "EB-2"]
    assert "EB-2" in table
    assert "EB-3" not in table
    assert [json.loads(line)["sku"] for line in lines] == ["EB-1", "EB-2"]
    assert early.json()["code"] == "catalogue-unfinished"
    assert "EB-2" in browser.get(f"/catalogues/{key}").text


def screen_first(app: FastAPI, someone: Someone, rows: int) -> None:
    """Screen the first rows of the newest catalogue, as its job does, and no more."""
    database, settings = app.state.database, app.state.settings
    with database.write() as session:
        row = Catalogues(session, someone.actor).page(Cursor())[0][0]
        row.state = CatalogueState.RUNNING
        path = app.state.files.path(row.file_sha256)
        every = list(read_catalogue(path, settings, defaults_of(row), row.mapping))
        key = row.id
    Screener(settings, database, someone.actor, key).screen(every[:rows])


@BOTH
def test_the_empty_sheet_is_read_back_as_it_was_meant(
    app: FastAPI, someone: Someone, language: str
) -> None:
    browser = Browser(app, someone, language=language)
    for kind in ("xlsx", "csv"):
        answer = browser.client.get(f"/catalogues/template.{kind}")
        path = app.state.settings.home / f"template.{kind}"
        path.write_bytes(answer.content)
        outline = read_outline(path, app.state.settings)
        rows = list(read_catalogue(path, app.state.settings, Defaults()))

        assert answer.headers["content-disposition"].startswith("attachment")
        assert outline.columns == ("sku", "name_zh", "name_latin", "goods", "from", "to")
        assert [row.problem for row in rows] == [None, None]
        assert rows[0].asked.route.destinations == ["US", "DE"]


def test_lines_go_in_and_out_packed(app: FastAPI, someone: Someone) -> None:
    program = Program(app, someone)
    asked = {"names": ["雅迪"], "route": {"origin": "XX", "destinations": ["XX"]}}
    headers = {"Content-Encoding": "gzip", "Accept-Encoding": "gzip"}
    body = gzip.compress(json.dumps(asked).encode())

    answer = program.call(
        "POST", "/api/v1/screenings/bulk", status=200, content=body, headers=headers
    )
    plain = program.call(
        "POST",
        "/api/v1/screenings/bulk",
        status=200,
        content=json.dumps(asked),
        headers={"Accept-Encoding": "identity"},
    )
    refused = program.call(
        "POST", "/api/v1/screenings/bulk", status=400, content=b"{}", headers=headers
    )

    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in plain.headers
    for told in (answer, plain):
        assert json.loads(told.text)["markets"]["XX"]["verdict"] == "high"
    assert refused.json()["code"] == "malformed"
