"""The sign-in sheet: signing up, signing in at the door, and what people thought of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import Conflict, NotFound
from service.core.text import N_
from service.identity.auditing import note as audit
from service.identity.models import Organisation, Person
from service.identity.permissions import Actor, Permission
from service.station.base.domain import Source
from service.station.base.errors import EventFull, EventOver
from service.station.base.models import Event, EventAttendance
from service.station.base.repository import Events
from service.station.base.usecases.events import still_open

TAKEN_OUT = "—"
"""Stands for who was taken out of a closed sheet, so that its figures stay."""


def sign_up(session: Session, actor: Actor, event_id: UUID, *, phone: str = "") -> EventAttendance:
    """Sign up for an announced event; twice is no error.

    Raises:
        NotFound: it was not announced to the actor.
        EventOver: it has begun, or was held or cancelled.
        EventFull: every seat is taken.
    """
    actor.need(Permission.BASE_JOIN)
    events = Events(session, actor)
    row = events.held(events.get(event_id))
    _before_it_begins(row)
    mine = _own_line(events, row, actor)
    if mine is not None:
        return mine
    if row.seats is not None and events.counted(row.id).signed_up >= row.seats:
        raise EventFull(N_("All {seats} seats are taken. Ask the station."), seats=row.seats)
    person = session.get_one(Person, actor.person_id)
    line = EventAttendance(
        event_id=row.id,
        organisation_id=actor.organisation_id,
        person_id=person.id,
        name=person.name[:100],
        phone=phone[:60],
        source=Source.SELF,
        made_at=clock.now(),
    )
    events.add(line)
    audit(session, actor, "event.signed_up", ("event", row.id))
    return line


def _before_it_begins(row: Event) -> None:
    if row.status != "announced" or row.starts_at <= clock.now():
        raise EventOver(N_("The event has begun, was held or is cancelled. Ask the station."))


def _own_line(events: Events, row: Event, actor: Actor) -> EventAttendance | None:
    lines = events.sheet(row)
    return next((one for one in lines if one.person_id == actor.person_id), None)


def withdraw(session: Session, actor: Actor, event_id: UUID) -> None:
    """Take back that one signed up; where one did not, nothing happens.

    Raises:
        NotFound: it was not announced to the actor.
        EventOver: it has begun, or was held or cancelled.
    """
    actor.need(Permission.BASE_JOIN)
    events = Events(session, actor)
    row = events.get(event_id)
    _before_it_begins(row)
    line = _own_line(events, row, actor)
    if line is not None:
        session.delete(line)
        session.flush()
        audit(session, actor, "event.withdrawn", ("event", row.id))


def rate(
    session: Session, actor: Actor, event_id: UUID, *, satisfaction: int, remark: str = ""
) -> EventAttendance:
    """Say what one thought of an event one was at.

    Raises:
        NotFound: it was not announced to the actor, or the actor is not on its sheet.
        Conflict: the actor was not signed in.
    """
    actor.need(Permission.BASE_JOIN)
    events = Events(session, actor)
    line = _own_line(events, events.get(event_id), actor)
    if line is None:
        raise NotFound(N_("There is no such line on the sheet."))
    if line.signed_in_at is None:
        raise Conflict(N_("Only who was there rates an event."))
    line.satisfaction, line.remark = satisfaction, remark.strip()
    session.flush()
    return line


def enter_line(
    session: Session, actor: Actor, event_id: UUID, values: Mapping[str, Any]
) -> EventAttendance:
    """Enter somebody on the sheet at the door, signed in unless `present` says otherwise.

    Raises:
        NotFound, PermissionDenied: not of the actor's station; no such organisation.
        MoveNotAllowed: the event is closed or cancelled.
        Conflict: a line says the same already.
    """
    row, there = sheet_to_write(session, actor, event_id)
    line = put_on_sheet(session, row, values, source=Source.DOOR, there=there)
    audit(session, actor, "event.signed_in", ("event", row.id))
    return line


Key = tuple[str, str, str]


def sheet_to_write(session: Session, actor: Actor, event_id: UUID) -> tuple[Event, set[Key]]:
    """Return an event whose sheet the actor may write, held, and what tells its lines apart.

    Raises:
        NotFound, PermissionDenied: not of the actor's station.
        MoveNotAllowed: the event is closed or cancelled.
    """
    actor.need(Permission.BASE_WRITE)
    events = Events(session, actor)
    row = events.own(event_id, lock=True)
    still_open(row)
    return row, {key_of(one) for one in events.sheet(row)}


def put_on_sheet(
    session: Session, row: Event, values: Mapping[str, Any], *, source: Source, there: set[Key]
) -> EventAttendance:
    """Put one line on a sheet that `sheet_to_write` gave; see `enter_line`."""
    told = dict(values)
    organisation_id = told.get("organisation_id")
    if organisation_id is not None and session.get(Organisation, organisation_id) is None:
        raise NotFound(N_("There is no such organisation."))
    present, now = told.pop("present"), clock.now()
    line = EventAttendance(
        **told,
        event_id=row.id,
        source=source,
        made_at=now,
        signed_in_at=now if present else None,
    )
    if key_of(line) in there:
        raise Conflict(N_("This person is on the sheet already."))
    session.add(line)
    session.flush()
    there.add(key_of(line))
    return line


def key_of(line: EventAttendance) -> Key:
    """Return what tells two lines of a sheet apart."""
    return line.name, str(line.organisation_id or line.company), line.phone


def change_line(
    session: Session,
    actor: Actor,
    event_id: UUID,
    line_id: UUID,
    *,
    present: bool,
    satisfaction: int | None = None,
    remark: str = "",
) -> EventAttendance:
    """Say whether somebody on the sheet was there, and what they thought of it.

    Raises:
        NotFound, PermissionDenied: not of the actor's station.
        MoveNotAllowed: the event is closed or cancelled.
    """
    actor.need(Permission.BASE_WRITE)
    events = Events(session, actor)
    row = events.own(event_id)
    still_open(row)
    line = events.line(row, line_id)
    line.signed_in_at = (line.signed_in_at or clock.now()) if present else None
    line.satisfaction, line.remark = satisfaction, remark
    session.flush()
    audit(session, actor, "event.sheet_changed", ("event", row.id))
    return line


def take_out(session: Session, actor: Actor, event_id: UUID, line_id: UUID) -> None:
    """Take somebody out of the sheet; of a closed one name and telephone only: it stays counted.

    Raises:
        NotFound, PermissionDenied: not of the actor's station.
    """
    actor.need(Permission.BASE_WRITE)
    events = Events(session, actor)
    row = events.own(event_id)
    line = events.line(row, line_id)
    if row.status == "closed":
        line.name, line.phone, line.person_id, line.remark = TAKEN_OUT, "", None, ""
    else:
        session.delete(line)
    session.flush()
    audit(session, actor, "event.sheet_changed", ("event", row.id))
