"""What marks are registered for is told by the number the index keeps, and never out of date."""

import numpy as np

from service.core.db import Database
from service.core.settings import Settings
from service.matching.engine import Sign, prepare
from service.registry.contents import Contents
from service.registry.domain import GoodsClass, MarkRecord
from service.registry.finder import Finder, of_offices
from service.registry.models import Mark
from service.registry.store import put_mark


def put(database: Database, number: str, goods: str, *designations: str) -> None:
    record = MarkRecord(
        office="WO",
        number=number,
        text="YADEA",
        classes=(GoodsClass(12, goods, ("1202", "1204")),),
        designations=designations,
    )
    with database.write() as session:
        put_mark(session, record)


def test_contents_are_those_of_the_marks_even_of_marks_that_changed_meanwhile(
    database: Database, settings: Settings
) -> None:
    for number, goods in enumerate(("scooters", "sledges", "bicycles", "bicycles"), start=1):
        put(database, str(number), goods, "US", "CN")
    put(database, "5", "bicycles", "US")
    found = Finder(database, settings).search([prepare(Sign("YADEA"))], of_offices(["WO"]))
    facts = found.facts(np.arange(len(found))[::-1])
    assert facts.key.tolist() == [5, 4, 3, 2, 1]
    assert len(set(facts.content.tolist())) == 4
    put(database, "4", "skates")
    put(database, "1", "boats", "US", "CN")
    with database.write() as session:
        session.delete(session.get_one(Mark, 2))
    contents = Contents()

    with database.read() as session:
        known = contents.of(session, [facts])

    told = [known.get(number) for number in facts.content.tolist()]
    assert [one and one.goods[0][1] for one in told] == [*["bicycles"] * 3, None, "boats"]
    assert told[0] is not None
    assert told[0].designations == ("US",)
    with database.read() as session:
        again = contents.of(session, [facts])
    assert [again.get(number) for number in facts.content.tolist()] == told
