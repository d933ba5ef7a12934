"""All SQL of typical cases: what is told, to whom, and what the case behind it must not tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.repository import Threads
from service.core.errors import NotFound, PermissionDenied
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.dispute.models import DisputeCase, Party, Track
from service.dispute.repository import Cases
from service.identity.models import Organisation, Person
from service.identity.permissions import Actor
from service.recordation.detention.models import Detention, DetentionContact, DetentionPaper
from service.station.base.models import TypicalCase
from service.station.base.repository import around
from service.station.models import Intake, StationContact


@dataclass(frozen=True, slots=True)
class TypicalCases:
    """The typical cases one actor may see: its station's, and those published around it."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[TypicalCase]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(TypicalCase)
        if self.actor.reads_all:
            return query
        mine = self.actor.organisation_id
        works_with = sa.select(StationContact.organisation_id).where(
            StationContact.body_id == mine, StationContact.active.is_(True)
        )
        told = sa.or_(
            around(self.actor, TypicalCase.station_id), TypicalCase.station_id.in_(works_with)
        )
        return query.where(
            sa.or_(TypicalCase.station_id == mine, sa.and_(TypicalCase.status == "published", told))
        )

    def get(self, typical_id: UUID) -> TypicalCase:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(TypicalCase.id == typical_id))
        if row is None:
            raise NotFound(N_("There is no such typical case."))
        return row

    def own(self, typical_id: UUID) -> TypicalCase:
        """Return one of the actor's own station, to be changed."""
        row = self.get(typical_id)
        if row.station_id != self.actor.organisation_id:
            raise PermissionDenied(N_("It was shown to you to read, not to change."))
        return row

    def page(self, cursor: Cursor) -> tuple[Sequence[TypicalCase], str | None]:
        """Return some, newest first."""
        query: sa.Select[Any] = newest_first(self._visible(), TypicalCase.id, cursor)
        return cut(list(self.session.scalars(query)), cursor)

    def with_guidance(self, entry: str) -> Sequence[TypicalCase]:
        """Return what is published with an entry of the knowledge base, newest first."""
        query = self._visible().where(
            TypicalCase.guidance == entry, TypicalCase.status == "published"
        )
        return self.session.scalars(query.order_by(TypicalCase.id.desc())).all()

    def bodies(self, station_id: UUID) -> Sequence[UUID]:
        """Return the bodies with an account that a station works with."""
        query = sa.select(StationContact.body_id).where(
            StationContact.organisation_id == station_id,
            StationContact.body_id.is_not(None),
            StationContact.active.is_(True),
        )
        return [one for one in self.session.scalars(query.distinct()) if one is not None]

    def add(self, row: TypicalCase) -> None:
        """Store a new row."""
        self.session.add(row)
        self.session.flush()


@dataclass(frozen=True, slots=True)
class Behind:
    """Everything of a case that names somebody or something."""

    thread: Thread
    case: DisputeCase
    parties: Sequence[Party]
    tracks: Sequence[Track]
    intake: Intake | None
    detentions: Sequence[Detention]
    papers: Sequence[DetentionPaper]
    contacts: Sequence[DetentionContact]
    organisations: Sequence[Organisation]
    """Owner and named parties that have an account here."""
    people: Sequence[Person]
    """Of the owner, and who worked on it."""


def closed_cases(session: Session, actor: Actor) -> list[tuple[Thread, DisputeCase]]:
    """Return the closed cases of the actor's station that it sees, newest first."""
    rows, _ = Threads(session, actor).page(
        Cursor(limit=200),
        Thread.id.in_(sa.select(DisputeCase.id)),
        Thread.closed_at.is_not(None),
        Thread.station_id == actor.organisation_id,
    )
    return [(row, Cases(session, actor).get(row.id)[1]) for row in rows]


def behind(session: Session, thread_id: UUID) -> Behind:
    """Return what a case holds, for the check alone: what it finds is shown to its station."""
    thread = session.get_one(Thread, thread_id)
    parties = session.scalars(sa.select(Party).where(Party.thread_id == thread_id)).all()
    detentions = session.scalars(sa.select(Detention).where(Detention.case_id == thread_id)).all()
    held = [one.id for one in detentions]
    names = [one.name for one in parties]
    organisations = session.scalars(
        sa.select(Organisation).where(
            sa.or_(
                sa.and_(
                    Organisation.id == thread.organisation_id,
                    Organisation.id != (thread.station_id or thread.organisation_id),
                ),
                Organisation.name_zh.in_(names),
                Organisation.name_en.in_([name for name in names if name]),
            )
        )
    ).all()
    people = session.scalars(
        sa.select(Person).where(
            sa.or_(
                Person.organisation_id.in_([one.id for one in organisations]),
                Person.id == thread.handler_id,
            ),
            Person.erased_at.is_(None),
        )
    ).all()
    return Behind(
        thread,
        session.get_one(DisputeCase, thread_id),
        parties,
        session.scalars(sa.select(Track).where(Track.thread_id == thread_id)).all(),
        session.get(Intake, thread_id),
        detentions,
        session.scalars(
            sa.select(DetentionPaper).where(DetentionPaper.detention_id.in_(held))
        ).all(),
        session.scalars(
            sa.select(DetentionContact).where(DetentionContact.detention_id.in_(held))
        ).all(),
        organisations,
        people,
    )
