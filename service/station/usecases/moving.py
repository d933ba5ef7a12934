"""Moving an intake by its table, and ending it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import ThreadKind
from service.cases.usecases.moving import move
from service.cases.usecases.threads import close_thread, reopen_thread
from service.core import clock
from service.core.errors import Stale
from service.core.text import N_
from service.identity.permissions import Actor
from service.station.errors import IntakePromoted
from service.station.models import Intake
from service.station.repository import Intakes
from service.station.tables import INTAKE
from service.station.usecases.promoting import promote

ENDS = frozenset({"not_accepted", "passed_on", "withdrawn", "closed"})
"""States with which the matter is over."""


def move_intake(
    session: Session,
    actor: Actor,
    intake_id: UUID,
    event: str,
    *,
    version: int,
    note: str = "",
    when: date | datetime | None = None,
    proof: str = "",
    passed_to: str = "",
) -> Intake:
    """Take a step of an intake; at its end the thread closes, and opens again with it.

    `when`: The day of the event; today where none is given and a clock counts from it.
    `passed_to`: With `pass_on`: the body it goes to.

    Raises:
        IntakePromoted: it is a case by now; and whatever `move` raises.
    """
    thread, row = Intakes(session, actor).get(intake_id)
    if thread.kind is not ThreadKind.INTAKE:
        raise IntakePromoted(N_("Go on in the case {number}."), number=thread.number)
    step = INTAKE.find(row.status, event)
    actor.need(step.permission)
    if row.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=row.version)
    if step.target == "promoted":
        promote(session, actor, intake_id, version=version)
        return row
    if thread.closed_at is not None and step.target not in ENDS:
        reopen_thread(session, actor, thread, note=note)
    if passed_to:
        row.passed_to = passed_to
        session.flush()
    day = when or (clock.today() if step.asks_when else None)
    move(
        session,
        actor,
        thread,
        row,
        INTAKE,
        event,
        version=row.version,
        when=day,
        note=note,
        proof=proof,
    )
    _note_times(row, step.target)
    session.flush()
    if step.target in ENDS:
        close_thread(session, actor, thread)
    return row


def _note_times(row: Intake, target: str) -> None:
    now = clock.now()
    if target == "accepted" and row.accepted_at is None:
        row.accepted_at = now
    row.ended_at = now if target in ENDS else None
