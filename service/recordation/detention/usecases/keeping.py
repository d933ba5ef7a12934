"""What is kept about goods that are held: their particulars, who is asked, inspection, costs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Effect
from service.cases.usecases.deadlines import open_stated
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid, Stale
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.detention.domain import COSTS
from service.recordation.detention.models import Detention, DetentionContact, DetentionCost
from service.recordation.detention.places import zone_of
from service.recordation.detention.repository import Detentions
from service.recordation.usecases.wording import both

INSPECTION = N_("Inspect the goods")


def change_detention(
    session: Session,
    actor: Actor,
    detention_id: UUID,
    values: Mapping[str, Any],
    *,
    version: int,
) -> Detention:
    """Change the particulars; clocks that run keep what they were started with.

    Raises:
        Stale: somebody changed them meanwhile.
    """
    actor.need(Permission.DETENTION_ENTER)
    detentions = Detentions(session, actor)
    thread, row = detentions.to_change(detention_id)
    _check_version(row, version)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    tell(session, actor, thread, "detention.changed")
    return row


def add_contact(
    session: Session, actor: Actor, detention_id: UUID, values: Mapping[str, Any]
) -> DetentionContact:
    """Put somebody on the list of those who are asked."""
    actor.need(Permission.DETENTION_ENTER)
    detentions = Detentions(session, actor)
    thread, row = detentions.to_change(detention_id)
    contact = DetentionContact(**values, detention_id=row.id)
    detentions.add(contact)
    tell(session, actor, thread, "detention.contact_added", note=contact.name)
    return contact


def note_contact(
    session: Session, actor: Actor, detention_id: UUID, contact_id: UUID, *, answer: str = ""
) -> DetentionContact:
    """Note that somebody was asked now; with an answer, that they have answered."""
    actor.need(Permission.DETENTION_ENTER)
    detentions = Detentions(session, actor)
    thread, row = detentions.to_change(detention_id)
    contact = detentions.contact(row.id, contact_id)
    contact.asked_at = contact.asked_at or clock.now()
    if answer.strip():
        contact.answered_at, contact.answer = clock.now(), answer.strip()
    session.flush()
    verb = "detention.answered" if answer.strip() else "detention.asked"
    tell(session, actor, thread, verb, note=f"{contact.name} {answer.strip()}".strip())
    return contact


def set_inspection(
    session: Session,
    actor: Actor,
    detention_id: UUID,
    *,
    at: datetime,
    place: str,
    version: int,
) -> Detention:
    """Fix when and where the goods can be seen; a clock of its own reminds of it.

    Raises:
        Invalid: the moment is over.
        Stale: somebody changed the detention meanwhile.
    """
    actor.need(Permission.DETENTION_ENTER)
    thread, row = Detentions(session, actor).to_change(detention_id)
    _check_version(row, version)
    if at <= clock.now():
        detail = N_("That moment is over.")
        raise Invalid(detail, errors=[FieldError("at", detail)])
    row.inspection_at, row.inspection_place = at, place
    session.flush()
    open_stated(
        session,
        actor,
        thread,
        title=both(INSPECTION),
        due=at,
        event=f"inspection:{at.isoformat()}"[:80],
        proof=place,
        effect=Effect.INTERNAL,
        zone=zone_of(row),
    )
    tell(
        session,
        actor,
        thread,
        "detention.inspection",
        moment=at.isoformat(sep=" ", timespec="minutes"),
    )
    return row


def add_cost(
    session: Session, actor: Actor, detention_id: UUID, values: Mapping[str, Any]
) -> DetentionCost:
    """Enter a cost, a fine or a security.

    Raises:
        Invalid: it came back before it was paid, or a day is still to come.
    """
    actor.need(Permission.DETENTION_ENTER)
    detentions = Detentions(session, actor)
    thread, row = detentions.to_change(detention_id)
    _check_days(values.get("paid_on"), values.get("returned_on"))
    cost = DetentionCost(**values, detention_id=row.id, entered_at=clock.now())
    detentions.add(cost)
    tell(session, actor, thread, "detention.cost", **_told(cost))
    return cost


def settle_cost(
    session: Session,
    actor: Actor,
    detention_id: UUID,
    cost_id: UUID,
    *,
    paid_on: date | None,
    returned_on: date | None,
) -> DetentionCost:
    """Note when a cost was paid, or a security came back or was used up."""
    actor.need(Permission.DETENTION_ENTER)
    detentions = Detentions(session, actor)
    thread, row = detentions.to_change(detention_id)
    cost = detentions.cost(row.id, cost_id)
    _check_days(paid_on or cost.paid_on, returned_on)
    cost.paid_on, cost.returned_on = paid_on or cost.paid_on, returned_on or cost.returned_on
    session.flush()
    tell(session, actor, thread, "detention.cost_settled", **_told(cost))
    return cost


def _told(cost: DetentionCost) -> dict[str, Any]:
    return {"kind": {"message": COSTS[cost.kind]}, "amount": f"{cost.amount} {cost.currency}"}


def _check_days(paid_on: date | None, returned_on: date | None) -> None:
    today = clock.today()
    errors = [
        FieldError(name, N_("That day is still to come."))
        for name, day in (("paid_on", paid_on), ("returned_on", returned_on))
        if day and day > today
    ]
    if returned_on and (paid_on is None or returned_on < paid_on):
        errors.append(FieldError("returned_on", N_("It came back before it was paid.")))
    if errors:
        raise Invalid(errors[0].message, errors=errors)


def _check_version(row: Detention, version: int) -> None:
    if row.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=row.version)
