"""WIPO ST.66 and ST.96 as TSDR returns them."""

from datetime import date
from pathlib import Path

import pytest

from service.registry.domain import (
    EditionScope,
    GoodsClass,
    MarkKind,
    MarkRecord,
    MarkStatus,
    Party,
)
from service.registry.sources import open_source
from tests.unit.registry.sources.support import FILES, marks, notes, packed, rejects

OWNER = Party("Nordvel Mobility LLC", "US", "1 Invented Road, Springfield, CALIFORNIA, 90001")


@pytest.mark.parametrize("name", ["st66.xml", "st96.xml"])
def test_both_standards_say_the_same_of_a_mark(name: str) -> None:
    mark = marks(name)["90000001"]
    told = MarkRecord(
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
        publication_issue="Gazette 27",
        registered_on=date(2019, 9, 17),
        expires_on=date(2029, 9, 17),
        priority_on=date(2018, 8, 6),
        classes=(GoodsClass(12, "Electric bicycles"),),
        owners=mark.owners,
        representatives=mark.representatives,
        translation="north field",
        transliteration="nuode",
        updated_on=date(2023, 1, 15),
    )
    assert mark == told


def test_the_owner_of_today_is_kept_and_those_before_are_not() -> None:
    assert marks("st96.xml")["90000001"].owners == (OWNER,)


def test_applicants_beside_the_mark_are_its_owners() -> None:
    assert [party.name for party in marks("st66.xml")["90000001"].owners] == [OWNER.name]


@pytest.mark.parametrize("name", ["st66.xml", "st96.xml"])
def test_the_attorney_of_record_is_the_representative(name: str) -> None:
    assert [party.name for party in marks(name)["90000001"].representatives] == ["Ada Fictional"]


def test_the_older_version_of_st96_is_read_too() -> None:
    mark = marks("st96_d3.xml")["90000009"]
    assert (mark.kind, mark.status, mark.representatives) == (
        MarkKind.FIGURATIVE,
        MarkStatus.FILED,
        (Party("Fictional & Partners"),),
    )


def test_a_date_that_never_was_is_reported() -> None:
    assert notes("st96_d3.xml") == [("Trademark 1", "bad-date")]


@pytest.mark.parametrize("name", ["st66.xml", "st96.xml"])
def test_a_single_mark_is_no_link_in_the_chain_of_deltas(name: str) -> None:
    assert open_source(FILES / name).scope is EditionScope.UNKNOWN


def test_the_zip_of_tsdr_is_read_and_its_pages_and_pictures_passed_over(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "any.bin",
        {
            "status_st66.xml": (FILES / "st66.xml").read_bytes(),
            "status.html": "<html><body><p>Not well formed",
            "img/line.png": b"\x89PNG\r\n\x1a\n\0\0",
            "css/style.css": "body, p { margin: 0 }",
            "markImage.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
        },
    )
    assert list(marks(path)) == ["90000001"]


def test_a_mark_without_any_number_is_rejected(tmp_path: Path) -> None:
    text = (FILES / "st66.xml").read_text("utf-8").replace("90000001", "").replace("6500001", "")
    path = tmp_path / "any.xml"
    path.write_text(text, "utf-8")
    assert rejects(path) == [("TransactionData 1", "missing-number")]


def test_a_transaction_without_a_mark_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "any.xml"
    path.write_text(
        "<Transaction><TradeMarkTransactionBody><TransactionContentDetails><TransactionData/>"
        "</TransactionContentDetails></TradeMarkTransactionBody></Transaction>"
    )
    assert rejects(path) == [("TransactionData 1", "missing-mark")]


def test_another_office_is_read_by_its_words(tmp_path: Path) -> None:
    text = (FILES / "st66.xml").read_text("utf-8")
    path = tmp_path / "any.xml"
    path.write_text(
        text.replace("Code>US<", "Code>EM<").replace(
            "<MarkCurrentStatusCode>700<", "<MarkCurrentStatusCode>Application published<"
        ),
        "utf-8",
    )
    mark = marks(path)["90000001"]
    assert (mark.office, mark.status) == ("EM", MarkStatus.PUBLISHED)
