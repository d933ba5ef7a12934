"""All SQL of events: the station's own, and what it announced to those around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.core.errors import Invalid, NotFound, PermissionDenied
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.domain import Link
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind
from service.identity.repository import linked_ids
from service.registry.models import StoredFile
from service.station.base.models import (
    BaseStep,
    Event,
    EventAttendance,
    EventBody,
    EventMaterial,
)

TAKES_PART = (OrganisationKind.BODY, OrganisationKind.CUSTOMS, OrganisationKind.BUREAU)
"""Kinds of organisations that take part in events of a station."""


def around(actor: Actor, station: InstrumentedAttribute[UUID]) -> sa.ColumnElement[bool]:
    """Return the condition that the actor guides a station, stands above it, or is served by it."""
    served = sa.select(Organisation.served_by_id).where(
        Organisation.id == actor.organisation_id, Organisation.served_by_id.is_not(None)
    )
    return sa.or_(
        station.in_(linked_ids(actor, Link.SUPERVISOR)),
        station.in_(linked_ids(actor, Link.PARENT)),
        station.in_(served),
    )


def own_station(session: Session, actor: Actor) -> UUID:
    """Return the actor's station; raise `Invalid` where its organisation is none."""
    row = session.get(Organisation, actor.organisation_id) if actor.organisation_id else None
    if row is None or row.kind is not OrganisationKind.STATION:
        raise Invalid(N_("This is done by the people of a station."))
    return row.id


def served_by(session: Session, station_id: UUID) -> Sequence[Organisation]:
    """Return the enterprises a station serves, by name."""
    return session.scalars(
        sa.select(Organisation)
        .where(Organisation.served_by_id == station_id)
        .order_by(Organisation.name_zh, Organisation.id)
    ).all()


def was_there(session: Session, event_id: UUID) -> int:
    """Count who was at an event."""
    return session.scalars(
        sa.select(sa.func.count()).where(
            EventAttendance.event_id == event_id, EventAttendance.signed_in_at.is_not(None)
        )
    ).one()


def steps_taken(session: Session, kind: str, thing_id: UUID) -> Sequence[BaseStep]:
    """Return the steps of a thing the caller has read, newest first."""
    query = sa.select(BaseStep).where(BaseStep.kind == kind, BaseStep.thing_id == thing_id)
    return session.scalars(query.order_by(BaseStep.id.desc())).all()


@dataclass(frozen=True, slots=True)
class Counted:
    """One event counted. `satisfaction` is the mean of those who gave one, 1 to 5."""

    signed_up: int
    was_there: int
    enterprises: int
    """Of the directory, of which somebody was there."""
    rated: int
    satisfaction: float | None


@dataclass(frozen=True, slots=True)
class Events:
    """The events one actor may see."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[Event]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(Event)
        if self.actor.reads_all:
            return query
        mine = self.actor.organisation_id
        taking_part = sa.select(EventBody.event_id).where(EventBody.organisation_id == mine)
        told = sa.or_(around(self.actor, Event.station_id), Event.id.in_(taking_part))
        return query.where(
            sa.or_(Event.station_id == mine, sa.and_(Event.announced_at.is_not(None), told))
        )

    def get(self, event_id: UUID) -> Event:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(Event.id == event_id))
        if row is None:
            raise NotFound(N_("There is no such event."))
        return row

    def own(self, event_id: UUID, *, lock: bool = False) -> Event:
        """Return one of the actor's own station, to be changed; held until the commit if asked."""
        row = self.get(event_id)
        if row.station_id != self.actor.organisation_id:
            raise PermissionDenied(N_("It was shown to you to read, not to change."))
        return self.held(row) if lock else row

    def held(self, row: Event) -> Event:
        """Hold an event until the commit: seats are counted by one at a time."""
        query = sa.select(Event).where(Event.id == row.id).with_for_update()
        return self.session.scalars(query).one()

    def page(
        self, cursor: Cursor, *, kind: str = "", status: str = ""
    ) -> tuple[Sequence[Event], str | None]:
        """Return some, newest first."""
        query: sa.Select[Any] = self._visible()
        for column, wanted in ((Event.kind, kind), (Event.status, status)):
            if wanted:
                query = query.where(sa.cast(column, sa.String) == wanted)
        return cut(list(self.session.scalars(newest_first(query, Event.id, cursor))), cursor)

    def bodies(self, event_id: UUID) -> Sequence[Organisation]:
        """Return the bodies that take part, by name."""
        return self.session.scalars(
            sa.select(Organisation)
            .join(EventBody, EventBody.organisation_id == Organisation.id)
            .where(EventBody.event_id == event_id)
            .order_by(Organisation.name_zh, Organisation.id)
        ).all()

    def set_bodies(self, event_id: UUID, ids: Sequence[UUID]) -> None:
        """Say which bodies take part.

        Raises:
            NotFound: one of them is no body, customs house or bureau.
        """
        known = self.session.scalars(
            sa.select(Organisation.id).where(
                Organisation.id.in_(ids), Organisation.kind.in_(TAKES_PART)
            )
        ).all()
        if set(known) != set(ids):
            raise NotFound(N_("There is no such organisation."))
        self.session.execute(sa.delete(EventBody).where(EventBody.event_id == event_id))
        self.session.add_all(EventBody(event_id=event_id, organisation_id=one) for one in known)
        self.session.flush()

    def counted(self, event_id: UUID) -> Counted:
        """Count the sheet of an event."""
        there = EventAttendance.signed_in_at.is_not(None)
        row = self.session.execute(
            sa.select(
                sa.func.count(),
                sa.func.count(sa.case((there, 1))),
                sa.func.count(sa.distinct(sa.case((there, EventAttendance.organisation_id)))),
                sa.func.count(EventAttendance.satisfaction),
                sa.func.sum(EventAttendance.satisfaction),
            ).where(EventAttendance.event_id == event_id)
        ).one()
        total, present, enterprises, rated, points = row
        mean = round(int(points) / rated, 2) if rated and points is not None else None
        return Counted(total, present, enterprises, rated, mean)

    def materials(self, event: Event) -> Sequence[tuple[EventMaterial, StoredFile]]:
        """Return the files of an event; others than its station get those that are shown."""
        query = (
            sa.select(EventMaterial, StoredFile)
            .join(StoredFile, StoredFile.id == EventMaterial.file_id)
            .where(EventMaterial.event_id == event.id)
            .order_by(EventMaterial.id)
        )
        if not (self.actor.reads_all or event.station_id == self.actor.organisation_id):
            query = query.where(EventMaterial.shown.is_(True))
        return [(row[0], row[1]) for row in self.session.execute(query)]

    def material(self, event_id: UUID, material_id: UUID) -> StoredFile:
        """Return one file of an event in sight."""
        for row, file in self.materials(self.get(event_id)):
            if row.id == material_id:
                return file
        raise NotFound(N_("There is no such file."))

    def sheet(self, event: Event) -> Sequence[EventAttendance]:
        """Return the lines of the sheet: its station all of them, others their own."""
        query = sa.select(EventAttendance).where(EventAttendance.event_id == event.id)
        if not (self.actor.reads_all or event.station_id == self.actor.organisation_id):
            query = query.where(EventAttendance.organisation_id == self.actor.organisation_id)
        return self.session.scalars(query.order_by(EventAttendance.id)).all()

    def line(self, event: Event, line_id: UUID) -> EventAttendance:
        """Return one line of the sheet, of those the actor sees."""
        for row in self.sheet(event):
            if row.id == line_id:
                return row
        raise NotFound(N_("There is no such line on the sheet."))

    def add(self, row: Event | EventMaterial | EventAttendance) -> None:
        """Store a new row."""
        self.session.add(row)
        self.session.flush()
