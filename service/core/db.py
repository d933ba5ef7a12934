"""One database: SQLite (WAL) or PostgreSQL, with reading and writing sessions kept apart.

On SQLite a transaction that reads first and writes later fails at once with *database is locked*
when another writer came between, whatever the busy timeout. So a writing session takes the write
lock with its first statement (`BEGIN IMMEDIATE`), and work that needs no lock — matching, parsing,
rendering — is done outside it.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from fastapi import Depends, Request
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from service.core.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Base(DeclarativeBase):
    """All tables. Names of constraints follow one rule, which SQLite's batch migrations need."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Database:
    """The engine and its two kinds of session."""

    def __init__(self, settings: Settings) -> None:
        self.url = sa.make_url(settings.url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.engine = _sqlite_engine(self.url, settings)
        else:
            self.engine = sa.create_engine(
                self.url.set(drivername="postgresql+psycopg"), pool_size=20, max_overflow=20
            )
        # One pool, two ways to begin: see `_begin`.
        self._readers = sessionmaker(self.engine, expire_on_commit=False)
        self._writers = sessionmaker(
            self.engine.execution_options(markpass_writes=True), expire_on_commit=False
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session that only reads; nothing it does is ever committed."""
        with self._readers() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield a session that may write: committed at the end of the block, or rolled back."""
        with self._writers.begin() as session:
            yield session

    def dispose(self) -> None:
        """Close every connection of the pool."""
        self.engine.dispose()


def _sqlite_engine(url: sa.URL, settings: Settings) -> sa.Engine:
    engine = sa.create_engine(
        url,
        connect_args={
            "timeout": settings.sqlite_busy_timeout.total_seconds(),
            "check_same_thread": False,
        },
        pool_size=50,
        max_overflow=50,
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # transactions begin in `_on_begin`, not in the driver
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("markpass_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")

    return engine


Finisher = Callable[[Session], None]
_finishers: WeakKeyDictionary[Session, dict[str, Finisher]] = WeakKeyDictionary()


def before_commit(session: Session, name: str, finish: Finisher) -> None:
    """Run `finish` once, as the last thing before this session commits (kept short: locks)."""
    _finishers.setdefault(session, {}).setdefault(name, finish)


@event.listens_for(Session, "before_commit")
def _run_finishers(session: Session) -> None:
    for finish in _finishers.pop(session, {}).values():
        finish(session)


@event.listens_for(Session, "after_soft_rollback")
def _forget_finishers(session: Session, _previous: Any) -> None:
    _finishers.pop(session, None)


def database_of(request: Request) -> Database:
    """Return the database of the running application."""
    database: Database = request.app.state.database
    return database


def session_of_request(request: Request) -> Iterator[Session]:
    """Yield the request's session: it reads on safe methods, commits on the others.

    `request.state.on_begin`, where something set it, is called with session and connection when the
    first statement begins a transaction.
    """
    database = database_of(request)
    with database.read() if request.method in SAFE_METHODS else database.write() as session:
        if (begun := getattr(request.state, "on_begin", None)) is not None:
            event.listen(session, "after_begin", lambda s, _, c: begun(s, c), once=True)
        yield session


# scope="function" ends the dependency before the response leaves; the default ends it after,
# and a client could read a 201 for a row that then fails to commit.
DbSession = Annotated[Session, Depends(session_of_request, scope="function")]
Db = Annotated[Database, Depends(database_of)]
