"""Workbooks: both languages above, nothing a formula, long tables on several sheets."""

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from service.ui.documents import sheets
from service.ui.documents.sheets import FORMULA, Column, Sheet, workbook

COLUMNS = (Column("商标", "Mark", 30), Column("到期日", "Expires on"))


def rows_of(content: bytes, title: str) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(content))
    return [tuple(cell.value for cell in row) for row in book[title].iter_rows()]


def test_headings_are_in_both_languages_and_days_stay_days() -> None:
    made = workbook([Sheet("备案 Recordations", COLUMNS, [("雅迪", date(2036, 1, 31))])])

    assert rows_of(made, "备案 Recordations") == [
        ("商标\nMark", "到期日\nExpires on"),
        ("雅迪", datetime(2036, 1, 31)),  # noqa: DTZ001  as openpyxl reads a day
    ]


@pytest.mark.parametrize("first", FORMULA)
def test_nothing_is_taken_for_a_formula(first: str) -> None:
    made = workbook([Sheet("a", COLUMNS, [(f"{first}cmd|' /C calc'!A1", None)])])

    (value, _), *_ = rows_of(made, "a")[1:]
    assert str(value).startswith("'")


def test_times_say_their_zone_and_what_excel_cannot_hold_is_marked() -> None:
    at = datetime(2026, 11, 28, 16, 30, tzinfo=UTC)
    made = workbook([Sheet("a", COLUMNS, [("a\x00b", at)])])

    assert rows_of(made, "a")[1] == ("a\N{REPLACEMENT CHARACTER}b", "2026-11-29 00:30:00+08:00")


def test_a_long_table_goes_on_on_a_further_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "SHEET_ROWS", 2)
    made = workbook([Sheet("US/[a]", COLUMNS, [(str(n), None) for n in range(5)])])

    names = load_workbook(io.BytesIO(made)).sheetnames
    assert names == ["US  a", "US  a 2", "US  a 3"]
    assert [row[0] for row in rows_of(made, "US  a 3")] == ["商标\nMark", "4"]


def test_a_row_wider_than_its_headings_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="3 cells"):
        workbook([Sheet("a", COLUMNS, [("a", "b", "c")])])
