"""Counts by verdict are those of a judge who judges every mark, whatever is shown."""

from functools import partial

import pytest

from service.core import clock
from service.core.db import Database
from service.core.settings import Settings
from service.registry.contents import CONTENTS, read_signs
from service.registry.domain import GoodsClass, MarkRecord, MarkStatus
from service.registry.finder import Finder, of_offices
from service.registry.store import put_mark
from service.rules.markets import market as market_of
from service.rules.markets.packs import pack_of
from service.screening.domain import CONFLICTS, RANK, Verdict
from service.screening.judging import Judged, MarketFinding
from service.screening.plan import Plan, read_plan
from service.screening.schemas import HitVerdictOut, RouteIn, ScreeningIn, ScreeningOut
from service.screening.usecases.screening import answer_screening
from service.screening.weighing import Scales
from tests.db.screening.families import Brute, conflicts, fill

FAMILIES = (
    ["YADEA"],
    ["雅迪", "YADEA"],
    ["YADIA GREEN", "电老虎", "雅迪电动车"],
    ["YA"],
    ["LAND ROVER", "SONY ERICSSON", "索爱电动车", "YADEA", "KESO", "WOLF", "亚迪"],
)
"""Of the last, some are linked to marks by rows for China that affirm and that deny, some meet
marks in languages that some of the markets do not use."""
MARKETS = ["US", "DE"]


def asked(names: list[str], limit: int = 5) -> ScreeningIn:
    route = RouteIn(origin="CN", destinations=MARKETS)
    return ScreeningIn(names=names, goods=["hs:8711.60"], route=route, limit=limit)


def brute(plan: Plan) -> Brute:
    return Brute([name.prepared for name in plan.names], plan.goods, plan.markets)


def answer(
    database: Database, settings: Settings, names: list[str], limit: int = 5
) -> ScreeningOut:
    finder = Finder(database, settings)
    return answer_screening(database, settings, finder, asked(names, limit))


def _verdicts(judged: Judged) -> dict[str, Verdict]:
    return {code: place.verdict for code, place in judged.markets.items()}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("names", FAMILIES, ids=len)
def test_every_mark_weighs_what_it_is_judged(
    database: Database, settings: Settings, names: list[str], seed: int
) -> None:
    fill(database, seed, marks=150)
    plan = read_plan(asked(names), settings)
    prepared = [name.prepared for name in plan.names]
    offices = sorted({need.office for place in plan.markets for need in place.registers})
    found = Finder(database, settings).search(prepared, of_offices(offices))
    scales = Scales(prepared, plan.goods, plan.markets)
    rows = found.rows(0.0, 1, scales.sounds)
    with database.read() as session:
        facts = found.facts(rows)
        contents, texts = CONTENTS.of(session, [facts]), partial(read_signs, session)
        tally = scales.weigh(found, rows, facts, contents, texts, clock.today())

    expected = [
        (RANK[one.verdict], -one.risk, one.key, one.name, _verdicts(one))
        for one in brute(plan).all(database).values()
    ]
    assert [(*one[:4], one.markets) for one in tally.weighed(range(len(tally)))] == expected


def bad(found: HitVerdictOut | MarketFinding) -> bool:
    return found.verdict in CONFLICTS


@pytest.mark.parametrize("limit", [1, 7, 1000])
@pytest.mark.parametrize("names", FAMILIES, ids=len)
def test_counts_are_exact_whatever_the_limit(
    database: Database, settings: Settings, names: list[str], limit: int
) -> None:
    fill(database, 4, marks=200, offices=["US", "CN", "EM"])
    every = list(brute(read_plan(asked(names), settings)).all(database).values())
    found = answer(database, settings, names, limit)

    counts = {verdict.value: count for verdict, count in found.counts.items() if count}
    assert counts == conflicts(every)
    assert found.truncated == (len(every) > limit)
    numbers = [one.record.number for one in every]
    shown = [hit.mark.number for hit in found.hits]
    assert len(shown) == min(limit, len(every))
    assert shown[0] == numbers[0]
    assert shown == [number for number in numbers if number in shown]
    for hit in found.hits:
        ids = {rule.id for rule in (*hit.rules, *hit.counter_evidence)}
        assert ids == {rule for here in hit.markets.values() for rule in here.rules}
        for code, here in hit.markets.items():
            assert set(here.rules) <= pack_of(market_of(code)).signs
    if limit > len(found.markets):
        told = {code for hit in found.hits for code, here in hit.markets.items() if bad(here)}
        assert told == {code for one in every for code, here in one.markets.items() if bad(here)}


def test_conflicts_of_a_market_are_exact_with_designations(
    database: Database, settings: Settings
) -> None:
    fill(database, 5, marks=200)
    names = ["YADEA", "雅迪"]
    every = brute(read_plan(asked(names), settings)).all(database).values()
    found = answer(database, settings, names)

    for code, market in found.markets.items():
        bound = [one.markets[code].verdict.value for one in every if code in one.markets]
        counts = {verdict.value: count for verdict, count in market.counts.items()}
        for verdict in ("blocked", "high", "medium", "low"):
            assert counts[verdict] == bound.count(verdict), (code, verdict)


def test_a_mark_found_by_two_names_counts_once(database: Database, settings: Settings) -> None:
    fill(database, 6, marks=60, offices=["US"])
    one = answer(database, settings, ["YADEA"])
    two = answer(database, settings, ["YADEA", "YADEA"])

    assert one.counts == two.counts


@pytest.fixture
def chinese(database: Database) -> None:
    with database.write() as session:
        for number, text in enumerate(["LONGXIN", "师", "诗诗", "诗歌", "诗 A"]):
            mark = MarkRecord(
                office="CN",
                number=str(number),
                text=text,
                status=MarkStatus.REGISTERED,
                classes=(GoodsClass(12, "electric bicycles", ("1204",)),),
            )
            put_mark(session, mark)


@pytest.mark.usefixtures("chinese")
def test_another_name_of_the_family_makes_no_verdict_milder(
    database: Database, settings: Settings
) -> None:
    """The Chinese name is nearer to the mark, but across scripts: in China only low (CN-10)."""
    alone = answer(database, settings, ["LONCIN"])
    for names in (["隆鑫", "LONCIN"], ["LONCIN", "隆鑫"]):
        family = answer(database, settings, names)
        assert family.markets["CN"].counts == alone.markets["CN"].counts
        (hit,) = [hit for hit in family.hits if hit.mark.text == "LONGXIN"]
        assert (hit.name, hit.verdict) == ("LONCIN", Verdict.HIGH)


@pytest.mark.usefixtures("chinese")
def test_marks_said_alike_count_however_unlike_they_look(
    database: Database, settings: Settings
) -> None:
    few, many = (answer(database, settings, ["诗"], limit).counts for limit in (1, 100))

    assert few == many
    assert sum(many[verdict] for verdict in (Verdict.HIGH, Verdict.MEDIUM)) > 1


def test_the_answer_stores_the_change_number_searched_to(
    database: Database, settings: Settings
) -> None:
    fill(database, 7, marks=30)

    assert answer(database, settings, ["YADEA"]).change == 30
