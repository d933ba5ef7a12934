"""A catalogue of products read from a sheet, and results written beside it.

Columns: `name` (may come several times) or `name_zh`, `name_latin`; `goods`, `from`, `to`, `sku`.
Several values of one cell are split by `;`. Sheets are read by the same readers as registers.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from openpyxl import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from service.core.errors import FieldError
from service.core.settings import Settings
from service.core.text import N_
from service.registry.sources.plain_table import read_plain_table
from service.registry.usecases.requesting import limits_of
from service.screening.errors import CatalogueColumns, CatalogueTooLong
from service.screening.schemas import RouteIn, ScreeningIn, ScreeningOut

NAMES = ("name", "name_zh", "name_latin")
OTHERS = ("goods", "from", "to", "sku")
HEADINGS: Mapping[str, str] = {
    "名称": "name",
    "商标": "name",
    "品牌": "name",
    "中文名称": "name_zh",
    "中文名": "name_zh",
    "英文名称": "name_latin",
    "英文名": "name_latin",
    "外文名称": "name_latin",
    "商品": "goods",
    "商品编码": "goods",
    "起运地": "from",
    "出口地": "from",
    "目的地": "to",
    "目标市场": "to",
    "货号": "sku",
    "brand": "name",
}
"""Headings people write for the columns, besides their own names."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a row that does not say is screened with."""

    goods: tuple[str, ...] = ()
    origin: str = "CN"
    destinations: tuple[str, ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One product of the catalogue."""

    place: int
    """Number of the row in the sheet, headings being row 1."""
    asked: ScreeningIn


def read_catalogue(path: Path, settings: Settings, defaults: Defaults) -> Iterator[Row]:
    """Yield the rows of a catalogue that name something.

    Raises:
        CatalogueColumns: no column of names is there.
        CatalogueTooLong: more rows than the setting allows.
        UnreadableFile and others of `registry.errors`: the file cannot be read.
    """
    rows = read_plain_table(path, limits_of(settings))
    columns = _columns(next(rows, (0, []))[1])
    for count, (place, cells) in enumerate(rows, start=1):
        if count > settings.catalogue_rows:
            raise CatalogueTooLong(
                N_("At most {most} rows in one catalogue: split the file."),
                most=settings.catalogue_rows,
            )
        row = _row(place, cells, columns, defaults)
        if row is not None:
            yield row


def _columns(headings: Sequence[str]) -> list[str]:
    columns = [HEADINGS.get(text.strip(), text.strip().casefold()) for text in headings]
    if not any(column in NAMES for column in columns):
        detail = N_("The first row must name a column `name`, `name_zh` or `name_latin`.")
        raise CatalogueColumns(
            detail, found=", ".join(headings), errors=[FieldError("file", detail)]
        )
    return columns


def _row(
    place: int, cells: Sequence[str], columns: Sequence[str], defaults: Defaults
) -> Row | None:
    values: dict[str, list[str]] = {}
    for column, cell in zip(columns, cells, strict=False):
        known = "names" if column in NAMES else column
        parts = [cell] if known == "names" else cell.split(";")
        values.setdefault(known, []).extend(part.strip() for part in parts if part.strip())
    names = list(dict.fromkeys(values.get("names", ())))
    if not names:
        return None
    route = RouteIn(
        origin=(values.get("from") or [defaults.origin])[0],
        destinations=values.get("to") or list(defaults.destinations) or [""],
    )
    asked = ScreeningIn(
        names=names,
        goods=values.get("goods") or list(defaults.goods),
        route=route,
        limit=defaults.limit,
        reference=(values.get("sku") or [""])[0],
    )
    return Row(place, asked)


class Writer(Protocol):
    """Writes results one by one."""

    def write(self, row: Row, answer: ScreeningOut | None, problem: str) -> None:
        """Add one row's answer, or the problem that stopped it."""


SUMMARY = ("row", "sku", "names", "market", "verdict", "coverage", "conflicts", "closest", "owner")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value: object) -> object:
    """Return a cell that no spreadsheet program takes for a formula."""
    text = value if isinstance(value, str) else None
    return f"'{text}" if text and text.startswith(FORMULA) else value


def _lines(row: Row, answer: ScreeningOut | None, problem: str) -> Iterator[tuple[object, ...]]:
    head = (row.place, row.asked.reference, " / ".join(row.asked.names))
    if answer is None:
        yield (*head, "", "error", "", "", problem, "")
        return
    for code, market in answer.markets.items():
        closest = next((hit for hit in answer.hits if code in hit.markets), None)
        conflicts = sum(
            count for verdict, count in market.counts.items() if verdict != "no_conflict_found"
        )
        yield (
            *head,
            code,
            market.verdict.value,
            market.coverage.value,
            conflicts,
            f"{closest.mark.office} {closest.mark.number} {closest.mark.text}" if closest else "",
            closest.mark.owner if closest else "",
        )


class _JsonLines:
    def __init__(self, path: Path) -> None:
        self._out = path.open("w", encoding="utf-8")

    def write(self, row: Row, answer: ScreeningOut | None, problem: str) -> None:
        body = answer.model_dump(mode="json") if answer else {"error": problem}
        line = {"row": row.place, "sku": row.asked.reference, "names": row.asked.names, **body}
        self._out.write(json.dumps(line, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._out.close()


class _Csv:
    def __init__(self, path: Path) -> None:
        self._out = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._out)
        self._csv.writerow(SUMMARY)

    def write(self, row: Row, answer: ScreeningOut | None, problem: str) -> None:
        self._csv.writerows([safe(v) for v in line] for line in _lines(row, answer, problem))

    def close(self) -> None:
        self._out.close()


class _Excel:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._book = Workbook(write_only=True)
        self._sheet: WriteOnlyWorksheet = self._book.create_sheet("Screening")
        self._sheet.append(SUMMARY)

    def write(self, row: Row, answer: ScreeningOut | None, problem: str) -> None:
        for line in _lines(row, answer, problem):
            self._sheet.append([safe(value) for value in line])

    def close(self) -> None:
        self._book.save(self._path)


WRITERS: Mapping[str, type[_JsonLines] | type[_Csv] | type[_Excel]] = {
    ".jsonl": _JsonLines,
    ".csv": _Csv,
    ".xlsx": _Excel,
}


@contextmanager
def opened_result(path: Path) -> Iterator[Writer]:
    """Open the result file its ending asks for: .jsonl (one whole answer a line), .csv or .xlsx.

    The file takes its name only when it is complete.

    Raises:
        CatalogueColumns: an ending we do not write.
    """
    make = WRITERS.get(path.suffix.lower())
    if make is None:
        detail = N_("Name a result that ends in .jsonl, .csv or .xlsx.")
        raise CatalogueColumns(detail, errors=[FieldError("output", detail)])
    part = path.with_name(f".{path.name}.part")
    writer = make(part)
    try:
        yield writer
    finally:
        writer.close()
    part.replace(path)
