import json
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from service.core import clock
from service.core.db import Database
from service.core.files import Files
from service.core.settings import Settings
from service.identity.permissions import Role
from service.registry.domain import MarkRecord
from service.registry.models import ImportRun
from service.registry.store import put_mark
from service.registry.usecases.importing import run_import
from tests.builders import make_person
from tests.client import Program

PRODUCT = {
    "sku": "EB-20",
    "name_zh": "电动自行车",
    "brands": ["雅迪", "YADEA"],
    "hs_codes": ["8711.60"],
    "markets": ["US", "Germany"],
}
RIGHT = {"kind": "design", "status": "in_force", "title": "车架", "territory": "CN"}
SHEET = "office,number,text,status\nXX,1,YADEA,registered\nXX,,AIMA,registered\n"


def exporter(app: FastAPI) -> Program:
    return Program(app, make_person(app.state.database, Role.EXPORTER_STAFF))


def administrator(app: FastAPI) -> Program:
    return Program(app, make_person(app.state.database, Role.ADMINISTRATOR))


def add_mark(app: FastAPI, record: MarkRecord) -> None:
    with app.state.database.write() as session:
        put_mark(session, record)


def send_sheet(program: Program, content: str = SHEET, **fields: str) -> Any:
    return program.call(
        "POST", "/api/v1/imports", files={"file": ("marks.csv", content.encode())}, data=fields
    )


def finish(app: FastAPI, run_id: str) -> None:
    """Do what the job does."""
    database: Database = app.state.database
    settings: Settings = app.state.settings
    files: Files = app.state.files
    with database.read() as session:
        run = session.get_one(ImportRun, UUID(run_id))
    run_import(database, settings, run.id, path=files.path(run.file_sha256))


def test_a_mark_is_found_by_office_and_number(app: FastAPI) -> None:
    add_mark(app, MarkRecord("CN", "77", "雅迪"))

    body = exporter(app).call("GET", "/api/v1/marks/cn/77", status=200).json()

    assert (body["text"], body["status"], body["live"]) == ("雅迪", "unknown", True)


def test_an_unknown_mark_answers_not_found(app: FastAPI) -> None:
    exporter(app).call("GET", "/api/v1/marks/CN/404", status=404)


def test_marks_are_listed_page_by_page(app: FastAPI) -> None:
    for number in range(3):
        add_mark(app, MarkRecord("CN", str(number), f"M{number}"))
    program = exporter(app)

    first = program.call("GET", "/api/v1/marks?limit=2", status=200).json()
    second = program.call("GET", f"/api/v1/marks?cursor={first['next']}", status=200).json()

    numbers = [mark["number"] for mark in first["items"] + second["items"]]
    assert numbers == ["2", "1", "0"]
    assert second["next"] is None


def test_a_mark_entered_by_hand_can_be_read_back(app: FastAPI) -> None:
    body = {
        "text": "YADEA",
        "status": "registered",
        "classes": [{"nice": 12, "goods": "bicycles"}],
        "owners": [{"name": "Demo Ltd", "country": "CN"}],
    }

    put = administrator(app).call("PUT", "/api/v1/marks/US/123", status=200, json=body).json()

    assert put["owners"][0]["name"] == "Demo Ltd"
    assert exporter(app).call("GET", "/api/v1/marks/US/123", status=200).json() == put


def test_an_exporter_may_not_enter_marks(app: FastAPI) -> None:
    exporter(app).call("PUT", "/api/v1/marks/US/123", status=403, json={"text": "X"})


def test_a_product_comes_back_as_sent_with_markets_by_code(app: FastAPI) -> None:
    program = exporter(app)

    added = program.call("POST", "/api/v1/products", status=201, json=PRODUCT)

    body = program.call("GET", added.headers["location"], status=200).json()
    assert (body["brands"], body["markets"]) == (["雅迪", "YADEA"], ["US", "DE"])
    assert body == added.json()


def test_a_shared_product_is_to_be_read_and_not_changed(app: FastAPI) -> None:
    owner, other = exporter(app), make_person(app.state.database, Role.STATION_CLERK)
    place = owner.call("POST", "/api/v1/products", status=201, json=PRODUCT).headers["location"]
    body = {"organisation_id": str(other.organisation_id)}
    owner.call("POST", f"{place}/shares", status=204, json=body)

    Program(app, other).call("PUT", place, status=403, json=PRODUCT, headers={"If-Match": "*"})


def test_of_two_changes_of_one_version_the_second_is_refused(app: FastAPI) -> None:
    program = exporter(app)
    added = program.call("POST", "/api/v1/products", status=201, json=PRODUCT)
    place, tag = added.headers["location"], {"If-Match": added.headers["etag"]}
    program.call("PUT", place, status=200, json={**PRODUCT, "note": "one"}, headers=tag)

    program.call("PUT", place, status=412, json={**PRODUCT, "note": "two"}, headers=tag)

    assert program.call("GET", place, status=200).json()["note"] == "one"


def test_a_change_without_a_version_is_refused(app: FastAPI) -> None:
    program = exporter(app)
    place = program.call("POST", "/api/v1/products", status=201, json=PRODUCT).headers["location"]

    program.call("PUT", place, status=428, json=PRODUCT)


def test_an_archived_product_leaves_the_list_and_frees_its_sku(app: FastAPI) -> None:
    program = exporter(app)
    added = program.call("POST", "/api/v1/products", status=201, json=PRODUCT)
    tag = {"If-Match": added.headers["etag"]}

    program.call("DELETE", added.headers["location"], status=204, headers=tag)

    assert program.call("GET", "/api/v1/products", status=200).json()["items"] == []
    program.call("POST", "/api/v1/products", status=201, json=PRODUCT)


def test_one_sku_names_one_product(app: FastAPI) -> None:
    program = exporter(app)
    program.call("POST", "/api/v1/products", status=201, json=PRODUCT)

    answer = program.call("POST", "/api/v1/products", status=409, json=PRODUCT)

    assert answer.json()["code"] == "product-sku-taken"


@pytest.mark.parametrize(
    "wrong",
    [
        {"hs_codes": ["87"]},
        {"markets": ["Atlantis"]},
        {"brands": []},
        {"name_zh": ""},
        {"customs_mode": "9999"},
        {"surprise": 1},
    ],
)
def test_a_wrong_product_is_refused(app: FastAPI, wrong: dict[str, Any]) -> None:
    program = exporter(app)

    program.call("POST", "/api/v1/products", status=422, json={**PRODUCT, **wrong})

    assert program.call("GET", "/api/v1/products", status=200).json()["items"] == []


def test_a_certificate_is_kept_beside_the_right(app: FastAPI) -> None:
    program = exporter(app)
    place = program.call("POST", "/api/v1/rights", status=201, json=RIGHT).headers["location"]
    content = b"%PDF-1.7 certificate"
    file = program.call(
        "POST", "/api/v1/files", status=201, files={"file": ("zs.pdf", content)}
    ).json()
    paper = {"kind": "patent_certificate", "file_id": file["id"], "number": "1"}

    program.call("POST", f"{place}/documents", status=201, json=paper)

    kept = program.call("GET", f"{place}/documents", status=200).json()
    assert [one["kind"] for one in kept] == ["patent_certificate"]
    answer = program.call("GET", f"/api/v1/files/{file['id']}", status=200)
    assert answer.content == content
    assert answer.headers["content-disposition"].startswith("attachment")
    exporter(app).call("GET", f"/api/v1/files/{file['id']}", status=404)


def test_of_a_trade_secret_no_content_is_taken(app: FastAPI) -> None:
    program = exporter(app)
    secret = {**RIGHT, "kind": "trade_secret"}
    place = program.call("POST", "/api/v1/rights", status=201, json=secret).headers["location"]
    file = program.call(
        "POST", "/api/v1/files", status=201, files={"file": ("s.pdf", b"%PDF-1.7")}
    ).json()

    answer = program.call(
        "POST", f"{place}/documents", status=422, json={"kind": "other", "file_id": file["id"]}
    )

    assert answer.json()["code"] == "right-secret-content"


def test_a_file_that_is_neither_paper_nor_picture_is_refused(app: FastAPI) -> None:
    exporter(app).call(
        "POST", "/api/v1/files", status=422, files={"file": ("x.pdf", b"MZ\x90\x00 program")}
    )


def test_a_right_of_a_stranger_answers_404(app: FastAPI) -> None:
    place = exporter(app).call("POST", "/api/v1/rights", status=201, json=RIGHT).headers["location"]

    exporter(app).call("GET", place, status=404)


def test_a_sent_register_is_imported_and_its_rejects_told(app: FastAPI) -> None:
    program = administrator(app)
    answer = send_sheet(program, scope="full")
    assert (answer.status_code, answer.json()["state"]) == (202, "loading")

    finish(app, answer.json()["id"])

    body = program.call("GET", answer.headers["location"], status=200).json()
    assert (body["state"], body["read"], body["rejected"]) == ("partial", 2, 1)
    rejects = program.call("GET", f"{answer.headers['location']}/remarks", status=200).json()
    assert [(one["place"], one["code"]) for one in rejects["items"]] == [
        ("line 3", "missing-number")
    ]
    register = program.call("GET", "/api/v1/registers", status=200).json()[0]
    assert (register["office"], register["state"], register["total"]) == ("XX", "partial", 1)


def test_the_same_register_sent_again_says_that_it_was_imported(app: FastAPI) -> None:
    program = administrator(app)
    finish(app, send_sheet(program).json()["id"])

    answer = send_sheet(program)

    assert (answer.status_code, answer.json()["already"]) == (200, True)


def test_a_sheet_with_other_headings_is_read_by_a_mapping(app: FastAPI) -> None:
    program = administrator(app)
    content = "Büro,Nr,Wort\nXX,1,YADEA\n"
    answer = send_sheet(program, content)
    assert (answer.status_code, answer.json()["code"]) == (422, "source-columns")

    mapping = {"Büro": "office", "Nr": "number", "Wort": "text"}
    answer = send_sheet(program, content, mapping=json.dumps(mapping))

    assert answer.status_code == 202
    finish(app, answer.json()["id"])
    program.call("GET", "/api/v1/marks/XX/1", status=200)


def test_an_exporter_may_not_import(app: FastAPI) -> None:
    assert send_sheet(exporter(app)).status_code == 403


def test_an_unreadable_upload_is_a_typed_problem_and_leaves_nothing(app: FastAPI) -> None:
    program = administrator(app)

    answer = send_sheet(program, "just some words")

    assert answer.status_code == 422
    assert program.call("GET", "/api/v1/imports", status=200).json()["items"] == []


def test_only_a_picture_that_browsers_show_goes_on_a_product(app: FastAPI) -> None:
    program = exporter(app)
    file = program.call(
        "POST", "/api/v1/files", status=201, files={"file": ("a.pdf", b"%PDF-1.7")}
    ).json()

    answer = program.call(
        "POST", "/api/v1/products", status=422, json={**PRODUCT, "pictures": [file["id"]]}
    )

    assert answer.json()["errors"][0]["field"] == "pictures"


def test_an_archived_right_leaves_the_list(app: FastAPI) -> None:
    program = exporter(app)
    added = program.call("POST", "/api/v1/rights", status=201, json=RIGHT)
    program.call("DELETE", added.headers["location"], status=428)

    tag = {"If-Match": added.headers["etag"]}
    program.call("DELETE", added.headers["location"], status=204, headers=tag)

    assert program.call("GET", "/api/v1/rights", status=200).json()["items"] == []


def test_a_right_with_papers_does_not_become_a_secret(app: FastAPI) -> None:
    program = exporter(app)
    added = program.call("POST", "/api/v1/rights", status=201, json=RIGHT)
    file = program.call(
        "POST", "/api/v1/files", status=201, files={"file": ("l.pdf", b"%PDF-1.7")}
    ).json()
    paper = {"kind": "patent_certificate", "file_id": file["id"]}
    program.call("POST", f"{added.headers['location']}/documents", status=201, json=paper)

    secret = {**RIGHT, "kind": "trade_secret"}
    tag = {"If-Match": added.headers["etag"]}
    answer = program.call("PUT", added.headers["location"], json=secret, headers=tag)

    assert (answer.status_code, answer.json()["code"]) == (422, "right-secret-content")


def test_dates_of_a_right_that_do_not_follow_each_other_are_refused(app: FastAPI) -> None:
    wrong = {**RIGHT, "filed_on": "2024-01-02", "granted_on": "2023-01-01"}

    exporter(app).call("POST", "/api/v1/rights", status=422, json=wrong)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"parts": "2", "part": "3"}, "part"),
        ({"parts": "2"}, "part"),
        ({"parts": "2", "part": "1"}, "dated"),
        ({"parts": "2", "part": "1", "scope": "delta"}, "scope"),
        ({"parts": "0"}, "parts"),
    ],
)
def test_a_part_that_cannot_be_put_together_is_refused(
    app: FastAPI, fields: dict[str, str], field: str
) -> None:
    answer = send_sheet(administrator(app), **fields)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_a_full_load_in_two_files_is_complete_when_both_are_in(app: FastAPI) -> None:
    program = administrator(app)
    day = {"parts": "2", "dated": clock.today().isoformat()}
    add_mark(app, MarkRecord("XX", "gone", "GONE"))

    def send(part: int, row: str) -> Any:
        answer = send_sheet(program, f"office,number,text\n{row}\n", part=str(part), **day)
        finish(app, answer.json()["id"])
        return program.call("GET", "/api/v1/registers", status=200).json()[0]

    half = send(1, "XX,1,YADEA")
    whole = send(2, "XX,2,AIMA")

    assert (half["state"], [gap["code"] for gap in half["gaps"]]) == (
        "partial",
        ["no-full-load", "parts-missing"],
    )
    assert (whole["state"], whole["total"], whole["gaps"]) == ("complete", 3, [])
    status = {
        number: program.call("GET", f"/api/v1/marks/XX/{number}", status=200).json()["status"]
        for number in ("1", "2", "gone")
    }
    assert status == {"1": "unknown", "2": "unknown", "gone": "withdrawn"}


def test_a_refused_file_is_told_of_by_the_name_its_sender_gave_it(app: FastAPI) -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

    body = send_sheet(administrator(app), xml).json()

    assert body["code"] == "source-unsafe"
    assert body["detail"].startswith("marks.csv")
