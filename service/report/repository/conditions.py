"""The condition of each measure: which rows of its source lie behind the figure of a period."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from service.cases.domain import Effect, Status, ThreadKind
from service.cases.models import Deadline, Thread, TimelineEntry
from service.cases.sight import Where
from service.core.types import UtcDateTime
from service.dispute.domain import GoodsOutcome, TrackKind
from service.dispute.models import DisputeCase, Track
from service.dispute.tables import table_of
from service.identity.models import Organisation
from service.recordation.domain import RoundKind
from service.recordation.models import Detention, Filing, FilingRound
from service.report.domain import Period
from service.station.base.models import CheckUp, EarlyWarning, Event, EventAttendance, TypicalCase
from service.station.domain import SATISFIED
from service.station.models import FollowUp, Intake

Condition = Callable[[Period], Where]
WORK = (ThreadKind.INTAKE, ThreadKind.DISPUTE)
FIRST = (RoundKind.APPLICATION, RoundKind.CORRECTION)
OURS = Deadline.effect != Effect.AWAITED
SETTLED = sa.or_(Deadline.status == Status.MET, Deadline.missed_at.is_not(None))
KEPT = sa.and_(Deadline.status == Status.MET, Deadline.missed_at.is_(None))
GRAVE = Deadline.effect == Effect.FATAL
MEDIATION = TrackKind.MEDIATION
AGREED = TimelineEntry.verb == "mediation.agree"
FAILED = sa.and_(TimelineEntry.verb.startswith("mediation."), TimelineEntry.target == "failed")


def moment(column: Any) -> Condition:
    """Return the condition that a time lies in the period."""
    return lambda period: sa.and_(column >= period.since, column < period.until)


def day(column: Any) -> Condition:
    """Return the condition that a date lies in the period."""
    return lambda period: sa.and_(column >= period.first, column <= period.last)


def both(first: Condition, *more: Where) -> Condition:
    """Return a condition of the period with others beside it."""
    return lambda period: sa.and_(first(period), *more)


def _told(thread: Any, *verbs: str) -> sa.ScalarSelect[Any]:
    """Return the last time one of these things was told of a thread; null if never."""
    entry = aliased(TimelineEntry)
    last = sa.select(sa.func.max(entry.at)).where(entry.thread_id == thread, entry.verb.in_(verbs))
    return last.correlate_except(entry).scalar_subquery()


def _ended(period: Period) -> Where:
    """Say that the step brought a track to an end that it still stands at."""
    ends = [
        sa.and_(Track.kind == kind, TimelineEntry.target.in_(_final(kind))) for kind in TrackKind
    ]
    stands = TimelineEntry.target == Track.status
    return sa.and_(moment(TimelineEntry.at)(period), stands, sa.or_(*ends))


def _final(kind: TrackKind) -> list[str]:
    return [key for key, state in table_of(kind).states.items() if state.final]


def _waiting(period: Period) -> Where:
    end = period.until
    return sa.and_(
        Intake.received_at < end,
        sa.or_(Intake.accepted_at.is_(None), Intake.accepted_at >= end),
        sa.or_(Intake.ended_at.is_(None), Intake.ended_at >= end),
    )


def _open(period: Period) -> Where:
    still = sa.or_(Thread.closed_at.is_(None), Thread.closed_at >= period.until)
    return sa.and_(period.until > BEGUN, still)


def _overdue(period: Period) -> Where:
    """Say that a last moment has passed, and by then nothing settled it but a miss."""
    end = period.until
    alive = Deadline.status.in_((Status.OPEN, Status.PAUSED, Status.MISSED))
    return sa.and_(
        OURS,
        Deadline.due_at < end,
        sa.or_(alive, Deadline.settled_at >= end),
        sa.or_(Thread.closed_at.is_(None), Thread.closed_at >= end),
    )


def _helped() -> Where:
    """Say that the station that serves the owner took a step in the filing, or checked it."""
    entry = aliased(TimelineEntry)
    return (
        sa.select(sa.true())
        .where(
            entry.thread_id == Filing.id,
            entry.organisation_id == Organisation.served_by_id,
            entry.verb.startswith("filing."),
        )
        .correlate(Filing, Organisation)
        .exists()
    )


BEGUN: sa.ColumnElement[Any] = sa.func.coalesce(
    _told(DisputeCase.id, "intake.promote"), Thread.opened_at, type_=UtcDateTime()
)
"""When a case began: when the desk made it one, or when it was opened."""
ANSWERED = sa.type_coerce(_told(Intake.id, "intake.answer"), UtcDateTime())
PROMOTED = sa.type_coerce(_told(Intake.id, "intake.promote"), UtcDateTime())
_CLOSED = moment(Thread.closed_at)
_STEPPED = moment(TimelineEntry.at)
_DUE = moment(Deadline.due_at)
_HOLDS_DUE = both(_DUE, GRAVE, SETTLED)
_MADE = day(FollowUp.on)
_GRANTED = (FilingRound.kind.in_(FIRST), FilingRound.granted.is_(True))

_HELD = both(moment(Event.starts_at), Event.status.in_(("held", "closed")))

CONDITIONS: Mapping[str, Condition] = {
    "matter.opened": both(moment(Thread.opened_at), Thread.kind.in_(WORK)),
    "intake.received": moment(Intake.received_at),
    "intake.accepted": moment(Intake.accepted_at),
    "intake.days": moment(Intake.accepted_at),
    "intake.answered": moment(ANSWERED),
    "intake.promoted": moment(PROMOTED),
    "intake.passed_on": both(moment(Intake.ended_at), Intake.status == "passed_on"),
    "intake.turned_down": both(moment(Intake.ended_at), Intake.status == "not_accepted"),
    "intake.waiting": _waiting,
    "case.begun": moment(BEGUN),
    "case.closed": _CLOSED,
    "case.days": _CLOSED,
    "case.goods": both(_CLOSED, DisputeCase.goods_outcome != GoodsOutcome.NONE),
    "case.open": _open,
    "track.opened": moment(Track.opened_at),
    "track.ended": _ended,
    "mediation.opened": both(moment(Track.opened_at), Track.kind == MEDIATION),
    "mediation.concluded": both(_STEPPED, sa.or_(AGREED, FAILED)),
    "mediation.agreed": both(_STEPPED, AGREED),
    "mediation.success": both(_STEPPED, AGREED),
    "mediation.days": both(_STEPPED, AGREED),
    "mediation.confirmed": both(_STEPPED, TimelineEntry.verb == "mediation.confirm"),
    "mediation.performed": both(_STEPPED, TimelineEntry.verb == "mediation.perform"),
    "clock.settled": both(_DUE, OURS, SETTLED),
    "clock.kept": both(_DUE, OURS, KEPT),
    "clock.missed": both(moment(Deadline.missed_at), OURS),
    "clock.fatal": both(moment(Deadline.missed_at), GRAVE),
    "clock.overdue": _overdue,
    "filing.begun": moment(Filing.created_at),
    "filing.checked": both(_STEPPED, TimelineEntry.verb == "filing.confirm"),
    "filing.returned": both(_STEPPED, TimelineEntry.verb == "filing.send_back"),
    "filing.granted": both(day(FilingRound.decided_on), *_GRANTED, _helped()),
    "detention.entered": moment(Detention.created_at),
    "detention.due": _HOLDS_DUE,
    "detention.answered": both(_HOLDS_DUE, KEPT),
    "follow_up.made": _MADE,
    "follow_up.rated": both(_MADE, FollowUp.rating.is_not(None)),
    "follow_up.satisfied": both(_MADE, FollowUp.rating.in_(SATISFIED)),
    "base.events": _HELD,
    "base.attendance": both(_HELD, EventAttendance.signed_in_at.is_not(None)),
    "base.hours": both(_HELD, EventAttendance.signed_in_at.is_not(None)),
    "base.warnings": moment(EarlyWarning.sent_at),
    "base.cases": both(moment(TypicalCase.published_at), TypicalCase.status == "published"),
    "base.check_ups": moment(CheckUp.made_at),
}
SPANS: Mapping[str, tuple[Any, Any]] = {
    "intake.days": (Intake.received_at, Intake.accepted_at),
    "case.days": (DisputeCase.received_at, Thread.closed_at),
    "mediation.days": (Track.opened_at, TimelineEntry.at),
}
"""From where to where the days of a measure are counted."""
AMOUNTS: Mapping[str, Any] = {"base.hours": Event.hours}
"""What is added up over the rows of a measure."""
