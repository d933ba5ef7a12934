"""Sending what waits: e-mail and webhooks, at least once, under the same name each time.

Nothing is held while something is sent. A kill between sending and noting it sends it again, with
the same Message-ID or webhook-id; a kill at any other moment loses nothing, since the queue and,
after it, the sweep find what still waits.
"""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.jobs import JobContext, Queue, enqueue, job
from service.core.settings import Settings
from service.identity.models import Person
from service.notices import mail
from service.notices.domain import Channel, DeliveryState, message_of
from service.notices.hours import next_working
from service.notices.models import Delivery, Endpoint
from service.notices.repository import Outbox, Recipients
from service.notices.webhooks import NotDelivered, send_webhook
from service.notices.wording import told_in_both

SEND = "notice.send"
PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 600, 600, 720, 720, 720)
)
"""How long to wait after each failure: about two and a half days in all."""
ERROR_TEXT = 200
Send = Callable[[], None]


@job(SEND, queue=Queue.NOTICES)
def send_delivery(context: JobContext, delivery_id: str) -> None:
    """Send one e-mail or webhook; a failure is noted and put back, it is no failure of the job."""
    deliver(context.database, context.settings, UUID(delivery_id))


def ask_to_send(session: Session, delivery_id: UUID, *, tries: int, at: datetime) -> None:
    """Have a delivery sent at a time; asked twice for the same try, it is in the queue once."""
    _enqueue(session, delivery_id, f"{delivery_id}:{tries}", at)


def _enqueue(session: Session, delivery_id: UUID, key: str, at: datetime) -> None:
    enqueue(session, SEND, key=key, run_at=at, delivery_id=delivery_id)


def deliver(database: Database, settings: Settings, delivery_id: UUID) -> None:
    """Send a delivery that still waits, and note how it went; or put it off until work begins."""
    with database.read() as session:
        row = Outbox(session).waiting(delivery_id)
        if row is None:
            return
        due = _due(session, row, now := clock.now())
        send = _prepared(session, settings, row)
    if due > now:
        _put_off(database, delivery_id, due)
        return
    error = _tried(send)
    with database.write() as session:
        waiting = Outbox(session).waiting(delivery_id, lock=True)
        if waiting is not None:
            _note(session, waiting, error)


def _due(session: Session, row: Delivery, moment: datetime) -> datetime:
    """Return when a delivery may go: mail that does not press, in its reader's working hours."""
    if row.channel is not Channel.EMAIL or row.notice.urgent:
        return moment
    person = session.get_one(Person, row.person_id)
    return next_working(moment, Recipients(session).hours(person.organisation_id))


def _put_off(database: Database, delivery_id: UUID, due: datetime) -> None:
    """Send later: the worker stood still until work had ended."""
    with database.write() as session:
        row = Outbox(session).waiting(delivery_id, lock=True)
        if row is not None:
            row.due_at = due
            _enqueue(session, delivery_id, f"{delivery_id}:{due.isoformat()}", due)


def _prepared(session: Session, settings: Settings, row: Delivery) -> Send | None:
    """Return what sends it, all that it needs read; None where nobody is there any more."""
    if row.channel is Channel.WEBHOOK:
        endpoint = session.get_one(Endpoint, row.endpoint_id)
        return None if endpoint.removed_at else _webhook(settings, row, endpoint)
    person = session.get_one(Person, row.person_id)
    return _email(settings, row, person) if person.active and person.email else None


def _email(settings: Settings, row: Delivery, person: Person) -> Send:
    notice = row.notice
    message = mail.compose(
        settings,
        delivery_id=row.id,
        to=person.email,
        language=person.language,
        title=message_of(notice.title),
        text=message_of(notice.text) if notice.text else None,
        link=notice.link,
        at=notice.created_at,
    )
    return lambda: mail.carrier(settings).carry(message)


def _webhook(settings: Settings, row: Delivery, endpoint: Endpoint) -> Send:
    notice = row.notice
    content = {
        "type": notice.topic.value,
        "timestamp": notice.created_at.isoformat(),
        "data": {
            "event_id": notice.event_id,
            "subject": {"kind": notice.subject_kind, "id": notice.subject_id},
            "title": told_in_both(message_of(notice.title)),
            "text": told_in_both(message_of(notice.text) if notice.text else None),
            "link": f"{settings.address}{notice.link}",
            "urgent": notice.urgent,
        },
    }
    url, secret = endpoint.url, endpoint.secret
    return lambda: send_webhook(url, secret, delivery_id=row.id, at=clock.now(), content=content)


def _tried(send: Send | None) -> str | None:
    """Send; return None when it went, else what kept it. An empty text: nobody is there."""
    if send is None:
        return ""
    try:
        send()
    except NotDelivered as fault:
        return str(fault)
    except (OSError, smtplib.SMTPException) as fault:
        return f"{type(fault).__name__}: {fault}"
    return None


def _note(session: Session, row: Delivery, error: str | None) -> None:
    now = clock.now()
    row.tries += 1
    row.error = (error or "")[:ERROR_TEXT]
    if error is None:
        row.state, row.sent_at = DeliveryState.SENT, now
    elif not error or row.tries > len(PAUSES):
        row.state = DeliveryState.FAILED
    else:
        row.due_at = _due(session, row, now + PAUSES[row.tries - 1])
        session.flush()
        ask_to_send(session, row.id, tries=row.tries, at=row.due_at)
    if row.endpoint_id is not None:
        endpoint = session.get_one(Endpoint, row.endpoint_id)
        endpoint.error = row.error
        endpoint.sent_at = now if error is None else endpoint.sent_at
