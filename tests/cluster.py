"""A PostgreSQL server for tests: databases are copied from one migrated template."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString, Self
from uuid import uuid4

import psycopg
import sqlalchemy as sa

from service.core.db import Database
from service.core.migrate import upgrade
from service.core.settings import Settings

Table = tuple[str, str]
"""Schema and name."""
FILLED = """
    SELECT relnamespace::regnamespace::text AS place, relname::text AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^(pg_|information_)'
    AND pg_relation_size(oid) > 0 ORDER BY 1, 2
"""
"""The tables that hold or held rows: only what is vacuumed forgets it."""
EMPTY: LiteralString = f"""
    DO $$ DECLARE one record; BEGIN
        FOR one IN {FILLED} LOOP
            EXECUTE format('DELETE FROM %I.%I', one.place, one.name);
        END LOOP;
        FOR one IN SELECT * FROM pg_sequences WHERE last_value IS NOT NULL LOOP
            EXECUTE format('ALTER SEQUENCE %I.%I RESTART', one.schemaname, one.sequencename);
        END LOOP;
    END $$
"""
"""In one statement: a hundred of them, sent one by one, took longer than most tests."""


@dataclass(frozen=True, slots=True)
class State:
    """What a migrated database holds: its tables, and the few rows that migrations put there."""

    tables: frozenset[Table]
    rows: Mapping[Table, Sequence[tuple[Any, ...]]]

    @classmethod
    def of(cls, connection: psycopg.Connection) -> Self:
        """Read the state of a database."""
        tables = _tables(connection)
        rows = {
            (schema, name): connection.execute(f'SELECT * FROM "{schema}"."{name}"').fetchall()
            for schema, name in connection.execute(FILLED).fetchall()
        }
        return cls(tables, rows)

    def restore(self, connection: psycopg.Connection) -> bool:
        """Bring a database back to this state; False where its tables are no longer these."""
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        if _tables(connection) != self.tables:
            return False
        connection.execute("SET session_replication_role = replica")  # no foreign keys
        connection.execute(EMPTY)
        for (schema, name), rows in self.rows.items():
            for row in rows:
                places = ", ".join(["%s"] * len(row))
                connection.execute(f'INSERT INTO "{schema}"."{name}" VALUES ({places})', row)
        return True


def _tables(connection: psycopg.Connection) -> frozenset[Table]:
    query = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname !~ '^(pg_|information_)'"
    return frozenset((row[0], row[1]) for row in connection.execute(query))


class Cluster:
    """Makes and drops databases on one server."""

    def __init__(self, url: sa.URL, *, private: bool = False) -> None:
        """Make the template on the server at `url`; a private one need not survive a crash."""
        self._url = url.set(drivername="postgresql+psycopg")
        self._admin = sa.create_engine(
            self._url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
        )
        if private:
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                self._execute(f"ALTER SYSTEM SET {name} = off")
            self._execute("SELECT pg_reload_conf()")
        self._returned: list[str] = []
        self._template = f"template_{os.getpid()}"
        self._execute(f'DROP DATABASE IF EXISTS "{self._template}"')
        self._execute(f'CREATE DATABASE "{self._template}"')
        database = Database(Settings(database_url=self.address(self._template)))
        upgrade(database)
        database.dispose()
        with self._connected(self._template) as connection:
            self._state = State.of(connection)

    def address(self, name: str) -> str:
        """Return the address of the database `name`."""
        return self._url.set(database=name).render_as_string(hide_password=False)

    def copy(self, name: str) -> str:
        """Make a migrated, empty database and return its address."""
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        return self.address(name)

    def take(self) -> str:
        """Return the name of a migrated, empty database: one given back, or a new one."""
        if self._returned:
            return self._returned.pop()
        name = f"t_{uuid4().hex}"
        self.copy(name)
        return name

    def give_back(self, name: str) -> None:
        """Make a taken database as new, which is quicker than a new one; or drop it if it can't."""
        with self._connected(name) as connection:
            restored = self._state.restore(connection)
        if restored:
            self._returned.append(name)
        else:
            self.drop(name)

    def empty(self, name: str) -> str:
        """Make a database without tables and return its address."""
        self._execute(f'CREATE DATABASE "{name}"')
        return self.address(name)

    def drop(self, name: str) -> None:
        """Remove a database whoever is connected."""
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _connected(self, name: str) -> psycopg.Connection:
        url = self._url.set(drivername="postgresql", database=name)
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)

    def _execute(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)
