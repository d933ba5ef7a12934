import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest
import sqlalchemy as sa

from service.core import audit, clock
from service.core.audit import AuditEvent
from service.core.backup import BackupUnreadable, PlaceTaken, make, restore
from service.core.db import Database
from service.core.files import Files
from service.core.jobs import State
from service.core.lease import lease
from service.core.migrate import upgrade
from service.core.settings import Settings
from service.identity.models import Organisation
from service.identity.permissions import OrganisationKind
from tests.cluster import Cluster
from tests.db.core.processes import look, put

Rows = dict[str, list[tuple[object, ...]]]
CONTENT = b"\x00\xff certificate \xe5\x95\x86"


@pytest.fixture
def made(settings: Settings, database: Database, tmp_path: Path) -> Path:
    """A backup of an installation with a name that needs quoting, audit rows, a job and a file."""
    with database.write() as session:
        above = Organisation(
            kind=OrganisationKind.BUREAU, name_zh="无锡\t局\n\\N", created_at=clock.now()
        )
        session.add(above)
        session.flush()
        below = Organisation(
            kind=OrganisationKind.EXPORTER,
            name_zh="雅迪",
            parent_id=above.id,
            created_at=clock.now(),
        )
        session.add(below)
        for number in range(3):
            audit.record(session, "thing.happened", subject=("thing", number), size=number)
    put(database, "test.steps", count=1)
    Files(settings.files_folder).put([CONTENT], limit=1000)
    path = tmp_path / "backup.zip"
    make(settings, database, path)
    return path


@pytest.fixture
def other(
    settings: Settings, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Settings, Database]]:
    """An installation of the same kind where nothing stands yet."""
    home = tmp_path / "other"
    home.mkdir()
    url, cluster, name = "", None, f"t_{uuid4().hex}"
    if settings.database_url:
        cluster = request.getfixturevalue("cluster")
        assert isinstance(cluster, Cluster)
        url = cluster.empty(name)
    there = Settings(home=home, database_url=url)
    database = Database(there)
    yield there, database
    database.dispose()
    if cluster:
        cluster.drop(name)


def rows(database: Database) -> Rows:
    """Every row of every table, the queue's included."""
    found: Rows = {}
    with database.engine.connect() as connection:
        inspector = sa.inspect(connection)
        schemas = [None] if database.is_sqlite else [None, "dbos"]
        for schema in schemas:
            for name in inspector.get_table_names(schema=schema):
                table = sa.table(name, schema=schema)
                query = sa.select(sa.text("*")).select_from(table)
                found[f"{schema}.{name}"] = sorted(
                    (tuple(row) for row in connection.execute(query)), key=repr
                )
    return found


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


def test_an_installation_that_holds_something_is_not_overwritten(
    made: Path, settings: Settings, database: Database
) -> None:
    with pytest.raises(PlaceTaken, match="not empty"):
        restore(settings, database, made)


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


def changed(path: Path, name: str, content: bytes) -> Path:
    """Return a copy of the backup in which one entry has other content."""
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return target


def entries(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


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


def manifest_with(path: Path, **fields: object) -> Path:
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    return changed(path, "manifest.json", json.dumps(manifest | fields).encode())


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


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_secrets_are_not_in_a_backup(database: Database, settings: Settings, made: Path) -> None:
    secret = settings.model_copy(
        update={"secret_key": "hush-hush", "database_url": "postgresql://me:topsecret@db/markpass"}
    )
    path = made.with_name("secret.zip")

    make(secret, database, path)

    with zipfile.ZipFile(path) as archive:
        told = archive.read("settings.json")
    assert b"topsecret" not in told
    assert b"hush-hush" not in told
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
