"""Putting a backup in place: everything is checked before anything is touched."""

import shutil
import tempfile
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import audit
from service.core.audit import AuditHead
from service.core.backup import postgresql, sqlite
from service.core.backup.archive import FILES, SETTINGS, Manifest, Reader, Tell, reading, silent
from service.core.backup.errors import BackupUnreadable, PlaceTaken
from service.core.db import Database
from service.core.files import Files
from service.core.jobs.engine import RUNNING
from service.core.lease import Lease, lease
from service.core.migrate import OTHERS_TABLES, current, downgrade, known_revisions, upgrade
from service.core.settings import Settings
from service.core.text import N_

RESTORED_SETTINGS = "restored-settings.json"


def restore(
    settings: Settings,
    database: Database,
    path: Path,
    *,
    replace: bool = False,
    tell: Tell = silent,
) -> Manifest:
    """Put a backup in place of an empty installation, or of any with `replace`.

    Every hash is checked before anything is touched, and the audit chain before the restored
    database takes its place in one stroke. A kill leaves the old state, or the new one.

    Raises:
        BackupUnreadable: changed, cut short, of another kind of database or a newer release.
        PlaceTaken: the installation is in use, or not empty and `replace` was not given.
    """
    with reading(path) as archive:
        _refuse_unfit(archive.manifest, database)
        total = len(archive.manifest.entries)
        for done, _ in enumerate(archive.verify(), 1):
            tell("hashes", done, total)
        right = _only_process(database)
        try:
            empty = is_empty(database)
            if not (empty or replace):
                raise PlaceTaken(
                    N_("This installation is not empty: give --replace to lose what it holds.")
                )
            _restore_files(archive, Files(settings.files_folder), tell)
            shutil.rmtree(settings.index_folder, ignore_errors=True)
            tell("database", 0, 1)
            if database.is_sqlite:
                _restore_sqlite(archive, settings, database)
            else:
                _restore_postgresql(archive, database, empty=empty)
            tell("database", 1, 1)
        finally:
            right.release()
        _restore_settings(archive, settings.home)
        return archive.manifest


def _refuse_unfit(manifest: Manifest, database: Database) -> None:
    ours = "sqlite" if database.is_sqlite else "postgresql"
    if manifest.database != ours:
        raise BackupUnreadable(
            N_("The backup is of {theirs}; this installation runs on {ours}."),
            theirs=manifest.database,
            ours=ours,
        )
    if manifest.revision not in known_revisions():
        raise BackupUnreadable(
            N_("The backup is of a newer release ({release}): install that first."),
            release=manifest.release,
        )


def _only_process(database: Database) -> Lease:
    """Hold the right to run jobs, so that no process begins to while the database is replaced."""
    if database.is_sqlite:
        Path(str(database.url.database)).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    right = lease(database, RUNNING)
    if right.take():
        return right
    right.release()
    raise PlaceTaken(
        N_("The database is in use: stop `markpass serve` and `markpass worker` first.")
    )


def is_empty(database: Database) -> bool:
    """Tell whether the database holds no more than a newly migrated one."""
    if database.is_sqlite and not Path(str(database.url.database)).is_file():
        return True
    standing = _counts(database)
    if not any(standing.values()):
        return True
    with tempfile.TemporaryDirectory() as folder:
        new = Database(Settings(home=Path(folder), database_url=""))
        try:
            upgrade(new)
            seeded = _counts(new)
        finally:
            new.dispose()
    return all(count <= seeded.get(name, 0) for name, count in standing.items())


def _counts(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        names = set(sa.inspect(connection).get_table_names()) - OTHERS_TABLES
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0
            for name in sorted(names)
        }


def _restore_files(archive: Reader, files: Files, tell: Tell) -> None:
    """Store the files first: without rows they do no harm, and a second try finds them there."""
    names = archive.files()
    for done, name in enumerate(names, 1):
        sha256 = name.removeprefix(FILES)
        if sha256 not in archive.manifest.damaged_files:
            stored = files.put(archive.read(name), limit=archive.manifest.entries[name].size)
            if stored.sha256 != sha256:
                raise BackupUnreadable(N_("The backup was changed: see {entry}."), entry=name)
        tell("files", done, len(names))


def _restore_sqlite(archive: Reader, settings: Settings, database: Database) -> None:
    target = Path(str(database.url.database))
    with sqlite.unpacked(archive, target) as copy:
        address = f"sqlite:///{copy.absolute()}"
        restored = Database(settings.model_copy(update={"database_url": address}))
        try:
            with restored.read() as session:
                _check_chain(session, archive.manifest)
            upgrade(restored)
        finally:
            restored.dispose()
        database.dispose()
        sqlite.put_in_place(copy, target)


def _restore_postgresql(archive: Reader, database: Database, *, empty: bool) -> None:
    standing, needed = current(database), archive.manifest.revision
    if standing != needed:
        if not empty:
            raise PlaceTaken(
                N_(
                    "The backup is of another release ({release}): only an empty database takes it."
                ),
                release=archive.manifest.release,
            )
        if standing is not None:
            downgrade(database, to="base")
        upgrade(database, to=needed)
    with database.engine.begin() as connection:
        postgresql.load(archive, connection)
        with Session(connection) as session:
            _check_chain(session, archive.manifest)
    upgrade(database)


def _check_chain(session: Session, manifest: Manifest) -> None:
    faults = list(audit.verify(session))
    if faults:
        raise BackupUnreadable(
            N_("The audit chain in the backup is broken at {number}: {what}"),
            number=faults[0].number,
            what=faults[0].what,
        )
    head = session.scalars(sa.select(AuditHead)).one()
    if (head.number, head.hash) != (manifest.audit_number, manifest.audit_hash):
        raise BackupUnreadable(N_("The audit chain does not end where the backup says."))


def _restore_settings(archive: Reader, home: Path) -> None:
    """Lay the old settings beside the database, to compare: settings are read from variables."""
    path = home / RESTORED_SETTINGS
    path.write_bytes(b"".join(archive.read(SETTINGS)))
    path.chmod(0o600)
