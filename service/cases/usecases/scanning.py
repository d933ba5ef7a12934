"""The clock's own round: reminders in working hours, the lead told, what passed marked."""

from datetime import datetime

from sqlalchemy.orm import Session

from service.cases.announcing import announce
from service.cases.domain import Effect
from service.cases.models import Deadline
from service.cases.repository import Clocks
from service.cases.usecases.clocks import GRACE, miss
from service.cases.usecases.deadlines import tell_of
from service.core import clock


def scan(session: Session) -> int:
    """Remind, escalate and mark what is due by now; return how many clocks were touched.

    Running it twice does nothing twice.
    """
    now, clocks, touched = clock.now(), Clocks(session), 0
    for deadline in clocks.past(now - GRACE):
        miss(session, deadline)
        announce(session, deadline, now, missed=True)
        touched += 1
    for deadline in clocks.to_warn(now):
        _warn(session, deadline, now)
        touched += 1
    return touched


def _warn(session: Session, deadline: Deadline, now: datetime) -> None:
    left = [each for each in deadline.warnings if datetime.fromisoformat(each) > now]
    deadline.warnings = left
    deadline.warn_at = datetime.fromisoformat(left[0]) if left else None
    tell_of(session, None, deadline, "deadline.warned")
    announce(session, deadline, now)
    last = not left and deadline.effect in {Effect.FATAL, Effect.EXTENDABLE}
    if last and deadline.escalated_at is None:
        deadline.escalated_at = now
        tell_of(session, None, deadline, "deadline.escalated")
