"""Making a report: every measure over its periods, told apart where the table says so."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.report.domain import (
    ZONE,
    At,
    Breakdown,
    Dimension,
    Figure,
    Line,
    Period,
    PeriodKind,
    Report,
    Scope,
    median,
    share,
)
from service.report.measures import MEASURES, How
from service.report.repository import Counts, Reach

NARROWING = (Dimension.PARK, Dimension.INDUSTRY, Dimension.MARKET)
"""What a whole report is narrowed by; a figure is narrowed by any of its dimensions."""


def read_period(text: str) -> Period:
    """Read a period; nothing means the running month.

    Raises:
        Invalid: it is none.
    """
    if not text.strip():
        return Period.of(clock.now().astimezone(ZONE).date(), PeriodKind.MONTH)
    found = Period.read(text)
    if found is None:
        detail = N_("Write a month as 2026-11, a quarter as 2026-Q4, or a year as 2026.")
        raise Invalid(detail, errors=[FieldError("period", detail)])
    return found


def scope_of(
    session: Session,
    actor: Actor,
    *,
    period: str = "",
    station_id: UUID | None = None,
    narrowed: Mapping[Dimension, str] | None = None,
) -> Scope:
    """Return what a report counts: one station in the actor's reach, or all of them.

    Raises:
        Invalid: no such period.
        NotFound: no such station, or not in reach.
    """
    actor.need(Permission.REPORT_READ)
    stations = Reach(session, actor).chosen(station_id)
    wanted = {key: value for key, value in (narrowed or {}).items() if value}
    return Scope(tuple(one.id for one in stations), read_period(period), wanted)


def make_report(session: Session, actor: Actor, scope: Scope) -> Report:
    """Count every measure for a scope. The actor sees the figures of all stations in it."""
    actor.need(Permission.REPORT_READ)
    counts = Counts(session)
    found = {one.id: one.name_zh for one in Reach(session, actor).all()}
    names = {one: found[one] for one in scope.stations}
    lines = [_line(counts, key, scope) for key in MEASURES]
    return Report(scope, clock.now(), lines, names)


def _line(counts: Counts, key: str, scope: Scope) -> Line:
    periods = scope.period.compared()
    figures = {at: _figure(counts, key, scope.at(period)) for at, period in periods.items()}
    split = MEASURES[key].by if figures[At.NOW].count else ()
    if split and len(scope.stations) > 1:
        split = (Dimension.STATION, *split)
    return Line(key, figures, [Breakdown(one, counts.by(key, scope, one)) for one in split])


def _figure(counts: Counts, key: str, scope: Scope) -> Figure:
    measure = MEASURES[key]
    if measure.how is How.DAYS:
        days = counts.days(key, scope)
        return Figure(len(days), median(days))
    count = counts.count(key, scope)
    if measure.how is How.SUM:
        return Figure(count, counts.amount(key, scope))
    if measure.how is How.SHARE:
        whole = counts.count(measure.whole, scope)
        return Figure(count, share(count, whole), whole)
    return Figure(count, count)
