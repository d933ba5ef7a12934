"""The USPTO's bulk files."""

from datetime import date
from pathlib import Path

from service.registry.domain import (
    EditionScope,
    GoodsClass,
    MarkKind,
    MarkRecord,
    MarkStatus,
    Party,
)
from service.registry.sources import Limits, open_source
from service.registry.sources.feeds import FileFeed
from service.registry.sources.xml_stream import elements
from tests.generate_uspto import write
from tests.unit.registry.sources.support import FILES, items, marks, notes, packed, rejects


def test_a_case_file_goes_in_with_all_its_fields() -> None:
    assert marks("uspto_daily.xml")["90000001"] == MarkRecord(
        office="US",
        number="90000001",
        text="NORDVEL",
        kind=MarkKind.WORD,
        status=MarkStatus.REGISTERED,
        office_status="700 REGISTERED",
        application_number="90000001",
        registration_number="6500001",
        filed_on=date(2019, 3, 4),
        published_on=date(2019, 7, 2),
        registered_on=date(2019, 9, 17),
        priority_on=date(2018, 8, 6),
        classes=(GoodsClass(12, "Electric bicycles"), GoodsClass(35)),
        owners=(
            Party("Nordvel Mobility LLC", "US", "1 Invented Road, Suite 2, Springfield, CA, 90001"),
        ),
        representatives=(Party("Ada Fictional"),),
        translation='The English translation of the mark is "north field".',
        transliteration="The non-Latin characters transliterate to NUODE.",
        madrid_number="1234567",
        updated_on=date(2023, 1, 15),
    )


def test_a_status_code_nobody_knows_is_live_and_reported() -> None:
    status = marks("uspto_daily.xml")["90000002"].status
    assert (status, ("case-file 2", "unknown-status") in notes("uspto_daily.xml")) == (
        MarkStatus.UNKNOWN,
        True,
    )


def test_a_case_without_serial_number_is_rejected_and_the_rest_goes_in() -> None:
    assert (rejects("uspto_daily.xml"), "90000003" in marks("uspto_daily.xml")) == (
        [("case-file 3", "missing-number")],
        True,
    )


def test_a_drawing_without_words_is_figurative() -> None:
    assert marks("uspto_daily.xml")["90000003"].kind is MarkKind.FIGURATIVE


def test_the_file_tells_its_own_date() -> None:
    assert open_source(FILES / "uspto_daily.xml").edition_date == date(2023, 1, 16)


def test_an_annual_part_is_full_and_knows_its_number(tmp_path: Path) -> None:
    path = tmp_path / "apc18840407-20231231-07.zip"
    write(path, 3)
    source = open_source(path)
    assert (source.scope, source.period, source.part) == (
        EditionScope.FULL,
        (date(1884, 4, 7), date(2023, 12, 31)),
        7,
    )


def test_a_daily_file_is_a_delta_of_its_day(tmp_path: Path) -> None:
    content = (FILES / "uspto_daily.xml").read_bytes()
    source = open_source(packed(tmp_path / "any.zip", {"apc230116.xml": content}))
    assert (source.scope, source.period) == (
        EditionScope.DELTA,
        (date(2023, 1, 16), date(2023, 1, 16)),
    )


def test_a_file_under_another_name_claims_nothing() -> None:
    assert open_source(FILES / "uspto_daily.xml").scope is EditionScope.UNKNOWN


def test_words_that_overflow_the_field_are_put_behind_it(tmp_path: Path) -> None:
    text = (FILES / "uspto_daily.xml").read_text("utf-8")
    path = tmp_path / "any.xml"
    path.write_text(text.replace("D10000", "MK0000").replace("BICYCLES", "OF THE NORTH"), "utf-8")
    assert marks(path)["90000001"].text == "NORDVEL OF THE NORTH"


def test_goods_of_an_old_class_reach_every_class_it_stands_for(tmp_path: Path) -> None:
    text = (FILES / "uspto_daily.xml").read_text("utf-8")
    old = text.replace("GS0121", "GS0191").replace(
        "<primary-code>012</primary-code>", "<primary-code>019</primary-code>"
    )
    path = tmp_path / "any.xml"
    path.write_text(
        old.replace(
            "<international-code>012</international-code>",
            "<international-code>012</international-code>"
            "<international-code>007</international-code>",
        ),
        "utf-8",
    )
    assert marks(path)["90000001"].classes == (
        GoodsClass(12, "Electric bicycles"),
        GoodsClass(7, "Electric bicycles"),
        GoodsClass(35),
    )


def test_a_generated_file_reads_without_reject_or_remark(tmp_path: Path) -> None:
    path = tmp_path / "generated.xml"
    write(path, 500)
    assert (len(marks(path)), len(items(path))) == (500, 500)


def test_a_generated_file_is_the_same_from_the_same_seed(tmp_path: Path) -> None:
    for name in ("one.xml", "two.xml"):
        write(tmp_path / name, 20, seed=5)
    assert (tmp_path / "one.xml").read_bytes() == (tmp_path / "two.xml").read_bytes()


def test_the_tree_holds_no_more_records_than_one_reading_brings(tmp_path: Path) -> None:
    path = tmp_path / "generated.xml"
    write(path, 300)
    held = []
    for case in elements(FileFeed(path), "case-file", Limits().record_bytes):
        parent = case.getparent()
        held.append(len(parent) if parent is not None else 0)
    assert max(held) < 20


def test_days_that_follow_each_other_in_one_archive_are_one_period(tmp_path: Path) -> None:
    content = (FILES / "uspto_daily.xml").read_bytes()
    names = ("apc230131.xml", "apc230201.xml")
    source = open_source(packed(tmp_path / "any.zip", dict.fromkeys(names, content)))
    assert (source.scope, source.period) == (
        EditionScope.DELTA,
        (date(2023, 1, 31), date(2023, 2, 1)),
    )


def test_days_with_a_gap_in_one_archive_claim_nothing(tmp_path: Path) -> None:
    content = (FILES / "uspto_daily.xml").read_bytes()
    names = ("apc230131.xml", "apc230203.xml")
    source = open_source(packed(tmp_path / "any.zip", dict.fromkeys(names, content)))
    assert (source.scope, source.period) == (EditionScope.UNKNOWN, None)
