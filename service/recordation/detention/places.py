"""The time of the place where goods are held: entered by the clock there, counted by it too."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.core import get_global

from service.core.text import N_
from service.rules.authorities import authorities, authority
from service.rules.loader import library
from service.rules.markets import markets

MEMBER_STATES = "eu-member"
"""Calendar of the rules that tells the zone of each member state."""


class Placed(Protocol):
    """What says where goods are held."""

    authority: str
    member_state: str
    time_zone: str


def zone_of(placed: Placed) -> str:
    """Return the zone of the place: the one that was named, the member state's, the authority's.

    Raises:
        AuthorityUnknown: there is no such authority.
    """
    facts = {"member_state": placed.member_state}
    there = library().calendars.time_zone(MEMBER_STATES, facts) if placed.member_state else None
    return placed.time_zone or there or authority(placed.authority).time_zone


def moment_there(moment: datetime, zone: str) -> datetime:
    """Return a moment with its zone; one without was read off a clock in `zone`."""
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def known_zone(name: str) -> str:
    """Return the name of a time zone; raise `ValueError` for what is none. Empty is none named."""
    try:
        return ZoneInfo(name).key if name else ""
    except (KeyError, ValueError, OSError):
        raise ValueError(N_("Choose a time zone such as Asia/Shanghai.")) from None


@cache
def zones() -> Sequence[str]:
    """Return the zones of the territories of all authorities, in their alphabet."""
    known, there = get_global("territory_zones"), authorities()
    territories = {one.market for one in there}
    states = [code for code, one in markets().items() if one.territory in territories]
    found = {zone for state in states for zone in known.get(state, ())}
    return sorted(found | {one.time_zone for one in there})
