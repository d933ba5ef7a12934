"""What is counted: each source is a table of rows, joined to the matter and its enterprise.

Every source has the same joins, so that every figure can be told apart and narrowed alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from service.cases.models import Deadline, Thread, TimelineEntry
from service.cases.sight import Where, sees_row
from service.dispute.domain import GoodsOutcome
from service.dispute.models import DisputeCase, Track
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.recordation.models import Detention, Filing, FilingRound
from service.report.domain import Dimension
from service.report.measures import Source
from service.report.repository.reach import allowed, opens_filing, opens_thread
from service.rules.authorities import authorities
from service.station.base.models import CheckUp, EarlyWarning, Event, EventAttendance, TypicalCase
from service.station.models import FollowUp, Intake

Column = sa.ColumnElement[Any]
_ENTERPRISE = Organisation.kind == OrganisationKind.EXPORTER
_MARKET_OF = {one.code: one.market for one in authorities()}


def text(column: Any) -> Column:
    """Return a column of a closed list as the text that is stored, empty where there is none."""
    return sa.func.coalesce(sa.type_coerce(column, sa.String), "")


def _first(*columns: Any) -> Column:
    return sa.func.coalesce(*(sa.type_coerce(one, sa.String) for one in columns), "")


def _market(authority: Any) -> Column:
    """Return the market of a customs authority; null where there is no authority."""
    return sa.case(_MARKET_OF, value=authority)


COMMON: Mapping[Dimension, Column] = {
    Dimension.WAY: _first(Intake.channel, DisputeCase.source),
    Dimension.LINE: _first(DisputeCase.service_line, Intake.service_line),
    Dimension.MARKET: _first(
        DisputeCase.jurisdiction,
        Intake.jurisdiction,
        _market(Filing.authority),
        _market(Detention.authority),
    ),
    Dimension.INDUSTRY: sa.case((_ENTERPRISE, text(Organisation.branch)), else_=""),
    Dimension.PARK: text(Organisation.park),
}
"""A case's own service line and market go before those of the intake it came from."""


@dataclass(frozen=True)
class Rows:
    """One source: the key of its rows, their thread, station, what tells them apart, who opens."""

    key: InstrumentedAttribute[Any]
    thread: InstrumentedAttribute[Any] | None
    """None: its rows belong to a station and to no matter."""
    station: Any
    opens: Callable[[Actor], Where]
    keys: Mapping[Dimension, Column] = field(default_factory=dict)
    beside: tuple[tuple[Any, Where], ...] = ()
    """Further tables, each with how it is joined."""

    def select(self, *columns: Any) -> sa.Select[Any]:
        """Return a query of these columns with all joins; one row for each row of the source."""
        query = sa.select(*columns).select_from(self.key.class_)
        for table, how in self.beside:
            query = query.join(table, how)
        if self.thread is None:
            return query.join(Organisation, Organisation.id == self.station)
        if self.key.class_ is not Thread:
            query = query.join(Thread, Thread.id == self.thread)
        query = query.join(Organisation, Organisation.id == Thread.organisation_id)
        for model in (Intake, DisputeCase, Filing, Detention):
            if model is not self.key.class_ and model not in [one for one, _ in self.beside]:
                query = query.outerjoin(model, model.id == Thread.id)
        return query

    def by(self, dimension: Dimension) -> Column:
        """Return what tells its rows apart in a dimension: a text, empty where there is none.

        The station is told by its id.

        Raises:
            LookupError: its rows have no such dimension.
        """
        if dimension is Dimension.STATION:
            station: Column = self.station
            return station
        return self.keys[dimension] if dimension in self.keys else COMMON[dimension]


def _case(actor: Actor) -> Where:
    return allowed(actor, Permission.CASE_READ, opens_thread(actor))


def _intake(actor: Actor) -> Where:
    return allowed(actor, Permission.INTAKE_READ, opens_thread(actor))


def _clock(actor: Actor) -> Where:
    table: type[Any] = Deadline
    both = sa.and_(opens_thread(actor), sees_row(actor, table))
    return allowed(actor, Permission.DEADLINE_READ, both)


def _filing(actor: Actor) -> Where:
    return allowed(actor, Permission.RECORDATION_READ, opens_filing(actor))


def _detention(actor: Actor) -> Where:
    return allowed(actor, Permission.DETENTION_READ, opens_thread(actor))


def _follow_up(actor: Actor) -> Where:
    table: type[Any] = FollowUp
    both = sa.and_(opens_thread(actor), sees_row(actor, table))
    return allowed(actor, Permission.INTAKE_READ, both)


def _of_base(station: Any) -> Callable[[Actor], Where]:
    """Return who opens what a station does at its base: its own people, and who reads all."""

    def opens(actor: Actor) -> Where:
        own = sa.true() if actor.reads_all else station == actor.organisation_id
        return allowed(actor, Permission.BASE_READ, own)

    return opens


def _bare(key: InstrumentedAttribute[Any], station: Any, *beside: tuple[Any, Where]) -> Rows:
    """Return rows of a station's base: of no matter, so told apart by station and park alone."""
    return Rows(key, None, station, _of_base(station), _NOTHING, beside)


_NOTHING = {
    **dict.fromkeys(COMMON, sa.literal("")),
    Dimension.PARK: text(Organisation.park),
}
_TRACK = {Dimension.TRACK: text(Track.kind)}
_ENDING = {Dimension.ENDING: text(Track.kind) + ":" + TimelineEntry.target, **_TRACK}
_EFFECT = {Dimension.EFFECT: text(Deadline.effect)}
_GOODS = sa.func.nullif(text(DisputeCase.goods_outcome), GoodsOutcome.NONE.value)
_OUTCOME = {
    Dimension.OUTCOME: text(DisputeCase.outcome),
    Dimension.GOODS: sa.func.coalesce(_GOODS, ""),
}
SOURCES: Mapping[Source, Rows] = {
    Source.MATTER: Rows(Thread.id, Thread.id, Thread.station_id, _intake),
    Source.INTAKE: Rows(
        Intake.id,
        Intake.id,
        Intake.station_id,
        _intake,
        {Dimension.LINE: text(Intake.service_line), Dimension.MARKET: text(Intake.jurisdiction)},
    ),
    Source.CASE: Rows(DisputeCase.id, DisputeCase.id, Thread.station_id, _case, _OUTCOME),
    Source.TRACK: Rows(Track.id, Track.thread_id, Thread.station_id, _case, _TRACK),
    Source.STEP: Rows(
        TimelineEntry.id,
        TimelineEntry.thread_id,
        Thread.station_id,
        _case,
        _ENDING,
        ((Track, Track.id == TimelineEntry.part_id),),
    ),
    Source.CLOCK: Rows(Deadline.id, Deadline.thread_id, Thread.station_id, _clock, _EFFECT),
    Source.HOLD_CLOCK: Rows(
        Deadline.id,
        Deadline.thread_id,
        Thread.station_id,
        _clock,
        _EFFECT,
        ((Detention, Detention.id == Deadline.thread_id),),
    ),
    Source.FILING: Rows(Filing.id, Filing.id, Organisation.served_by_id, _filing),
    Source.CHECK: Rows(
        TimelineEntry.id,
        TimelineEntry.thread_id,
        TimelineEntry.organisation_id,
        _filing,
        beside=((Filing, Filing.id == TimelineEntry.thread_id),),
    ),
    Source.GRANT: Rows(
        FilingRound.id,
        FilingRound.filing_id,
        Organisation.served_by_id,
        _filing,
        beside=((Filing, Filing.id == FilingRound.filing_id),),
    ),
    Source.DETENTION: Rows(Detention.id, Detention.id, Thread.station_id, _detention),
    Source.FOLLOW_UP: Rows(
        FollowUp.id,
        FollowUp.thread_id,
        Thread.station_id,
        _follow_up,
        {Dimension.RATING: text(FollowUp.rating)},
    ),
    Source.EVENT: _bare(Event.id, Event.station_id),
    Source.ATTENDANCE: _bare(
        EventAttendance.id, Event.station_id, (Event, Event.id == EventAttendance.event_id)
    ),
    Source.WARNING: _bare(EarlyWarning.id, EarlyWarning.station_id),
    Source.TYPICAL_CASE: _bare(TypicalCase.id, TypicalCase.station_id),
    Source.CHECK_UP: _bare(CheckUp.id, CheckUp.station_id),
}
