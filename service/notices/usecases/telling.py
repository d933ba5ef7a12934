"""Telling: the one function by which every module notifies people."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.jobs.models import insert_unless_there
from service.core.types import new_id
from service.identity.permissions import Permission
from service.notices.domain import Channel, DeliveryState, Message
from service.notices.hours import next_working
from service.notices.models import Delivery, Notice
from service.notices.repository import Recipients
from service.notices.topics import Topic
from service.notices.usecases.sending import ask_to_send


def notify(
    session: Session,
    *,
    event_id: str,
    topic: Topic,
    title: Message,
    text: Message | None = None,
    link: str,
    subject: tuple[str, object],
    people: Collection[UUID] = (),
    organisation_id: UUID | None = None,
    permission: Permission | None = None,
    urgent: bool = False,
) -> None:
    """Tell people that something happened, in the caller's transaction.

    It commits and is lost with it. Told twice with the same `event_id`, each person and endpoint
    still has it once. The inbox has it at once; e-mail waits for the next working hour of the
    person's organisation unless it is `urgent`; webhooks go out at once.

    Args:
        session: A writing session.
        event_id: The caller's own name of what happened, up to 200 characters:
            `watch.alert:<id of the alert>`.
        topic: What it is about.
        title: One line; also the subject of the e-mail.
        text: What stands below, if there is more to say.
        link: Path of the page to open.
        subject: Kind and id of the thing it is about.
        people: Ids of people.
        organisation_id: Everybody active there, and its webhooks.
        permission: Of the organisation's people only those who hold it.
        urgent: Send at night too.
    """
    notice_id = _noticed(
        session,
        event_id=event_id,
        topic=topic,
        title=title.stored(),
        text=text.stored() if text else None,
        link=link,
        subject_kind=subject[0],
        subject_id=str(subject[1]),
        urgent=urgent,
    )
    now, recipients = clock.now(), Recipients(session)
    for person in recipients.people(people, organisation_id, permission):
        to = {"person_id": person.id}
        _deliver(session, notice_id, Channel.INBOX, due_at=now, **to)
        if recipients.mailed(person, topic):
            hours = recipients.hours(person.organisation_id)
            due = now if urgent else next_working(now, hours)
            _deliver(session, notice_id, Channel.EMAIL, due_at=due, **to)
    if organisation_id is not None:
        for endpoint in recipients.endpoints(organisation_id, topic):
            _deliver(session, notice_id, Channel.WEBHOOK, due_at=now, endpoint_id=endpoint.id)


def _noticed(session: Session, *, event_id: str, **values: object) -> UUID:
    """Return the id of the notice of this event, made now unless it stands."""
    insert_unless_there(
        session, Notice, id=new_id(), event_id=event_id, created_at=clock.now(), **values
    )
    return session.scalars(sa.select(Notice.id).where(Notice.event_id == event_id)).one()


def _deliver(
    session: Session, notice_id: UUID, channel: Channel, *, due_at: datetime, **to: UUID
) -> None:
    delivery_id, inbox = new_id(), channel is Channel.INBOX
    fresh = insert_unless_there(
        session,
        Delivery,
        id=delivery_id,
        notice_id=notice_id,
        channel=channel,
        state=DeliveryState.SENT if inbox else DeliveryState.WAITING,
        due_at=due_at,
        sent_at=due_at if inbox else None,
        tries=0,
        error="",
        **to,
    )
    if fresh and not inbox:
        ask_to_send(session, delivery_id, tries=0, at=due_at)
