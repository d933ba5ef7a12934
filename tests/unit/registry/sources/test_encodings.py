"""Sheets in the encodings Chinese offices and spreadsheets write."""

from pathlib import Path

import pytest

from service.registry.errors import UnreadableText
from service.registry.sources import open_source
from tests.unit.registry.sources.support import FILES, items, marks, notes, sheet

TEXT = (FILES / "sheet_zh.csv").read_text("utf-8")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_same_sheet_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    assert marks(sheet(tmp_path, TEXT, encoding)) == marks("sheet_zh.csv")


def test_an_encoding_that_was_guessed_is_told(tmp_path: Path) -> None:
    assert ("heading", "encoding") in notes(sheet(tmp_path, TEXT, "gb18030"))


def test_one_wrong_byte_in_utf8_is_not_taken_for_chinese(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(TEXT.encode() + b"\xc4\xe3")
    with pytest.raises(UnreadableText):
        open_source(path, office="CN")


def test_chinese_text_far_behind_plain_letters_is_still_found(tmp_path: Path) -> None:
    rows = "".join(f"CN,{number},Nordvel\n" for number in range(1, 90_000))
    path = sheet(tmp_path, f"office,number,text\n{rows}CN,90000,诺德威\n", "gb18030")
    assert marks(path)["90000"].text == "诺德威"


def test_zero_bytes_are_dropped(tmp_path: Path) -> None:
    path = sheet(tmp_path, "office,number,text\n" + "CN,1,A\n" * 60_000 + "CN,2,Nord\0vel\n")
    assert [one for one in items(path) if "\0" in repr(one)] == []


@pytest.mark.parametrize(
    "text",
    [
        "office;number;text\nDE;1;Größe\nDE;2;Müller Öfen\nDE;3;Straßenkönig\n",
        "office,number,text\nFR,1,Café déjà vu\nFR,2,Éclair à la crème\n",
    ],
)
def test_a_western_encoding_is_not_taken_for_chinese(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableText):
        open_source(sheet(tmp_path, text, "cp1252"))


def test_chinese_mixed_with_letters_is_chinese(tmp_path: Path) -> None:
    path = sheet(tmp_path, "office,number,text\nCN,1,诺德威NORDVEL及图\nCN,2,A牌\n", "gb18030")
    assert list(marks(path)) == ["1", "2"]
