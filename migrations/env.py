"""Run migrations on SQLite (batch mode) and PostgreSQL (with a lock timeout).

The connection comes from `service.core.migrate`, which also holds the lock that lets one process
migrate at a time; each revision is one transaction.
"""

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from service.core.migrate import OTHERS_TABLES, import_every_model
from service.core.types import UtcDateTime

target = import_every_model()


def include(
    _item: sa.schema.SchemaItem, name: str | None, type_: str, _reflected: bool, _other: object
) -> bool:
    """Leave DBOS's own tables out of comparisons: it makes and migrates them itself."""
    return not (type_ == "table" and name in OTHERS_TABLES)


def render(type_: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types as the plain types below them: a migration outlives the code."""
    if type_ != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.JSON):
        return "JSON"
    if isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    return False


def check_keys(*_args: object, **_: object) -> None:
    """Refuse a revision that leaves a row pointing to nothing: SQLite's keys are off meanwhile."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"rows that point to nothing: {broken[:5]}")


connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=target,
    render_as_batch=True,
    compare_type=True,
    include_object=include,
    render_item=render,
    transaction_per_migration=True,
    on_version_apply=check_keys,
)
with context.begin_transaction():
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET LOCAL lock_timeout = '10s'"))
    context.run_migrations()
