import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI

from service.core import clock
from service.core.pagination import encode
from service.identity.permissions import Role
from service.registry.domain import EditionScope
from service.registry.finder import Finder
from service.screening.models import Screening
from service.screening.usecases.sharing import share_screening
from tests.builders import make_person
from tests.client import Program
from tests.register import load

ASKED: dict[str, Any] = {
    "names": ["雅迪", "YADEA"],
    "goods": ["hs:8711.60"],
    "route": {"origin": "XX", "destinations": ["XX"]},
}

LONG_AGO = clock.today() - timedelta(days=900)


def run(app: FastAPI, program: Program | None = None, **changed: Any) -> dict[str, Any]:
    program = program or Program(app, make_person(app.state.database))
    answer = program.call("POST", "/api/v1/screenings", status=201, json=ASKED | changed)
    body: dict[str, Any] = answer.json()
    return body


def loaded(app: FastAPI, *rows: str, **how: Any) -> None:
    load(app.state.database, app.state.settings, *rows, **how)


def test_an_identical_mark_for_the_same_goods_blocks_the_market(app: FastAPI) -> None:
    loaded(app)

    body = run(app)

    assert body["markets"]["XX"]["verdict"] == "blocked"
    assert {hit["mark"]["number"] for hit in body["hits"][:2]} == {"1", "2"}


def test_every_hit_says_why_in_both_languages_and_on_three_axes(app: FastAPI) -> None:
    loaded(app)

    hit = run(app)["hits"][0]

    assert hit["explanation"]["zh"]
    assert hit["explanation"]["en"]
    assert set(hit["axes"]) == {"visual", "aural", "conceptual"}
    assert hit["goods"]["basis"]


def test_a_name_like_none_in_a_complete_fresh_register_finds_no_conflict(app: FastAPI) -> None:
    loaded(app)

    market = run(app, names=["QWOXTZ"])["markets"]["XX"]

    assert (market["verdict"], market["coverage"]) == ("no_conflict_found", "complete")


def test_a_register_never_loaded_is_never_called_clear(app: FastAPI) -> None:
    loaded(app)

    body = run(app, names=["QWOXTZ"], route={"origin": "XX", "destinations": ["DE"]})

    assert body["markets"]["DE"]["verdict"] == "not_searched"
    missing = {(one["what"], one["why"]) for one in body["not_searched"]}
    assert {("DE", "never_loaded"), ("EM", "never_loaded"), ("WO", "never_loaded")} <= missing


def test_a_conflict_under_partial_coverage_is_still_shown(app: FastAPI) -> None:
    loaded(app, "DE,9,YADEA,registered,12,electric bicycles,Yadea,2020-01-01,2040-01-01,")

    market = run(app, route={"origin": "XX", "destinations": ["DE"]})["markets"]["DE"]

    assert (market["verdict"], market["coverage"]) == ("blocked", "partial")


def test_a_stale_register_is_never_called_clear(app: FastAPI) -> None:
    loaded(app, "CN,1,雅迪,registered,12,电动自行车,雅迪,2020-01-01,2040-01-01,", dated=LONG_AGO)

    body = run(app, names=["QWOXTZ"], route={"origin": "XX", "destinations": ["CN"]})

    assert body["markets"]["CN"]["verdict"] == "not_searched"
    assert {"CN stale"} <= {f"{one['what']} {one['why']}" for one in body["not_searched"]}


def test_a_delta_without_a_full_load_is_never_called_clear(app: FastAPI) -> None:
    loaded(app, scope=EditionScope.DELTA)

    market = run(app, names=["QWOXTZ"])["markets"]["XX"]

    assert market["verdict"] == "not_searched"


def test_a_madrid_mark_binds_only_where_it_is_designated(app: FastAPI) -> None:
    loaded(app, "WO,77,YADEA,registered,12,electric bicycles,Yadea,2020-01-01,2040-01-01,DE;US")

    body = run(app, route={"origin": "XX", "destinations": ["US", "VN", "DE"]})

    assert body["markets"]["US"]["verdict"] == "blocked"
    assert body["markets"]["DE"]["verdict"] == "blocked"
    assert body["markets"]["VN"]["verdict"] == "not_searched"


def test_a_dead_mark_is_no_conflict(app: FastAPI) -> None:
    loaded(app)

    numbers = {hit["mark"]["number"] for hit in run(app, names=["YADEAN"])["hits"]}

    assert "5" not in numbers


def test_far_goods_weigh_less_than_near_goods(app: FastAPI) -> None:
    loaded(app, "XX,4,YADEA,registered,25,clothing,Other,2020-01-01,2040-01-01,")

    assert run(app)["markets"]["XX"]["verdict"] != "blocked"


def test_the_answer_says_what_is_never_compared(app: FastAPI) -> None:
    loaded(app)

    told = {one["what"] for one in run(app)["not_searched"]}

    assert {"images", "sounds", "designs", "other_patents", "copyright"} <= told


def test_an_answer_can_be_had_again_byte_for_byte(app: FastAPI) -> None:
    loaded(app)
    program = Program(app, make_person(app.state.database))
    first = program.call("POST", "/api/v1/screenings", status=201, json=ASKED)

    again = program.call("GET", first.headers["location"], status=200)

    assert again.content == first.content


def test_a_mark_committed_before_the_request_is_always_considered(app: FastAPI) -> None:
    loaded(app)
    program = Program(app, make_person(app.state.database))
    run(app, program)
    loaded(
        app,
        "XX,8,QWOXTZ,registered,12,electric bicycles,New Ltd,2026-01-01,2040-01-01,",
        name="delta.csv",
        scope=EditionScope.DELTA,
    )

    body = run(app, program, names=["QWOXTZ"])

    assert [hit["mark"]["number"] for hit in body["hits"]][:1] == ["8"]


def test_the_same_idempotency_key_answers_alike_and_screens_once(app: FastAPI) -> None:
    loaded(app)
    program = Program(app, make_person(app.state.database))
    key = {"Idempotency-Key": "one"}

    first = program.call("POST", "/api/v1/screenings", json=ASKED, headers=key, status=201)
    again = program.call("POST", "/api/v1/screenings", json=ASKED, headers=key, status=201)

    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    listed = program.call("GET", "/api/v1/screenings", status=200).json()["items"]
    assert len(listed) == 1


def test_an_idempotency_key_does_not_serve_another_request(app: FastAPI) -> None:
    loaded(app)
    program = Program(app, make_person(app.state.database))
    key = {"Idempotency-Key": "one"}
    program.call("POST", "/api/v1/screenings", json=ASKED, headers=key, status=201)

    other = ASKED | {"names": ["SUNRA"]}
    answer = program.call("POST", "/api/v1/screenings", json=other, headers=key, status=409)

    assert answer.json()["code"] == "idempotency-key-reused"


class Together:
    """Lets two screenings search only when both are here, so that neither was stored before."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._both = Barrier(2, timeout=30)

    def turn(self) -> AbstractContextManager[None]:
        self._both.wait()
        return self._finder.turn()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._finder, name)


def test_two_at_once_with_one_idempotency_key_answer_alike_and_are_kept_once(app: FastAPI) -> None:
    loaded(app)
    program = Program(app, make_person(app.state.database))
    app.state.finder = Together(app.state.finder)

    def send(_: int) -> Any:
        key = {"Idempotency-Key": "one"}
        return program.call("POST", "/api/v1/screenings", json=ASKED, headers=key, status=201)

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(send, range(2))

    assert one.json() == other.json()
    assert one.headers["location"] == other.headers["location"]
    listed = program.call("GET", "/api/v1/screenings", status=200).json()["items"]
    assert len(listed) == 1


@pytest.mark.parametrize("broken", [b"no zlib", zlib.compress(b"{}")])
def test_a_kept_answer_that_was_changed_is_not_given(app: FastAPI, broken: bytes) -> None:
    loaded(app)
    program = Program(app, make_person(app.state.database))
    made = run(app, program)["screening_id"]
    with app.state.database.write() as session:
        session.get_one(Screening, UUID(made)).answer = broken

    answer = program.call("GET", f"/api/v1/screenings/{made}", status=500)

    assert answer.json()["code"] == "screening-damaged"


def test_the_greatest_limit_is_the_one_that_is_set(app: FastAPI) -> None:
    loaded(app)
    app.state.settings = app.state.settings.model_copy(update={"hits_max": 1})
    program = Program(app, make_person(app.state.database))

    assert len(run(app, program)["hits"]) == 1
    answer = program.call("POST", "/api/v1/screenings", status=422, json=ASKED | {"limit": 2})
    assert answer.json()["most"] == 1


@pytest.mark.parametrize("value", [5, 10**30, None, [1], "x"])
def test_a_cursor_that_is_not_ours_is_refused_by_name(app: FastAPI, value: Any) -> None:
    program = Program(app, make_person(app.state.database))
    cursor = encode([value])

    answer = program.call("GET", f"/api/v1/screenings?cursor={cursor}", status=422)

    assert answer.json()["errors"][0]["field"] == "cursor"


def test_a_strangers_screening_looks_absent_until_it_is_shared_with_the_station(
    app: FastAPI,
) -> None:
    loaded(app)
    database = app.state.database
    owner = make_person(database, Role.EXPORTER_OWNER)
    clerk = make_person(database, Role.STATION_CLERK)
    path = f"/api/v1/screenings/{run(app, Program(app, owner))['screening_id']}"
    Program(app, clerk).call("GET", path, status=404)

    with database.write() as session:
        share_screening(session, owner.actor, _id(path), clerk.organisation_id)

    Program(app, clerk).call("GET", path, status=200)
    Program(app, make_person(database)).call("GET", path, status=404)


def _id(path: str) -> Any:
    return UUID(path.rsplit("/", 1)[1])


def test_a_list_of_screenings_pages_without_loss_or_doubles(app: FastAPI) -> None:
    loaded(app)
    program = Program(app, make_person(app.state.database))
    made = [run(app, program, reference=str(n))["screening_id"] for n in range(5)]

    seen, path = [], "/api/v1/screenings?limit=2"
    while path:
        page = program.call("GET", path, status=200).json()
        seen += [item["id"] for item in page["items"]]
        path = f"/api/v1/screenings?limit=2&cursor={page['next']}" if page["next"] else ""

    assert seen == made[::-1]


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"names": [""]}, "screening-no-name", "names"),
    ({"names": ["!!!"]}, "screening-no-name", "names.0"),
    ({"names": ["x" * 501]}, "screening-name-too-long", "names.0"),
    ({"names": ["x"] * 11}, "screening-too-many", "names"),
    ({"goods": ["class:12"] * 51}, "screening-too-many", "goods"),
    ({"goods": ["class:99"]}, "goods-unreadable", "goods"),
    ({"route": {"destinations": ["Narnia"]}}, "market-unknown", "route.destinations"),
    ({"route": {"destinations": []}}, "screening-no-market", "route.destinations"),
    ({"customs_mode": "9999"}, "customs-mode-unknown", "customs_mode"),
    ({"unknown": 1}, "invalid", "unknown"),
    ({"limit": 0}, "invalid", "limit"),
    ({"limit": 1001}, "screening-too-many", "limit"),
]


@pytest.mark.parametrize(("changed", "code", "field"), BAD)
def test_bad_input_names_the_field_and_stores_nothing(
    app: FastAPI, changed: dict[str, Any], code: str, field: str
) -> None:
    program = Program(app, make_person(app.state.database))

    answer = program.call("POST", "/api/v1/screenings", status=422, json=ASKED | changed)

    body = answer.json()
    assert body["code"] == code
    assert body["errors"][0]["field"].startswith(field)
    assert body["translations"]["zh-Hans"]["detail"] != body["translations"]["en"]["detail"]
    assert program.call("GET", "/api/v1/screenings", status=200).json()["items"] == []


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.EXPORTER_STAFF, 201), (Role.STATION_CLERK, 201), (Role.BUREAU_GUIDE, 403)],
)
def test_who_may_screen(app: FastAPI, role: Role, status: int) -> None:
    loaded(app)

    Program(app, make_person(app.state.database, role)).call(
        "POST", "/api/v1/screenings", status=status, json=ASKED
    )


def test_an_unknown_screening_is_not_found(app: FastAPI) -> None:
    Program(app, make_person(app.state.database)).call(
        "GET", f"/api/v1/screenings/{uuid4()}", status=404
    )


def test_two_marks_are_compared_without_a_register_and_symmetrically(app: FastAPI) -> None:
    program = Program(app, make_person(app.state.database))

    one = program.call("POST", "/api/v1/compare", status=200, json={"a": "RODA", "b": "ODA"})
    two = program.call("POST", "/api/v1/compare", status=200, json={"a": "ODA", "b": "RODA"})

    assert one.json()["similarity"] == two.json()["similarity"] > 0.6
