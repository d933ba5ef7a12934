from datetime import UTC, datetime

import pytest

from service.station.alike import bare, marks_alike, names_alike, numbers_equal
from service.station.usecases.staffing import is_on_duty


def test_legal_forms_do_not_tell_names_apart_and_names_do() -> None:
    theirs = ["ACME TRADING Inc.", "Apex Trading LLC", "无锡测试车业有限公司"]
    found = names_alike(["Acme Trading LLC", "无锡演示车业有限公司"], theirs)
    assert {other: pair.ours for other, pair in found.items()} == {
        "ACME TRADING Inc.": "Acme Trading LLC"
    }
    assert bare("有限公司") == "有限公司"


def test_marks_are_alike_by_the_engine_and_numbers_by_their_digits() -> None:
    assert list(marks_alike(["YADEA"], ["Yadea", "Zenith"])) == ["Yadea"]
    assert list(numbers_equal(["CN 1234567", ""], ["cn1234567", "7654321", ""])) == ["cn1234567"]
    assert marks_alike(["!!"], ["YADEA"]) == {} == names_alike(["A"], [])


@pytest.mark.parametrize(("hour", "there"), [(1, True), (0, False), (4, False)])
def test_duty_hours_are_those_of_the_station(hour: int, there: bool) -> None:
    monday = datetime(2026, 9, 28, hour, tzinfo=UTC)
    assert is_on_duty([{"day": 1, "opens": "09:00", "closes": "12:00"}], monday) is there
