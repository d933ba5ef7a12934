"""The rule library as it stands in this installation: what ships, and the years entered here."""

from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from service.cases.models import CalendarYear
from service.cases.repository import Years
from service.rules.book import RuleBook
from service.rules.calendars import Year
from service.rules.loader import library


def book_of(session: Session) -> RuleBook:
    """Return the library with every calendar year an administrator has entered."""
    return _book(tuple((row.calendar, year_of(row)) for row in Years(session).all()))


def year_of(row: CalendarYear) -> Year:
    """Return a stored year as the library reads it."""
    return Year(
        year=row.year,
        notice=row.notice,
        url=row.url or None,
        days="listed",
        closed=tuple(date.fromisoformat(day) for day in row.closed),
        working=tuple(date.fromisoformat(day) for day in row.working),
    )


@lru_cache(maxsize=4)
def _book(years: tuple[tuple[str, Year], ...]) -> RuleBook:
    book = library()
    for calendar, year in years:
        book = book.with_calendar_year(calendar, year)
    return book
