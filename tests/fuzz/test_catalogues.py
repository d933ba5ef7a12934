"""Catalogue files of any content: rows or a typed problem, and a result no program runs."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.errors import Problem
from service.core.settings import Settings
from service.screening.catalogue import SUMMARY, Defaults, Row, read_catalogue
from service.screening.results import opened_result, render_cells
from service.screening.schemas import RouteIn, ScreeningIn
from service.ui.documents.sheets import FORMULA, safe
from tests.fuzz.texts import any_text

PROFILE = settings.get_profile("fuzz")
HEAD = "name,goods,from,to,sku\n"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("catalogues")


def rows_of(path: Path, content: bytes) -> list[Row]:
    path.write_bytes(content)
    return list(read_catalogue(path, Settings(home=path.parent), Defaults(destinations=("XX",))))


def refused_or(path: Path, content: bytes) -> Iterator[Row]:
    with contextlib.suppress(Problem):
        yield from rows_of(path, content)


@given(content=st.binary(max_size=600))
@PROFILE
def test_random_bytes_are_rows_or_refused(folder: Path, content: bytes) -> None:
    for row in refused_or(folder / "a.csv", content):
        assert row.asked.names


@given(content=st.binary(max_size=600))
@PROFILE
def test_random_bytes_after_good_headings_are_rows_or_refused(folder: Path, content: bytes) -> None:
    for row in refused_or(folder / "a.csv", HEAD.encode() + content):
        assert row.place > 1


@given(lines=st.lists(st.lists(any_text, min_size=1, max_size=6), max_size=6))
@PROFILE
def test_any_cells_are_rows_or_refused(folder: Path, lines: list[list[str]]) -> None:
    text = HEAD + "\n".join(",".join(line) for line in lines)
    content = text.encode("utf-8", "replace")

    for row in refused_or(folder / "a.csv", content):
        assert row.asked.names


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@given(names=st.lists(st.text("雅迪新日爱玛台铃YADEA ", min_size=2, max_size=8), max_size=5))
@PROFILE
def test_chinese_names_come_back_as_written(folder: Path, encoding: str, names: list[str]) -> None:
    text = "\n".join(["商标名称,货号", *(f"{name},A" for name in names)]) + "\n"

    rows = rows_of(folder / "a.csv", text.encode(encoding))

    assert [row.asked.names for row in rows] == [[n.strip()] for n in names if n.strip()]


@given(content=st.binary(max_size=400), keep=st.integers(0, 400))
@settings(PROFILE, max_examples=max(6, PROFILE.max_examples // 10))
def test_a_damaged_workbook_is_rows_or_refused(folder: Path, content: bytes, keep: int) -> None:
    path = folder / "a.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", content)
    damaged = path.read_bytes()[:keep] + content

    for row in refused_or(path, b"PK\x03\x04" + damaged[4:]):
        assert row.asked.names


@given(name=any_text.filter(bool), owner=any_text)
@PROFILE
def test_no_cell_of_a_result_begins_a_formula(name: str, owner: str) -> None:
    assert not any(str(safe(cell)).startswith(FORMULA) for cell in (name, owner))


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".xlsx"])
@given(name=any_text.filter(lambda text: text.isprintable() and bool(text.strip())))
@settings(PROFILE, max_examples=max(10, PROFILE.max_examples // 4))
def test_any_name_can_be_written_to_every_result(folder: Path, ending: str, name: str) -> None:
    row = Row(2, ScreeningIn(names=[name], route=RouteIn(destinations=["XX"])))
    path = folder / f"result{ending}"

    with opened_result(path) as writer:
        writer.write("{}" if ending == ".jsonl" else render_cells(row, None, None))

    assert path.stat().st_size > 0


def test_every_line_of_a_result_has_all_columns() -> None:
    row = Row(2, ScreeningIn(names=["A"], route=RouteIn(destinations=["XX"])))

    assert [len(line) for line in render_cells(row, None, None)] == [len(SUMMARY)]
