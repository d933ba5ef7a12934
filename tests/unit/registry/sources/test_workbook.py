"""Sheets in workbooks."""

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from service.registry.errors import BrokenSource, SheetColumnsMissing, SourceTooLarge
from service.registry.sources import Limits, open_source
from tests.unit.registry.sources.support import FILES, marks, notes, rejects

HEAD: list[object] = ["office", "number", "text", "filing_date", "classes"]


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    """Write a workbook with one sheet per name."""
    book = openpyxl.Workbook()
    for place, (name, rows) in enumerate(sheets.items()):
        sheet = book.create_sheet(name, place)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_numbers_dates_and_day_numbers_are_read_as_a_person_means_them(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["CN", 30000001, "诺德威", date(2024, 1, 31), 12],
        ["CN", "2", "B", 45322, 9.0],
    ]
    found = marks(workbook(tmp_path / "book.xlsx", Marks=rows))
    assert [(m.number, m.filed_on, m.classes[0].nice) for m in found.values()] == [
        ("30000001", date(2024, 1, 31), 12),
        ("2", date(2024, 1, 31), 9),
    ]


def test_an_old_workbook_is_read_too() -> None:
    assert [(m.number, m.text, m.filed_on) for m in marks("sheet.xls").values()] == [
        ("30000001", "诺德威", date(2024, 1, 31)),
        ("30000002", "", date(2024, 1, 31)),
    ]


def test_every_sheet_with_marks_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        First=[HEAD, ["CN", 1, "A"]],
        Second=[["总表"], HEAD, ["CN", 2, "B"]],
    )
    assert list(marks(path)) == ["1", "2"]


def test_a_sheet_without_marks_is_named(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "b.xlsx", Marks=[HEAD, ["CN", 1, "A"]], Readme=[["Hello"], ["World"]]
    )
    assert ("sheet Readme", "sheet-left-out") in notes(path)


def test_a_bad_row_is_rejected_with_sheet_and_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", Marks=[HEAD, ["CN", None, "A"]])
    assert rejects(path) == [("sheet Marks row 2", "missing-number")]


def test_a_workbook_without_marks_asks_for_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(SheetColumnsMissing):
        open_source(workbook(tmp_path / "book.xlsx", One=[["Nummer", "Marke"], [1, "Nordvel"]]))


def test_a_workbook_over_the_limit_is_refused() -> None:
    with pytest.raises(SourceTooLarge):
        open_source(FILES / "sheet.xls", limits=Limits(workbook_bytes=100))


def test_a_workbook_that_unpacks_too_far_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", Marks=[HEAD, ["CN", 1, "A"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/extra.xml", b"0" * (4 << 20))
    with pytest.raises(SourceTooLarge):
        open_source(path)


def test_a_sheet_that_claims_sixteen_billion_cells_harms_nobody(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Marks", 0)
    sheet.append(HEAD)
    sheet["XFD1048576"] = "far away"
    book.save(path)
    with pytest.raises(BrokenSource):
        open_source(path)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("name", ["sheet.xls", "book.xlsx"])
def test_a_cut_off_workbook_is_a_clear_problem(tmp_path: Path, name: str, share: float) -> None:
    whole = workbook(tmp_path / "whole.xlsx", Marks=[HEAD, ["CN", 1, "A"]])
    content = (FILES / name).read_bytes() if name == "sheet.xls" else whole.read_bytes()
    path = tmp_path / name
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BrokenSource):
        open_source(path, office="CN")
