"""Issuing a report: its figures and the rows behind them are kept as they are, with a hash."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.pagination import Cursor
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.report.domain import At, Breakdown, Dimension, Figure, Line, Period, Report, Scope
from service.report.errors import PeriodRunning, ReportDamaged
from service.report.models import StationReport
from service.report.repository import Counts, Issued, Reach
from service.report.usecases.listing import Behind, check_measure
from service.report.usecases.reporting import make_report, read_period, scope_of

NONE: Mapping[str, Any] = {"figures": {}, "by": []}
"""A line of a measure that was not yet counted then."""
LONGEST = 2_000
"""Characters of a reason."""


def issue_report(session: Session, actor: Actor, *, period: str, reason: str = "") -> StationReport:
    """Issue the report of the actor's station, with those that report to it, for a period over.

    Raises:
        PeriodRunning: the period is not over in the station's time zone.
        Invalid: no such period; or it was issued before and no reason is given.
    """
    actor.need(Permission.REPORT_ISSUE)
    station, wanted = Reach(session, actor).own(), read_period(period)
    if clock.now() < wanted.until:
        raise PeriodRunning(
            N_("{period} ends on {last}: issue it after that."),
            period=str(wanted),
            last=wanted.last.isoformat(),
        )
    issued = Issued(session, actor)
    edition = issued.editions(station.id, str(wanted)) + 1
    if edition > 1 and not reason.strip():
        detail = N_("It was issued before: say what the new edition corrects.")
        raise Invalid(detail, errors=[FieldError("reason", detail)])
    report = make_report(session, actor, scope_of(session, actor, period=str(wanted)))
    snapshot = _snapshot(session, report)
    row = issued.add(
        StationReport(
            station_id=station.id,
            period=str(wanted),
            first_on=wanted.first,
            edition=edition,
            reason=reason.strip()[:LONGEST],
            snapshot=snapshot,
            snapshot_hash=hash_of(snapshot),
            issued_at=report.made_at,
            issued_by=actor.person_id,
        )
    )
    told = {"period": row.period, "edition": edition, "sha256": row.snapshot_hash}
    note(session, actor, "report.issued", ("station_report", row.id), **told)
    return row


def hash_of(snapshot: Mapping[str, Any]) -> str:
    """Return the SHA-256 over a snapshot as JSON with sorted keys."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def issued_report(row: StationReport) -> Report:
    """Return a report as it was issued.

    Raises:
        ReportDamaged: the snapshot is not the one that was issued.
    """
    kept = row.snapshot
    if hash_of(kept) != row.snapshot_hash:
        raise ReportDamaged(N_("The report {number} is not as it was issued."), number=str(row.id))
    period = Period.read(kept["period"])
    assert period is not None
    names = {UUID(key): name for key, name in kept["stations"].items()}
    lines = [_line(one) for one in kept["lines"]]
    made_at = datetime.fromisoformat(kept["made_at"])
    return Report(Scope(tuple(names), period), made_at, lines, names)


def rows_issued(
    session: Session,
    actor: Actor,
    row: StationReport,
    key: str,
    at: At,
    dimension: str,
    value: str,
    cursor: Cursor,
) -> Behind:
    """Return a page of the rows that lay behind a figure when the report was issued.

    Raises:
        NotFound: no such figure.
        Invalid: it is not told apart by that.
    """
    check_measure(key)
    [line] = [one for one in row.snapshot["lines"] if one["key"] == key] or [NONE]
    ids = _ids_of(line, at, dimension, value)
    counts = Counts(session)
    rows, following = counts.kept(key, ids, actor, cursor)
    hidden = len(ids) - counts.openable_of(key, ids, actor)
    return Behind(key, len(ids), hidden, rows, following)


def _ids_of(line: Mapping[str, Any], at: At, dimension: str, value: str) -> list[UUID]:
    if not dimension:
        return [UUID(one) for one in line["figures"].get(at, {}).get("rows", ())]
    told = dict(line["by"]).get(dimension)
    if told is None:
        detail = N_("This figure is not told apart by that.")
        raise Invalid(detail, errors=[FieldError("by", detail)])
    return [UUID(one) for key, rows in told if key == value for one in rows]


def _snapshot(session: Session, report: Report) -> dict[str, Any]:
    """Return a report as plain JSON, each figure with the keys of its rows.

    What has an order is a list: a database may give members back in another one.
    """
    counts, scope = Counts(session), report.scope
    periods = scope.period.compared()

    def line(one: Line) -> dict[str, Any]:
        return {
            "key": one.key,
            "figures": {
                at.value: _kept(figure, counts.ids(one.key, scope.at(periods[at])))
                for at, figure in one.figures.items()
            },
            "by": [
                [
                    split.dimension.value,
                    [
                        [key, _texts(counts.ids(one.key, scope.only(split.dimension, key)))]
                        for key, _ in split.counts
                    ],
                ]
                for split in one.breakdowns
            ],
        }

    return {
        "period": str(scope.period),
        "made_at": report.made_at.isoformat(),
        "stations": {str(key): name for key, name in report.names.items()},
        "lines": [line(one) for one in report.lines],
    }


def _kept(figure: Figure, ids: Sequence[UUID]) -> dict[str, Any]:
    return {"value": figure.value, "whole": figure.whole, "rows": _texts(ids)}


def _texts(ids: Sequence[UUID]) -> list[str]:
    return [str(one) for one in ids]


def _line(kept: Mapping[str, Any]) -> Line:
    figures = {
        at: Figure(len(one["rows"]), one["value"], one["whole"])
        for at in At
        if (one := kept["figures"].get(at)) is not None
    }
    splits = [
        Breakdown(Dimension(name), [(value, len(rows)) for value, rows in told])
        for name, told in kept["by"]
    ]
    return Line(kept["key"], figures, splits)
