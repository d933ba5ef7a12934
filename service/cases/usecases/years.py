"""Calendar years: the notice of a year is entered, and every date is reckoned again."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.orm import Session

from service.cases.books import year_of
from service.cases.models import CalendarYear
from service.cases.repository import Clocks, Years
from service.cases.usecases.correcting import reckon_again
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.jobs import enqueue
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.rules.loader import library

BATCH = 100
MOST = 80
"""Days off or made up in one year, at most."""


def enter_year(
    session: Session,
    actor: Actor,
    *,
    calendar: str,
    year: int,
    notice: str,
    closed: Sequence[date],
    working: Sequence[date],
    url: str = "",
) -> CalendarYear:
    """Enter a year as its notice gives it, or correct it, and have every open date reckoned again.

    Raises:
        PermissionDenied: the actor keeps no calendars.
        Invalid: an unknown calendar, a day outside the year or listed twice, or no day at all.
    """
    actor.need(Permission.CALENDAR_MANAGE)
    if calendar not in library().calendars:
        raise _wrong("calendar", N_("There is no such calendar."))
    if not closed:
        raise _wrong("closed", N_("List the days off that the notice names."))
    row = Years(session).get(calendar, year) or CalendarYear(calendar=calendar, year=year)
    row.notice, row.url = notice, url
    row.closed = [day.isoformat() for day in sorted(set(closed))]
    row.working = [day.isoformat() for day in sorted(set(working))]
    row.entered_at, row.entered_by = clock.now(), actor.person_id
    _check(row)
    Years(session).add(row)
    note(session, actor, "calendar.entered", ("calendar", f"{calendar} {year}"))
    enqueue(session, "deadlines.reckon", key="all")
    return row


def reckon_some(session: Session, after: UUID | None) -> UUID | None:
    """Reckon a batch of running dates again; return where to go on, None at the end."""
    rows = Clocks(session).ruled(after, BATCH)
    for row in rows:
        reckon_again(session, row)
    return rows[-1].id if len(rows) == BATCH else None


def _check(row: CalendarYear) -> None:
    if len(row.closed) + len(row.working) > MOST:
        raise _wrong("closed", N_("Those are too many days for one year."))
    try:
        year_of(row)
    except ValidationError:
        raise _wrong(
            "closed", N_("A day lies outside the year, or is both a day off and a working day.")
        ) from None


def _wrong(field: str, message: str) -> Invalid:
    return Invalid(message, errors=[FieldError(field, message)])
