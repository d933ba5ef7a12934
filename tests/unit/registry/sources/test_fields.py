"""The field tables: every field of every format is in one, and every entry says something."""

import csv
import dataclasses
import json
import re
from pathlib import Path

import pytest
from lxml import etree

from service.registry import domain
from service.registry.sources import Source
from service.registry.sources.euipo import EuipoSource
from service.registry.sources.field_table import element_paths, field_rules
from service.registry.sources.json_records import value_paths
from service.registry.sources.kipo import KipoSource
from service.registry.sources.sheet_columns import fold_heading, heading_table, sheet_fields
from service.registry.sources.st66 import St66Source
from service.registry.sources.st96 import St96Source
from service.registry.sources.statuses import KIND_WORDS, KINDS, STATUS_WORDS, STATUSES, folded
from service.registry.sources.uspto import status_of
from service.registry.sources.uspto_daily import UsptoDailySource
from tests.unit.registry.sources.support import ALL, FILES, items, notes

SOURCES = Path(domain.__file__).parent / "sources"
MANUAL = Path(domain.__file__).parents[2] / "docs" / "import.md"
TABLES = ("uspto_daily", "st66", "st96", "euipo", "kipo", "sheet")
XML_RECORDS = {"uspto_daily": "case-file", "st66": "TransactionData", "st96": "Trademark"}
FULL = {"uspto_daily": "uspto_daily.xml", "st66": "st66.xml", "st96": "st96.xml"}
ISSUE = frozenset(
    [
        "office",
        "number",
        "text",
        "kind",
        "status",
        "application_number",
        "filing_date",
        "publication_date",
        "publication_issue",
        "registration_date",
        "expiry_date",
        "priority_date",
        "classes",
        "subgroups",
        "goods",
        "owner_name",
        "owner_country",
        "representative",
        "translation",
        "transliteration",
        "madrid_number",
        "designations",
        "recorded_with",
        "recordation_number",
        "recordation_expiry",
        "authorised_users",
    ]
)


def document_paths(path: Path, record: str) -> set[str]:
    """Return the paths of a document as the tables write them: from the record, else the root."""
    root = etree.parse(path).getroot()
    found = set()
    for full in element_paths(root):
        steps = full.split("/")
        found.add("/".join(steps[steps.index(record) :]) if record in steps else full)
    return found


@pytest.mark.parametrize("table", TABLES)
def test_every_entry_says_where_a_field_goes_or_why_not(table: str) -> None:
    assert [rule for rule in field_rules(table).values() if not rule.goes_to and not rule.why] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_destination_exists(table: str) -> None:
    names = {
        f"{kind.__name__}.{field.name}"
        for kind in vars(domain).values()
        if dataclasses.is_dataclass(kind) and isinstance(kind, type)
        for field in dataclasses.fields(kind)
    } | {f"Source.{name}" for name in Source.__annotations__}
    goals = {rule.goes_to for rule in field_rules(table).values() if rule.goes_to}
    assert goals - names == set()


@pytest.mark.parametrize("table", FULL)
def test_the_project_s_own_file_has_every_field_of_the_table(table: str) -> None:
    listed = {
        field
        for field in field_rules(table)
        if not field.startswith("Transaction/") or table == "st66"
    } - {"Transaction"}
    found = document_paths(FILES / FULL[table], XML_RECORDS[table])
    assert listed - found == set()


@pytest.mark.parametrize("table", FULL)
def test_no_field_of_the_project_s_own_file_is_missing_in_the_table(table: str) -> None:
    found = document_paths(FILES / FULL[table], XML_RECORDS[table])
    assert found - set(field_rules(table)) == set()


@pytest.mark.parametrize("name", ALL)
def test_no_file_of_ours_has_an_unlisted_field(name: str) -> None:
    assert [note for note in notes(name) if note[1] == "unlisted-field"] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "field"),
    [
        (
            "uspto_daily.xml",
            "<filing-date>20190304</filing-date>",
            "<filing-date>20190304</filing-date><novelty>1</novelty>",
            "case-file/case-file-header/novelty",
        ),
        (
            "uspto_daily.xml",
            "<design-search>",
            "<design-search><novelty>1</novelty>",
            "case-file/design-searches/design-search/novelty",
        ),
        (
            "uspto_daily.xml",
            "<party-type>30</party-type>",
            "<party-type>30</party-type><novelty>1</novelty>",
            "case-file/case-file-owners/case-file-owner/novelty",
        ),
        (
            "uspto_daily.xml",
            "<correspondent>",
            "<novelty>1</novelty><correspondent>",
            "case-file/novelty",
        ),
        (
            "st66.xml",
            "<FilingPlace>",
            "<Novelty>1</Novelty><FilingPlace>",
            "TransactionData/TradeMarkDetails/TradeMark/Novelty",
        ),
        (
            "st96.xml",
            "<ns2:AssociatedMarkBag>",
            "<ns2:AssociatedMarkBag novelty='1'>",
            "Trademark/AssociatedMarkBag/@novelty",
        ),
        ("euipo_mark.json", '"markKind"', '"novelty": 1, "markKind"', "novelty"),
        (
            "kipo.json",
            '"viennaCodeList"',
            '"novelty": {"deep": 1}, "viennaCodeList"',
            "novelty/deep",
        ),
    ],
)
def test_a_field_that_is_in_no_table_is_reported(
    tmp_path: Path, name: str, old: str, new: str, field: str
) -> None:
    path = tmp_path / name
    text = (FILES / name).read_text("utf-8")
    path.write_text(text.replace(old, new), "utf-8")
    found = [one for one in items(path) if getattr(one, "code", "") == "unlisted-field"]
    assert field in [one.values["field"] for one in found]  # type: ignore[union-attr]


def test_the_sheet_has_every_column_that_was_asked_for() -> None:
    assert set(ISSUE) - set(sheet_fields()) == set()


@pytest.mark.parametrize(
    "heading",
    [
        "申请/注册号",
        "商标名称",
        "国际分类",
        "类似群",
        "商品/服务",
        "申请人名称",
        "申请日期",
        "初审公告日期",
        "初审公告期号",
        "注册公告日期",
        "专用权期限",
        "商标状态",
        "代理机构",
    ],
)
def test_the_headings_of_the_chinese_register_are_known(heading: str) -> None:
    assert heading_table()[fold_heading(heading)] in ISSUE


def test_no_heading_stands_for_two_fields() -> None:
    path = SOURCES / "fields" / "sheet.csv"
    seen: dict[str, set[str]] = {}
    for row in csv.DictReader(path.read_text("utf-8").splitlines()):
        for heading in row["headings"].split("|"):
            seen.setdefault(fold_heading(heading), set()).add(row["field"] or row["why"])
    assert [heading for heading, fields in seen.items() if len(fields) > 1] == []


def test_every_status_code_of_the_uspto_has_a_status_and_its_words() -> None:
    codes = ("630", "686", "774", "700", "710", "900", "602", "603")
    found = [status_of(code, "")[0].value for code in codes]
    assert found == [
        "filed",
        "published",
        "opposed",
        "registered",
        "cancelled",
        "expired",
        "withdrawn",
        "refused",
    ]


@pytest.mark.parametrize("code", ["400", "403", "612", "715", "779", "790"])
def test_what_may_come_back_to_life_is_alive(code: str) -> None:
    assert status_of(code, "")[0] not in domain.DEAD


@pytest.mark.parametrize(
    "words",
    [
        "驳回复审中",
        "无效宣告申请审查中",
        "撤销三年不使用待审",
        "部分无效",
        "驳回通知发文",
    ],
)
def test_a_proceeding_that_may_end_well_is_alive(words: str) -> None:
    assert STATUSES[words] not in domain.DEAD


@pytest.mark.parametrize("table", [STATUS_WORDS, KIND_WORDS])
def test_no_word_stands_for_two_things(table: dict[str, str]) -> None:
    words = [folded(word) for line in table.values() for word in line.split("|")]
    assert [word for word in words if words.count(word) > 1] == []


def test_the_status_table_names_our_own_words() -> None:
    assert [STATUSES[status.value] for status in domain.MarkStatus] == list(domain.MarkStatus)


def test_the_kind_table_names_our_own_words() -> None:
    assert [KINDS[kind.value] for kind in domain.MarkKind] == list(domain.MarkKind)


def test_own_json_files_have_every_field_of_their_tables() -> None:
    mark = json.loads((FILES / "euipo_mark.json").read_text("utf-8"))
    page = json.loads((FILES / "euipo_page.json").read_text("utf-8"))
    kipo = json.loads((FILES / "kipo.json").read_text("utf-8"))
    listed = set(field_rules("euipo")) | set(field_rules("kipo"))
    found = value_paths(mark) | value_paths(page["trademarks"]) | value_paths(kipo) | set(page)
    assert found == listed


def test_the_manual_names_every_reason_a_parser_gives() -> None:
    code = "".join(path.read_text("utf-8") for path in SOURCES.glob("*.py"))
    given = set(
        re.findall(r'(?:Reject|Note|_note)\(\s*[^"()]*(?:\([^()]*\)[^"()]*)?"([a-z-]+)"', code)
    )
    manual = MANUAL.read_text("utf-8")
    assert (len(given) > 10, [name for name in given if f"`{name}`" not in manual]) == (True, [])


def test_the_manual_names_every_column_of_the_sheet() -> None:
    manual = MANUAL.read_text("utf-8")
    assert [name for name in sheet_fields() if f"`{name}`" not in manual] == []


def test_each_parser_names_its_table() -> None:
    parsers = (UsptoDailySource, St66Source, St96Source, EuipoSource, KipoSource)
    assert [one.format.replace("-", "_") for one in parsers] == list(TABLES[:5])
