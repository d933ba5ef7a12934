"""Choosing what is mailed, and when an organisation is at work."""

from collections.abc import Collection, Mapping
from datetime import time
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from service.core.errors import FieldError
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.notices.errors import HoursWrong
from service.notices.hours import Hours, calendar_keys
from service.notices.models import Preference, WorkingHours
from service.notices.repository import Recipients
from service.notices.topics import TOPICS, Topic


def mailed_topics(session: Session, actor: Actor) -> Mapping[Topic, bool]:
    """Return for each topic whether the actor is mailed about it."""
    actor.need(Permission.NOTICE_READ)
    chosen = {topic: session.get(Preference, (actor.person_id, topic)) for topic in TOPICS}
    return {
        topic: row.email if (row := chosen[topic]) else kind.mailed
        for topic, kind in TOPICS.items()
    }


def choose_topics(session: Session, actor: Actor, mailed: Collection[Topic]) -> None:
    """Set what the actor is mailed about: these topics and no others."""
    actor.need(Permission.NOTICE_READ)
    assert actor.person_id is not None
    for topic in TOPICS:
        row = session.get(Preference, (actor.person_id, topic))
        if row is None:
            session.add(Preference(person_id=actor.person_id, topic=topic, email=topic in mailed))
        else:
            row.email = topic in mailed
    session.flush()


def set_hours(session: Session, actor: Actor, hours: Hours) -> None:
    """Set when the actor's organisation is at work.

    Raises:
        HoursWrong: an unknown zone or calendar, or hours that end before they begin.
    """
    actor.need(Permission.NOTICE_MANAGE)
    _check(hours)
    organisation_id = _organisation(actor)
    values = {
        "time_zone": hours.time_zone,
        "calendar": hours.calendar,
        "opens": hours.opens,
        "closes": hours.closes,
    }
    row = session.get(WorkingHours, organisation_id)
    if row is None:
        session.add(WorkingHours(organisation_id=organisation_id, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    session.flush()
    note(session, actor, "hours.set", ("organisation", organisation_id))


def hours_of(session: Session, actor: Actor) -> Hours:
    """Return when the actor's organisation is at work."""
    actor.need(Permission.NOTICE_READ)
    return Recipients(session).hours(_organisation(actor))


def _organisation(actor: Actor) -> UUID:
    assert actor.organisation_id is not None
    return actor.organisation_id


def _check(hours: Hours) -> None:
    faults = []
    if hours.time_zone not in available_timezones():
        faults.append(FieldError("time_zone", N_("Choose a time zone such as Asia/Shanghai.")))
    if hours.calendar not in calendar_keys():
        faults.append(FieldError("calendar", N_("Choose one of the calendars offered.")))
    if time.fromisoformat(hours.opens) >= time.fromisoformat(hours.closes):
        faults.append(FieldError("closes", N_("Work ends after it begins.")))
    if faults:
        raise HoursWrong(N_("Please correct the marked fields."), errors=faults)
