import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.core.audit import AuditEvent
from service.core.backup import BackupUnreadable, PlaceTaken, make, restore
from service.core.db import Database
from service.core.files import Files
from service.core.lease import lease
from service.core.settings import Settings
from tests.children import ending
from tests.db.core.archives import changed, entries, manifest_with, rows
from tests.db.core.processes import process, put, until


def test_an_installation_that_holds_something_is_not_overwritten(
    made: Path, settings: Settings, database: Database
) -> None:
    with pytest.raises(PlaceTaken, match="not empty"):
        restore(settings, database, made)


def test_an_installation_that_runs_jobs_is_not_overwritten(
    made: Path, settings: Settings, database: Database
) -> None:
    running = lease(database, "jobs")
    assert running.take()

    with pytest.raises(PlaceTaken, match="in use"):
        restore(settings, database, made, replace=True)

    running.release()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_database_somebody_has_open_is_not_overwritten(
    made: Path, settings: Settings, database: Database
) -> None:
    with closing(sqlite3.connect(str(database.url.database))) as serving:
        serving.execute("SELECT count(*) FROM person").fetchone()

        with pytest.raises(PlaceTaken, match="in use"):
            restore(settings, database, made, replace=True)


def test_a_backup_is_never_written_over_a_file(
    settings: Settings, database: Database, made: Path
) -> None:
    before = made.read_bytes()

    with pytest.raises(PlaceTaken, match="already there"):
        make(settings, database, made)

    assert made.read_bytes() == before


def test_a_changed_entry_is_refused_before_anything_is_touched(
    made: Path, other: tuple[Settings, Database]
) -> None:
    for name in entries(made):
        if name == "manifest.json":
            continue
        with pytest.raises(BackupUnreadable, match="changed"):
            restore(*other, changed(made, name, b"something else"))

    assert list(Files(other[0].files_folder).names()) == []


def test_a_backup_with_a_broken_audit_chain_is_refused(
    settings: Settings, database: Database, made: Path, other: tuple[Settings, Database]
) -> None:
    with database.write() as session:
        session.execute(sa.delete(AuditEvent).where(AuditEvent.number == 2))
    broken = made.with_name("broken.zip")
    make(settings, database, broken)

    with pytest.raises(BackupUnreadable, match="chain"):
        restore(*other, broken)


def test_a_refused_backup_leaves_the_standing_content(
    settings: Settings, database: Database, made: Path
) -> None:
    with database.write() as session:
        session.execute(sa.delete(AuditEvent).where(AuditEvent.number == 2))
    broken = made.with_name("broken.zip")
    make(settings, database, broken)
    before = rows(database)

    with pytest.raises(BackupUnreadable, match="chain"):
        restore(settings, database, broken, replace=True)

    assert rows(database) == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"no zip at all"])
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_what_is_no_backup_is_refused(
    settings: Settings, database: Database, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "odd.zip"
    path.write_bytes(content)

    with pytest.raises(BackupUnreadable, match="not a Markpass backup"):
        restore(settings, database, path)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"format": 99}, "format"),
        ({"revision": "9999"}, "newer release"),
        ({"database": "oracle"}, "oracle"),
    ],
)
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_backup_of_another_making_is_refused(
    made: Path, other: tuple[Settings, Database], fields: dict[str, object], reason: str
) -> None:
    with pytest.raises(BackupUnreadable, match=reason):
        restore(*other, manifest_with(made, **fields))


@pytest.mark.parametrize("moment", ["hashes 2", "files 1", "database 0"])
def test_a_restore_that_is_killed_leaves_the_old_content(
    made: Path, settings: Settings, database: Database, moment: str
) -> None:
    put(database, "test.steps", count=2)
    before = rows(database)
    database.dispose()

    with process(settings, "restore", str(made), moment) as killed:
        assert ending(killed) == -signal.SIGKILL

    assert rows(database) == before


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_a_restore_killed_while_it_replaces_rows_leaves_the_old_ones(
    made: Path, settings: Settings, database: Database
) -> None:
    put(database, "test.steps", count=2)
    before = rows(database)

    def waits() -> bool:
        with database.read() as session:
            query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            return bool(session.scalar(sa.text(query)))

    with database.read() as holder:
        holder.execute(sa.text("SELECT count(*) FROM person"))
        with process(settings, "restore", str(made), "never") as killed:
            until(waits)
            killed.kill()
            ending(killed)

    assert rows(database) == before


def test_after_a_killed_restore_a_second_one_succeeds(
    made: Path, other: tuple[Settings, Database], database: Database
) -> None:
    with process(other[0], "restore", str(made), "database 0") as killed:
        assert ending(killed) == -signal.SIGKILL

    restore(*other, made)

    assert rows(other[1]) == rows(database)
