"""All SQL of notices."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.models import Person
from service.identity.permissions import GRANTS, Actor, Permission, Role
from service.notices.domain import Channel, DeliveryState
from service.notices.hours import DEFAULT, Hours
from service.notices.models import Delivery, Endpoint, Notice, Preference, WorkingHours
from service.notices.topics import TOPICS, Topic

SWEPT = 1000
"""Deliveries that one sweep puts back into the queue at most."""


class Inbox:
    """The notices of one person; nobody reads another's."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._person_id = actor.person_id

    def _visible(self) -> sa.Select[Delivery]:
        """Start every query here: the filter is written once and nowhere else."""
        return (
            sa.select(Delivery)
            .options(joinedload(Delivery.notice))
            .where(Delivery.channel == Channel.INBOX, Delivery.person_id == self._person_id)
        )

    def get(self, notice_id: UUID) -> Delivery:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self._session.scalar(self._visible().where(Delivery.id == notice_id))
        if row is None:
            raise NotFound(N_("There is no such notice."))
        return row

    def page(
        self, cursor: Cursor, *, unread: bool = False
    ) -> tuple[Sequence[Delivery], str | None]:
        """Return some, newest first; with `unread` only those nobody opened."""
        query = self._visible()
        if unread:
            query = query.where(Delivery.read_at.is_(None))
        return cut(list(self._session.scalars(newest_first(query, Delivery.id, cursor))), cursor)

    def unread(self) -> int:
        """Count those nobody opened."""
        unread = self._visible().where(Delivery.read_at.is_(None)).with_only_columns(Delivery.id)
        return self._session.scalars(
            sa.select(sa.func.count()).select_from(unread.subquery())
        ).one()

    def read_all(self, at: datetime) -> None:
        """Mark every one as read."""
        self._session.execute(
            sa.update(Delivery)
            .where(
                Delivery.channel == Channel.INBOX,
                Delivery.person_id == self._person_id,
                Delivery.read_at.is_(None),
            )
            .values(read_at=at)
        )


class Recipients:
    """Who is told, and how they want it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def people(
        self,
        ids: Collection[UUID] = (),
        organisation_id: UUID | None = None,
        permission: Permission | None = None,
    ) -> Sequence[Person]:
        """Return the active people named, and those of an organisation who hold a permission."""
        wanted: list[sa.ColumnElement[bool]] = [Person.id.in_(ids)]
        if organisation_id is not None:
            roles = [role for role in Role if permission is None or permission in GRANTS[role]]
            wanted.append(
                sa.and_(Person.organisation_id == organisation_id, Person.role.in_(roles))
            )
        query = sa.select(Person).where(sa.or_(*wanted), Person.active.is_(True))
        return self._session.scalars(query.order_by(Person.id)).all()

    def mailed(self, person: Person, topic: Topic) -> bool:
        """Say whether a person is mailed about a topic."""
        if not person.email:
            return False
        chosen = self._session.get(Preference, (person.id, topic))
        return chosen.email if chosen else TOPICS[topic].mailed

    def hours(self, organisation_id: UUID) -> Hours:
        """Return when an organisation works."""
        row = self._session.get(WorkingHours, organisation_id)
        if row is None:
            return DEFAULT
        return Hours(row.time_zone, row.calendar, row.opens, row.closes)

    def endpoints(self, organisation_id: UUID, topic: Topic) -> Sequence[Endpoint]:
        """Return the endpoints of an organisation that want a topic."""
        query = sa.select(Endpoint).where(
            Endpoint.organisation_id == organisation_id, Endpoint.removed_at.is_(None)
        )
        rows = self._session.scalars(query.order_by(Endpoint.id))
        return [row for row in rows if topic in row.topics]


class Endpoints:
    """The webhook endpoints of the actor's own organisation."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Endpoint]:
        return sa.select(Endpoint).where(
            Endpoint.organisation_id == self._actor.organisation_id, Endpoint.removed_at.is_(None)
        )

    def get(self, endpoint_id: UUID) -> Endpoint:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self._session.scalar(self._visible().where(Endpoint.id == endpoint_id))
        if row is None:
            raise NotFound(N_("There is no such webhook."))
        return row

    def all(self) -> Sequence[Endpoint]:
        """Return all of them, newest first."""
        return self._session.scalars(self._visible().order_by(Endpoint.id.desc())).all()

    def add(self, row: Endpoint) -> Endpoint:
        """Store a new one."""
        self._session.add(row)
        self._session.flush()
        return row


class Outbox:
    """What waits to be sent."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def waiting(self, delivery_id: UUID, *, lock: bool = False) -> Delivery | None:
        """Return a delivery with its notice while it waits; None once it is sent or given up."""
        query = sa.select(Delivery).options(joinedload(Delivery.notice))
        query = query.where(Delivery.id == delivery_id, Delivery.state == DeliveryState.WAITING)
        if lock:
            query = query.with_for_update(of=Delivery)
        return self._session.scalar(query)

    def overdue(self, before: datetime) -> Sequence[tuple[UUID, int]]:
        """Return id and tries of what should have been sent by then, the longest due first."""
        query = (
            sa.select(Delivery.id, Delivery.tries)
            .where(Delivery.state == DeliveryState.WAITING, Delivery.due_at < before)
            .order_by(Delivery.due_at)
            .limit(SWEPT)
        )
        return [(row.id, row.tries) for row in self._session.execute(query)]

    def forget(self, before: datetime) -> None:
        """Delete notices told before then, with their deliveries."""
        old = sa.select(Notice.id).where(Notice.created_at < before)
        self._session.execute(sa.delete(Delivery).where(Delivery.notice_id.in_(old)))
        self._session.execute(sa.delete(Notice).where(Notice.created_at < before))
