"""Which markets to search when nobody named one: every register that is loaded."""

from collections.abc import Mapping

from service.rules.markets import Market, markets
from service.screening.coverage import holds_something
from service.screening.domain import RegisterState

MADRID = "WO"


def markets_loaded(states: Mapping[str, RegisterState]) -> tuple[str, ...]:
    """Return markets that between them search every loaded register, one for each.

    A register is searched as the market of its own code where there is one (`CN`), else as the
    union it serves (`EM` as `EU`), else as the first market it binds in (`BX` as `BE`).
    International registrations bind by designation: they are searched in the markets found so.
    """
    loaded = sorted(code for code, state in states.items() if holds_something(state))
    found = [_market_of(office) for office in loaded if office != MADRID]
    return tuple(dict.fromkeys(code for code in found if code))


def _market_of(office: str) -> str | None:
    bound = [
        market
        for market in markets().values()
        if any(need.office == office and need.whole_market for need in market.registers)
    ]
    return min(bound, key=lambda market: _nearness(market, office)).code if bound else None


def _nearness(market: Market, office: str) -> tuple[bool, bool, str]:
    return (market.code != office, market.code != market.union, market.code)
