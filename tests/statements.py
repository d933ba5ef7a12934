"""Engines of one test process share what SQLAlchemy works out of a statement.

A test has an installation of its own, hence an engine whose cache of statements is empty; to work
them all out anew was a sixth of the time of a test on the database. Engines of one kind speak the
same dialect, so what one has worked out serves the others.
"""

import functools
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

STATEMENTS = 10_000
"""Held at once: more than there are different ones in all tests."""


def share_statements() -> None:
    """Let every engine that is made from here on use one cache."""
    create, cache = sa.create_engine, LRUCache[Any, Any](STATEMENTS)

    def create_sharing(*args: Any, **options: Any) -> sa.Engine:
        engine: sa.Engine = create(*args, **options)
        kind: Any = type(engine.dialect)
        engine.dialect.__class__ = _alike(kind)
        engine.update_execution_options(compiled_cache=cache)
        return engine

    sa.create_engine = create_sharing


@functools.cache
def _alike(dialect: type[Dialect]) -> type[Dialect]:
    """Return the dialect with one identity for all engines: the cache asks for that."""
    same = {
        "supports_statement_cache": True,
        "__eq__": lambda one, other: type(one) is type(other),
        "__hash__": lambda one: id(type(one)),
    }
    return type(dialect.__name__, (dialect,), same)
