"""Column types of the registry."""

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class Codes(sa.TypeDecorator[tuple[str, ...]]):
    """Several short texts in order, none holding a line break: stored one a line, read as tuple."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _: Dialect) -> str | None:
        """Join the texts."""
        return None if value is None else "\n".join(value)

    def process_result_value(self, value: str | None, _: Dialect) -> tuple[str, ...] | None:
        """Split them again."""
        return None if value is None else tuple(value.split("\n")) if value else ()


def Key(length: int) -> sa.String:  # noqa: N802  reads as a column type
    """Return a text column in the order of its code points, so that ranges are prefixes."""
    in_order = sa.String(length, collation="C")
    return sa.String(length).with_variant(in_order, "postgresql")
