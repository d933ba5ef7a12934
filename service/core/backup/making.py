"""Writing a backup while the service runs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from service import __version__
from service.core import clock
from service.core.audit import AuditHead
from service.core.backup import postgresql, sqlite
from service.core.backup.archive import (
    CHUNK,
    FILES,
    FORMAT,
    MANIFEST,
    SETTINGS,
    Manifest,
    Tell,
    Writer,
    silent,
    writing,
)
from service.core.db import Database
from service.core.files import Files
from service.core.settings import Settings


def make(settings: Settings, database: Database, path: Path, *, tell: Tell = silent) -> Manifest:
    """Write a backup to `path` while the service runs; it shows one moment of the database.

    Stored files are read after that moment, and are stored before the rows that name them, so none
    is missing. A damaged one is kept as it is and named in the manifest.

    Raises:
        PlaceTaken: there is a file at `path`.
    """
    with writing(path) as archive:
        tell("database", 0, 1)
        if database.is_sqlite:
            head = _write_sqlite(archive, database, path)
        else:
            head = _write_postgresql(archive, database)
        tell("database", 1, 1)
        damaged = _write_files(archive, Files(settings.files_folder), tell)
        archive.add_json(SETTINGS, _settings_without_secrets(settings))
        manifest = Manifest(
            format=FORMAT,
            made_at=clock.now().isoformat(),
            release=__version__,
            damaged_files=damaged,
            entries=dict(archive.entries),
            **head,
        )
        archive.add_json(MANIFEST, manifest.model_dump(mode="json"))
    return manifest


def _write_sqlite(archive: Writer, database: Database, path: Path) -> dict[str, Any]:
    with sqlite.snapshot(Path(str(database.url.database)), path) as copy:
        engine = sa.create_engine(f"sqlite:///{copy}", poolclass=sa.NullPool)
        with engine.connect() as connection:
            head = _head(connection)
        sqlite.write(archive, copy)
    return {"database": "sqlite", **head}


def _write_postgresql(archive: Writer, database: Database) -> dict[str, Any]:
    with postgresql.snapshot(database.engine) as connection:
        head = _head(connection)
        tables, sequences = postgresql.write(archive, connection)
    return {"database": "postgresql", "tables": tables, "sequences": sequences, **head}


def _head(connection: sa.Connection) -> dict[str, Any]:
    row = connection.execute(sa.select(AuditHead.number, AuditHead.hash)).one()
    revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return {"revision": revision, "audit_number": row.number, "audit_hash": row.hash}


def _write_files(archive: Writer, files: Files, tell: Tell) -> tuple[str, ...]:
    names, damaged = sorted(files.names()), []
    for done, name in enumerate(names, 1):
        entry = archive.add(f"{FILES}{name}", _chunks(files.path(name)))
        if entry.sha256 != name:
            damaged.append(name)
        tell("files", done, len(names))
    return tuple(damaged)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _settings_without_secrets(settings: Settings) -> dict[str, Any]:
    shown = settings.model_dump(mode="json")
    if settings.database_url:
        shown["database_url"] = make_url(settings.database_url).render_as_string(hide_password=True)
    return shown
