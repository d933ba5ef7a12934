"""Periods in the station's time zone, what is asked of the report, and what it answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from service.core.text import N_

ZONE = ZoneInfo("Asia/Shanghai")
"""A day of the report begins and ends at midnight there."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
_WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


class PeriodKind(StrEnum):
    """How long a report is 月报, 季报, 年报; the value is its months."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS: Mapping[PeriodKind, int] = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.YEAR: 12,
}
PERIOD_KINDS: Mapping[PeriodKind, str] = {
    PeriodKind.MONTH: N_("Monthly report"),
    PeriodKind.QUARTER: N_("Quarterly report"),
    PeriodKind.YEAR: N_("Annual report"),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, quarter or year."""

    year: int
    number: int
    """Of the month or quarter within its year, from 1; 1 for a year."""
    kind: PeriodKind

    @classmethod
    def read(cls, text: str) -> "Period | None":
        """Read `2026-11`, `2026-Q4` or `2026`; None for anything else."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
            return None
        for kind in (PeriodKind.MONTH, PeriodKind.QUARTER):
            if found[kind.value]:
                return cls(int(found["year"]), int(found[kind.value]), kind)
        return cls(int(found["year"]), 1, PeriodKind.YEAR)

    @classmethod
    def of(cls, day: date, kind: PeriodKind) -> "Period":
        """Return the period of a kind in which a day lies."""
        return cls(day.year, (day.month - 1) // MONTHS[kind] + 1, kind)

    def __str__(self) -> str:
        """Write it as `read` reads it."""
        mark = {PeriodKind.MONTH: f"-{self.number:02}", PeriodKind.QUARTER: f"-Q{self.number}"}
        return f"{self.year:04}{mark.get(self.kind, '')}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, (self.number - 1) * MONTHS[self.kind] + 1, 1)

    @property
    def after(self) -> date:
        """The first day that is no longer in it."""
        months = self.year * 12 + self.number * MONTHS[self.kind]
        return date(months // 12, months % 12 + 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return self.after - timedelta(days=1)

    @property
    def since(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time(), ZONE)

    @property
    def until(self) -> datetime:
        """The first moment that is no longer in it."""
        return datetime.combine(self.after, time(), ZONE)

    def before(self) -> "Period":
        """Return the period of the same kind just before."""
        return Period.of(self.first - timedelta(days=1), self.kind)

    def year_before(self) -> "Period":
        """Return the same period of the year before."""
        return replace(self, year=self.year - 1)

    def compared(self) -> "Mapping[At, Period]":
        """Return the periods of a report: this one and those it is held against, each once."""
        found = {At.NOW: self, At.BEFORE: self.before(), At.YEAR_BEFORE: self.year_before()}
        if found[At.BEFORE] == found[At.YEAR_BEFORE]:
            del found[At.YEAR_BEFORE]
        return found


class At(StrEnum):
    """Which of the periods of a report."""

    NOW = "now"
    BEFORE = "before"
    YEAR_BEFORE = "year_before"


COMPARED: Mapping[At, str] = {
    At.NOW: N_("This period"),
    At.BEFORE: N_("The period before"),
    At.YEAR_BEFORE: N_("The year before"),
}


class Dimension(StrEnum):
    """By what a figure is told apart."""

    STATION = "station"
    WAY = "way"
    LINE = "line"
    MARKET = "market"
    INDUSTRY = "industry"
    PARK = "park"
    TRACK = "track"
    ENDING = "ending"
    OUTCOME = "outcome"
    GOODS = "goods"
    EFFECT = "effect"
    RATING = "rating"


DIMENSIONS: Mapping[Dimension, str] = {
    Dimension.STATION: N_("By station"),
    Dimension.WAY: N_("By the way it came in"),
    Dimension.LINE: N_("By service line"),
    Dimension.MARKET: N_("By market"),
    Dimension.INDUSTRY: N_("By industry"),
    Dimension.PARK: N_("By park"),
    Dimension.TRACK: N_("By track"),
    Dimension.ENDING: N_("By track and how it ended"),
    Dimension.OUTCOME: N_("By outcome"),
    Dimension.GOODS: N_("By what became of the goods"),
    Dimension.EFFECT: N_("By kind of clock"),
    Dimension.RATING: N_("By rating"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report counts: stations, a period, and what it is narrowed to."""

    stations: tuple[UUID, ...]
    period: Period
    narrowed: Mapping[Dimension, str] = field(default_factory=dict)
    """Only rows whose key in a dimension is this; empty: those that have none."""

    def at(self, period: Period) -> "Scope":
        """Return the same for another period."""
        return replace(self, period=period)

    def only(self, dimension: Dimension, key: str) -> "Scope":
        """Return it narrowed to one key of a dimension."""
        return replace(self, narrowed={**self.narrowed, dimension: key})


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one period.

    `count` rows lie behind it. `value` is what is shown: the count, a share in [0, 1] of `whole`
    rows, or a median of days; None where there is nothing to divide or to take the middle of.
    """

    count: int
    value: float | None
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A count told apart by a dimension: key and count, the largest first."""

    dimension: Dimension
    counts: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """One measure over the periods of a report."""

    key: str
    figures: Mapping[At, Figure]
    breakdowns: Sequence[Breakdown] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All measures for a scope."""

    scope: Scope
    made_at: datetime
    lines: Sequence[Line]
    names: Mapping[UUID, str]
    """What its stations are called."""


def median(values: Sequence[float]) -> float | None:
    """Return the middle of some values, to one place; None of none."""
    found = sorted(values)
    if not found:
        return None
    middle = len(found) // 2
    return round((found[middle] + found[~middle]) / 2, 1)


def share(part: int, whole: int) -> float | None:
    """Return a share in [0, 1] to three places; None of nothing."""
    return round(part / whole, 3) if whole else None
