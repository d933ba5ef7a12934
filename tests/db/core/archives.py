"""Looking into backups and databases, and changing backups."""

import json
import zipfile
from pathlib import Path

import sqlalchemy as sa

from service.core.db import Database

Rows = dict[str, list[tuple[object, ...]]]
CONTENT = b"\x00\xff certificate \xe5\x95\x86"


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


def manifest_with(path: Path, **fields: object) -> Path:
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    return changed(path, "manifest.json", json.dumps(manifest | fields).encode())
