"""The index bound to the database: never behind, never of something else, never half there."""

import shutil
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from service.core.db import Database
from service.core.files import Files
from service.core.jobs import JobContext, jobs
from service.core.settings import Settings
from service.core.types import new_id
from service.matching import tables
from service.matching.index import Index, Progress, read_manifest
from service.matching.index.manifest import building
from service.registry import finder as finder_module
from service.registry.domain import GoodsClass, MarkRecord, MarkStatus
from service.registry.finder import Finder, IndexBuilding
from service.registry.index_commands import build_with_progress
from service.registry.indexing import KEEP, ask_to_keep, keep_index
from service.registry.models import ChangeCounter
from service.registry.store import put_mark
from tests.db.registry.searching import found


def enter(database: Database, *texts: str, **more: object) -> None:
    """Store one mark for each text, numbered by the text."""
    with database.write() as session:
        for text in texts:
            put_mark(session, MarkRecord(office="XX", number=text, text=text, **more))  # type: ignore[arg-type]


@pytest.fixture
def finder(database: Database, settings: Settings) -> Finder:
    """A finder that searched a register of one mark."""
    enter(database, "VELKONA")
    finder = Finder(database, settings)
    assert texts(database, finder) == ["VELKONA"]
    return finder


def texts(database: Database, finder: Finder, name: str = "VELKONA") -> list[str]:
    """What a name finds; fails when it is refused."""
    result: list[str] = found(database, finder, name)["texts"]
    return result


def reidentify(database: Database) -> None:
    """Make it another database."""
    with database.write() as session:
        session.execute(sa.update(ChangeCounter).values(database_id=uuid4()))


def test_an_empty_register_finds_nothing(database: Database, settings: Settings) -> None:
    assert found(database, Finder(database, settings), "VELKONA") == {"texts": [], "change": 0}


def test_the_answer_tells_the_change_number_searched_to(database: Database, finder: Finder) -> None:
    enter(database, "VELKONAS", "VELKONAN")

    assert found(database, finder, "VELKONA")["change"] == 3


@pytest.mark.parametrize("status", [MarkStatus.CANCELLED, MarkStatus.REFUSED])
def test_a_mark_that_dies_is_found_no_more(
    database: Database, finder: Finder, status: MarkStatus
) -> None:
    enter(database, "VELKONA", status=status)

    assert texts(database, finder) == []


def test_a_mark_past_its_grace_period_is_not_found(database: Database, finder: Finder) -> None:
    enter(database, "VELKONAS", status=MarkStatus.REGISTERED, expires_on=date(2001, 1, 1))

    assert texts(database, finder) == ["VELKONA"]


def test_a_mark_that_keeps_changing_is_found_by_every_search(
    database: Database, finder: Finder
) -> None:
    stop = threading.Event()

    def change() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            goods = (GoodsClass(1 + number % 45, "goods"),)
            enter(database, "VELKONA", classes=goods)

    writer = threading.Thread(target=change)
    writer.start()
    try:
        answers = [texts(database, finder) for _ in range(60)]
    finally:
        stop.set()
        writer.join()
    assert answers == [["VELKONA"]] * 60


def test_a_search_whose_changes_are_there_waits_for_nobody_who_catches_up(
    database: Database, finder: Finder
) -> None:
    done = threading.Event()

    def search() -> None:
        finder.ready()
        done.set()

    with finder._lock:
        thread = threading.Thread(target=search)
        thread.start()
        in_time = done.wait(10)
    thread.join()
    assert in_time


def damage(database: Database, settings: Settings) -> None:
    """Cut a file of the index short."""
    for path in settings.index_folder.glob("segment-*"):
        path.write_bytes(path.read_bytes()[:-64])


def remove(database: Database, settings: Settings) -> None:
    """Take the index away."""
    for path in settings.index_folder.iterdir():
        path.unlink()


def other_database(database: Database, settings: Settings) -> None:
    reidentify(database)


FAULTS = [damage, remove, other_database]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_small_register_with_an_unusable_index_is_built_on_the_spot(
    database: Database,
    settings: Settings,
    finder: Finder,
    fault: Callable[[Database, Settings], None],
) -> None:
    fault(database, settings)

    assert texts(database, Finder(database, settings)) == ["VELKONA"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_large_register_with_an_unusable_index_is_refused(
    database: Database,
    settings: Settings,
    finder: Finder,
    fault: Callable[[Database, Settings], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enter(database, "VELKONAS", "VELKONAN")
    fault(database, settings)
    monkeypatch.setattr(finder_module, "AT_ONCE", 2)

    assert found(database, Finder(database, settings), "VELKONA") == {"refused": "index-building"}


def test_an_index_of_another_form_version_is_not_searched(
    database: Database, settings: Settings, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder_module, "FORM_VERSION", "another")
    monkeypatch.setattr(finder_module, "AT_ONCE", 0)

    assert found(database, Finder(database, settings), "VELKONA") == {"refused": "index-building"}


def test_an_index_made_with_other_data_tables_is_not_searched(
    database: Database,
    settings: Settings,
    finder: Finder,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    edited = Path(shutil.copytree(tables.FOLDER, tmp_path / "edited"))
    with (edited / "evidence.csv").open("a") as lines:
        lines.write("velkona,维科纳,VELKONA,name,*,,medium,a row more\n")
    monkeypatch.setattr(tables, "FOLDER", edited)
    monkeypatch.setattr(tables, "_read", tables._read.__wrapped__)
    monkeypatch.setattr(tables, "version", tables.version.__wrapped__)
    monkeypatch.setattr(finder_module, "AT_ONCE", 0)

    assert found(database, Finder(database, settings), "VELKONA") == {"refused": "index-building"}


def test_a_database_put_back_to_an_earlier_state_is_not_searched_by_a_later_index(
    database: Database, finder: Finder
) -> None:
    enter(database, "VELKONAS")
    assert len(texts(database, finder)) == 2
    with database.write() as session:
        session.execute(sa.text("DELETE FROM mark WHERE number = 'VELKONAS'"))
        session.execute(sa.update(ChangeCounter).values(number=1))

    assert found(database, finder, "VELKONA") == {"texts": ["VELKONA"], "change": 1}


def test_a_large_backlog_is_refused_until_it_is_kept(
    database: Database, settings: Settings, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder_module, "AT_ONCE", 2)
    monkeypatch.setattr(finder_module, "WAITING", 3)
    enter(database, "VELKONAS", "VELKONAN", "VELKONAR")
    refused = found(database, finder, "VELKONA")
    Finder(database, settings).keep()

    assert refused == {"refused": "index-building"}
    assert len(texts(database, finder)) == 4


def test_a_search_during_a_build_tells_how_far_it_is(
    database: Database, settings: Settings, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder_module, "AT_ONCE", 0)
    told: list[dict[str, object]] = []

    def tell(_: Progress) -> None:
        with pytest.raises(IndexBuilding) as caught:
            finder.ready()
        told.append(caught.value.members)

    enter(database, "VELKONAS")
    Finder(database, settings).build(tell)

    assert [(members["done"], members["retry_after"]) for members in told] == [(2, 15)]


def test_a_second_builder_is_turned_away(database: Database, settings: Settings) -> None:
    enter(database, "VELKONA")
    with building(settings.index_folder):
        answer = found(database, Finder(database, settings), "VELKONA")

    assert answer == {"refused": "index-building"}


def test_who_asks_for_a_second_build_is_told_how_far_the_first_is(
    database: Database, settings: Settings
) -> None:
    with building(settings.index_folder), pytest.raises(IndexBuilding):
        build_with_progress(Finder(database, settings))


def test_a_build_cut_short_leaves_the_last_good_set(
    database: Database, settings: Settings, finder: Finder
) -> None:
    before = read_manifest(settings.index_folder)

    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Finder(database, settings).build(stop)

    assert read_manifest(settings.index_folder) == before
    assert texts(database, Finder(database, settings)) == ["VELKONA"]


def stored_change(database: Database, settings: Settings) -> int:
    """The change number of what is on disk."""
    return Index(settings.index_folder, Finder(database, settings).identity()).covered


@pytest.mark.parametrize(("waiting", "change"), [(2, 3), (3, 1)])
def test_changes_are_merged_from_the_bound_on(
    database: Database,
    settings: Settings,
    finder: Finder,
    monkeypatch: pytest.MonkeyPatch,
    waiting: int,
    change: int,
) -> None:
    monkeypatch.setattr(finder_module, "WAITING", waiting)
    enter(database, "VELKONAS", "VELKONAN")
    Finder(database, settings).keep()

    assert stored_change(database, settings) == change


def test_a_backlog_that_takes_longer_to_add_than_to_build_is_built(
    database: Database, settings: Settings, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder_module, "BY_PIECES", 1)
    enter(database, "VELKONAS", "VELKONAN")

    assert Finder(database, settings).keep()
    assert stored_change(database, settings) == 3


def test_keeping_in_small_steps_misses_nothing(
    database: Database, settings: Settings, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(database, *(f"VELKONA {number}" for number in range(25)))
    monkeypatch.setattr(finder_module, "AT_ONCE", 4)
    monkeypatch.setattr(finder_module, "WAITING", 1)
    Finder(database, settings).keep()

    assert len(texts(database, finder)) == 26


def test_files_of_a_replaced_set_go_and_who_reads_them_goes_on(
    database: Database, settings: Settings, finder: Finder
) -> None:
    held = finder.ready()
    before = {path.name for path in settings.index_folder.glob("segment-*")}
    Finder(database, settings).build()
    after = {path.name for path in settings.index_folder.glob("segment-*")}

    assert not before & after
    assert held.segments[0].facts.key.tolist() == [1]


def test_asking_twice_to_keep_the_index_puts_in_one_job(database: Database) -> None:
    ask_to_keep(database)
    ask_to_keep(database)

    with database.read() as session:
        assert len(jobs(session, names=[KEEP])) == 1


def test_the_job_builds_what_is_not_there(database: Database, settings: Settings) -> None:
    enter(database, "VELKONA")
    ask_to_keep(database)
    with database.read() as session:
        waiting = jobs(session, names=[KEEP])[0]
    files = Files(settings.files_folder)
    keep_index(JobContext(waiting.id, database, settings, files, threading.Event()))

    assert stored_change(database, settings) == 1


def test_the_job_leaves_the_work_to_whoever_builds_already(
    database: Database, settings: Settings
) -> None:
    context = JobContext(
        new_id(), database, settings, Files(settings.files_folder), threading.Event()
    )
    with building(settings.index_folder):
        keep_index(context)

    assert not list(settings.index_folder.glob("segment-*"))
