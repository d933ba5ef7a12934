"""All SQL of watches and their alerts."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.registry.prepared import fold_name
from service.registry.repository import Marks, SignRow
from service.screening.models import Alert, Watch, WatchProgress

ONLY = 1
"""Key of the one row that says how far watching is."""


class Watches:
    """The watches of the actor's own organisation."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Watch]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(Watch).where(Watch.ended_at.is_(None))
        if self._actor.reads_all:
            return query
        return query.where(Watch.organisation_id == self._actor.organisation_id)

    def get(self, watch_id: UUID) -> Watch:
        """Return one; absent, ended and foreign ones raise `NotFound` alike."""
        row = self._session.scalar(self._visible().where(Watch.id == watch_id))
        if row is None:
            raise NotFound(N_("There is no such watch."))
        return row

    def page(self, cursor: Cursor) -> tuple[Sequence[Watch], str | None]:
        """Return some, newest first."""
        query = newest_first(self._visible(), Watch.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)

    def add(self, row: Watch) -> Watch:
        """Store a new one."""
        self._session.add(row)
        self._session.flush()
        return row


class Alerts:
    """What the watches of the actor's own organisation found."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Alert]:
        query = sa.select(Alert)
        if self._actor.reads_all:
            return query
        return query.where(Alert.organisation_id == self._actor.organisation_id)

    def get(self, alert_id: UUID) -> Alert:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self._session.scalar(self._visible().where(Alert.id == alert_id))
        if row is None:
            raise NotFound(N_("There is no such alert."))
        return row

    def page(
        self, cursor: Cursor, *, open_only: bool = False
    ) -> tuple[Sequence[Alert], str | None]:
        """Return some, newest first; with `open_only` those nobody closed."""
        query = self._visible()
        if open_only:
            query = query.where(Alert.closed_at.is_(None))
        return cut(list(self._session.scalars(newest_first(query, Alert.id, cursor))), cursor)


def every_watch(session: Session) -> Sequence[Watch]:
    """Return the watches of all organisations, those of one beside each other."""
    query = sa.select(Watch).where(Watch.ended_at.is_(None))
    return session.scalars(query.order_by(Watch.organisation_id, Watch.id)).all()


def names_of_organisations(session: Session, ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """Return what organisations are known by as owners, folded, by id."""
    wanted = (Organisation.id, Organisation.name_zh, Organisation.name_en)
    rows = session.execute(sa.select(*wanted).where(Organisation.id.in_(ids)))
    return {
        row.id: frozenset(fold_name(name) for name in (row.name_zh, row.name_en) if name)
        for row in rows
    }


def watched_up_to(session: Session) -> int | None:
    """Return the change number up to which marks were held against watches; None: never yet."""
    row = session.get(WatchProgress, ONLY)
    return row.change if row else None


def set_watched(session: Session, change: int, at: datetime) -> None:
    """Note how far watching is."""
    row = session.get(WatchProgress, ONLY)
    if row is None:
        session.add(WatchProgress(id=ONLY, change=change, at=at))
    else:
        row.change, row.at = change, at
    session.flush()


def portion(session: Session, since: int, most: int) -> tuple[list[SignRow], int]:
    """Return marks changed after a number, and up to which number these are all."""
    newest = Marks(session).newest_change()
    rows = Marks(session).changed_since(since, most)
    return rows, rows[-1].change if len(rows) == most else newest
