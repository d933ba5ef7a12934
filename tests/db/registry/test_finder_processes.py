"""What one process commits, every other considers from its next search on."""

from service.core.db import Database
from service.core.settings import Settings
from service.registry.domain import MarkRecord, MarkStatus
from service.registry.finder import Finder
from service.registry.repository import Marks
from service.registry.store import put_mark
from tests import register
from tests.db.registry.searching import found, searcher


def enter(database: Database, number: str, text: str, **more: object) -> int:
    """Store a mark, or change it; return the newest change number."""
    with database.write() as session:
        put_mark(session, MarkRecord(office="XX", number=number, text=text, **more))  # type: ignore[arg-type]
    with database.read() as session:
        return Marks(session).newest_change()


def test_a_mark_committed_by_one_process_is_found_by_the_other(
    database: Database, settings: Settings
) -> None:
    register.load(database, settings)
    with searcher(settings) as other:
        assert other.ask("VELKONA")["texts"] == []
        change = enter(database, "77", "VELKONA")

        assert other.ask("VELKONA") == {"texts": ["VELKONA"], "change": change}


def test_an_import_in_one_process_is_searched_in_the_other(
    database: Database, settings: Settings
) -> None:
    register.load(database, settings)
    with searcher(settings) as other:
        other.ask("TEMVORIX")
        rows = [f"XX,{n},TEMVORIX {n},registered,12,,,,," for n in range(100, 400)]
        register.load(database, settings, *register.ROWS, *rows, name="more.csv")

        assert len(other.ask("TEMVORIX")["texts"]) == 300


def test_a_change_of_words_is_followed_by_the_other_process(
    database: Database, settings: Settings
) -> None:
    enter(database, "77", "VELKONA")
    with searcher(settings) as other:
        other.ask("VELKONA")
        enter(database, "77", "MURBITH")

        assert other.ask("VELKONA")["texts"] == []
        assert other.ask("MURBITH")["texts"] == ["MURBITH"]


def test_a_death_is_followed_by_the_other_process(database: Database, settings: Settings) -> None:
    enter(database, "77", "VELKONA")
    with searcher(settings) as other:
        assert other.ask("VELKONA")["texts"] == ["VELKONA"]
        enter(database, "77", "VELKONA", status=MarkStatus.CANCELLED)

        assert other.ask("VELKONA")["texts"] == []


def test_a_merge_in_one_process_takes_nothing_from_the_other(
    database: Database, settings: Settings
) -> None:
    enter(database, "77", "VELKONA")
    finder = Finder(database, settings)
    with searcher(settings) as other:
        other.ask("VELKONA")
        enter(database, "78", "VELKONAS")
        finder.build()
        change = enter(database, "79", "VELKONAN")

        told = {"texts": ["VELKONA", "VELKONAN", "VELKONAS"], "change": change}
        assert other.ask("VELKONA") == found(database, finder, "VELKONA") == told
