"""Excel: tables with headings in both languages, written row by row, no cell a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import openpyxl.cell
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from service.ui.i18n import ZONE

Value = TypeVar("Value")
Cell = str | int | float | Decimal | bool | date | datetime | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet program may take for the beginning of a formula; full-width in Japan."""
SHEET_ROWS = 1_000_000
"""Lines of one sheet of a workbook, a little under what Excel opens."""
CELL_LENGTH = 32_000
"""Characters of one cell, a little under what Excel opens."""
TITLE_LENGTH = 31
"""Characters of a sheet's name that Excel opens."""
CHART_LINES = 16
"""Lines of a sheet that a chart covers."""
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']|[\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading in both languages and its width in characters."""

    zh: str
    en: str
    width: int = 18


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart of Excel's own over lines of a sheet, told by the cells themselves."""

    title: str
    first: int
    """The first of its lines, from 1 for the first under the headings; `last` with it."""
    last: int
    labels: int
    """Number of the column that names a line, from 1; `values` of the one that is drawn."""
    values: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a workbook; it goes on on further sheets where it is longer than one holds."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    charts: Sequence[Bars] = ()
    """Beside the table, one below the other."""


def safe(value: Value) -> Value | str:
    """Return a cell that no spreadsheet program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def in_excel(value: Cell) -> Cell:
    """Return a cell as Excel can hold it: safe, not too long, times in Beijing and named so."""
    if isinstance(value, str):
        return safe(ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)[:CELL_LENGTH])
    if isinstance(value, datetime):
        return value.astimezone(ZONE).isoformat(sep=" ", timespec="seconds")
    return value


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write tables to a workbook (.xlsx) and return it. Rows are read one by one.

    Raises:
        ValueError: no sheet, or a row with more cells than columns.
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    book = Workbook(write_only=True)
    try:
        for sheet in sheets:
            _write(book, sheet)
    except BaseException:
        for page in book.worksheets:
            page.close()
        raise
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(book: Workbook, sheet: Sheet) -> None:
    page = _begun(book, sheet)
    for number, row in enumerate(sheet.rows):
        if number and number % SHEET_ROWS == 0:
            page = _begun(book, sheet)
        if len(row) > len(sheet.columns):
            raise ValueError(f"row {number + 1} of {sheet.title} has {len(row)} cells")
        page.append([in_excel(value) for value in row])
    for number, bars in enumerate(sheet.charts):
        place = f"{get_column_letter(len(sheet.columns) + 2)}{2 + number * CHART_LINES}"
        page.add_chart(_chart(page, bars), place)


def _chart(page: Any, bars: Bars) -> BarChart:
    chart = BarChart()
    chart.type, chart.legend, chart.title = "bar", None, bars.title
    first, last = bars.first + 1, bars.last + 1
    chart.add_data(Reference(page, min_col=bars.values, min_row=first, max_row=last))
    chart.set_categories(Reference(page, min_col=bars.labels, min_row=first, max_row=last))
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.y_axis.majorGridlines = None
    chart.x_axis.scaling.orientation = "maxMin"
    chart.height = 7.5
    return chart


def _begun(book: Workbook, sheet: Sheet) -> Any:
    page: Any = book.create_sheet(_title(book, sheet.title))
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.append([_heading(page, column) for column in sheet.columns])
    return page


def _heading(page: WriteOnlyWorksheet, column: Column) -> openpyxl.cell.Cell:
    cell = WriteOnlyCell(page, value=safe(f"{column.zh}\n{column.en}"))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _title(book: Workbook, wanted: str) -> str:
    """Return a name that Excel takes and no other sheet has."""
    clean = _NOT_IN_TITLES.sub(" ", wanted).strip() or "1"
    taken = {name.casefold() for name in book.sheetnames}
    title, number = clean[:TITLE_LENGTH], 1
    while title.casefold() in taken:
        number += 1
        tail = f" {number}"
        title = clean[: TITLE_LENGTH - len(tail)] + tail
    return title
