"""PostgreSQL: each table by COPY from one snapshot, back in one transaction; no `pg_dump`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.sql import SQL, Identifier

from service.core.backup.archive import CHUNK, Reader, Table, Writer
from service.core.backup.errors import BackupUnreadable, PlaceTaken
from service.core.text import N_

FOLDER = "database/"
KEPT_AS_THEY_ARE = ("alembic_version", "dbos_migrations")
"""They tell which columns stand, which is a matter of the target, not of the backup."""
LOCK_TIMEOUT = "10s"

TABLES = """
    SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relkind = 'r' AND n.nspname IN (current_schema(), 'dbos')
    GROUP BY 1, 2 ORDER BY 1, 2
"""
SEQUENCES = """
    SELECT schemaname, sequencename, last_value FROM pg_sequences
    WHERE schemaname IN (current_schema(), 'dbos') AND last_value IS NOT NULL ORDER BY 1, 2
"""
FOREIGN_KEYS = """
    SELECT n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)
    FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE k.contype = 'f' AND n.nspname IN (current_schema(), 'dbos') ORDER BY 1, 2, 3
"""


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection that sees the database as of one moment."""
    with engine.connect() as plain:
        connection = plain.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        yield connection


def write(archive: Writer, connection: sa.Connection) -> tuple[dict[str, Table], dict[str, int]]:
    """Put every table into the backup; return tables and sequences for the manifest."""
    driver = _driver(connection)
    tables = {}
    for schema, name, columns in driver.execute(TABLES).fetchall():
        if name not in KEPT_AS_THEY_ARE:
            rows = _Counter()
            archive.add(_entry(schema, name), rows.counted(_copied(driver, schema, name, columns)))
            tables[f"{schema}.{name}"] = Table(columns=tuple(columns), rows=rows.count)
    sequences = {f"{s}.{name}": last for s, name, last in driver.execute(SEQUENCES).fetchall()}
    return tables, sequences


class _Counter:
    count = 0

    def counted(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Pass chunks on and count their lines: COPY's text has one for each row."""
        for chunk in chunks:
            self.count += chunk.count(b"\n")
            yield chunk


def _copied(
    driver: "psycopg.Connection[Any]", schema: str, name: str, columns: list[str]
) -> Iterator[bytes]:
    statement = SQL("COPY {} ({}) TO STDOUT").format(
        Identifier(schema, name), SQL(", ").join(map(Identifier, columns))
    )
    gathered = bytearray()  # the server sends each row by itself
    with driver.cursor().copy(statement) as copy:
        for row in copy:
            gathered += row
            if len(gathered) >= CHUNK:
                yield bytes(gathered)
                gathered.clear()
    yield bytes(gathered)


def load(archive: Reader, connection: sa.Connection) -> None:
    """Empty every table and fill it from the backup, within the caller's transaction."""
    driver = _driver(connection)
    driver.execute(SQL("SET LOCAL lock_timeout = {}").format(LOCK_TIMEOUT))
    standing = {
        f"{schema}.{name}": set(columns)
        for schema, name, columns in driver.execute(TABLES).fetchall()
        if name not in KEPT_AS_THEY_ARE
    }
    for name, table in archive.manifest.tables.items():
        if not set(table.columns) <= standing.get(name, set()):
            raise BackupUnreadable(
                N_("The backup has columns of {table} that this release has not."), table=name
            )
    keys = driver.execute(FOREIGN_KEYS).fetchall()
    try:
        for schema, table_name, key, _ in keys:
            drop = SQL("ALTER TABLE {} DROP CONSTRAINT {}")
            driver.execute(drop.format(Identifier(schema, table_name), Identifier(key)))
        every = SQL(", ").join(Identifier(*name.split(".", 1)) for name in standing)
        driver.execute(SQL("TRUNCATE {}").format(every))
    except psycopg.errors.LockNotAvailable as error:
        raise PlaceTaken(
            N_("The database is in use: stop `markpass serve` and `markpass worker` first.")
        ) from error
    for name, table in archive.manifest.tables.items():
        _fill(archive, driver, name, table)
    for schema, table_name, key, definition in keys:
        add = SQL("ALTER TABLE {} ADD CONSTRAINT {} {}")
        driver.execute(add.format(Identifier(schema, table_name), Identifier(key), SQL(definition)))
    for name, last in archive.manifest.sequences.items():
        driver.execute("SELECT setval(%s::regclass, %s)", (name, last))


def _fill(archive: Reader, driver: "psycopg.Connection[Any]", name: str, table: Table) -> None:
    schema, relation = name.split(".", 1)
    statement = SQL("COPY {} ({}) FROM STDIN").format(
        Identifier(schema, relation), SQL(", ").join(map(Identifier, table.columns))
    )
    cursor = driver.cursor()
    with cursor.copy(statement) as copy:
        for chunk in archive.read(_entry(schema, relation)):
            copy.write(chunk)
    if cursor.rowcount != table.rows:
        raise BackupUnreadable(N_("The backup was changed: see {entry}."), entry=name)


def _entry(schema: str, name: str) -> str:
    return f"{FOLDER}{schema}.{name}.copy"


def _driver(connection: sa.Connection) -> "psycopg.Connection[Any]":
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver
