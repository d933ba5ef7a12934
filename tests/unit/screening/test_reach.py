import pytest

from service.rules.markets import markets
from service.screening.domain import RegisterState
from service.screening.reach import markets_loaded


def loaded(*offices: str) -> dict[str, RegisterState]:
    return {office: RegisterState(office, marks=1, complete=True) for office in offices}


@pytest.mark.parametrize(
    ("offices", "found"),
    [
        (("XX",), ("XX",)),
        (("CN", "US"), ("CN", "US")),
        (("EM",), ("EU",)),
        (("BX",), ("BE",)),
        (("OA",), ("OA",)),
        (("DE", "EM", "WO"), ("DE", "EU")),
        (("WO",), ()),
        ((), ()),
    ],
)
def test_each_loaded_register_is_searched_in_one_market(
    offices: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert markets_loaded(loaded(*offices)) == found


def test_a_register_that_holds_nothing_is_passed_over() -> None:
    assert markets_loaded({"US": RegisterState("US")}) == ()


def test_every_register_that_binds_somewhere_can_be_reached() -> None:
    offices = {need.office for market in markets().values() for need in market.registers} - {"WO"}

    for office in sorted(offices):
        (code,) = markets_loaded(loaded(office))
        assert office in {need.office for need in markets()[code].registers}
