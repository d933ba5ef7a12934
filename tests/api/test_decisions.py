"""Decisions are remembered in later screenings, never change an answer, and open again."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI

from service.core import clock
from service.core.db import Database
from service.core.jobs import JobContext, State
from service.core.jobs.models import JobRow
from service.identity.models import Organisation
from service.identity.permissions import Role
from service.notices.repository import Inbox
from service.registry.domain import CustomsRecord, GoodsClass, MarkRecord, MarkStatus, Party
from service.registry.repository import Marks
from service.registry.store import put_mark
from service.screening.models import Decision
from service.screening.usecases.reopening import reopen_changed, reopen_expired
from tests.builders import Someone, make_organisation, make_person
from tests.client import Program
from tests.register import load

ASKED = {
    "names": ["YADEA"],
    "goods": ["class:12"],
    "route": {"origin": "XX", "destinations": ["XX"]},
}
Answer = dict[str, Any]


@pytest.fixture
def owner(app: FastAPI) -> Someone:
    load(app.state.database, app.state.settings)
    return make_person(app.state.database, Role.EXPORTER_OWNER)


@pytest.fixture
def program(app: FastAPI, owner: Someone) -> Program:
    return Program(app, owner)


def screened(program: Program, **change: object) -> Answer:
    answer: Answer = program.call(
        "POST", "/api/v1/screenings", status=201, json=ASKED | change
    ).json()
    return answer


def hit_on(answer: Answer, number: str) -> dict[str, Any]:
    return next(hit for hit in answer["hits"] if hit["mark"]["number"] == number)


@pytest.fixture
def decided(program: Program) -> Callable[..., dict[str, Any]]:
    """Decide on the mark 1, after a screening."""

    def make(status: int = 201, **change: object) -> dict[str, Any]:
        answer = screened(program)
        body = {
            "screening_id": answer["screening_id"],
            "hit_id": hit_on(answer, "1")["hit_id"],
            "kind": "dismissed",
            "reason": "Other goods in fact",
        }
        made: dict[str, Any] = program.call(
            "POST", "/api/v1/decisions", status=status, json=body | change
        ).json()
        return made

    return make


def test_it_is_remembered_in_the_next_screening_and_shown_beside_the_last(
    program: Program, decided: Callable[..., dict[str, Any]]
) -> None:
    made = decided()
    first = program.call("GET", f"/api/v1/screenings/{made['screening_id']}").json()
    beside = program.call("GET", f"/api/v1/screenings/{made['screening_id']}/decisions").json()
    later = screened(program)

    assert hit_on(first, "1")["decision"] is None
    assert [note["reason"] for note in beside.values()] == ["Other goods in fact"]
    note = hit_on(later, "1")["decision"]
    assert (note["decision_id"], note["reopened"]) == (made["id"], [])
    assert hit_on(later, "1")["verdict"] == hit_on(first, "1")["verdict"]
    others = [hit["decision"] for hit in later["hits"] if hit["mark"]["number"] != "1"]
    assert set(others) == {None}


def test_another_name_and_another_organisation_know_nothing_of_it(
    app: FastAPI, program: Program, decided: Callable[..., dict[str, Any]]
) -> None:
    decided()
    stranger = Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    assert hit_on(screened(program, names=["YADEA MOTORS"]), "1")["decision"] is None
    assert hit_on(screened(stranger), "1")["decision"] is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"scope": "market", "market": "US"}, "market"),
        ({"scope": "market"}, "market"),
        ({"expires_on": "2020-01-01"}, "expires_on"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_does_not_fit_the_hit_is_refused_by_its_field(
    decided: Callable[..., dict[str, Any]], change: dict[str, object], field: str
) -> None:
    assert field in decided(status=422, **change)["errors"][0]["field"]


def test_a_later_decision_in_the_same_scope_replaces_the_first_and_a_narrower_goes_before(
    program: Program, decided: Callable[..., dict[str, Any]]
) -> None:
    first = decided()
    decided(kind="confirmed", reason="It is the same trade")
    decided(kind="dismissed", reason="Here they sell none", scope="market", market="XX")

    assert program.call("GET", f"/api/v1/decisions/{first['id']}").json()["state"] == "replaced"
    assert hit_on(screened(program), "1")["decision"]["reason"] == "Here they sell none"


def test_one_on_an_owner_covers_its_other_marks(
    app: FastAPI, program: Program, decided: Callable[..., dict[str, Any]]
) -> None:
    decided(scope="owner", reason="We buy from them", kind="confirmed")
    change(app.state.database, "9", text="YADEAS", owners=(Party("YADEA GROUP"),))

    assert hit_on(screened(program), "9")["decision"]["scope"] == "owner"


def change(database: Database, number: str, **values: Any) -> MarkRecord:
    record = MarkRecord(
        "XX",
        number,
        updated_on=date(2099, 1, 1),
        **{"text": "YADEA", "status": MarkStatus.REGISTERED, **values},
    )
    with database.write() as session:
        put_mark(session, record)
    return record


def test_a_change_of_the_mark_opens_it_again_and_those_who_decide_are_told(
    app: FastAPI, owner: Someone, program: Program, decided: Callable[..., dict[str, Any]]
) -> None:
    made = decided()
    database: Database = app.state.database
    with database.read() as session:
        record = Marks(session).get("XX", "1").record
    with database.write() as session:
        assert list(reopen_changed(session, [record])) == []
    change(database, "1", owners=(Party("Somebody Else"),), classes=record.classes)
    with database.write() as session:
        reopen_changed(session, [Marks(session).get("XX", "1").record])

    now = program.call("GET", f"/api/v1/decisions/{made['id']}").json()
    assert (now["state"], now["reopened_for"]) == ("reopened", ["owner"])
    assert hit_on(screened(program), "1")["decision"]["reopened"] == ["owner"]
    with database.read() as session:
        assert Inbox(session, owner.actor).unread() == 1


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"text": "YADEAH"}, "mark"),
        ({"status": MarkStatus.CANCELLED}, "status"),
        ({"classes": (GoodsClass(12, "e-bikes"), GoodsClass(25, "clothing"))}, "goods"),
    ],
)
def test_each_material_change_in_the_register_opens_it_and_says_which(
    app: FastAPI,
    program: Program,
    decided: Callable[..., dict[str, Any]],
    changed: dict[str, Any],
    why: str,
) -> None:
    made = decided()
    database: Database = app.state.database
    with database.read() as session:
        before = Marks(session).get("XX", "1").record
    same = {"owners": before.owners, "classes": before.classes}
    change(database, "1", **{**same, **changed})
    with database.write() as session:
        reopen_changed(session, [Marks(session).get("XX", "1").record])

    now = program.call("GET", f"/api/v1/decisions/{made['id']}").json()
    assert (now["state"], now["reopened_for"]) == ("reopened", [why])


@pytest.mark.parametrize(
    ("rested", "why", "state"),
    [
        ({"verdict": "low", "rules": "packs-0"}, ["rules"], "reopened"),
        ({"verdict": "low", "engine": "marks-0"}, ["engine"], "reopened"),
        ({"rules": "packs-0", "engine": "marks-0"}, [], "standing"),
        ({"verdict": "low"}, ["verdict"], "standing"),
    ],
)
def test_a_worse_verdict_by_other_rules_or_engine_opens_it_with_the_next_screening(
    app: FastAPI,
    owner: Someone,
    program: Program,
    decided: Callable[..., dict[str, Any]],
    rested: dict[str, str],
    why: list[str],
    state: str,
) -> None:
    made = decided()
    database: Database = app.state.database
    with database.write() as session:  # as if it had been made under an earlier release
        row = session.get_one(Decision, UUID(made["id"]))
        row.rested_on = {**row.rested_on, **rested}

    assert hit_on(screened(program), "1")["decision"]["reopened"] == why
    now = program.call("GET", f"/api/v1/decisions/{made['id']}").json()
    assert (now["state"], now["reopened_for"]) == (state, why if state == "reopened" else [])
    with database.read() as session:
        assert Inbox(session, owner.actor).unread() == (state == "reopened")


def test_it_is_open_again_when_its_last_day_has_passed(
    app: FastAPI, program: Program, decided: Callable[..., dict[str, Any]]
) -> None:
    made = decided(expires_on=str(clock.today()))
    state = app.state
    context = JobContext(uuid4(), state.database, state.settings, state.files, Event())
    with state.database.write() as session:
        session.add(
            JobRow(
                id=context.job_id,
                name="decision.expire",
                args={},
                state=State.RUNNING,
                priority=1,
                enqueued_at=clock.now(),
            )
        )
    reopen_expired(context)
    last = program.call("GET", f"/api/v1/decisions/{made['id']}").json()
    with clock.at(clock.now() + timedelta(days=1)):
        reopen_expired(context)
    after = program.call("GET", f"/api/v1/decisions/{made['id']}").json()

    assert (last["state"], last["reopened_for"]) == ("standing", [])
    assert (after["state"], after["reopened_for"]) == ("reopened", ["expired"])


def test_a_withdrawn_one_is_remembered_no_more(
    program: Program, decided: Callable[..., dict[str, Any]]
) -> None:
    made = decided()
    program.call("POST", f"/api/v1/decisions/{made['id']}/withdraw", status=200)

    assert hit_on(screened(program), "1")["decision"] is None
    assert program.call("GET", "/api/v1/decisions").json()["items"][0]["state"] == "withdrawn"


def test_a_consent_without_its_letter_becomes_a_paper_to_get(
    program: Program, decided: Callable[..., dict[str, Any]]
) -> None:
    decided(kind="consent_held", expires_on=str(date(2099, 1, 1)))
    (paper,) = program.call("GET", "/api/v1/papers", status=200).json()
    png = ("letter.png", b"\x89PNG\r\n\x1a\n" + b"0" * 32, "image/png")
    file = program.call("POST", "/api/v1/files", status=201, files={"file": png}).json()

    got = program.call(
        "POST", f"/api/v1/papers/{paper['id']}/got", status=200, json={"file_id": file["id"]}
    ).json()

    assert (paper["kind"], paper["done_at"], got["file_id"]) == ("consent", None, file["id"])


def test_the_same_owner_and_an_authorised_user_are_papers_to_get_and_no_milder_verdict(
    app: FastAPI, program: Program
) -> None:
    database: Database = app.state.database
    house = make_organisation(database, name_zh="雅迪科技", name_en="Wuxi Bikes Co., Ltd.")
    ours = Program(app, make_person(database, Role.EXPORTER_OWNER, organisation=house))
    recorded = CustomsRecord("cn-gacc", "T1", authorised_users=("WUXI BIKES CO LTD",))
    change(database, "8", owners=(Party("Other Ltd"),), customs_records=(recorded,))

    answer = screened(ours, names=["雅迪", "YADEA"])
    strangers = screened(program, names=["雅迪", "YADEA"])

    assert hit_on(answer, "2")["relation"] == "same_owner"
    assert hit_on(answer, "8")["relation"] == "authorised_user"
    assert hit_on(answer, "2")["verdict"] == hit_on(strangers, "2")["verdict"]
    assert hit_on(strangers, "2")["relation"] is None
    screened(ours, names=["雅迪", "YADEA"])
    papers = ours.call("GET", "/api/v1/papers").json()
    assert {paper["kind"] for paper in papers} == {"proof_of_owner", "authorisation"}
    assert len(papers) == 2
    assert isinstance(house, Organisation)
