"""What a station enters counts at once, in every process, and no more when it is withdrawn."""

import pytest

from service.core.db import Database
from service.core.errors import Invalid, NotFound, PermissionDenied, Problem
from service.core.settings import Settings
from service.identity.permissions import Role
from service.matching.meaning import Strength
from service.registry.domain import GoodsClass, MarkRecord, MarkStatus
from service.registry.finder import Finder
from service.registry.store import put_mark
from service.screening.equivalent_schemas import EquivalentIn
from service.screening.schemas import RouteIn, ScreeningIn, ScreeningOut
from service.screening.usecases.entering import enter_equivalent, withdraw_equivalent
from service.screening.usecases.screening import answer_screening
from tests.builders import make_person

GOODS = (GoodsClass(12, "electric bicycles", ("1204",)),)


def asked(strength: Strength = Strength.STRONG, market: str = "中国", **more: str) -> EquivalentIn:
    told = {"name": "维科纳", "other": "Velko-na", "relation": "name", "source": "a decision"}
    return EquivalentIn.model_validate({**told, "strength": strength, "market": market, **more})


def verdicts(database: Database, settings: Settings, finder: Finder) -> dict[str, str]:
    """The verdict of each market that the mark VELKONA has for the name 维科纳."""
    route = RouteIn(origin="CN", destinations=["US"])
    question = ScreeningIn(names=["维科纳"], goods=["group:1204"], route=route)
    answer: ScreeningOut = answer_screening(database, settings, finder, question)
    worst: dict[str, str] = {}
    for hit in answer.hits:
        for code, here in hit.markets.items():
            worst.setdefault(code, here.verdict.value)
            assert answer.markets[code].counts[here.verdict] == 1
    return worst


def test_an_equivalent_counts_from_the_moment_it_is_entered_until_it_is_withdrawn(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        for office in ("CN", "US"):
            put_mark(
                session,
                MarkRecord(
                    office=office,
                    number="1",
                    text="VELKONA",
                    status=MarkStatus.REGISTERED,
                    classes=GOODS,
                ),
            )
    clerk = make_person(database, Role.STATION_CLERK).actor
    stranger = make_person(database, Role.STATION_LEAD).actor
    finder = Finder(database, settings)
    before = verdicts(database, settings, finder)

    with database.write() as session:
        strong = enter_equivalent(session, clerk, asked()).id
        with pytest.raises(Invalid):
            enter_equivalent(session, clerk, asked())
    assert verdicts(database, settings, finder) == {"CN": "high", "US": "low"}
    with database.write() as session:
        enter_equivalent(session, stranger, asked(Strength.DENIED, ""))
    assert verdicts(database, settings, finder) == {"CN": "high", "US": "low"}
    with database.write() as session:
        with pytest.raises(NotFound):
            withdraw_equivalent(session, stranger, strong)
        withdraw_equivalent(session, clerk, strong)
    assert verdicts(database, settings, finder) == {"CN": "low", "US": "low"}
    assert "high" not in before.values()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"market": "Narnia"}, "market"),
        ({"name": "!!!"}, "name"),
        ({"other": "维科纳"}, "other"),
        ({"source": " "}, "source"),
        ({"dated_on": "2999-01-01"}, "dated_on"),
    ],
)
def test_what_cannot_be_entered_is_refused_by_its_field(
    database: Database, change: dict[str, str], field: str
) -> None:
    clerk = make_person(database, Role.STATION_CLERK).actor
    with database.write() as session, pytest.raises(Problem) as refused:
        enter_equivalent(session, clerk, asked(**change))  # type: ignore[arg-type]

    assert [error.field for error in refused.value.errors] == [field]


def test_who_does_not_work_at_a_station_enters_nothing(database: Database) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER).actor
    with database.write() as session, pytest.raises(PermissionDenied):
        enter_equivalent(session, owner, asked())
