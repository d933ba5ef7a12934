"""A screening as asked, checked and understood: names prepared, goods read, markets resolved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from service.core.errors import FieldError, Problem
from service.core.settings import Settings
from service.core.text import N_
from service.matching.engine import Prepared, Sign, prepare
from service.rules.goods import GoodsItem, parse_goods
from service.rules.markets import Market, market
from service.rules.markets.routes import Route, customs_mode, market_at
from service.screening.errors import NameTooLong, NoMarket, NoName, TooManyAsked
from service.screening.schemas import RouteIn, ScreeningIn

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of the brand family."""

    text: str
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be searched, for what."""

    names: tuple[Name, ...]
    goods: tuple[GoodsItem, ...]
    route: Route
    markets: tuple[Market, ...]
    """Every market the goods touch: destinations first, then warehouse, transit, origin."""
    limit: int

    @property
    def kit(self) -> bool:
        """Say whether goods go as kits 散件, which count as the vehicle."""
        return any(item.kit for item in self.goods)


def read_plan(asked: ScreeningIn, settings: Settings) -> Plan:
    """Check and understand what is asked, before anything is searched.

    Raises:
        NoName, NameTooLong, NoMarket, TooManyAsked: with the field and the way out.
        UnknownMarket, UnreadableGoods, UnknownCustomsMode: from the rules; with the field.
    """
    _bound(asked.names, settings.names_per_screening, "names")
    _bound(asked.goods, settings.goods_per_screening, "goods")
    names = tuple(
        _name(text, at, settings.name_length)
        for at, text in enumerate(asked.names)
        if text.strip() or len(asked.names) == 1
    )
    if not names:
        detail = N_("Enter the name as it stands on the goods.")
        raise NoName(detail, errors=[FieldError("names", detail)])
    goods = at_field("goods", lambda: parse_goods(asked.goods))
    if asked.customs_mode:
        at_field("customs_mode", lambda: customs_mode(asked.customs_mode))
    route = _route(asked.route)
    markets = _markets(route, settings)
    return Plan(names, goods, route, markets, _limit(asked.limit, settings))


def _limit(asked: int | None, settings: Settings) -> int:
    most = settings.hits_max
    if asked is None:
        return min(settings.hits_default, most)
    if asked > most:
        detail = N_("At most {most} hits are explained and stored.")
        raise TooManyAsked(detail, most=most, errors=[FieldError("limit", detail, {"most": most})])
    return asked


def _bound(values: Sequence[str], most: int, field: str) -> None:
    if len(values) > most:
        detail = N_("At most {most} at once; send the rest in another screening.")
        raise TooManyAsked(detail, most=most, errors=[FieldError(field, detail, {"most": most})])


def _name(text: str, at: int, longest: int) -> Name:
    field = f"names.{at}"
    if len(text) > longest:
        detail = N_("A name has at most {longest} characters.")
        raise NameTooLong(
            detail, longest=longest, errors=[FieldError(field, detail, {"longest": longest})]
        )
    prepared = prepare(Sign(text))
    if prepared.empty:
        detail = N_("Nothing in “{name}” can be compared: enter letters, digits or characters.")
        values: dict[str, object] = {"name": text[:40]}
        raise NoName(detail, name=text[:40], errors=[FieldError(field, detail, values)])
    return Name(text, prepared)


def at_field(field: str, read: Callable[[], T]) -> T:
    """Read one part; a problem of the rules, as it is raised, is given the field it is about."""
    try:
        return read()
    except Problem as problem:
        if not problem.errors:
            problem.errors = (FieldError(field, problem.detail, dict(problem.members)),)
        raise


def _route(given: RouteIn) -> Route:
    return Route(
        origin=at_field("route.origin", lambda: market_at(given.origin)),
        destinations=_places("route.destinations", given.destinations),
        exit_port=(_places("route.exit_port", [given.exit_port]) or ("",))[0],
        transit=_places("route.transit", given.transit),
        warehouses=_places("route.warehouse", [given.warehouse]),
    )


def _places(field: str, given: Sequence[str]) -> tuple[str, ...]:
    """Return the market codes of the places that are not blank."""
    named = [place for place in given if place.strip()]
    return at_field(field, lambda: tuple(market_at(place) for place in named))


def _markets(route: Route, settings: Settings) -> tuple[Market, ...]:
    if not route.destinations and not route.warehouses:
        detail = N_("Name at least one market the goods go to.")
        raise NoMarket(detail, errors=[FieldError("route.destinations", detail)])
    port = (route.exit_port,) if route.exit_port else ()
    way = (*route.destinations, *route.warehouses, *route.transit, *port, route.origin)
    codes = tuple(dict.fromkeys(way))
    _bound(codes, settings.markets_per_screening, "route.destinations")
    return tuple(market(code) for code in codes)
