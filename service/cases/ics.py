"""Deadlines as a calendar (RFC 5545), each at its moment in the authority's own zone."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from service.cases.models import Deadline, Thread
from service.core import clock
from service.core.text import N_
from service.ui.i18n import Language, translator

PRODUCT = "-//Markpass//Deadlines//EN"
NAME = N_("Markpass deadlines")
REFRESH = timedelta(hours=1)


def calendar_of(
    deadlines: Iterable[Deadline], threads: Mapping[UUID, Thread], language: Language, base: str
) -> bytes:
    """Return an iCalendar file of these deadlines.

    It leaves the house, so it names no mark and no party: what is due, by which rule, the number
    of the matter, and a link. `base` is the address of this service.
    """
    key = "zh" if language is Language.ZH_HANS else "en"
    words = translator(language)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words.text(NAME))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for deadline in deadlines:
        if deadline.due_at is not None:
            calendar.add_component(_event(deadline, threads[deadline.thread_id], key, base))
    calendar.add_missing_timezones()
    body: bytes = calendar.to_ical()
    return body


def _event(deadline: Deadline, thread: Thread, key: str, base: str) -> Event:
    event = Event()
    assert deadline.due_at is not None
    due = deadline.due_at.astimezone(ZoneInfo(deadline.time_zone))
    number = f" [{thread.number}]" if thread.number else ""
    event.add("uid", f"{deadline.id}@markpass")
    event.add("dtstamp", clock.now())
    event.add("dtstart", due)
    event.add("dtend", due)
    event.add("summary", deadline.title[key] + number)
    event.add("sequence", deadline.version)
    event.add("description", deadline.explanation.get(key, ""))
    event.add("url", f"{base}/deadlines/{deadline.id}")
    event.add("status", "TENTATIVE" if deadline.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [deadline.effect.value, deadline.status.value])
    return event
