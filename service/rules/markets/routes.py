"""Routes: in which customs territories goods start, which they cross, and where they end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from service.core.text import N_
from service.rules.markets.catalogue import PACKAGE, market
from service.rules.markets.domain import Bilingual
from service.rules.markets.errors import UnknownCustomsMode, UnknownMarket
from service.rules.markets.tables import keyed, read_rows

LOCODE = 5
"""Letters of a UN/LOCODE such as `CNSHA`: country and place."""


class Stop(StrEnum):
    """What goods do at a place of their route."""

    ORIGIN = "origin"
    EXIT_PORT = "exit_port"
    TRANSIT = "transit"
    WAREHOUSE = "warehouse"
    DESTINATION = "destination"


class Passage(StrEnum):
    """How a customs territory meets the goods: as export, in transit, or as import."""

    STARTS = "starts"
    CROSSES = "crosses"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class CustomsMode:
    """A Chinese customs supervision mode 监管方式."""

    code: str
    name: Bilingual
    note: Bilingual


@dataclass(frozen=True, slots=True)
class Route:
    """The way goods take; every place a market code, a market's name, or a UN/LOCODE."""

    origin: str
    destinations: tuple[str, ...]
    exit_port: str = ""
    transit: tuple[str, ...] = ()
    warehouses: tuple[str, ...] = ()
    """Overseas warehouses 海外仓: goods are imported there before they are sold on."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """One customs territory on a route, and every reason why it is one."""

    territory: str
    passage: Passage
    stops: tuple[Stop, ...]
    markets: tuple[str, ...]


def read_mode(row: Mapping[str, str]) -> CustomsMode:
    """Return a row of `customs_modes.csv`."""
    name = Bilingual(row["name_zh"], row["name_en"])
    return CustomsMode(row["code"], name, Bilingual(row["note_zh"], row["note_en"]))


@cache
def customs_modes() -> Mapping[str, CustomsMode]:
    """Return the customs supervision modes by code."""
    columns = ("code", "name_zh", "name_en", "note_zh", "note_en")
    rows = read_rows(PACKAGE, "customs_modes.csv", columns)
    return MappingProxyType(keyed("customs_modes.csv", rows, "code", read_mode))


def customs_mode(code: str) -> CustomsMode:
    """Return a customs supervision mode by its four digits.

    Raises:
        UnknownCustomsMode: no such mode; `known` lists those there are.
    """
    found = customs_modes().get(code.strip())
    if found is None:
        known = ", ".join(f"{mode.code} {mode.name.zh}" for mode in customs_modes().values())
        message = N_("There is no customs mode {mode}. Known: {known}.")
        raise UnknownCustomsMode(message, mode=code, known=known)
    return found


def market_at(place: str) -> str:
    """Return the market code of a place: a market's code or name, or a UN/LOCODE.

    Raises:
        UnknownMarket: neither names a market.
    """
    text = place.strip()
    try:
        return market(text).code
    except UnknownMarket:
        if len(text.replace(" ", "")) == LOCODE and text[:2].isalpha() and text.isascii():
            return market(text[:2]).code
        raise


def territory_of(place: str) -> str:
    """Return the customs territory a place is in: `EU` for every member state.

    Raises:
        UnknownMarket: no market has this code or name.
    """
    return market(market_at(place)).territory


def crossings(route: Route) -> tuple[Crossing, ...]:
    """Return the customs territories of a route in its order, each once per kind of passage.

    A territory where goods start or end is not also listed as crossed. An exit port outside the
    origin's territory (Yantian goods leaving by Hong Kong) is crossed. An overseas warehouse ends
    the route in its territory, for the goods are imported there, whoever buys them later.

    Raises:
        UnknownMarket: a place is in no known market.
    """
    places: list[tuple[Stop, Passage, Sequence[str]]] = [
        (Stop.ORIGIN, Passage.STARTS, (route.origin,)),
        (Stop.EXIT_PORT, Passage.CROSSES, (route.exit_port,) if route.exit_port else ()),
        (Stop.TRANSIT, Passage.CROSSES, route.transit),
        (Stop.WAREHOUSE, Passage.ENDS, route.warehouses),
        (Stop.DESTINATION, Passage.ENDS, route.destinations),
    ]
    start = territory_of(route.origin)
    ends = {territory_of(place) for place in (*route.warehouses, *route.destinations)}
    found: dict[tuple[str, Passage], tuple[list[Stop], list[str]]] = {}
    for stop, passage, codes in places:
        for place in codes:
            territory = territory_of(place)
            met = passage
            if passage is Passage.CROSSES and territory == start:
                met = Passage.STARTS
            elif passage is Passage.CROSSES and territory in ends:
                met = Passage.ENDS
            stops, markets = found.setdefault((territory, met), ([], []))
            stops.append(stop)
            markets.append(market_at(place))
    return tuple(
        Crossing(territory, met, tuple(dict.fromkeys(stops)), tuple(dict.fromkeys(markets)))
        for (territory, met), (stops, markets) in found.items()
    )
