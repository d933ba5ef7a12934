"""Small register sheets, imported by tests."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from service.core.db import Database
from service.core.settings import Settings
from service.identity.permissions import console
from service.registry.domain import EditionScope
from service.registry.models import (
    Mark,
    MarkClass,
    MarkCustoms,
    MarkParty,
    Party,
    Register,
)
from service.registry.schemas.imports import ImportOut
from service.registry.usecases.importing import import_file
from service.registry.usecases.requesting import Reading

DEFAULTS = {
    "office": "XX",
    "kind": "word",
    "status": "registered",
    "classes": "12",
    "goods": "electric bicycles",
    "owner_name": "Xishan Demo Vehicles Co., Ltd.",
    "owner_country": "CN",
}
FULL = EditionScope.FULL
DELTA = EditionScope.DELTA


def sheet(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write a sheet with these rows over the defaults."""
    filled = [{**DEFAULTS, **row} for row in rows]
    names = list(dict.fromkeys(name for row in filled for name in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, restval="")
        writer.writeheader()
        writer.writerows(filled)
    return path


def load(
    database: Database,
    settings: Settings,
    rows: Iterable[Mapping[str, str]],
    *,
    scope: EditionScope | None = None,
    dated: date | None = None,
    again: bool = False,
    name: str = "sheet.csv",
) -> ImportOut:
    """Import a sheet with these rows."""
    path = sheet(settings.home / name, rows)
    reading = Reading(scope=scope, dated=dated, again=again)
    return import_file(database, settings, path, actor=console(), reading=reading)


def table(database: Database, model: type[Any], *without: str) -> list[tuple[Any, ...]]:
    """Return all rows of a table in the order of its columns, without some of these."""
    columns = [c for c in sa.inspect(model).columns if c.key not in without]
    with database.read() as session:
        return sorted(
            (tuple(row) for row in session.execute(sa.select(*columns))), key=lambda r: repr(r)
        )


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a register holds, without the keys of editions."""
    return {
        "marks": table(database, Mark, "edition_id"),
        "classes": table(database, MarkClass),
        "parties": table(database, Party),
        "owners": table(database, MarkParty),
        "customs": table(database, MarkCustoms),
    }


def status_of(database: Database, number: str, office: str = "XX") -> str:
    """Return the status of a mark."""
    with database.read() as session:
        return session.scalars(
            sa.select(Mark.status).where(Mark.office == office, Mark.number == number)
        ).one()


def texts(database: Database) -> dict[str, str]:
    """Return the words of every mark by number."""
    with database.read() as session:
        return {row.number: row.text for row in session.execute(sa.select(Mark.number, Mark.text))}


def register(database: Database, office: str = "XX") -> Register:
    """Return the state of a register."""
    with database.read() as session:
        return session.get_one(Register, office)
