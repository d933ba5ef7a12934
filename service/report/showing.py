"""A report as a page, a sheet or a paper shows it: figures in words, addresses of their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from service.cases.showing import localised, thread_path
from service.core.text import N_
from service.recordation.usecases.ways import FILING
from service.report.domain import At, Breakdown, Dimension, Figure, Line, Period, Report, Scope
from service.report.measures import MEASURES, PARTS, How, Measure, Part, Source
from service.report.repository import Opened
from service.report.words import label, track_state
from service.station.domain import RATINGS
from service.ui.i18n import Translator

DASH = "–"
"""Where there is nothing to divide, or nothing to take the middle of."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a breakdown: what it is, how many, how long its bar is, where its rows are."""

    text: str
    count: int
    share: float
    """Of the longest bar, in [0, 1]."""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A breakdown as a chart and a table."""

    key: str
    measure: str
    """Message id of what is counted."""
    dimension: Dimension
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report."""

    part: Part
    title: str
    """Message id."""
    lines: Sequence[Line]
    charts: Sequence[Chart]

    @property
    def measures(self) -> Sequence[tuple[str, Measure]]:
        """Its measures by key, as the table has them."""
        return [(line.key, MEASURES[line.key]) for line in self.lines]


@dataclass(frozen=True, slots=True)
class Address:
    """Where the rows behind the figures of a report are listed."""

    base: str
    query: tuple[tuple[str, str], ...] = ()
    frozen: bool = False
    """Of an issued report: the period is named by `at`, not by itself."""

    def of(self, line: str, scope: Scope, at: At = At.NOW) -> str:
        """Return where the rows of a figure are."""
        told = ("at", at.value) if self.frozen else ("period", str(scope.period.compared()[at]))
        return self._with(("measure", line), told)

    def split(self, line: str, scope: Scope, dimension: Dimension, key: str) -> str:
        """Return where the rows of a line of a breakdown are."""
        by = (("by", dimension.value), ("key", key))
        told = ("at", At.NOW.value) if self.frozen else ("period", str(scope.period))
        return self._with(("measure", line), told, *by)

    def whole(self, period: Period) -> str:
        """Return the query under which the whole report of a period is."""
        return urlencode([("period", str(period)), *self.query])

    def _with(self, *pairs: tuple[str, str]) -> str:
        return f"{self.base}?{urlencode([*pairs, *self.query])}"


def sections(report: Report, words: Translator, address: Address) -> list[Section]:
    """Return the parts of a report in their order."""
    found = []
    for part, title in PARTS.items():
        lines = [line for line in report.lines if MEASURES[line.key].part is part]
        charts = [
            _chart(report, line, split, words, address)
            for line in lines
            for split in line.breakdowns
        ]
        found.append(Section(part, title, lines, charts))
    return found


def _chart(
    report: Report, line: Line, split: Breakdown, words: Translator, address: Address
) -> Chart:
    names = {str(key): name for key, name in report.names.items()}
    most = max((count for _, count in split.counts), default=0) or 1
    bars = [
        Bar(
            label(split.dimension, key, words, names),
            count,
            count / most,
            address.split(line.key, report.scope, split.dimension, key),
        )
        for key, count in split.counts
    ]
    return Chart(line.key, MEASURES[line.key].name, split.dimension, bars)


def written(key: str, figure: Figure | None, words: Translator) -> str:
    """Write a figure: a count, a share with its rows, a median of days, or a dash."""
    if figure is None or figure.value is None:
        return DASH
    how = MEASURES[key].how
    if how is How.SHARE:
        return words.percent(figure.value)
    return words.number(figure.value, digits=0 if how is How.COUNT else 1)


def beside(key: str, figure: Figure | None, words: Translator) -> str:
    """Write how many rows a share or a median rests on; nothing for a count."""
    if figure is None or MEASURES[key].how is How.COUNT:
        return ""
    if MEASURES[key].how is How.SHARE:
        return words.text(N_("{part} of {whole}"), part=figure.count, whole=figure.whole)
    return words.plural("{count} row", "{count} rows", figure.count)


def said(source: Source, row: Opened, words: Translator) -> str:
    """Say what a row is beside its matter: the track and its state, the clock, the rating."""
    speaks = SPEAKS.get(source)
    return speaks(row.said, words) if speaks else ""


def _track(told: tuple[Any, ...], words: Translator) -> str:
    kind, status = told
    return track_state(kind, status, words)


def _clock(told: tuple[Any, ...], words: Translator) -> str:
    title, due = told
    return f"{localised(title, words.language)} · {_when(due, words)}"


def _check(told: tuple[Any, ...], words: Translator) -> str:
    verb, at = told
    step = FILING.label_of(verb.removeprefix("filing."))
    return f"{words.text(step)} · {_when(at, words)}"


def _follow_up(told: tuple[Any, ...], words: Translator) -> str:
    rating, on = told
    said_so = words.text(RATINGS[rating] if rating else N_("no rating"))
    return f"{said_so} · {words.date(on)}"


def _when(moment: datetime | None, words: Translator) -> str:
    return words.moment(moment) if moment else DASH


def _of_base(told: tuple[Any, ...], words: Translator) -> str:
    return _when(told[-1], words)


PLACES: Mapping[Source, str] = {
    Source.EVENT: "/events/{}",
    Source.ATTENDANCE: "/events/{}",
    Source.WARNING: "/warnings/{}",
    Source.TYPICAL_CASE: "/typical-cases/{}",
    Source.CHECK_UP: "/check-ups/{}",
}
"""Where what a station does at its base is shown; the first thing said is its id."""
SPEAKS: Mapping[Source, Any] = {
    **dict.fromkeys(PLACES, _of_base),
    Source.TRACK: _track,
    Source.STEP: _track,
    Source.CLOCK: _clock,
    Source.HOLD_CLOCK: _clock,
    Source.CHECK: _check,
    Source.FOLLOW_UP: _follow_up,
}


def title_of(row: Opened, words: Translator) -> str:
    """Return what the matter of a row is called, or the event, warning, case or check-up."""
    if row.thread is None:
        title = row.said[1]
        return localised(title, words.language) if isinstance(title, Mapping) else str(title)
    values = {
        name: localised(value, words.language) if isinstance(value, Mapping) else value
        for name, value in row.thread.title_values.items()
    }
    return words.text(row.thread.title, **values)


def path_of(source: Source, row: Opened) -> str:
    """Return where the matter of a row is, or what a station did at its base."""
    if row.thread is None:
        return PLACES[source].format(row.said[0])
    return thread_path(row.thread)
