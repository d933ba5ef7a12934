"""Working hours: the next moment at which somebody is at work."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from service.rules.calendars import Calendar
from service.rules.loader import library
from service.rules.schema import Text

DAYS = 60
"""No calendar is closed for longer; if one were, the notice is sent rather than held back."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Where and when an organisation works."""

    time_zone: str = "Asia/Shanghai"
    calendar: str = "cn"
    opens: str = "09:00"
    closes: str = "18:00"


DEFAULT = Hours()


def next_working(moment: datetime, hours: Hours) -> datetime:
    """Return `moment` where it lies in working hours, else when they next begin. UTC."""
    zone = ZoneInfo(hours.time_zone)
    opens, closes = time.fromisoformat(hours.opens), time.fromisoformat(hours.closes)
    calendars = library().calendars.candidates(hours.calendar, {})
    first = moment.astimezone(zone)
    for ahead in range(DAYS):
        day = first.date() + timedelta(days=ahead)
        begins = datetime.combine(day, opens, zone)
        ends = datetime.combine(day, closes, zone)
        if first < ends and _works(calendars, begins):
            return max(first, begins).astimezone(UTC)
    return moment


def _works(calendars: tuple[Calendar, ...], moment: datetime) -> bool:
    return not any(calendar.closed(moment.date()) for calendar in calendars)


def calendar_keys() -> list[str]:
    """Return the calendars an organisation may work by: those that need no further fact."""
    calendars = library().calendars
    return sorted(key for key in calendars.keys() if calendars.entry(key).fact is None)  # noqa: SIM118  not a mapping


def calendar_name(key: str) -> Text:
    """Return what a calendar is called, in both languages."""
    return library().calendars.entry(key).name
