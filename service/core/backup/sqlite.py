"""SQLite: the online backup API, and a new file that takes the old one's place at once."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from service.core.backup.archive import CHUNK, Reader, Writer
from service.core.backup.errors import BackupUnreadable, PlaceTaken
from service.core.text import N_

ENTRY = "database/markpass.db"
PAGES = 4096


@contextmanager
def snapshot(database: Path, beside: Path) -> Iterator[Path]:
    """Yield a copy of the database as it stands now, made while others write."""
    copy = beside.with_name(f".{beside.name}.{os.getpid()}.db")
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
            # Within a read transaction the copy is of one moment, however long it takes;
            # without it each write of another process would start the copy anew.
            source.isolation_level = None
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(target, pages=PAGES, sleep=0)
            target.execute("PRAGMA journal_mode=DELETE")
        yield copy
    finally:
        _remove(copy)


def write(archive: Writer, copy: Path) -> None:
    """Put the copied database into the backup."""

    def chunks() -> Iterator[bytes]:
        with copy.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    archive.add(ENTRY, chunks())


@contextmanager
def unpacked(archive: Reader, target: Path) -> Iterator[Path]:
    """Yield the database of the backup, unpacked beside its later place and found sound."""
    copy = target.with_name(f".{target.name}.{os.getpid()}.restore")
    try:
        with copy.open("wb") as stream:
            for chunk in archive.read(ENTRY):
                stream.write(chunk)
        copy.chmod(0o600)
        with closing(sqlite3.connect(copy)) as connection:
            try:
                (answer,) = connection.execute("PRAGMA quick_check").fetchone()
            except sqlite3.DatabaseError as error:
                answer = str(error)
        if answer != "ok":
            raise BackupUnreadable(
                N_("The database in the backup is damaged: {what}"), what=str(answer)
            )
        yield copy
    finally:
        _remove(copy)


def put_in_place(copy: Path, target: Path) -> None:
    """Let `copy` become the database; a kill leaves either the old one or the new one."""
    close_journal(copy)
    if target.exists():
        close_journal(target)
    with copy.open("rb") as stream:
        os.fsync(stream.fileno())
    copy.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def close_journal(database: Path) -> None:
    """Bring the whole database into its one file; raise `PlaceTaken` while others have it open."""
    with closing(sqlite3.connect(database, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError as error:
            raise PlaceTaken(
                N_("The database is in use: stop `markpass serve` and `markpass worker` first.")
            ) from error
        except sqlite3.DatabaseError:
            return  # not a database any more: the very reason to restore over it


def _remove(database: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal", ".migrate.lock"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
