"""Any text as a name, as goods, as a market: an answer or a typed problem, never anything else."""

import contextlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from service.core.db import Database
from service.core.errors import Problem
from service.core.settings import Settings
from service.identity.permissions import Role, console
from service.matching.engine import Sign, compare, prepare
from service.registry.finder import Finder
from service.screening.domain import CONFLICTS, RANK
from service.screening.schemas import CompareIn, RouteIn, ScreeningIn, ScreeningOut
from service.screening.usecases.comparing import compare_marks
from service.screening.usecases.screening import answer_screening
from tests.fuzz.texts import CORNERS, any_text

PROFILE = settings.get_profile("fuzz")


class Desk:
    """Screens against the register of these tests."""

    def __init__(self, installed: Settings, database: Database, finder: Finder) -> None:
        self._parts = (database, installed, finder)

    def screen(
        self, names: Sequence[str], goods: Sequence[str] = (), to: Sequence[str] = ("XX",)
    ) -> ScreeningOut | None:
        """Return the answer, or None where the question was refused with its reason."""
        try:
            asked = ScreeningIn(
                names=list(names),
                goods=list(goods),
                route=RouteIn(origin="XX", destinations=list(to)),
            )
        except ValidationError:
            return None
        with contextlib.suppress(Problem):
            return answer_screening(*self._parts, asked)
        return None


@pytest.fixture(scope="session")
def desk(fuzzed: Settings, fuzzed_database: Database, fuzzed_finder: Finder) -> Desk:
    return Desk(fuzzed, fuzzed_database, fuzzed_finder)


def marks_of(fuzzed_answer: ScreeningOut) -> int:
    return sum(fuzzed_answer.counts.get(verdict, 0) for verdict in CONFLICTS)


@given(name=any_text)
@PROFILE
def test_any_name_is_answered_or_refused(desk: Desk, name: str) -> None:
    answer = desk.screen([name])

    if answer is not None:
        assert answer.model_dump_json().encode()


@pytest.mark.parametrize("name", CORNERS, ids=lambda name: ascii(name[:12]))
def test_no_odd_name_is_like_every_mark(desk: Desk, name: str) -> None:
    answer = desk.screen([name])

    if answer is not None:
        assert marks_of(answer) < answer.searched[0].marks / 2


@given(name=any_text)
@PROFILE
def test_no_name_is_like_every_mark(desk: Desk, name: str) -> None:
    answer = desk.screen([name])

    if answer is not None and "brand" not in name.casefold():
        assert marks_of(answer) < answer.searched[0].marks / 2


@given(names=st.lists(any_text, max_size=12))
@PROFILE
def test_any_family_of_names_is_answered_or_refused(desk: Desk, names: list[str]) -> None:
    answer = desk.screen(names)

    assert answer is None or answer.hits == sorted(answer.hits, key=lambda hit: RANK[hit.verdict])


@given(goods=st.lists(any_text, min_size=1, max_size=4))
@PROFILE
def test_any_goods_are_answered_or_refused(desk: Desk, goods: list[str]) -> None:
    answer = desk.screen(["YADEA"], goods)

    assert answer is None or answer.markets["XX"].verdict in CONFLICTS


@given(markets=st.lists(any_text, min_size=1, max_size=4))
@PROFILE
def test_any_market_is_known_or_refused(desk: Desk, markets: list[str]) -> None:
    answer = desk.screen(["YADEA"], to=markets)

    assert answer is None or len(answer.markets) <= len(markets) + 1


@given(a=any_text, b=any_text)
@PROFILE
def test_any_two_marks_are_compared_alike_both_ways(a: str, b: str) -> None:
    one, two = prepare(Sign(a)), prepare(Sign(b))

    assert compare(one, two).similarity == compare(two, one).similarity


@given(a=any_text, b=any_text)
@PROFILE
def test_any_two_texts_are_compared_or_refused(a: str, b: str) -> None:
    actor = console(role=Role.STATION_LEAD)

    with contextlib.suppress(Problem, ValidationError):
        found = compare_marks(actor, CompareIn(a=a, b=b))
        assert 0 <= found.similarity <= 1


@pytest.mark.parametrize("name", ["\ud800", "a\udcff", "雅\udfff"])
def test_a_lone_surrogate_is_refused_with_its_field(name: str) -> None:
    with pytest.raises(ValidationError) as fault:
        ScreeningIn(names=[name], route=RouteIn())

    assert fault.value.errors()[0]["loc"] == ("names", 0)
