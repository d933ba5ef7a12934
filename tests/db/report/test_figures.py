"""Every figure is the number of the rows behind it, and nobody is shown a row they may not open."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from service.core import clock
from service.core.db import Database
from service.core.errors import Invalid, NotFound
from service.core.pagination import Cursor, decode
from service.core.settings import Settings
from service.identity.permissions import Actor
from service.report.domain import At, Dimension, Report, Scope
from service.report.errors import PeriodRunning
from service.report.measures import MEASURES, How
from service.report.usecases.issuing import issue_report, issued_report, rows_issued
from service.report.usecases.ledger import whole_ledger
from service.report.usecases.listing import rows_behind
from service.report.usecases.reporting import make_report, scope_of
from tests.db.dispute.casework import NOW
from tests.db.report.world import MONTH, World, make_world

LATER = NOW + timedelta(days=20)
EXPECTED: dict[str, tuple[int, Any]] = {
    "matter.opened": (8, 8),
    "intake.received": (5, 5),
    "intake.accepted": (2, 2),
    "intake.days": (2, 2.0),
    "intake.answered": (1, 1),
    "intake.promoted": (1, 1),
    "intake.passed_on": (1, 1),
    "intake.turned_down": (1, 1),
    "intake.waiting": (2, 2),
    "case.begun": (4, 4),
    "case.closed": (0, 0),
    "case.days": (0, None),
    "case.open": (4, 4),
    "track.opened": (4, 4),
    "track.ended": (1, 1),
    "mediation.opened": (3, 3),
    "mediation.concluded": (2, 2),
    "mediation.agreed": (1, 1),
    "mediation.success": (1, 0.5),
    "mediation.days": (1, 0.0),
    "clock.missed": (1, 1),
    "clock.fatal": (1, 1),
    "filing.begun": (1, 1),
    "filing.checked": (1, 1),
    "filing.returned": (1, 1),
    "filing.granted": (1, 1),
    "detention.entered": (1, 1),
    "follow_up.made": (3, 3),
    "follow_up.rated": (2, 2),
    "follow_up.satisfied": (1, 0.5),
    "base.events": (1, 1),
    "base.attendance": (2, 2),
    "base.hours": (2, 5.0),
    "base.warnings": (0, 0),
}


def test_the_work_of_a_month_is_counted_opened_and_issued(
    database: Database, settings: Settings
) -> None:
    world = make_world(database, settings.files_folder)
    lead = world.cast.lead.actor
    with database.write() as session, clock.at(LATER):
        report = report_of(session, lead)
        assert {key: seen(report, key) for key in EXPECTED} == EXPECTED
        assert seen(report, "mediation.success", At.BEFORE) == (0, None)
        held_against_its_rows(session, lead, {})
        held_against_its_rows(session, lead, {Dimension.MARKET: "US"}, (At.NOW,))
        for actor in others(world):
            held_against_its_rows(session, actor, {}, (At.NOW,))
        told_apart(session, world)
        of_others(session, world)
        issued_and_kept(session, world)


def report_of(session: Any, actor: Actor, narrowed: Any = None) -> Report:
    return make_report(session, actor, scope_of(session, actor, period=MONTH, narrowed=narrowed))


def seen(report: Report, key: str, at: At = At.NOW) -> tuple[int, Any]:
    figure = next(one for one in report.lines if one.key == key).figures[at]
    return figure.count, figure.value


def others(world: World) -> list[Actor]:
    people = (world.station, world.cast.bureau, world.centre, world.park)
    return [one.actor for one in people]


def held_against_its_rows(
    session: Any, actor: Actor, narrowed: Any, compared: tuple[At, ...] = tuple(At)
) -> None:
    report = report_of(session, actor, narrowed)
    periods = report.scope.period.compared()
    for line in report.lines:
        for at, figure in line.figures.items():
            if at not in compared:
                continue
            scope = report.scope.at(periods[at])
            assert listed(session, actor, line.key, scope) == figure.count, (line.key, at)
            whole = MEASURES[line.key].whole
            if MEASURES[line.key].how is How.SHARE:
                assert listed(session, actor, whole, scope) == figure.whole
        for split in line.breakdowns:
            assert sum(count for _, count in split.counts) == line.figures[At.NOW].count
            for key, count in split.counts:
                scope = report.scope.only(split.dimension, key)
                assert listed(session, actor, line.key, scope) == count, (line.key, split)


def listed(session: Any, actor: Actor, key: str, scope: Scope) -> int:
    """Count the rows page by page, and those that may not be opened."""
    found, after = [], None
    while True:
        cursor = Cursor(after=decode(after) if after else None, limit=3)
        page = rows_behind(session, actor, key, scope, cursor)
        found += [row.id for row in page.rows]
        after = page.following
        if after is None:
            assert len(set(found)) == len(found)
            return len(found) + page.hidden


def told_apart(session: Any, world: World) -> None:
    report = report_of(session, world.cast.lead.actor)
    lines = {one.key: one for one in report.lines}
    by = {s.dimension: dict(s.counts) for s in lines["intake.received"].breakdowns}
    assert by[Dimension.WAY] == {"counter": 4, "hotline_12345": 1}
    assert by[Dimension.LINE] == {"consultation": 4, "mediation": 1}
    [ended] = lines["track.ended"].breakdowns
    assert ended.counts == [("mediation:failed", 1)]
    who = {s.dimension: dict(s.counts) for s in lines["case.begun"].breakdowns}
    assert who[Dimension.INDUSTRY] == {"vehicle_maker": 4}
    assert who[Dimension.PARK] == {"锡山园区": 4}
    assert who[Dimension.MARKET] == {"CN": 2, "US": 2}
    granted = {s.dimension: dict(s.counts) for s in lines["filing.granted"].breakdowns}
    assert granted[Dimension.MARKET] == {"CN": 1}
    assert granted[Dimension.INDUSTRY] == {"parts_maker": 1}


def of_others(session: Any, world: World) -> None:
    """Figures go up; what may not be opened is counted and told nothing of."""
    scope = scope_of(session, world.centre.actor, period=MONTH)
    everything = rows_behind(session, world.centre.actor, "intake.received", scope, Cursor())
    assert (everything.total, everything.hidden, len(everything.rows)) == (6, 6, 0)
    centre = report_of(session, world.centre.actor)
    [line] = [one for one in centre.lines if one.key == "intake.received"]
    assert dict(line.breakdowns[0].counts) == {
        str(world.station.organisation_id): 5,
        str(world.other.organisation_id): 1,
    }
    actor = world.station.actor
    own = rows_behind(
        session, actor, "case.begun", scope_of(session, actor, period=MONTH), Cursor()
    )
    assert (own.total, own.hidden) == (4, 1)  # the sealed one
    park = rows_behind(
        session, world.park.actor, "case.begun", scope_of(session, world.park.actor), Cursor()
    )
    assert len(park.rows) == 0
    stranger = world.cast.stranger.actor
    assert Counter(one.figures[At.NOW].count for one in report_of(session, stranger).lines) == {
        0: len(MEASURES)
    }
    with pytest.raises(NotFound):
        scope_of(session, stranger, station_id=world.station.organisation_id)
    with pytest.raises(Invalid):
        scope_of(session, stranger, period="2026-13")
    lead, worker = world.cast.lead.actor, world.station.actor
    lines = list(whole_ledger(session, lead, scope_of(session, lead, period=MONTH)))
    assert len(lines) == 8
    scope_of_worker = scope_of(session, worker, period=MONTH)
    assert len(list(whole_ledger(session, worker, scope_of_worker))) == 7  # one is sealed
    assert {"三轮车商标被仿冒", "YADEA held at the port"} <= {
        str(one.thread.title_values["name"]) for one in lines
    }
    assert list(whole_ledger(session, world.centre.actor, scope)) == []


def issued_and_kept(session: Any, world: World) -> None:
    """An issued report stays what it was; a correction is a new edition with its reason."""
    lead = world.cast.lead.actor
    with pytest.raises(PeriodRunning), clock.at(NOW):
        issue_report(session, lead, period=MONTH)
    row = issue_report(session, lead, period=MONTH)
    live = report_of(session, lead)
    session.flush()
    session.expire_all()
    kept = issued_report(row)
    assert kept.lines == live.lines
    for line in kept.lines:
        for at, figure in line.figures.items():
            page = rows_issued(session, lead, row, line.key, at, "", "", Cursor(limit=200))
            assert len(page.rows) + page.hidden == figure.count == page.total
        for split in line.breakdowns:
            for key, count in split.counts:
                told = (line.key, At.NOW, split.dimension.value, key, Cursor(limit=200))
                assert rows_issued(session, lead, row, *told).total == count
    with pytest.raises(Invalid):
        issue_report(session, lead, period=MONTH)
    assert issue_report(session, lead, period=MONTH, reason="漏计一件").edition == 2
