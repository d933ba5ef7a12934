"""The general sheet: headings, cells, and marks in several rows."""

from datetime import date
from pathlib import Path

import pytest

from service.registry.domain import (
    CustomsRecord,
    GoodsClass,
    MarkKind,
    MarkRecord,
    MarkStatus,
    Party,
)
from service.registry.errors import SheetColumnsMissing, SourceProblem, UnknownSource
from service.registry.sources import open_source
from tests.unit.registry.sources.support import FILES, items, marks, notes, rejects, sheet

HEAD = "office,number,text"


def test_a_chinese_row_goes_in_with_all_its_cells() -> None:
    assert marks("sheet_zh.csv")["30000011"] == MarkRecord(
        office="CN",
        number="30000011",
        text="诺德威 NORDVEL",
        kind=MarkKind.COMBINED,
        status=MarkStatus.REGISTERED,
        office_status="已注册",
        application_number="30000011",
        registration_number="30000011",
        filed_on=date(2018, 1, 31),
        published_on=date(2018, 8, 13),
        publication_issue="1611",
        registered_on=date(2018, 11, 14),
        expires_on=date(2028, 11, 13),
        classes=(GoodsClass(12, "电动自行车; 电动摩托车", ("1202", "1204")),),
        owners=(Party("无锡诺德威车业有限公司"),),
        representatives=(Party("无锡虚构商标事务所"),),
    )


def test_an_english_row_goes_in_with_all_its_cells() -> None:
    users = ("First Dealer", "Second Dealer")
    assert marks("sheet_en.csv")["30000001"] == MarkRecord(
        office="CN",
        number="30000001",
        text="NORDVEL",
        kind=MarkKind.WORD,
        status=MarkStatus.REGISTERED,
        office_status="registered",
        application_number="30000001",
        registration_number="30000001",
        filed_on=date(2018, 1, 31),
        published_on=date(2018, 8, 13),
        publication_issue="1611",
        registered_on=date(2018, 11, 14),
        expires_on=date(2028, 11, 13),
        priority_on=date(2017, 8, 1),
        classes=(
            GoodsClass(12, "electric bicycles; electric motorcycles", ("1202", "1204")),
            GoodsClass(35, "advertising", ("3503",)),
        ),
        owners=(Party("Nordvel Mobility", "CN"), Party("Nordvel Holding", "HK")),
        representatives=(Party("Fictional Agents"),),
        translation="north field",
        transliteration="nuo de wei",
        madrid_number="1234567",
        designations=("US", "DE", "EM"),
        customs_records=(
            CustomsRecord("CN", "T2019-1", date(2028, 11, 13), users),
            CustomsRecord("US", "TMK 19-2", date(2029, 1, 1), users),
        ),
    )


def test_each_bad_row_is_rejected_with_its_place() -> None:
    assert rejects("sheet_zh.csv") == [
        ("line 5", "missing-number"),
        ("line 6", "missing-text"),
        ("line 10", "number-twice"),
    ]


def test_a_column_nobody_knows_is_reported_once() -> None:
    found = [entry for entry in notes("sheet_zh.csv") if entry[1] == "unknown-heading"]
    assert found == [("heading", "unknown-heading")]


def test_a_column_can_be_mapped_by_the_caller(tmp_path: Path) -> None:
    path = sheet(tmp_path, "Nummer,Marke\n1,Nordvel\n")
    found = marks(path, mapping={"Nummer": "number", "Marke": "text"})
    assert found["1"].text == "Nordvel"


def test_a_mapping_to_nothing_leaves_a_column_out(tmp_path: Path) -> None:
    path = sheet(tmp_path, "number,text,状态\n1,Nordvel,已注册\n")
    assert marks(path, mapping={"状态": None})["1"].office_status == ""


def test_headings_without_a_number_ask_for_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(SheetColumnsMissing) as caught:
        open_source(sheet(tmp_path, "Nummer,商标名称\n1,诺德威\n"))
    assert caught.value.members["fields"] == ["number"]


def test_a_long_first_line_of_a_sheet_is_not_repeated_whole(tmp_path: Path) -> None:
    with pytest.raises(SheetColumnsMissing) as caught:
        open_source(sheet(tmp_path, f"Nummer {'x' * 400},商标名称\n1,诺德威\n"))
    assert len(str(caught.value.members["headings"])) < 60


def test_a_sheet_without_office_asks_for_one(tmp_path: Path) -> None:
    source = open_source(sheet(tmp_path, "number,text\n1,Nordvel\n"))
    with pytest.raises(SheetColumnsMissing):
        list(source.records())


def test_the_columns_are_told_for_the_mapping_page() -> None:
    source = open_source(FILES / "sheet_zh.csv", office="CN")
    known = {column.heading: column.field for column in source.columns}  # type: ignore[attr-defined]
    assert (known["商标名称"], known["序号"], known["内部分组"]) == ("text", "", None)


def test_a_text_without_columns_is_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(UnknownSource):
        open_source(sheet(tmp_path, "Dear colleague\nplease find attached\n"))


def test_an_unknown_status_counts_as_live_and_is_reported() -> None:
    mark = marks("sheet_zh.csv")["30000012"]
    told = ("line 4", "unknown-status") in notes("sheet_zh.csv")
    assert (mark.status, mark.office_status, told) == (MarkStatus.UNKNOWN, "等待外星人审查", True)


def test_a_sheet_without_status_says_so_once(tmp_path: Path) -> None:
    path = sheet(tmp_path, f"{HEAD}\nCN,1,A\nCN,2,B\n")
    assert notes(path) == [("heading", "no-status-column")]


def test_a_bad_date_costs_the_date_and_not_the_mark() -> None:
    mark = marks("sheet_zh.csv")["30000014"]
    told = ("line 7", "bad-date") in notes("sheet_zh.csv")
    assert (mark.text, mark.filed_on, told) == ("维鲁莫", None, True)


def test_a_word_that_is_no_class_is_reported() -> None:
    assert ("line 9", "bad-class") in notes("sheet_zh.csv")


def test_a_mark_in_several_rows_goes_out_once_with_all_its_classes() -> None:
    found = [one for one in items("sheet_zh.csv") if getattr(one, "number", "") == "30000014"]
    assert [[entry.nice for entry in one.classes] for one in found] == [[12, 35]]  # type: ignore[union-attr]


def test_rows_of_a_mark_in_one_class_are_joined(tmp_path: Path) -> None:
    path = sheet(tmp_path, f"{HEAD},classes,goods\nCN,1,A,12,bicycles\nCN,1,A,12,tricycles\n")
    assert marks(path)["1"].classes == (GoodsClass(12, "bicycles; tricycles"),)


def test_a_number_with_two_different_marks_keeps_the_first_and_reports_the_other() -> None:
    assert marks("sheet_zh.csv")["30000015"].text == "诺德"


def test_a_mark_whose_last_row_is_bad_still_goes_out(tmp_path: Path) -> None:
    path = sheet(tmp_path, f"{HEAD}\nCN,1,Nordvel\nCN,2,B\nCN,1,\n")
    assert (marks(path)["1"].text, rejects(path)) == ("Nordvel", [("line 4", "missing-text")])


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("图形", "", ("", MarkKind.FIGURATIVE)),
        ("诺德威及图", "", ("诺德威", MarkKind.COMBINED)),
        ("诺德威 YADO及图形", "", ("诺德威 YADO", MarkKind.COMBINED)),
        ("Nordvel", "", ("Nordvel", MarkKind.WORD)),
        ("Nordvel", "图文组合", ("Nordvel", MarkKind.COMBINED)),
        ("Nordvel", "3D", ("Nordvel", MarkKind.THREE_D)),
        ("Nordvel", "一般", ("Nordvel", MarkKind.WORD)),
        ("", "声音", ("", MarkKind.SOUND)),
        ("Nordvel", "figurative", ("Nordvel", MarkKind.COMBINED)),
    ],
)
def test_the_kind_is_told_by_its_word_or_by_the_text(
    tmp_path: Path, text: str, kind: str, expected: tuple[str, MarkKind]
) -> None:
    path = sheet(tmp_path, f"{HEAD},kind\nCN,1,{text},{kind}\n")
    mark = marks(path)["1"]
    assert (mark.text, mark.kind) == expected


@pytest.mark.parametrize(
    ("classes", "goods", "groups", "expected"),
    [
        ("12", "bicycles", "", (GoodsClass(12, "bicycles"),)),
        ("第12类、35类", "", "", (GoodsClass(12), GoodsClass(35))),
        ("12;35", "bicycles", "", (GoodsClass(12), GoodsClass(35), GoodsClass(0, "bicycles"))),
        ("12;35", "35: shops", "1204", (GoodsClass(12, "", ("1204",)), GoodsClass(35, "shops"))),
        ("", "", "1204", (GoodsClass(12, "", ("1204",)),)),
        ("", "bicycles", "", (GoodsClass(0, "bicycles"),)),
        ("12", "", "G3704", (GoodsClass(12, "", ("G3704",)),)),
        ("46", "", "", ()),
    ],
)
def test_classes_goods_and_groups_find_each_other(
    tmp_path: Path, classes: str, goods: str, groups: str, expected: tuple[GoodsClass, ...]
) -> None:
    path = sheet(tmp_path, f"{HEAD},classes,goods,subgroups\nCN,1,A,{classes},{goods},{groups}\n")
    assert marks(path)["1"].classes == expected


def test_an_international_registration_in_a_national_register_is_recognised(tmp_path: Path) -> None:
    assert marks(sheet(tmp_path, f"{HEAD}\nCN,G1234567,A\n"))["G1234567"].madrid_number == "1234567"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = sheet(tmp_path, "office,number,text\nCN,1,Nordvel\n".replace(",", delimiter))
    assert marks(path)["1"].text == "Nordvel"


def test_a_quotation_mark_that_never_closes_is_one_bad_row(tmp_path: Path) -> None:
    path = sheet(tmp_path, f'{HEAD}\nCN,1,"Nord{"x" * 200_000}\nCN,2,Velumo\n')
    assert rejects(path) == [("line 2", "unreadable-row")]


def test_an_expiry_before_the_registration_is_reported(tmp_path: Path) -> None:
    path = sheet(tmp_path, f"{HEAD},status,注册日期,有效期至\nCN,1,A,有效,2024-01-01,2020-01-01\n")
    assert notes(path) == [("line 2", "date-order")]


def test_one_office_keeps_one_number_for_application_and_registration(tmp_path: Path) -> None:
    mark = marks(sheet(tmp_path, f"{HEAD},status\nUS,1,A,registered\n"))["1"]
    assert (mark.application_number, mark.registration_number) == ("", "1")


def test_the_office_for_the_whole_sheet_may_be_a_name(tmp_path: Path) -> None:
    source = open_source(sheet(tmp_path, "number,text\n1,A\n"), office="中国")
    found = [item.office for _, item in source.records() if isinstance(item, MarkRecord)]
    assert found == ["CN"]


def test_an_office_nobody_knows_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceProblem):
        open_source(sheet(tmp_path, "number,text\n1,A\n"), office="Atlantis")


def test_a_file_that_is_not_there_is_a_clear_problem(tmp_path: Path) -> None:
    with pytest.raises(UnknownSource):
        open_source(tmp_path / "nowhere.csv")


def test_a_number_that_a_spreadsheet_shortened_is_rejected(tmp_path: Path) -> None:
    assert rejects(sheet(tmp_path, f"{HEAD}\nCN,1.23457E+11,A\n")) == [
        ("line 2", "shortened-number")
    ]


def test_a_heading_that_comes_again_is_no_mark(tmp_path: Path) -> None:
    assert list(marks(sheet(tmp_path, f"{HEAD}\nCN,1,A\n{HEAD}\nCN,2,B\n"))) == ["1", "2"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Registered", MarkStatus.REGISTERED),
        ("已注册", MarkStatus.REGISTERED),
        (" LIVE/REGISTRATION/Issued and Active", MarkStatus.REGISTERED),
        ("LIVE/REGISTRATION/Cancellation/Invalidation Pending", MarkStatus.REGISTERED),
        ("初审公告", MarkStatus.PUBLISHED),
        ("异议中", MarkStatus.OPPOSED),
        ("驳回复审中", MarkStatus.FILED),
        ("驳回", MarkStatus.REFUSED),
        ("已无效", MarkStatus.CANCELLED),
        ("DEAD/REGISTRATION/Expired", MarkStatus.EXPIRED),
        ("撤回", MarkStatus.WITHDRAWN),
        ("等一等", MarkStatus.UNKNOWN),
    ],
)
def test_the_usual_words_for_a_status_are_known(
    tmp_path: Path, word: str, status: MarkStatus
) -> None:
    assert marks(sheet(tmp_path, f"{HEAD},status\nCN,1,A,{word}\n"))["1"].status is status


def test_an_export_of_a_search_service_is_read_as_it_is(tmp_path: Path) -> None:
    head = "Trade mark name,Trade mark office,Application number,Trade mark status,Nice class"
    mark = marks(sheet(tmp_path, f"{head}\nNordvel,DE,302019000001,Registered,12\n"))
    assert mark["302019000001"].office == "DE"
