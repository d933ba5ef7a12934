"""Pages by cursor: no row is lost or doubled while others are added."""

import base64
import binascii
import json
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import sqlalchemy as sa
from fastapi import Depends, Query
from pydantic import BaseModel, Field

from service.core.errors import FieldError, Invalid
from service.core.text import N_

T = TypeVar("T")

KEYS = 1 << 63
"""Integer keys lie below this: both databases refuse a number of more than 64 bits."""


class Page(BaseModel, Generic[T]):
    """Some items and, where there are more, the cursor that continues after the last."""

    items: list[T]
    next: str | None = Field(default=None, description="Pass as `cursor` for the next page.")


class Cursor(BaseModel):
    """Where to go on, and how many to give."""

    after: list[Any] | None = None
    limit: int = 50


async def cursor_of_query(
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Cursor:
    """Read the cursor of a request."""
    return Cursor(after=decode(cursor) if cursor else None, limit=limit)


CursorOfQuery = Annotated[Cursor, Depends(cursor_of_query)]


def encode(values: list[Any]) -> str:
    """Return the opaque text of a cursor: the sort values of the last row given."""
    text = json.dumps(values, default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(text: str) -> list[Any]:
    """Return the sort values in a cursor; raise `Invalid` for anything we did not make."""
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        values = None
    if not isinstance(values, list) or len(values) != 1:
        raise _not_ours()
    return values


def _not_ours() -> Invalid:
    detail = N_("This cursor is not one of ours: start again without it.")
    return Invalid(detail, errors=[FieldError("cursor", detail)])


def _bound(kind: Callable[[str], Any], value: object) -> Any:
    """Read the key in a cursor; raise `Invalid` for what no key of ours can be."""
    try:
        bound = kind(str(value))
    except (ValueError, TypeError):
        raise _not_ours() from None
    if isinstance(bound, int) and not -KEYS <= bound < KEYS:
        raise _not_ours()
    return bound


def newest_first(
    query: sa.Select[Any], key: sa.orm.InstrumentedAttribute[Any], cursor: Cursor
) -> sa.Select[Any]:
    """Order `query` by `key` (unique; UUIDs of version 7 are in order of making), newest first."""
    if cursor.after:
        query = query.where(key < _bound(key.type.python_type, cursor.after[0]))
    return query.order_by(key.desc()).limit(cursor.limit + 1)


def cut(rows: list[T], cursor: Cursor, key: str = "id") -> tuple[list[T], str | None]:
    """Cut the one row too many that `newest_first` asked for, and name the next cursor."""
    if len(rows) <= cursor.limit:
        return rows, None
    kept = rows[: cursor.limit]
    return kept, encode([str(getattr(kept[-1], key))])
