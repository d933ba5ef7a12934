"""Authorised users from a sheet: one row, one user; a row that cannot be read is told, not lost."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pydantic import ValidationError
from sqlalchemy.orm import Session

from service.core.errors import FieldError, Invalid, Problem
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor
from service.recordation.domain import LICENCES, RELATIONS, WAYS
from service.recordation.errors import SheetUnreadable
from service.recordation.models import Asset, AuthorisedUser
from service.recordation.repository import Users
from service.recordation.schemas import UserIn
from service.recordation.usecases.users import add_user
from service.recordation.usecases.wording import both
from service.registry.sources.plain_table import read_plain_table
from service.registry.usecases.requesting import limits_of
from service.ui.documents.sheets import Column, Sheet, workbook
from service.ui.forms import field_errors

MOST_ROWS = 5000
NEEDED = ("name", "relation", "valid_from")
HEADINGS: Mapping[str, str] = {
    "名称": "name",
    "合法使用人": "name",
    "合法使用人名称": "name",
    "被许可人": "name",
    "英文名称": "name_en",
    "统一社会信用代码": "uscc",
    "海关注册编码": "customs_code",
    "海关编码": "customs_code",
    "国家": "country",
    "关系": "relation",
    "许可方式": "licence",
    "地域": "territory",
    "商品范围": "goods_scope",
    "进出口": "direction",
    "起始日": "valid_from",
    "有效期起": "valid_from",
    "截止日": "valid_to",
    "有效期止": "valid_to",
    "单票": "single_shipment",
    "合同号": "contract_no",
    "数量": "quantity",
}
"""Headings people write, besides the names of the columns."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "relation": {
        "被许可人": "licensee",
        "生产商": "manufacturer",
        "定牌加工": "oem",
        "进口商": "importer",
        "出口商": "exporter",
        "经销商": "distributor",
        "关联企业": "affiliate",
    },
    "licence": {
        "独占许可": "exclusive",
        "排他许可": "sole",
        "普通许可": "non_exclusive",
        "无": "none",
    },
    "direction": {"进口": "import", "出口": "export", "进出口": "both"},
    "single_shipment": {"是": "yes", "否": "no"},
}
"""What people write in cells, besides our own words for it in both languages."""
OWN: Mapping[str, Mapping[Any, str]] = {
    "relation": RELATIONS,
    "licence": LICENCES,
    "direction": WAYS,
}


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was left out, and why."""

    row: int
    cells: tuple[str, ...]
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought. `again`: rows whose user was there already."""

    added: int
    again: int
    rejects: tuple[Reject, ...]


def import_users(
    session: Session, actor: Actor, asset: Asset, path: Path, settings: Settings
) -> Imported:
    """Add the users of a sheet to a right; good rows go in, the others are told.

    Raises:
        SheetUnreadable: no sheet, or without the columns that are needed.
    """
    rows = _rows(path, settings)
    columns = _columns(rows[0][1] if rows else [])
    there = {_key(one) for one in Users(session, actor).all(AuthorisedUser.asset_id == asset.id)}
    added, again, rejects = 0, 0, []
    for place, cells in rows[1:]:
        given = _given(columns, cells)
        if not given:
            continue
        try:
            body = UserIn.model_validate(given)
            key = (body.name, body.uscc, body.valid_from)
            if key in there:
                again += 1
                continue
            add_user(session, actor, asset, body.values())
        except ValidationError as fault:
            rejects.append(Reject(place, tuple(cells), tuple(field_errors(fault, UserIn))))
        except Invalid as problem:
            rejects.append(Reject(place, tuple(cells), tuple(problem.errors)))
        else:
            there.add(key)
            added += 1
    return Imported(added, again, tuple(rejects))


def _key(user: AuthorisedUser) -> tuple[str, str, date]:
    return user.name, user.uscc, user.valid_from


def _rows(path: Path, settings: Settings) -> list[tuple[int, list[str]]]:
    try:
        rows = list(read_plain_table(path, limits_of(settings)))
    except Problem as problem:
        detail = N_("The sheet of authorised users cannot be read: {reason}")
        raise SheetUnreadable(detail, reason=str(problem)) from problem
    except (csv.Error, UnicodeError, BadZipFile) as fault:
        detail = N_("The sheet of authorised users cannot be read: {reason}")
        raise SheetUnreadable(detail, reason=str(fault)) from fault
    if len(rows) > MOST_ROWS:
        raise SheetUnreadable(
            N_("At most {most} rows in one sheet: split the file."), most=MOST_ROWS
        )
    return rows


def _columns(heading: Sequence[str]) -> list[str]:
    found = [_column(cell) for cell in heading]
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise SheetUnreadable(
            N_("The first row lacks these columns: {columns}."), columns=", ".join(missing)
        )
    return found


@cache
def _meant(name: str) -> Mapping[str, str]:
    """Return what the words of a column mean, ours in both languages among them."""
    own = {
        word: key.value for key, text in OWN.get(name, {}).items() for word in both(text).values()
    }
    return {**own, **WORDS.get(name, {})}


def _column(cell: str) -> str:
    """Return the column a heading names, in either language or in both as the exported list."""
    for name in (line.strip().lower() for line in cell.splitlines()):
        found = HEADINGS.get(name, name)
        if found in UserIn.model_fields:
            return found
    return ""


def _given(columns: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    given = {}
    for name, cell in zip(columns, cells, strict=False):
        text = cell.strip()
        if name and text:
            given[name] = _meant(name).get(text, text)
    return given


def reject_report(imported: Imported) -> bytes:
    """Return the rows that were left out as a workbook, each with its reasons."""
    columns = (Column("行", "row", 8), Column("原因", "reason", 60), Column("内容", "cells", 80))
    rows = (
        (one.row, "; ".join(_reason(error) for error in one.errors), " | ".join(one.cells))
        for one in imported.rejects
    )
    return workbook([Sheet("rejects", columns, rows)])


def _reason(error: FieldError) -> str:
    return f"{error.field}: {error.message.format_map(_Values(error.values))}"


class _Values(dict[str, object]):
    """Values of a sentence; a place nobody fills stays as it is."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"
