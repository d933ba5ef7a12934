"""Make and upgrade tables: the only way a table comes to be, in tests as in production."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from filelock import FileLock

from service.core.db import Base, Database
from service.core.jobs.engine import make_queue_tables

OTHERS_TABLES = frozenset(
    {
        "alembic_version",
        "application_versions",
        "dbos_migrations",
        "event_dispatch_kv",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)
"""Tables of Alembic and DBOS: their names are reserved, and comparisons leave them out."""

ADVISORY_LOCK = 0x6D61726B70617373  # "markpass": one migration at a time on PostgreSQL


def import_every_model() -> sa.MetaData:
    """Import every `service.*.models` (and core tables) and return the metadata they fill."""
    import service

    importlib.import_module("service.core.audit")
    importlib.import_module("service.core.jobs.models")
    importlib.import_module("service.core.pace")
    for module in pkgutil.iter_modules(service.__path__):
        name = f"service.{module.name}.models"
        if module.ispkg and find_spec(name):
            importlib.import_module(name)
    return Base.metadata


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_folder()))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _folder() -> Path:
    beside_package = Path(__file__).resolve().parents[2] / "migrations"
    return beside_package if beside_package.is_dir() else Path("migrations").resolve()


def upgrade(database: Database, *, to: str = "head") -> tuple[str | None, str | None]:
    """Bring the tables to `to`; return the revision before and after. One process at a time."""
    with _alone(database):
        revisions = _apply(database, lambda config: command.upgrade(config, to))
        make_queue_tables(database)
        return revisions


def downgrade(database: Database, *, to: str) -> tuple[str | None, str | None]:
    """Take the tables back to `to` (`base` empties the database)."""
    with _alone(database):
        return _apply(database, lambda config: command.downgrade(config, to))


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    if database.is_sqlite:
        path = Path(str(database.url.database))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(f"{path}.migrate.lock"):
            yield
        return
    # Without a transaction: DBOS's CREATE INDEX CONCURRENTLY waits for every open one.
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as guard:
        guard.execute(sa.select(sa.func.pg_advisory_lock(ADVISORY_LOCK)))
        try:
            yield
        finally:
            guard.execute(sa.select(sa.func.pg_advisory_unlock(ADVISORY_LOCK)))


def _apply(database: Database, step: Callable[[Config], None]) -> tuple[str | None, str | None]:
    with database.engine.connect() as connection, _rows_kept(database, connection):
        before = MigrationContext.configure(connection).get_current_revision()
        connection.rollback()
        step(_config(connection))
        connection.commit()
        after = MigrationContext.configure(connection).get_current_revision()
        connection.rollback()
        return before, after


@contextmanager
def _rows_kept(database: Database, connection: sa.Connection) -> Iterator[None]:
    """Let SQLite replace a table that others point to: dropping the old one deletes no rows.

    Foreign keys are off meanwhile, which SQLite takes outside a transaction only; `migrations/env`
    checks them all before each revision is committed.
    """
    if not database.is_sqlite:
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()


def current(database: Database) -> str | None:
    """Return the revision the tables are at, or None for an empty database."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the revision this release expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def known_revisions() -> frozenset[str]:
    """Return every revision this release can upgrade from."""
    script = ScriptDirectory.from_config(_config())
    return frozenset(revision.revision for revision in script.walk_revisions())


def draft(database: Database, message: str, revision: str) -> Path:
    """Write a new revision from what models say and tables lack; read it before committing it."""
    with database.engine.connect() as connection:
        script = command.revision(
            _config(connection), message=message, autogenerate=True, rev_id=revision
        )
    assert isinstance(script, Script)
    return Path(script.path)


def differences(database: Database) -> list[object]:
    """Return what models say and tables lack, or the other way; empty when they agree."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda _item, name, type_, *_: (
                    not (type_ == "table" and name in OTHERS_TABLES)
                ),
            },
        )
        return list(compare_metadata(context, import_every_model()))
