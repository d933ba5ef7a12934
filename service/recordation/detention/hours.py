"""Working hours between two moments, at the place of the station; who is told after how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from service.cases.reckoning import CLOSES, DAY, OPENS, ZONE, chinese
from service.rules.book import RuleBook


class Told(StrEnum):
    """Who is told that customs still waits."""

    WORKERS = "workers"
    """The handler and the owner's people who may answer."""
    LEADS = "leads"
    """They, and the leads of the station and the owner."""


@dataclass(frozen=True, slots=True)
class Level:
    """After so many working hours without an answer, these are told. Our own standard, no law."""

    hours: int
    told: Told


LEVELS: Sequence[Level] = (
    Level(2, Told.WORKERS),
    Level(4, Told.LEADS),
    Level(8, Told.LEADS),
    Level(16, Told.LEADS),
)


def working_time(start: datetime, end: datetime, book: RuleBook) -> timedelta:
    """Return the working time from one moment to a later one; none where it is not later.

    Closed days count nothing, make-up Saturdays do; the hours are those of reminders.
    """
    zone, calendar = ZoneInfo(ZONE), chinese(book)
    start, end = start.astimezone(zone), end.astimezone(zone)
    total, day = timedelta(), start.date()
    while day <= end.date():
        if not calendar.closed(day):
            opens = max(start, datetime.combine(day, OPENS, zone))
            closes = min(end, datetime.combine(day, CLOSES, zone))
            total += max(closes - opens, timedelta())
        day += DAY
    return total


def level_after(waited: timedelta) -> int:
    """Return how many levels have been reached after this much working time."""
    return sum(waited >= timedelta(hours=level.hours) for level in LEVELS)
