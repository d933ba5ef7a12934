import json
import zipfile
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from service.core import audit
from service.core.audit import AuditEvent
from service.core.backup import make, restore
from service.core.db import Database
from service.core.files import Files
from service.core.jobs import State
from service.core.migrate import upgrade
from service.core.settings import Settings
from tests.db.core.archives import CONTENT, rows
from tests.db.core.processes import look, put


def test_a_restored_backup_has_every_row_of_the_original(
    made: Path, database: Database, other: tuple[Settings, Database]
) -> None:
    restore(*other, made)

    assert rows(other[1]) == rows(database)


def test_a_restored_backup_has_the_stored_files(
    made: Path, settings: Settings, other: tuple[Settings, Database]
) -> None:
    restore(*other, made)

    (name,) = Files(settings.files_folder).names()
    assert b"".join(Files(other[0].files_folder).read(name)) == CONTENT


def test_a_restored_audit_chain_holds_and_can_go_on(
    made: Path, other: tuple[Settings, Database]
) -> None:
    restore(*other, made)

    with other[1].write() as session:
        audit.record(session, "thing.happened", subject=("thing", 9))
    with other[1].read() as session:
        assert list(audit.verify(session)) == []


def test_a_restored_job_still_waits(
    made: Path, database: Database, other: tuple[Settings, Database]
) -> None:
    job_id = put(database, "test.steps", count=1)
    again = made.with_name("again.zip")
    make(Settings(home=made.parent / "home"), database, again)

    restore(*other, again)

    assert look(other[1], job_id).state is State.WAITING


def test_a_backup_made_while_others_write_is_of_one_moment(
    settings: Settings, database: Database, tmp_path: Path, other: tuple[Settings, Database]
) -> None:
    stop = Event()

    def write() -> None:
        while not stop.is_set():
            with database.write() as session:
                audit.record(session, "thing.happened", subject=("thing", 1))

    writer = Thread(target=write)
    writer.start()
    try:
        make(settings, database, tmp_path / "live.zip")
    finally:
        stop.set()
        writer.join()

    restored = restore(*other, tmp_path / "live.zip")

    with other[1].read() as session:
        count = session.scalars(sa.select(sa.func.count()).select_from(AuditEvent)).one()
    assert count == restored.audit_number


def test_a_newly_migrated_installation_counts_as_empty(
    made: Path, database: Database, other: tuple[Settings, Database]
) -> None:
    upgrade(other[1])

    restore(*other, made)

    assert rows(other[1]) == rows(database)


def test_with_replace_the_old_content_gives_way(
    made: Path, settings: Settings, database: Database
) -> None:
    before = rows(database)
    put(database, "test.steps", count=2)

    restore(settings, database, made, replace=True)

    assert rows(database) == before


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_secrets_are_not_in_a_backup(database: Database, settings: Settings, made: Path) -> None:
    secret = settings.model_copy(update={"database_url": "postgresql://me:topsecret@db/markpass"})
    path = made.with_name("secret.zip")

    make(secret, database, path)

    with zipfile.ZipFile(path) as archive:
        told = archive.read("settings.json")
    assert b"topsecret" not in told
    assert json.loads(told)["port"] == 8000


def test_the_old_settings_are_laid_beside_to_compare(
    made: Path, other: tuple[Settings, Database]
) -> None:
    restore(*other, made)

    told = json.loads((other[0].home / "restored-settings.json").read_text())
    assert told["hits_default"] == 50


def test_the_matching_index_of_the_old_content_is_gone(
    made: Path, settings: Settings, database: Database
) -> None:
    settings.index_folder.mkdir()
    (settings.index_folder / "manifest.json").write_text("{}")

    restore(settings, database, made, replace=True)

    assert not settings.index_folder.exists()


def test_a_damaged_stored_file_is_named_and_does_not_stop_a_backup(
    settings: Settings, database: Database, made: Path, other: tuple[Settings, Database]
) -> None:
    (name,) = Files(settings.files_folder).names()
    Files(settings.files_folder).path(name).write_bytes(b"rotten")
    path = made.with_name("rotten.zip")

    assert make(settings, database, path).damaged_files == (name,)

    restore(*other, path)
    assert list(Files(other[0].files_folder).names()) == []


def test_a_failed_backup_leaves_no_file(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    def full(what: str, _done: int, _total: int) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        make(settings, database, folder / "backup.zip", tell=full)

    assert list(folder.iterdir()) == []


def test_a_backup_can_be_read_by_its_owner_only(made: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600


def test_no_working_file_is_left_behind(
    made: Path, settings: Settings, other: tuple[Settings, Database]
) -> None:
    restore(*other, made)

    kept = {"markpass.db", "markpass.db.jobs.lock", "restored-settings.json", "files"}
    assert {path.name for path in other[0].home.iterdir()} <= kept
