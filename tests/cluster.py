"""A PostgreSQL server for tests: databases are copied from one migrated template."""

import os

import sqlalchemy as sa

from service.core.db import Database
from service.core.migrate import upgrade
from service.core.settings import Settings


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
        self._template = f"template_{os.getpid()}"
        self._execute(f'DROP DATABASE IF EXISTS "{self._template}"')
        self._execute(f'CREATE DATABASE "{self._template}"')
        database = Database(Settings(database_url=self.address(self._template)))
        upgrade(database)
        database.dispose()

    def address(self, name: str) -> str:
        """Return the address of the database `name`."""
        return self._url.set(database=name).render_as_string(hide_password=False)

    def copy(self, name: str) -> str:
        """Make a migrated, empty database and return its address."""
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        return self.address(name)

    def empty(self, name: str) -> str:
        """Make a database without tables and return its address."""
        self._execute(f'CREATE DATABASE "{name}"')
        return self.address(name)

    def drop(self, name: str) -> None:
        """Remove a database whoever is connected."""
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)
