"""Inserting many rows at once, by the fastest way each database has.

The Core way converts every value of every row; here values come ready. SQLite takes tuples by
`executemany`; PostgreSQL takes a `COPY`, and arrays where a row may be there already.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

Row = tuple[Any, ...]
"""Texts, numbers, bytes, dates, UUIDs and None, in the order of the columns."""


def insert_rows(
    session: Session, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]
) -> None:
    """Insert rows that are not there yet; the statement fails as a whole if one is."""
    if not rows:
        return
    if session.get_bind().dialect.name == "sqlite":
        _execute_many(session, "INSERT", table, columns, rows)
        return
    names = ", ".join(f'"{column}"' for column in columns)
    cursor = session.connection().connection.cursor()
    with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def insert_missing(
    session: Session, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]
) -> None:
    """Insert those rows whose key is not there yet."""
    if not rows:
        return
    if session.get_bind().dialect.name == "sqlite":
        _execute_many(session, "INSERT OR IGNORE", table, columns, rows)
        return
    types = [table.c[column].type.compile(session.get_bind().dialect) for column in columns]
    arrays = ", ".join(f"%s::{_bare(type_)}[]" for type_ in types)
    names = ", ".join(f'"{column}"' for column in columns)
    session.connection().exec_driver_sql(
        f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({arrays}) "  # noqa: S608
        "ON CONFLICT DO NOTHING",
        tuple(list(values) for values in zip(*rows, strict=True)),
    )


def _bare(type_: str) -> str:
    """Return a type's name without length and collation: `VARCHAR(120) COLLATE "C"`."""
    return type_.partition(" COLLATE")[0].partition("(")[0]


def _execute_many(
    session: Session, verb: str, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("?" * len(columns))
    converted = [
        (place, _CONVERT[type(table.c[column].type)])
        for place, column in enumerate(columns)
        if type(table.c[column].type) in _CONVERT
    ]
    session.connection().exec_driver_sql(
        f"{verb} INTO {table.name} ({names}) VALUES ({places})",
        [_for_sqlite(row, converted) for row in rows] if converted else list(rows),
    )


def _for_sqlite(
    row: tuple[Any, ...], converted: Sequence[tuple[int, Callable[[Any], str]]]
) -> tuple[Any, ...]:
    values = list(row)
    for place, convert in converted:
        if values[place] is not None:
            values[place] = convert(values[place])
    return tuple(values)


_CONVERT: Mapping[type, Callable[[Any], str]] = {
    sa.Date: date.isoformat,
    sa.Uuid: lambda value: value.hex,
}
"""Column types that SQLite's driver does not take as they are."""
