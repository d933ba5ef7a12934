"""Whom a warning concerns, and why."""

from uuid import uuid4

from service.station.base.concerning import EVERYWHERE, About, Held, Reason, concerned
from service.station.base.domain import ReasonKind as R

ONE, TWO = uuid4(), uuid4()


def test_a_mark_that_is_alike_concerns_its_owner_whatever_the_market() -> None:
    held = [Held(ONE, True, marks=("YADEA",), classes=("12",)), Held(TWO, True, marks=("ODA",))]
    found = concerned(About(marks=("YADEE",), markets=("US",), classes=("12",)), held)
    assert found == {ONE: [Reason(R.CLASS, "12"), Reason(R.MARK, "YADEA")]}


def test_market_and_goods_must_both_be_met() -> None:
    about = About(markets=("US",), hs=("8711.60",))
    held = [
        Held(ONE, True, markets=("US",), hs=("871160",)),
        Held(TWO, True, markets=("US",), hs=("9503",)),
    ]
    assert concerned(about, held) == {ONE: [Reason(R.HS, "8711"), Reason(R.MARKET, "US")]}


def test_a_market_alone_concerns_all_who_ship_there() -> None:
    held = [Held(ONE, True, markets=("US", "DE")), Held(TWO, True, markets=("VN",))]
    assert set(concerned(About(markets=("DE",)), held)) == {ONE}


def test_of_what_was_not_shown_nothing_but_that_is_told() -> None:
    held = [Held(ONE, False, marks=("GEHEIM",), markets=(EVERYWHERE,), classes=("12",))]
    found = concerned(About(marks=("GEHEIM",), markets=("US",), classes=("12",)), held)
    assert found == {ONE: [Reason(R.UNSHOWN)]}


def test_a_warning_about_nothing_concerns_nobody() -> None:
    assert concerned(About(), [Held(ONE, True, marks=("A",), markets=("US",))]) == {}
