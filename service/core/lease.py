"""A right that one process holds at a time, and that falls free the moment its holder dies.

SQLite: a lock on a file beside the database, which the system drops with the process. PostgreSQL:
an advisory lock of a session, which the server drops with the connection (so it needs a direct
connection or a pool in session mode).
"""

import zlib
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from filelock import FileLock, Timeout

from service.core.db import Database

FAMILY = 0x6D61726B
"""First half of our advisory locks ("mark"), so that others on the server do not meet ours."""

KEEPALIVE = {"keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
"""Seconds, probes: a silent network is taken for a dead holder, and noticed, within 11 s."""


class Lease(Protocol):
    """A named right."""

    def take(self) -> bool:
        """Try to take the right without waiting; tell whether it is now held."""

    def held(self) -> bool:
        """Tell whether the right is still ours; a lost connection loses it."""

    def free(self) -> bool:
        """Tell whether nobody holds the right, without taking it."""

    def release(self) -> None:
        """Give the right back; harmless when it is not held."""


def lease(database: Database, name: str) -> Lease:
    """Return the right `name` of this database, not yet taken."""
    return _FileLease(database, name) if database.is_sqlite else _SessionLease(database, name)


class _FileLease:
    def __init__(self, database: Database, name: str) -> None:
        # Taken by one thread and released by another, so not bound to the thread.
        self._path = f"{Path(str(database.url.database))}.{name}.lock"
        self._lock = FileLock(self._path, thread_local=False)

    def take(self) -> bool:
        if self._lock.is_locked:
            return True
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        return True

    def held(self) -> bool:
        return self._lock.is_locked

    def free(self) -> bool:
        if self._lock.is_locked:
            return False
        taken = self.take()
        self.release()
        return taken

    def release(self) -> None:
        self._lock.release(force=True)


class _SessionLease:
    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._engine = sa.create_engine(
            database.engine.url,
            poolclass=sa.NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args=KEEPALIVE,
        )
        self._key = zlib.crc32(name.encode()) & 0x7FFFFFFF  # a signed integer on the server
        self._connection: sa.Connection | None = None
        self._taken = False

    def take(self) -> bool:
        if self.held():
            return True
        connection = self._connection = self._connection or self._engine.connect()
        lock = sa.func.pg_try_advisory_lock(FAMILY, self._key)
        self._taken = bool(connection.scalar(sa.select(lock)))
        return self._taken

    def held(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.scalar(sa.select(1))
        except sa.exc.DBAPIError:
            self.release()
        return self._taken

    def free(self) -> bool:
        with self._database.engine.connect() as connection:
            return not connection.scalar(
                sa.text(
                    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
                    " AND database = (SELECT oid FROM pg_database WHERE datname ="
                    " current_database()) AND classid = :family AND objid = :key)"
                ),
                {"family": FAMILY, "key": self._key},
            )

    def release(self) -> None:
        connection, self._connection, self._taken = self._connection, None, False
        if connection is None:
            return
        with suppress(sa.exc.SQLAlchemyError):  # a lost connection has released it already
            connection.scalar(sa.select(sa.func.pg_advisory_unlock_all()))
        connection.close()
