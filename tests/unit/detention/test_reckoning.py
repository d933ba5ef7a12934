"""Security by mode and value; working hours over a holiday; what is left of a clock."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from service.core.errors import Invalid
from service.recordation.detention.domain import Mode, Side
from service.recordation.detention.errors import SecurityUnknown
from service.recordation.detention.hours import level_after, working_time
from service.recordation.detention.security import Asked, guarantee, security_for
from service.rules.authorities import RightKind
from service.rules.loader import library

CHINA = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 9, 30)
EX, ON = Mode.EX_OFFICIO, Mode.ON_APPLICATION


def asked(mode: Mode, value: str | None, **more: object) -> Asked:
    given = {
        "authority": "gacc",
        "side": Side.HOLDER,
        "mode": mode,
        "right_kind": RightKind.TRADEMARK,
        "value": Decimal(value) if value else None,
        "currency": "CNY",
        "on": DAY,
    }
    return security_for(**{**given, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mode", "value", "amount"),
    [
        (EX, "0.01", "0.01"),
        (EX, "19999.99", "19999.99"),
        (EX, "20000", "20000"),
        (EX, "39999", "20000"),
        (EX, "40000.01", "20000.01"),
        (EX, "180000", "90000"),
        (EX, "199999.99", "100000"),
        (EX, "200000", "100000"),
        (EX, "9000000", "100000"),
        (ON, "10000", "10000"),
        (ON, "9000000", "9000000"),
    ],
)
def test_the_mode_decides_how_much(mode: Mode, value: str, amount: str) -> None:
    found = asked(mode, value)
    assert found.amount == Decimal(amount)
    rule = "cn-gacc-security-tiers" if mode is EX else "cn-gacc-security-cap"
    assert found.rule.rule_id == rule


def test_a_general_guarantee_stands_for_recorded_marks_ex_officio_only() -> None:
    assert asked(EX, "10000").guarantee == guarantee(DAY)
    assert guarantee(DAY).minimum == Decimal(200000)
    assert asked(ON, "10000").guarantee is None
    assert asked(EX, "10000", right_kind=RightKind.DESIGN).guarantee is None


def test_counter_security_is_for_patents_and_equals_the_value() -> None:
    patent = {"side": Side.EXPORTER, "right_kind": RightKind.UTILITY_MODEL}
    assert asked(EX, "180000", **patent).amount == Decimal(180000)
    with pytest.raises(SecurityUnknown):
        asked(EX, "180000", side=Side.EXPORTER)


@pytest.mark.parametrize("wrong", [{"value": None}, {"value": "0"}, {"currency": "USD"}])
def test_no_value_or_another_currency_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        asked(**{"mode": EX, "value": "1", **wrong})  # type: ignore[arg-type]


def test_no_amount_is_made_up_for_another_authority() -> None:
    with pytest.raises(SecurityUnknown):
        asked(EX, "1", authority="kr-customs")


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (at(30, 16, 30, month=9), at(30, 17, 30, month=9), 1),
        (at(30, 16, 30, month=9), at(7, 23), 1),
        (at(30, 19, month=9), at(8, 9), 0),
        (at(30, 19, month=9), at(8, 10), 1),
        (at(9, 17), at(10, 9, 30), 1),
        (at(10, 9), at(10, 17, 30), 8.5),
        (at(11, 9), at(11, 17), 0),
        (at(10, 9), at(9, 9), 0),
    ],
)
def test_working_hours_skip_the_holiday_and_count_the_make_up_saturday(
    start: datetime, end: datetime, hours: float
) -> None:
    assert working_time(start, end, library()) == timedelta(hours=hours)


def test_levels_are_reached_one_after_the_other() -> None:
    hours = (0, 1.9, 2, 3.9, 4, 8, 15.9, 16, 100)
    assert [level_after(timedelta(hours=one)) for one in hours] == [0, 0, 1, 1, 2, 3, 3, 4, 4]
