import pytest

from service.rules.markets import UnknownMarket
from service.rules.markets.errors import UnknownCustomsMode
from service.rules.markets.routes import (
    Passage,
    Route,
    Stop,
    crossings,
    customs_mode,
    customs_modes,
    territory_of,
)


def passages(route: Route) -> list[tuple[str, str]]:
    return [(crossing.territory, crossing.passage) for crossing in crossings(route)]


@pytest.mark.parametrize(
    ("place", "territory"),
    [("DE", "EU"), ("NL", "EU"), ("EU", "EU"), ("GB", "GB"), ("CN", "CN"), ("HK", "HK"),
     ("LI", "CH"), ("MC", "EU"), ("CNSHA", "CN"), ("HKHKG", "HK"), ("NL RTM", "EU")],
)  # fmt: skip
def test_a_place_lies_in_its_customs_territory(place: str, territory: str) -> None:
    assert territory_of(place) == territory


def test_a_plain_route_starts_and_ends() -> None:
    assert passages(Route("CN", ("US",))) == [("CN", "starts"), ("US", "ends")]


def test_two_destinations_in_one_union_end_once() -> None:
    assert passages(Route("CN", ("DE", "FR"))) == [("CN", "starts"), ("EU", "ends")]


def test_an_exit_port_in_another_territory_is_crossed() -> None:
    assert ("HK", "crosses") in passages(Route("CN", ("US",), exit_port="HKHKG"))


def test_an_exit_port_at_home_belongs_to_the_start() -> None:
    first = crossings(Route("CN", ("US",), exit_port="CNNGB"))[0]
    assert (first.passage, first.stops) == (Passage.STARTS, (Stop.ORIGIN, Stop.EXIT_PORT))


def test_transit_is_crossed() -> None:
    assert ("SG", "crosses") in passages(Route("CN", ("IN",), transit=("SG",)))


def test_transit_through_the_union_of_arrival_is_not_crossed_as_well() -> None:
    assert passages(Route("CN", ("FR",), transit=("NL",))) == [("CN", "starts"), ("EU", "ends")]


def test_an_overseas_warehouse_ends_the_route_in_its_territory_too() -> None:
    found = passages(Route("CN", ("GB",), warehouses=("PL",)))
    assert found == [("CN", "starts"), ("EU", "ends"), ("GB", "ends")]


def test_a_crossing_keeps_the_markets_it_stands_for() -> None:
    assert crossings(Route("CN", ("DE", "FR")))[1].markets == ("DE", "FR")


def test_a_place_in_no_market_is_a_problem() -> None:
    with pytest.raises(UnknownMarket):
        crossings(Route("CN", ("QQ",)))


@pytest.mark.parametrize("code", ["0110", "9610", "9710", "9810", "1039"])
def test_the_customs_modes_of_exporters_are_known(code: str) -> None:
    found = customs_mode(code)
    assert found.name.zh
    assert found.name.en


def test_there_are_no_other_customs_modes_than_these() -> None:
    assert len(customs_modes()) == 5


def test_an_unknown_customs_mode_names_those_there_are() -> None:
    with pytest.raises(UnknownCustomsMode) as caught:
        customs_mode("1210")
    assert "9810" in str(caught.value.members["known"])
