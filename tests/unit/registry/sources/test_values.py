"""Dates, periods, lists and territories as people and offices write them."""

from datetime import date

import pytest

from service.registry.sources.values import (
    BadDate,
    read_date,
    read_end,
    read_iso,
    split_list,
    territory,
)

JANUARY = date(2024, 1, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-31",
        "2024/1/31",
        "2024.1.31",
        "2024年1月31日",
        "２０２４年１月３１日",
        "20240131",
        "20240131.0",
        "45322",
        "45322.0",
        "2024-01-31 00:00:00",
        "2024-01-31T10:00:00Z",
        "2024-01-31-05:00",
        "31.1.2024",
        "31/01/2024",
        "01/31/2024",
        "31 Jan 2024",
        "January 31, 2024",
    ],
)
def test_every_usual_way_to_write_a_date_is_read(text: str) -> None:
    assert read_date(text) == JANUARY


@pytest.mark.parametrize("text", ["", " ", "-", "—", "无", "0000-00-00", "00000000", "null"])
def test_an_empty_date_is_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text", ["03/04/2024", "2024-13-01", "2024-02-30", "soon", "9999-01-01", "31 Foo 2024", "7"]
)
def test_what_is_not_one_date_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        read_date(text)


@pytest.mark.parametrize(
    "text",
    ["2015-02-01至2024-01-31", "2015.2.1～2024.1.31", "2015年2月1日至2024年1月31日", "2024-01-31"],
)
def test_a_period_ends_on_its_last_day(text: str) -> None:
    assert read_end(text) == JANUARY


@pytest.mark.parametrize("text", ["20240100", "20241301", "x", None, "2024"])
def test_an_office_date_with_unknown_day_or_month_is_unknown(text: str | None) -> None:
    assert read_iso(text) is None


def test_a_list_keeps_its_order_and_drops_doubles_and_blanks() -> None:
    assert split_list("b; a；;b") == ("b", "a")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("cn", "CN"),
        ("中国", "CN"),
        ("中华人民共和国", "CN"),
        ("欧盟", "EM"),
        ("EUIPO", "EM"),
        ("UK", "GB"),
        ("대한민국", "KR"),
        ("Vietnam", "VN"),
        ("德国", "DE"),
        ("Atlantis", ""),
    ],
)
def test_territories_are_known_by_code_and_name(name: str, code: str) -> None:
    assert territory(name) == code
