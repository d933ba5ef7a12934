"""How a deadline stands: ending it, and refusing what does not fit how it stands."""

from datetime import date, datetime

from service.cases.domain import Status
from service.cases.errors import DeadlineSettled
from service.cases.models import Deadline
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.permissions import Actor

Trigger = date | datetime
RUNNING = frozenset({Status.OPEN, Status.PAUSED})
ALIVE = RUNNING | {Status.MISSED}


def settle(
    deadline: Deadline,
    status: Status,
    *,
    actor: Actor | None = None,
    when: Trigger | None = None,
    reason: str = "",
) -> None:
    """End a deadline: met, missed or waived. A miss is remembered for ever."""
    deadline.status = status
    deadline.settled_at = clock.now()
    deadline.settled_by = actor.person_id if actor else None
    deadline.settled_on = when.isoformat() if when else ""
    deadline.reason = reason
    deadline.warn_at, deadline.warnings = None, []
    if status is Status.MISSED:
        deadline.missed_at = deadline.missed_at or deadline.settled_at


def not_settled(deadline: Deadline, states: frozenset[Status], *, dated: bool = False) -> date:
    """Refuse a deadline that stands at none of these; return its last day, with `dated` for sure.

    Raises:
        DeadlineSettled: it stands elsewhere, or has no date.
    """
    if deadline.status not in states or (dated and deadline.due_on is None):
        raise DeadlineSettled(
            N_("It stands at “{status}”. Read it again."), status=deadline.status.value
        )
    return deadline.due_on or date.max


def reason_of(reason: str) -> str:
    """Return the reason given; raise `Invalid` where there is none."""
    if not reason.strip():
        detail = N_("Say why.")
        raise Invalid(detail, errors=[FieldError("reason", detail)])
    return reason.strip()
