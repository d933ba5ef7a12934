"""Sheets of penalty decisions: told by headings, read row by row, bad rows told by line."""

from datetime import date
from pathlib import Path

import pytest

from service.registry.domain import Reject
from service.registry.errors import SheetColumnsMissing
from service.registry.penalties import mark_key
from service.registry.penalty_sheets import (
    Decision,
    is_penalty_sheet,
    read_amount,
    read_penalties,
)
from service.registry.sources.base import Limits

CHINESE = "序号,当事人,处罚海关,侵权货物,商标,备案号,货值(元),罚款,行政处罚决定书文号,处罚日期"
ENGLISH = "party,port,goods,mark,recordation number,value,fine,decision number,decision date"
ROW = "1,无锡某贸易公司,上海海关,电动自行车,“YADEA”商标,T2021-1,"
ROW += '"12,345.60",¥1.2万,沪关知罚〔2026〕7号,2026年3月1日'


def sheet(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_is_told_by_its_headings_in_every_usual_encoding(
    tmp_path: Path, encoding: str
) -> None:
    path = sheet(tmp_path, "海关行政处罚公示", CHINESE, ROW, encoding=encoding)

    assert is_penalty_sheet(path, Limits())
    [one] = read_penalties(path, Limits())
    assert isinstance(one, Decision)
    assert (one.decided_on, one.value_fen, one.fine_fen) == (date(2026, 3, 1), 1234560, 1200000)
    assert (one.customs, one.recordation_number) == ("上海海关", "T2021-1")


@pytest.mark.parametrize(
    "content",
    [
        b"number,text,office\n1,YADEA,CN\n",
        b"<decisions/>",
        b'{"decision number": 1}',
        b"PK\x03\x04broken",
        b"",
        "商标名称,注册号,申请人\n雅迪,1,雅迪集团\n".encode(),
    ],
)
def test_other_files_are_no_list_of_decisions(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)

    assert not is_penalty_sheet(path, Limits())


def test_rows_that_cannot_be_read_are_told_by_their_line(tmp_path: Path) -> None:
    rows = (
        "甲公司,Ningbo,lamp,YADEA,,100,5,A-1,2026-01-02",
        ",Ningbo,lamp,YADEA,,100,5,A-2,2026-01-02",
        "甲公司,Ningbo,lamp,YADEA,,100,5,A-3,03/04/2026",
        "甲公司,Ningbo,lamp,YADEA,,some,5,A-4,2026-01-02",
        f"甲公司,Ningbo,lamp,{'Y' * 301},,,5,A-5,2026-01-02",
        ENGLISH,
    )

    found = list(read_penalties(sheet(tmp_path, ENGLISH, *rows), Limits()))

    told = [(one.place, one.code) for one in found if isinstance(one, Reject)]
    assert told == [
        ("line 3", "missing-value"),
        ("line 4", "bad-date"),
        ("line 5", "bad-amount"),
        ("line 6", "too-long"),
    ]
    assert [one.decision_number for one in found if isinstance(one, Decision)] == ["A-1"]


def test_a_sheet_without_the_needed_columns_is_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path, "当事人,决定书文号", "甲,1")

    with pytest.raises(SheetColumnsMissing) as told:
        list(read_penalties(path, Limits()))

    assert told.value.members["fields"] == ["decided_on", "mark"]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("3000元", 300000),
        ("人民币1,000.5元", 100050),
        ("2.5 万元", 2500000),
        ("x", None),
        ("", None),
    ],
)
def test_amounts_are_read_to_the_fen(text: str, fen: int | None) -> None:
    assert read_amount(text) == fen


def test_the_words_of_a_mark_are_known_without_quotation_marks() -> None:
    assert mark_key("“YADEA”商标") == mark_key("yadea")
