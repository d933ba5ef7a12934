import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from service.core.db import Database
from service.core.pagination import Cursor
from service.core.settings import Settings
from service.registry.domain import MarkRecord, MarkStatus
from service.registry.models import Mark
from service.registry.repository import MarkFilter, Marks, stream_live
from service.registry.store import put_mark
from tests.db.registry.sheets import load

ROUNDS = 25


def write_marks(database: Database, name: str) -> None:
    for number in range(ROUNDS):
        with database.write() as session:
            put_mark(session, MarkRecord("XX", f"{name}{number}", f"{name} {number}"))
            time.sleep(0.002)  # both writers are in the middle of a change at once


def test_a_lower_change_number_never_appears_after_a_higher_one_was_read(
    database: Database,
) -> None:
    seen: list[int] = []
    at = 0
    with ThreadPoolExecutor() as pool:
        writers = [pool.submit(write_marks, database, name) for name in ("A", "B")]
        while not all(writer.done() for writer in writers) or at < 2 * ROUNDS:
            with database.read() as session:
                newest = Marks(session).newest_change()
            with database.read() as session:
                changes = [sign.change for sign in Marks(session).changed_since(at)]
            seen += [change for change in changes if change <= newest]
            at = newest
            for writer in writers:
                if writer.done():
                    writer.result()

    assert seen == list(range(1, 2 * ROUNDS + 1))


def test_two_importers_of_different_files_both_get_in(
    database: Database, settings: Settings
) -> None:
    def work(name: str) -> None:
        rows = [{"number": f"{name}{n}", "text": f"{name} {n}"} for n in range(300)]
        load(database, settings, rows, name=f"{name}.csv")

    with ThreadPoolExecutor() as pool:
        list(pool.map(work, ("A", "B")))

    with database.read() as session:
        assert sorted(session.scalars(sa.select(Mark.change))) == list(range(1, 601))


def test_changes_can_be_read_in_portions(database: Database, settings: Settings) -> None:
    load(database, settings, [{"number": str(n), "text": f"M {n}"} for n in range(7)])

    with database.read() as session:
        first = Marks(session).changed_since(0, limit=5)
        second = Marks(session).changed_since(first[-1].change, limit=5)
    assert [sign.change for sign in (*first, *second)] == list(range(1, 8))


@pytest.mark.parametrize(
    ("status", "expires_on", "live"),
    [
        (MarkStatus.REGISTERED, date(2026, 8, 1), True),
        (MarkStatus.REGISTERED, date(2026, 1, 31), False),
        (MarkStatus.UNKNOWN, None, True),
        (MarkStatus.UNKNOWN, date(2020, 1, 1), False),
        (MarkStatus.FILED, date(2020, 1, 1), True),
        (MarkStatus.CANCELLED, date(2030, 1, 1), False),
        (MarkStatus.OPPOSED, None, True),
    ],
)
def test_a_date_alone_kills_a_mark_only_after_its_grace_period(
    database: Database, status: MarkStatus, expires_on: date | None, live: bool
) -> None:
    record = MarkRecord("XX", "1", "YADEA", status=status, expires_on=expires_on)
    with database.write() as session:
        put_mark(session, record)

    with database.read() as session:
        found = list(Marks(session).live(on=date(2026, 11, 23)))
    assert [sign.text for sign in found] == (["YADEA"] if live else [])


def test_an_office_with_restoration_keeps_marks_alive_longer(database: Database) -> None:
    with database.write() as session:
        for office in ("GB", "FR"):
            put_mark(
                session,
                MarkRecord(
                    office, "1", office, status=MarkStatus.REGISTERED, expires_on=date(2026, 1, 1)
                ),
            )

    found = list(stream_live(database, on=date(2026, 11, 23)))

    assert [sign.office for sign in found] == ["GB"]


def test_live_marks_of_some_offices_only(database: Database) -> None:
    with database.write() as session:
        for office in ("US", "CN", "DE"):
            put_mark(session, MarkRecord(office, "1", office))

    assert [sign.office for sign in stream_live(database, ["US", "DE"])] == ["US", "DE"]


def numbers(database: Database, wanted: MarkFilter, limit: int = 50) -> list[str]:
    with database.read() as session:
        found, _ = Marks(session).page(wanted, Cursor(limit=limit))
    return [mark.record.number for mark in found]


def test_marks_are_found_by_the_beginning_of_their_words(
    database: Database, settings: Settings
) -> None:
    words = ["雅迪", "雅迪电动车", "YADEA", "yadea tech", "Ｙａｄｅａ", "A%DEA"]
    load(database, settings, [{"number": str(n), "text": w} for n, w in enumerate(words)])

    assert numbers(database, MarkFilter(text="雅迪")) == ["1", "0"]
    assert numbers(database, MarkFilter(text="ＹADea")) == ["4", "3", "2"]
    assert numbers(database, MarkFilter(text="A%")) == ["5"]


def test_marks_are_found_by_class_status_and_life(database: Database, settings: Settings) -> None:
    rows = [
        {"number": "1", "text": "A", "classes": "9", "goods": ""},
        {"number": "2", "text": "B", "classes": "12;9", "goods": "", "status": "cancelled"},
        {"number": "3", "text": "C", "classes": "12", "goods": ""},
    ]
    load(database, settings, rows)

    assert numbers(database, MarkFilter(nice=9)) == ["2", "1"]
    assert numbers(database, MarkFilter(nice=12, live=True)) == ["3"]
    assert numbers(database, MarkFilter(status=MarkStatus.CANCELLED)) == ["2"]


def test_pages_of_marks_join_without_loss(database: Database, settings: Settings) -> None:
    load(database, settings, [{"number": str(n), "text": "M"} for n in range(5)])

    with database.read() as session:
        first, following = Marks(session).page(MarkFilter(), Cursor(limit=2))
        second, _ = Marks(session).page(MarkFilter(), Cursor(after=[str(first[-1].id)], limit=50))
    assert following is not None
    assert [mark.record.number for mark in (*first, *second)] == ["4", "3", "2", "1", "0"]


def test_one_owner_however_the_register_spells_the_name(
    database: Database, settings: Settings
) -> None:
    rows = [
        {"number": "1", "text": "A", "owner_name": "Acme, Inc."},
        {"number": "2", "text": "B", "owner_name": "ＡＣＭＥ  INC"},
        {"number": "3", "text": "C", "owner_name": "Acme, Inc.", "owner_country": "US"},
    ]
    load(database, settings, rows)

    def owned(name: str) -> list[str]:
        with database.read() as session:
            found, _ = Marks(session).page(MarkFilter(owner=name), Cursor())
        return [mark.record.number for mark in found]

    assert owned("acme") == owned("Acme Inc.") == ["3", "2", "1"]
    assert owned("cme") == []
