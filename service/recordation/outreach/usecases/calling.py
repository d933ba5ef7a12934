"""Keeping that an enterprise was called on."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.recordation.outreach.domain import ContactChannel, Result
from service.recordation.outreach.models import OutreachContact
from service.recordation.outreach.repository import Contacts, Enterprises
from service.recordation.usecases.substance import owner_of


def add_contact(
    session: Session,
    actor: Actor,
    enterprise_id: UUID,
    *,
    on: date,
    channel: ContactChannel,
    result: Result,
    text: str = "",
    again_on: date | None = None,
) -> OutreachContact:
    """Keep one contact with an enterprise the actor serves.

    Raises:
        NotFound: it does not serve it.
        Invalid: a day that is still to come, or a next call before this one.
    """
    actor.need(Permission.OUTREACH_WRITE)
    enterprise = Enterprises(session, actor).get(enterprise_id)
    errors = []
    if on > clock.today():
        errors.append(FieldError("on", N_("That day is still to come.")))
    if again_on is not None and again_on < on:
        errors.append(FieldError("again_on", N_("The end lies before the beginning.")))
    if errors:
        raise Invalid(N_("Please correct the marked fields."), errors=errors)
    row = OutreachContact(
        organisation_id=owner_of(actor),
        enterprise_id=enterprise.id,
        person_id=actor.person_id,
        on=on,
        channel=channel,
        result=result,
        note=text,
        again_on=again_on,
        created_at=clock.now(),
    )
    Contacts(session, actor).add(row)
    note(session, actor, "outreach.contacted", ("organisation", enterprise.id), result=result.value)
    return row
