"""The time of the place: what was named, else the member state's, else the authority's."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from service.recordation.detention.places import known_zone, moment_there, zone_of, zones
from service.rules.authorities import authorities


@dataclass
class Held:
    authority: str
    member_state: str = ""
    time_zone: str = ""


@pytest.mark.parametrize(
    ("held", "zone"),
    [
        (Held("gacc"), "Asia/Shanghai"),
        (Held("us-cbp"), "America/New_York"),
        (Held("us-cbp", time_zone="America/Los_Angeles"), "America/Los_Angeles"),
        (Held("eu-customs"), "Europe/Brussels"),
        (Held("eu-customs", "DE"), "Europe/Berlin"),
        (Held("eu-customs", "PT", "Atlantic/Azores"), "Atlantic/Azores"),
        (Held("bd-customs"), "Asia/Dhaka"),
    ],
)
def test_the_zone_of_a_place(held: Held, zone: str) -> None:
    assert zone_of(held) == zone


def test_every_authority_has_a_zone_that_is_offered() -> None:
    offered = set(zones())

    assert {one.time_zone for one in authorities()} <= offered
    assert {"America/Los_Angeles", "Europe/Madrid", "Asia/Yekaterinburg"} <= offered
    assert all(ZoneInfo(name) for name in offered)


def test_a_moment_without_a_zone_was_read_off_the_clock_there() -> None:
    wall = datetime(2026, 9, 30, 22)  # noqa: DTZ001  as a form sends it

    there = moment_there(wall, "America/Los_Angeles")

    assert there.astimezone(UTC) == datetime(2026, 10, 1, 5, tzinfo=UTC)
    assert moment_there(there, "Asia/Shanghai") == there


@pytest.mark.parametrize("name", ["Mars", "Asia", "../etc/passwd", "asia/shanghai\0"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="time zone"):
        known_zone(name)
    assert known_zone("") == ""
