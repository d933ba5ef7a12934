"""Customs on the way: who has recorded what, and whether the exporter is on the list."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from service.core import clock
from service.identity.permissions import Role, console
from service.registry.domain import EditionScope
from service.registry.usecases.importing import import_file
from service.registry.usecases.requesting import Reading
from tests.builders import Someone, make_organisation, make_person
from tests.client import Browser, Program

HEAD = "office,number,text,status,classes,owner_name,recorded_with,recordation_number,"
HEAD += "recordation_expiry,authorised_users"
USCC = "91350100M000100Y43"
ROUTE = {"origin": "CN", "transit": ["SG"], "destinations": ["DE", "FR"]}


def load(
    app: FastAPI,
    *,
    text: str = "YADEA",
    owner: str = "雅迪集团",
    customs: str = "CN",
    until: str = "2035-01-01",
    users: str = "",
) -> None:
    """Load one Chinese mark with its recordation."""
    path: Path = app.state.settings.home / "recorded.csv"
    row = f"CN,1,{text},registered,12,{owner},{customs},T2026-1,{until},{users}"
    path.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    reading = Reading(scope=EditionScope.FULL, dated=clock.today())
    import_file(app.state.database, app.state.settings, path, actor=console(), reading=reading)


def exporter(app: FastAPI) -> Someone:
    ours = make_organisation(app.state.database, name_zh="锡山车业有限公司", uscc=USCC)
    return make_person(app.state.database, Role.EXPORTER_OWNER, organisation=ours)


def screened(app: FastAPI, **more: Any) -> dict[str, Any]:
    body = {"names": ["YADEA"], "goods": ["class:12"], "route": ROUTE} | more
    program = Program(app, exporter(app))
    answer: dict[str, Any] = program.call(
        "POST", "/api/v1/screenings", json=body, status=201
    ).json()
    return answer


def borders(app: FastAPI, **more: Any) -> dict[str, dict[str, Any]]:
    return {one["territory"]: one for one in screened(app, **more)["borders"]}


def test_every_customs_territory_of_the_route_is_answered_for_once(app: FastAPI) -> None:
    found = screened(app)["borders"]

    told = [(one["territory"], one["passage"]) for one in found]
    assert told == [("CN", "starts"), ("SG", "crosses"), ("EU", "ends")]


def test_a_strangers_recorded_mark_makes_detention_likely_and_names_the_proof(
    app: FastAPI,
) -> None:
    load(app, users="别家贸易公司")

    china = borders(app)["CN"]

    assert china["risk"] == "likely"
    [recorded] = china["recordations"]
    assert recorded["recordation_number"] == "T2026-1"
    assert recorded["users"] == ["别家贸易公司"]
    assert recorded["listing"] == "not_listed"
    assert any("合法使用人" in proof["zh"] for proof in china["proofs"])


@pytest.mark.parametrize("users", ["锡山车业有限公司;别家", f"别家;{USCC}"])
def test_whoever_is_on_the_list_by_name_or_code_is_told_to_carry_the_proof(
    app: FastAPI, users: str
) -> None:
    load(app, users=users)

    china = borders(app)["CN"]

    assert (china["risk"], china["recordations"][0]["listing"]) == ("listed", "listed")


def test_the_holder_is_known_as_such(app: FastAPI) -> None:
    load(app, owner="锡山车业有限公司")

    china = borders(app)["CN"]

    assert (china["risk"], china["recordations"][0]["listing"]) == ("listed", "owner")


@pytest.mark.parametrize("customs", ["CN", "GACC", "海关总署", "中华人民共和国海关总署"])
def test_an_authority_is_known_by_code_and_by_names(app: FastAPI, customs: str) -> None:
    load(app, customs=customs)

    assert borders(app)["CN"]["risk"] == "likely"


def test_what_ended_is_told_and_not_counted(app: FastAPI) -> None:
    load(app, until="2020-01-01")

    china = borders(app)["CN"]

    assert china["risk"] == "none_known"
    assert [one["ended"] for one in china["recordations"]] == [True]


def test_no_list_is_never_a_clear_answer(app: FastAPI) -> None:
    load(app, customs="US")

    found = borders(app)

    assert {code: one["risk"] for code, one in found.items()} == dict.fromkeys(
        ("CN", "SG", "EU"), "not_searched"
    )
    assert "未载入" in found["CN"]["sentence"]["zh"]


def test_a_mark_beyond_the_limit_of_hits_is_looked_up_all_the_same(app: FastAPI) -> None:
    path: Path = app.state.settings.home / "many.csv"
    rows = [f"CN,{n},YADEA,registered,12,甲{n},,,," for n in range(1, 6)]
    rows.append("CN,9,YADEAN,registered,12,乙,CN,T2026-9,2035-01-01,")
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    reading = Reading(scope=EditionScope.FULL, dated=clock.today())
    import_file(app.state.database, app.state.settings, path, actor=console(), reading=reading)

    answer = screened(app, limit=1)

    assert len(answer["hits"]) == 1
    assert answer["borders"][0]["recordations"][0]["number"] == "9"


@pytest.mark.parametrize(
    ("role", "word"), [("own", "注册证"), ("oem", "委托方"), ("distributor", "书面授权")]
)
def test_the_papers_depend_on_what_the_exporter_is_to_the_brand(
    app: FastAPI, role: str, word: str
) -> None:
    load(app)

    proofs = borders(app, brand_role=role)["CN"]["proofs"]

    assert any(word in proof["zh"] for proof in proofs)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_page_shows_customs_on_the_way(app: FastAPI, language: str) -> None:
    load(app)
    browser = Browser(app, exporter(app), language=language)
    sent = browser.post(
        "/screenings",
        names="YADEA",
        goods="class:12",
        origin="CN",
        destinations="DE, HK, BD",
        brand_role="own",
    )

    page = browser.get(sent.headers["location"])

    assert "T2026-1" in page.text
    assert ("Detention likely" if language == "en" else "很可能被扣留") in page.text
