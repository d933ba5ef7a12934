"""The sign-in sheet as a file: brought in row by row, and given out as a workbook."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID
from zipfile import BadZipFile

from pydantic import ValidationError
from sqlalchemy.orm import Session

from service.core.errors import Conflict, FieldError, Problem
from service.core.settings import Settings
from service.core.text import N_
from service.identity.auditing import note as audit
from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.identity.repository import names_of
from service.registry.prepared import fold_name
from service.registry.sources.plain_table import read_plain_table
from service.registry.usecases.requesting import limits_of
from service.station.base.domain import SOURCES, Source
from service.station.base.errors import SheetRefused
from service.station.base.models import Event, EventAttendance
from service.station.base.repository import Events, served_by
from service.station.base.schemas import LineIn
from service.station.base.usecases.attending import put_on_sheet, sheet_to_write
from service.ui.documents.pairs import both
from service.ui.documents.sheets import Column, Sheet, workbook
from service.ui.forms import field_errors

MOST_ROWS = 2000
HEADINGS: Mapping[str, str] = {
    "姓名": "name",
    "name": "name",
    "单位": "company",
    "工作单位": "company",
    "企业": "company",
    "企业名称": "company",
    "organisation": "company",
    "company": "company",
    "电话": "phone",
    "联系电话": "phone",
    "手机": "phone",
    "telephone": "phone",
    "phone": "phone",
    "到场": "present",
    "签到": "present",
    "present": "present",
    "满意度": "satisfaction",
    "satisfaction": "satisfaction",
}
"""Headings people write, and those of our own export in both languages."""
ABSENT = frozenset({"否", "未到", "no", "0", "false"})
COLUMNS = (
    Column("姓名", "Name", 16),
    Column("单位", "Organisation", 36),
    Column("电话", "Telephone", 18),
    Column("到场", "Present", 10),
    Column("签到时间", "Signed in at", 26),
    Column("学时", "Hours", 10),
    Column("满意度", "Satisfaction", 12),
    Column("意见", "Remark", 40),
    Column("登记方式", "How", 24),
)


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was left out, and why."""

    row: int
    name: str
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought. `again`: rows that were on the sheet already."""

    added: int
    again: int
    rejects: tuple[Reject, ...]


def import_sheet(
    session: Session, actor: Actor, event_id: UUID, path: Path, settings: Settings
) -> Imported:
    """Enter the rows of a sheet; good rows go in, the others are told.

    Somebody is held to be of an enterprise in the directory when its name is written as there.

    Raises:
        SheetRefused: no sheet, too long, or without a column of names.
        NotFound, PermissionDenied: not of the actor's station.
        MoveNotAllowed: the event is closed or cancelled.
    """
    event, there = sheet_to_write(session, actor, event_id)
    rows = _rows(path, settings)
    columns = _columns(rows[0][1] if rows else ())
    known = {
        fold_name(name): one.id
        for one in _around(session, actor, event)
        for name in (one.name_zh, one.name_en)
        if name
    }
    added, again, rejects = 0, 0, []
    for place, cells in rows[1:]:
        given = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
        try:
            told = _line(given, known).model_dump()
            put_on_sheet(session, event, told, source=Source.SHEET, there=there)
        except ValidationError as fault:
            errors = tuple(field_errors(fault, LineIn))
            rejects.append(Reject(place, given.get("name", "")[:100], errors))
        except Conflict:
            again += 1
        else:
            added += 1
    audit(session, actor, "event.sheet_imported", ("event", event.id), added=added)
    return Imported(added, again, tuple(rejects))


def _around(session: Session, actor: Actor, event: Event) -> list[Organisation]:
    return [*served_by(session, event.station_id), *Events(session, actor).bodies(event.id)]


def _line(given: Mapping[str, str], known: Mapping[str, UUID]) -> LineIn:
    told: dict[str, object] = {key: value for key, value in given.items() if value}
    organisation_id = known.get(fold_name(given.get("company", "")))
    if organisation_id is not None:
        told |= {"organisation_id": organisation_id, "company": ""}
    told["present"] = given.get("present", "").casefold() not in ABSENT
    return LineIn.model_validate(told)


def _rows(path: Path, settings: Settings) -> list[tuple[int, list[str]]]:
    detail = N_("The sheet cannot be read: {reason}")
    try:
        rows = list(read_plain_table(path, limits_of(settings)))
    except Problem as problem:
        raise SheetRefused(detail, reason=str(problem)) from problem
    except (csv.Error, UnicodeError, BadZipFile) as fault:
        raise SheetRefused(detail, reason=str(fault)) from fault
    if len(rows) > MOST_ROWS:
        raise SheetRefused(N_("At most {most} rows in one sheet: split the file."), most=MOST_ROWS)
    return rows


def _columns(heading: Sequence[str]) -> list[str]:
    found = [_column(cell) for cell in heading]
    if "name" not in found:
        detail = N_("The first row lacks these columns: {columns}.")
        raise SheetRefused(detail, columns="姓名 / name")
    return found


def _column(cell: str) -> str:
    lines = (line.strip().casefold() for line in cell.splitlines())
    return next((HEADINGS[line] for line in lines if line in HEADINGS), "")


def sheet_workbook(session: Session, event: Event, lines: Sequence[EventAttendance]) -> bytes:
    """Return lines of a sheet as a workbook; no cell of it is a formula."""
    names = names_of(session, (), {one.organisation_id for one in lines if one.organisation_id})
    rows = [
        (
            one.name,
            names.get(str(one.organisation_id), one.company),
            one.phone,
            "是" if one.signed_in_at else "否",
            one.signed_in_at,
            float(event.hours) if one.signed_in_at else 0,
            one.satisfaction,
            one.remark,
            " ".join(both(SOURCES[one.source]).values()),
        )
        for one in lines
    ]
    return workbook([Sheet("签到表 Sign-in", COLUMNS, rows)])
