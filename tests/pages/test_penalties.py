"""Published penalty decisions: loaded by page, interface and console, shown where they matter."""

import pytest
from fastapi import FastAPI

from service.identity.permissions import Role
from tests.builders import make_person
from tests.client import Browser, Program

HEAD = "party,port,goods,mark,recordation number,value,fine,decision number,decision date"
GOOD = "无锡某贸易公司,上海海关,电动自行车,YADEA,T2021-1,5000,1200,沪关知罚〔2026〕7号,2026-03-01"
BAD = "无锡某贸易公司,上海海关,电动自行车,YADEA,T2021-1,5000,1200,沪关知罚〔2026〕8号,never"
SHEET = "\n".join((HEAD, GOOD, BAD))


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_decisions_are_loaded_once_and_shown_in_a_screening(app: FastAPI, language: str) -> None:
    keeper = Browser(app, make_person(app.state.database, Role.ADMINISTRATOR), language=language)
    file = {"sheet": ("list.csv", SHEET.encode(), "text/csv")}
    sent = keeper.client.post("/penalties", data={"csrf_token": keeper.csrf}, files=file)
    assert "line 3" in sent.text
    program = Program(app, make_person(app.state.database, Role.ADMINISTRATOR))

    again = program.call(
        "POST",
        "/api/v1/penalties/imports",
        files={"file": ("list.csv", SHEET.encode(), "text/csv")},
        status=200,
    ).json()

    assert (again["added"], again["unchanged"], len(again["rejects"])) == (0, 1, 1)
    assert "沪关知罚〔2026〕7号" in keeper.get("/penalties?mark=yadea").text
    assert "沪关知罚〔2026〕7号" not in keeper.get("/penalties?party=nobody").text
    exporter = make_person(app.state.database, Role.EXPORTER_OWNER)
    asked = {"names": ["YADEA"], "route": {"origin": "CN", "destinations": ["US"]}}
    made = Program(app, exporter).call("POST", "/api/v1/screenings", json=asked, status=201).json()
    told = {one["territory"]: one["penalties"] for one in made["borders"]}
    assert [one["fine"] for one in told["CN"]] == ["1200.00"]
    assert told["US"] == []
    browser = Browser(app, exporter, language=language)
    assert "沪关知罚〔2026〕7号" in browser.get(f"/screenings/{made['screening_id']}").text


def test_an_empty_form_and_a_sheet_of_something_else_are_told(app: FastAPI) -> None:
    keeper = Browser(app, make_person(app.state.database, Role.ADMINISTRATOR))
    keeper.send("/penalties", status=422)
    program = Program(app, make_person(app.state.database, Role.ADMINISTRATOR))

    answer = program.call(
        "POST",
        "/api/v1/penalties/imports",
        files={"file": ("a.csv", b"a,b\n1,2\n", "text/csv")},
        status=422,
    )

    assert answer.json()["code"] == "source-columns"
