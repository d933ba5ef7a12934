"""EUIPO and Korean marks in JSON."""

import json
from datetime import date
from pathlib import Path

from service.registry.domain import GoodsClass, MarkKind, MarkRecord, MarkStatus, Party
from tests.unit.registry.sources.support import FILES, items, marks, notes, rejects

PAGE = json.loads((FILES / "euipo_page.json").read_text("utf-8"))


def test_a_single_eu_mark_goes_in_with_all_its_fields() -> None:
    assert marks("euipo_mark.json")["019000001"] == MarkRecord(
        office="EM",
        number="019000001",
        text="NORDVEL",
        kind=MarkKind.COMBINED,
        status=MarkStatus.REGISTERED,
        office_status="REGISTERED",
        application_number="019000001",
        registration_number="019000001",
        filed_on=date(2022, 4, 22),
        published_on=date(2022, 5, 20),
        publication_issue="2022/090",
        registered_on=date(2022, 9, 1),
        expires_on=date(2032, 4, 22),
        priority_on=date(2021, 12, 1),
        classes=(GoodsClass(12, "Electric bicycles"), GoodsClass(35, "Einzelhandel; Werbung")),
        owners=(Party("Nordvel Mobility GmbH", identifier="1000001"),),
        representatives=(Party("Fictional & Partners", identifier="1000001"),),
        updated_on=date(2022, 9, 1),
    )


def test_a_page_of_a_search_gives_each_of_its_marks() -> None:
    assert list(marks("euipo_page.json")) == ["019000001", "W01234567A", "019000003"]


def test_the_publication_that_opened_the_opposition_period_counts() -> None:
    mark = marks("euipo_page.json")["019000001"]
    assert (mark.published_on, mark.publication_issue) == (date(2022, 5, 20), "2022/090")


def test_a_designation_of_the_eu_is_tied_to_its_international_registration() -> None:
    mark = marks("euipo_page.json")["W01234567A"]
    assert (mark.madrid_number, mark.filed_on) == ("1234567A", date(2021, 3, 4))


def test_what_is_no_record_is_rejected() -> None:
    assert rejects("euipo_page.json") == [
        ("record 4", "missing-number"),
        ("record 5", "not-a-record"),
    ]


def test_an_unknown_status_and_a_bad_date_are_reported() -> None:
    assert notes("euipo_page.json") == [("record 3", "unknown-status"), ("record 3", "bad-date")]


def test_pages_may_follow_each_other_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "pages"
    path.write_text("\n".join(json.dumps(PAGE) for _ in range(3)), "utf-8")
    assert len(items(path)) == 3 * len(items("euipo_page.json"))


def test_an_array_of_pages_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "pages"
    path.write_text(json.dumps([PAGE, PAGE]), "utf-8")
    assert len(items(path)) == 2 * len(items("euipo_page.json"))


def test_json_in_another_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_bytes((FILES / "kipo.json").read_text("utf-8").encode("utf-16"))
    assert marks(path) == marks("kipo.json")


def test_a_korean_mark_goes_in_with_all_its_fields() -> None:
    assert marks("kipo.json")["4020190000001"] == MarkRecord(
        office="KR",
        number="4020190000001",
        text="노드벨 NORDVEL",
        kind=MarkKind.WORD,
        status=MarkStatus.REGISTERED,
        office_status="등록",
        application_number="4020190000001",
        registration_number="4015000010000",
        filed_on=date(2019, 3, 4),
        published_on=date(2019, 7, 2),
        publication_issue="4020190000009",
        registered_on=date(2019, 9, 17),
        priority_on=date(2018, 8, 6),
        classes=(GoodsClass(12, "", ("G370401", "S120401")),),
    )


def test_codes_of_a_mark_in_several_classes_stay_with_the_mark() -> None:
    assert marks("kipo.json")["4020190000002"].classes == (
        GoodsClass(12),
        GoodsClass(35),
        GoodsClass(0, "", ("G370401",)),
    )


def test_a_former_national_class_is_not_taken_for_a_nice_class() -> None:
    assert marks("kipo.json")["4019630000003"].classes == (GoodsClass(0, "KR 037"),)


def test_figure_codes_without_words_are_a_figurative_mark() -> None:
    assert marks("kipo.json")["4019630000003"].kind is MarkKind.FIGURATIVE


def test_a_korean_status_nobody_knows_is_live_and_reported() -> None:
    status = marks("kipo.json")["4020200000004"].status
    assert (status, ("record 4", "unknown-status") in notes("kipo.json")) == (
        MarkStatus.UNKNOWN,
        True,
    )


def test_halves_of_characters_and_zeros_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_text(
        '[{"registerStatus":"등록","applicationNumber":"1","productName":"a\\ud800b\\u0000c"}]'
    )
    assert marks(path)["1"].text.replace("?", "").replace("\ufffd", "") == "abc"
