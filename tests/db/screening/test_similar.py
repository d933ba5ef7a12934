"""Similar marks by register, class, status, day and owner: none that may be meant is lost."""

from datetime import date
from typing import Any

import pytest

from service.core.db import Database
from service.core.errors import PermissionDenied, Problem
from service.core.settings import Settings
from service.identity.permissions import Role
from service.registry.domain import GoodsClass, MarkRecord, MarkStatus, Party
from service.registry.finder import Finder
from service.registry.store import put_mark
from service.screening.domain import Closeness
from service.screening.similar_schemas import SimilarIn, SimilarOut
from service.screening.usecases.resembling import find_similar
from tests.builders import Someone, make_person
from tests.register import load

BIKES, SHIRTS = GoodsClass(12, "electric bicycles"), GoodsClass(25, "shirts")
MARKS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "VELKONA",
        {
            "classes": (BIKES,),
            "owners": (Party("Velkona Vehicles Ltd", "CN"),),
            "filed_on": date(2020, 5, 1),
        },
    ),
    (
        "VELCONA",
        {
            "classes": (SHIRTS,),
            "owners": (Party("Other Ltd", "US"), Party("Velkona Holding", "CN")),
            "filed_on": date(2024, 5, 1),
            "priority_on": date(2019, 1, 1),
            "status": MarkStatus.FILED,
        },
    ),
    ("VELKONNA", {"office": "US"}),
    ("VELKOMA", {"classes": (GoodsClass(0, "bicycles"),), "filed_on": date(2026, 1, 1)}),
    ("VELKONAH", {"expires_on": date(2001, 1, 1), "classes": (BIKES,)}),
    ("VELKONAS", {"status": MarkStatus.CANCELLED, "classes": (BIKES,)}),
)
ALL = {"VELKONA", "VELCONA", "VELKONNA", "VELKOMA"}


@pytest.fixture
def clerk(database: Database) -> Someone:
    with database.write() as session:
        for number, (text, more) in enumerate(MARKS):
            told = {"office": "CN", "status": MarkStatus.REGISTERED, **more}
            put_mark(session, MarkRecord(number=str(number), text=text, **told))
    return make_person(database, Role.STATION_CLERK)


def ask(database: Database, settings: Settings, clerk: Someone, **asked: object) -> SimilarOut:
    body = SimilarIn.model_validate({"text": "Velkona", **asked})
    return find_similar(database, settings, Finder(database, settings), clerk.actor, body)


def test_each_condition_keeps_what_may_be_meant(
    database: Database, settings: Settings, clerk: Someone
) -> None:
    def texts(**asked: object) -> set[str]:
        return {one.mark.text for one in ask(database, settings, clerk, **asked).marks}

    assert texts() == ALL  # a cancelled mark and one whose grace is over are none in force
    assert texts(offices=["US"]) == {"VELKONNA"}
    assert texts(classes=[12]) == {"VELKONA", "VELKOMA", "VELKONNA"}  # two of no known class
    assert texts(statuses=["filed"]) == {"VELCONA"}
    assert texts(owner="velkona") == {"VELKONA", "VELCONA"}  # the second by its second owner
    assert texts(not_owner="Velkona") == {"VELKONNA", "VELKOMA"}
    assert texts(owner="Velkona", not_owner="other") == {"VELKONA"}
    assert texts(filed_to="2019-12-31") == {"VELCONA", "VELKONNA"}  # by priority; day not known
    assert texts(filed_from="2020-01-01") == {"VELKONA", "VELKOMA", "VELKONNA"}
    assert texts(owner="Nobody") == set()


def test_counts_are_of_all_that_was_found_and_the_nearest_is_told_with_its_reason(
    database: Database, settings: Settings, clerk: Someone
) -> None:
    found = ask(database, settings, clerk, limit=1)

    assert found.truncated
    assert sum(found.counts.values()) == len(ALL)
    (first,) = found.marks
    assert (first.mark.text, first.similarity, first.closeness) == ("VELKONA", 1.0, Closeness.HIGH)
    assert "EU-2" in {rule.id for rule in first.rules}
    assert first.explanation.zh != first.explanation.en


def test_it_tells_which_registers_it_did_not_search_in_full(
    database: Database, settings: Settings, clerk: Someone
) -> None:
    load(database, settings)
    found = ask(database, settings, clerk, offices=["GB", "XX"])

    assert [one.office for one in found.searched] == ["XX"]
    assert "GB" in {one.what for one in found.not_searched}
    assert all("binds in" not in one.explanation.en for one in found.not_searched)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"text": "!!!"}, "text"),
        ({"offices": ["ZZ"]}, "offices"),
        ({"owner": "。"}, "owner"),
        ({"statuses": ["cancelled"]}, "statuses"),
    ],
)
def test_what_cannot_be_searched_is_named_with_its_field(
    database: Database, settings: Settings, clerk: Someone, asked: dict[str, object], field: str
) -> None:
    with pytest.raises(Problem) as caught:
        ask(database, settings, clerk, **asked)
    assert [error.field for error in caught.value.errors] == [field]


def test_who_screens_nothing_searches_nothing(database: Database, settings: Settings) -> None:
    with pytest.raises(PermissionDenied):
        ask(database, settings, make_person(database, Role.AUDITOR))
