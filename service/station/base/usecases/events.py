"""Planning an event, changing it, moving it on, and its files."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.errors import MoveNotAllowed
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.files import Stored
from service.core.text import N_
from service.identity.auditing import note as audit
from service.identity.permissions import Actor, Permission
from service.notices.domain import Message
from service.notices.topics import Topic
from service.notices.usecases.telling import notify
from service.registry.usecases.files import note_file
from service.station.base.models import Event, EventMaterial
from service.station.base.repository import Events, own_station, served_by
from service.station.base.tables import EVENT, OPEN
from service.station.base.usecases.stepping import check_version, take_step

LONGEST = timedelta(days=31)
"""An event that lasts longer is several."""
TOLD = {
    "announce": N_("“{title}” on {at}: you can sign up"),
    "cancel": N_("“{title}” on {at} is cancelled"),
}
"""Steps that those around the station are told of."""


def plan_event(session: Session, actor: Actor, values: Mapping[str, Any]) -> Event:
    """Plan an event of one's station; nobody else sees it until it is announced.

    `values` are columns of `Event`, and `body_ids`. Without `hours` its length counts.

    Raises:
        Invalid: it ends before it begins, or lasts longer than a month.
        NotFound: one who takes part is no body, customs house or bureau.
    """
    actor.need(Permission.BASE_WRITE)
    told = dict(values)
    bodies = told.pop("body_ids")
    told["hours"] = _hours(told["starts_at"], told["ends_at"], told["hours"])
    row = Event(
        **told,
        station_id=own_station(session, actor),
        status=EVENT.table.start,
        created_at=clock.now(),
        created_by=actor.person_id,
    )
    events = Events(session, actor)
    events.add(row)
    events.set_bodies(row.id, bodies)
    audit(session, actor, "event.planned", ("event", row.id))
    return row


def change_event(
    session: Session, actor: Actor, event_id: UUID, values: Mapping[str, Any], *, version: int
) -> Event:
    """Change an event that is not closed.

    Raises:
        NotFound, PermissionDenied: not of the actor's station.
        Stale: somebody changed it meanwhile.
        MoveNotAllowed: it is closed or cancelled.
        Invalid: as when it is planned.
    """
    actor.need(Permission.BASE_WRITE)
    events = Events(session, actor)
    row = events.own(event_id)
    check_version(row, version)
    still_open(row)
    told = dict(values)
    events.set_bodies(row.id, told.pop("body_ids"))
    told["hours"] = _hours(told["starts_at"], told["ends_at"], told["hours"])
    for name, value in told.items():
        setattr(row, name, value)
    session.flush()
    audit(session, actor, "event.changed", ("event", row.id))
    return row


def still_open(row: Event) -> None:
    """Raise `MoveNotAllowed` where the event is closed or cancelled."""
    if row.status not in OPEN:
        raise MoveNotAllowed(N_("The event is closed or cancelled: nothing in it changes."))


def _hours(starts: datetime, ends: datetime, hours: Decimal | None) -> Decimal:
    lasts = ends - starts
    if not timedelta(0) < lasts <= LONGEST:
        sentence = N_("The end lies before the beginning.")
        if lasts > LONGEST:
            sentence = N_("An event lasts a month at most.")
        raise Invalid(sentence, errors=[FieldError("ends_at", sentence)])
    return hours if hours is not None else round(Decimal(lasts / timedelta(hours=1)), 1)


def move_event(
    session: Session, actor: Actor, event_id: UUID, event: str, *, version: int, note: str = ""
) -> Event:
    """Take a step of an event; what is announced or cancelled is told to those around.

    Raises:
        NotFound, PermissionDenied: not of the actor's station; and whatever `take_step` raises.
    """
    events = Events(session, actor)
    row = events.own(event_id, lock=True)
    take_step(session, actor, row, EVENT, event, version=version, note=note)
    known_before = row.announced_at is not None
    if row.status in {"announced", "held"} and not known_before:
        row.announced_at = clock.now()
        session.flush()
    if event == "announce" or (event == "cancel" and known_before):
        _tell(session, events, row, event, note)
    return row


def _tell(session: Session, events: Events, row: Event, event: str, note: str) -> None:
    """Tell the enterprises that are served, and the bodies that take part."""
    title = Message(TOLD[event], {"title": row.title, "at": row.starts_at})
    for organisation in (*served_by(session, row.station_id), *events.bodies(row.id)):
        notify(
            session,
            event_id=f"event.{event}:{row.id}",
            topic=Topic.EVENT_CHANGED,
            title=title,
            text=Message("{note}", {"note": note}) if note else None,
            link=f"/events/{row.id}",
            subject=("event", row.id),
            organisation_id=organisation.id,
            permission=Permission.BASE_JOIN,
        )


def add_material(
    session: Session,
    actor: Actor,
    event_id: UUID,
    stored: Stored,
    *,
    name: str,
    media_type: str,
    title: str = "",
    shown: bool = True,
) -> EventMaterial:
    """Keep a file of an event; slides are often added when it is over.

    Raises:
        NotFound, PermissionDenied: not of the actor's station.
    """
    actor.need(Permission.BASE_WRITE)
    events = Events(session, actor)
    row = events.own(event_id)
    file = note_file(session, actor, stored, name=name, media_type=media_type)
    material = EventMaterial(
        event_id=row.id,
        file_id=file.id,
        title=(title.strip() or name)[:200],
        shown=shown,
        added_at=clock.now(),
    )
    events.add(material)
    audit(session, actor, "event.material_added", ("event", row.id), material_id=str(material.id))
    return material
