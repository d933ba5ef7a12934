"""Which days an authority is closed, and how well that is known.

Days come from the `holidays` package where it knows the country, from sourced lists where it does
not, and from nowhere else: a calendar that was not researched closes on its weekend only, which
gives the earliest possible date, and says so. China publishes each year's days off and make-up
working weekends in the autumn before; the package fills later years by prediction, so a year
without its notice in the table is *predicted*, and a year entered in the table overrides the
package without a change of code.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from threading import Lock
from typing import Annotated, Literal, Self

import holidays
from pydantic import Field, model_validator

from service.rules.schema import Base, FactName, Key, Text, Words

DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekday = Literal["fri", "sat", "sun"]
AnyDay = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
REACH = (12, 28)
"""The notice of a year may still move days from here on of the year before."""
MonthDay = Annotated[str, Field(pattern=r"^\d\d-\d\d$")]


class Sureness(StrEnum):
    """How well a calendar knows one day, best first."""

    KNOWN = "known"
    ESTIMATED = "estimated"
    PREDICTED = "predicted"
    NOT_RESEARCHED = "not_researched"


class Year(Base):
    """One year of a calendar as published: by the package, or by the days listed here."""

    year: Annotated[int, Field(ge=1990, le=2200)]
    notice: Words
    url: Words | None = None
    days: Literal["library", "listed"] = "library"
    closed: tuple[date, ...] = ()
    working: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _inside(self) -> Self:
        if any(day.year != self.year for day in (*self.closed, *self.working)):
            raise ValueError("a day lies outside its year")
        if self.days == "library" and (self.closed or self.working):
            raise ValueError("days are listed, so `days` must say `listed`")
        if set(self.closed) & set(self.working):
            raise ValueError("a day is both closed and working")
        return self


class Days(Base):
    """Where days off come from: a country of the `holidays` package."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    subdivision: str | None = None
    weekend: tuple[Weekday, ...] | None = None


class Choice(Base):
    """Another calendar, taken when a fact has this value."""

    days: Days | None = None
    calendar: Key | None = None
    time_zone: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.days is None) == (self.calendar is None):
            raise ValueError("a choice names either `days` or a `calendar`")
        return self


class CalendarIn(Base):
    """A calendar as written in `calendars.yaml`."""

    id: Key
    name: Text
    kind: Literal["library", "listed", "chosen", "unresearched"]
    weekend: tuple[Weekday, ...]
    days: Days | None = None
    makeup_weekends: bool = False
    also_closed: tuple[MonthDay, ...] = ()
    unlisted_years: Sureness = Sureness.KNOWN
    reaches_back_when_new_year_is: tuple[AnyDay, ...] = ()
    years: tuple[Year, ...] = ()
    fact: FactName | None = None
    choices: dict[str, Choice] = Field(default_factory=dict)
    earliest_with: tuple[Key, ...] = ()
    source: Words

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.kind == "library") != (self.days is not None) and self.kind != "chosen":
            raise ValueError("`days` belong to a library calendar")
        if (self.kind == "chosen") != bool(self.fact and self.choices):
            raise ValueError("a chosen calendar needs its fact and choices")
        years = [entry.year for entry in self.years]
        if len(set(years)) != len(years):
            raise ValueError("a year is listed twice")
        return self


@dataclass(frozen=True, slots=True)
class Library:
    """One country and year of the package; `partial` where it says it does not know all days."""

    days: holidays.HolidayBase
    partial: bool


_reading = Lock()


@lru_cache(maxsize=1024)
def _library(country: str, subdivision: str | None, year: int) -> Library:
    with _reading, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        made = holidays.country_holidays(country, subdiv=subdivision, years=year)
        if "en_US" in made.supported_languages:
            made = holidays.country_holidays(
                country, subdiv=subdivision, years=year, language="en_US"
            )
    made.expand = False
    return Library(made, partial=bool(told))


@dataclass(frozen=True)
class Calendar:
    """Answers, for any day, whether it is closed and how surely."""

    id: str
    name: Text
    weekend: frozenset[int]
    days: Days | None
    makeup_weekends: bool
    also_closed: frozenset[str]
    unlisted_years: Sureness
    reaches_back: frozenset[int]
    years: Mapping[int, Year] = field(repr=False)

    def closed(self, day: date, *, weekend: frozenset[int] | None = None) -> bool:
        """Return whether the authority is closed on `day`.

        `weekend` replaces the calendar's own, where a law moves a last day by another weekend than
        it counts by.
        """
        listed = self.years.get(day.year)
        if listed and listed.days == "listed":
            if day in listed.working:
                return False
            return day in listed.closed or self._weekend(day, weekend)
        if day.strftime("%m-%d") in self.also_closed:
            return True
        if self.days is None:
            return self._weekend(day, weekend)
        book = _library(self.days.country, self.days.subdivision, day.year).days
        if self.makeup_weekends and day in book.weekend_workdays:
            return False
        return day in book or self._weekend(day, weekend)

    def sureness(self, day: date) -> Sureness:
        """Return how well `day` is known; a weekend is known, but where weekends are worked."""
        if self._weekend(day, None) and not self.makeup_weekends:
            return Sureness.KNOWN
        if self.unlisted_years is not Sureness.KNOWN and self._awaits_notice(day):
            return self.unlisted_years
        return Sureness.ESTIMATED if self._estimated(day) else Sureness.KNOWN

    def _awaits_notice(self, day: date) -> bool:
        """Return whether the notice that settles `day` is not in the table.

        The holiday of New Year may begin in December (29 December 2018 was worked for it), so the
        last days of a year wait for the next notice when 1 January falls so that days are moved.
        """
        if day.year not in self.years:
            return True
        if (day.month, day.day) < REACH or day.year + 1 in self.years:
            return False
        return date(day.year + 1, 1, 1).weekday() in self.reaches_back

    def _weekend(self, day: date, other: frozenset[int] | None) -> bool:
        return day.weekday() in (self.weekend if other is None else other)

    def _estimated(self, day: date) -> bool:
        """Return whether a feast on or beside `day` is only estimated, or its year is partial."""
        if self.days is None:
            return False
        for each in (day - DAY, day, day + DAY):
            known = _library(self.days.country, self.days.subdivision, each.year)
            if known.partial or "estimated" in known.days.get(each, ""):
                return True
        return False


def weekday_numbers(names: tuple[str, ...]) -> frozenset[int]:
    """Return weekday numbers (Monday is 0) for names such as `sat`."""
    return frozenset(WEEKDAYS.index(name) for name in names)


class Calendars:
    """All calendars of the library, and the choice among them by the facts of a case."""

    def __init__(self, entries: Mapping[str, CalendarIn]) -> None:
        self._entries = entries

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def keys(self) -> list[str]:
        """Return the keys of all calendars, in the order written."""
        return list(self._entries)

    def entry(self, key: str) -> CalendarIn:
        """Return a calendar as it was written."""
        return self._entries[key]

    def with_year(self, key: str, year: Year) -> "Calendars":
        """Return the same calendars with one more published year, or that year replaced."""
        old = self._entries[key]
        kept = tuple(entry for entry in old.years if entry.year != year.year)
        fresh = CalendarIn.model_validate(old.model_dump() | {"years": (*kept, year)})
        return Calendars({**self._entries, key: fresh})

    def missing_fact(self, key: str, facts: Mapping[str, str]) -> str | None:
        """Return the fact that would choose the calendar, when it was not given."""
        entry = self._entries[key]
        return entry.fact if entry.kind == "chosen" and entry.fact not in facts else None

    def time_zone(self, key: str, facts: Mapping[str, str]) -> str | None:
        """Return the zone that comes with the chosen calendar, if one does."""
        choice = self._choice(key, facts)
        return choice.time_zone if choice else None

    def candidates(self, key: str, facts: Mapping[str, str]) -> tuple[Calendar, ...]:
        """Return the calendars to count with; where several are possible the earliest date wins."""
        entry = self._entries[key]
        choice = self._choice(key, facts)
        if choice and choice.calendar:
            return self.candidates(choice.calendar, facts)
        first = _made(entry, choice.days if choice else entry.days)
        others = (
            _made(self._entries[other], self._entries[other].days) for other in entry.earliest_with
        )
        return (first, *others)

    def _choice(self, key: str, facts: Mapping[str, str]) -> Choice | None:
        entry = self._entries[key]
        if entry.kind != "chosen" or entry.fact is None:
            return None
        return entry.choices.get(facts.get(entry.fact, ""))


def _made(entry: CalendarIn, days: Days | None) -> Calendar:
    unknown = entry.kind == "unresearched" or (entry.kind == "chosen" and days is None)
    weekend = days.weekend if days and days.weekend else entry.weekend
    return Calendar(
        id=entry.id,
        name=entry.name,
        weekend=weekday_numbers(weekend),
        days=days,
        makeup_weekends=entry.makeup_weekends,
        also_closed=frozenset(entry.also_closed),
        unlisted_years=Sureness.NOT_RESEARCHED if unknown else entry.unlisted_years,
        reaches_back=weekday_numbers(entry.reaches_back_when_new_year_is),
        years={year.year: year for year in entry.years},
    )
