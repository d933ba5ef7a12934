"""The calendar: last days, mediation meetings and inspections of a month or a week."""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from service.cases.domain import Status
from service.cases.models import Deadline
from service.cases.reckoning import end_of, local_day
from service.cases.repository import Deadlines
from service.desk.domain import Entry, Kind
from service.identity.permissions import Actor, Permission

EVENTS: Mapping[str, Kind] = {"meeting": Kind.MEETING, "inspection": Kind.INSPECTION}
"""The event of a stated deadline tells what it is of, before the colon."""


def entries_of(
    session: Session, actor: Actor, first: date, last: date, *, mine: bool = False
) -> dict[date, list[Entry]]:
    """Return by day what the actor may see between two days, both included.

    Meetings and inspections are deadlines of their tracks, so whoever may not see the track does
    not see them here.
    """
    actor.need(Permission.DEADLINE_READ)
    found: dict[date, list[Entry]] = {}
    rows = Deadlines(session, actor).between(end_of(first - timedelta(days=1)), end_of(last), mine)
    for row in rows:
        entry = _entry(row)
        if entry is not None and first <= entry.on <= last:
            found.setdefault(entry.on, []).append(entry)
    return found


def _entry(row: Deadline) -> Entry | None:
    if row.due_on is None:
        return None
    kind = EVENTS.get(row.event.partition(":")[0], Kind.DEADLINE)
    timed = kind is not Kind.DEADLINE and row.due_at is not None
    return Entry(
        kind=kind,
        on=local_day(row.due_at) if timed and row.due_at else row.due_on,
        at=row.due_at if timed else None,
        title=row.title,
        href=f"/deadlines/{row.id}",
        settled=row.status in {Status.MET, Status.WAIVED},
        provisional=row.provisional,
    )


def weeks_of(day: date, *, week: bool) -> list[list[date]]:
    """Return the weeks shown: the one of the day, or all of its month, from Monday."""
    if week:
        monday = day - timedelta(days=day.weekday())
        return [[monday + timedelta(days=n) for n in range(7)]]
    return calendar.Calendar().monthdatescalendar(day.year, day.month)
