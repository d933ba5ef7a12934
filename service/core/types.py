"""Column types and small values shared by all modules."""

import secrets
import time
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware UTC time. SQLite drops zones, so the zone is put back when read."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Refuse a time without a zone; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Give the time back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
"""JSON that PostgreSQL stores as `jsonb`. Values are plain: no NaN, keys are strings."""

BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A 64-bit key that SQLite can count up by itself."""


def Choice(enum: type[Any], length: int = 32) -> sa.Enum:  # noqa: N802  reads as a column type
    """Return a `StrEnum` column stored as checked text: a new value needs no type migration."""
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda cls: [member.value for member in cls],
        validate_strings=True,
    )


TOLD_ONCE = "x-told-once"
ToldOnce = Annotated[str, Field(json_schema_extra={TOLD_ONCE: True})]
"""A secret in an answer. No table holds it: whoever repeats the request gets it empty."""


def new_id() -> UUID:
    """Return a UUID of version 7 (RFC 9562): random, and in order of making to the millisecond."""
    milliseconds = time.time_ns() // 1_000_000
    bits = (milliseconds << 80) | secrets.randbits(80)
    bits = (bits & ~(0xF << 76)) | (0x7 << 76)
    bits = (bits & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=bits)
