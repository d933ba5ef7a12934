"""All SQL of the station. Threads decide who sees what; the roster is the station's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.cases.domain import ThreadKind
from service.cases.models import Thread
from service.cases.repository import Rows, Threads
from service.core.errors import NotFound
from service.core.pagination import Cursor
from service.core.text import N_
from service.dispute.models import DisputeCase, Party
from service.identity.domain import Link
from service.identity.models import Organisation, Person
from service.identity.permissions import Actor, OrganisationKind
from service.identity.repository import linked_ids
from service.station.models import (
    Consultation,
    Expert,
    FollowUp,
    GuidanceNote,
    Intake,
    MailFinding,
    StationContact,
)

Listed = TypeVar("Listed", Expert, StationContact)
Hung = TypeVar("Hung", Party, Intake, DisputeCase)


@dataclass(frozen=True, slots=True)
class Intakes:
    """The intakes one actor may see."""

    session: Session
    actor: Actor

    def get(self, intake_id: UUID) -> tuple[Thread, Intake]:
        """Return an intake with its thread; absent, foreign and unseen ones raise alike."""
        thread = Threads(self.session, self.actor).get(intake_id)
        row = self.session.get(Intake, thread.id)
        if row is None or not Threads(self.session, self.actor).sight(thread).whole:
            raise NotFound(N_("There is no such intake."))
        return thread, row

    def page(
        self, cursor: Cursor, *, status: str = "", mine: bool = False, q: str = ""
    ) -> tuple[list[tuple[Thread, Intake]], str | None]:
        """Return some intakes, newest first; those that became cases among them."""
        wanted = sa.select(Intake.id)
        if status:
            wanted = wanted.where(Intake.status == status)
        if q:
            fields = (Intake.title, Intake.visitor, Intake.number)
            found = sa.or_(*(field.icontains(q, autoescape=True) for field in fields))
            parties = sa.select(Party.thread_id).where(Party.name.icontains(q, autoescape=True))
            wanted = wanted.where(sa.or_(found, Intake.id.in_(parties)))
        wheres: list[sa.ColumnElement[bool]] = [Thread.id.in_(wanted)]
        if mine:
            wheres.append(Thread.handler_id == self.actor.person_id)
        threads, following = Threads(self.session, self.actor).page(cursor, *wheres)
        rows = self.session.scalars(
            sa.select(Intake).where(Intake.id.in_([one.id for one in threads]))
        )
        by_id = {row.id: row for row in rows}
        return [(one, by_id[one.id]) for one in threads], following

    def next_number(self, station_id: UUID, year: int) -> str:
        """Return the next receipt number; who asks next waits for the commit."""
        self.session.execute(
            sa.select(Organisation.id).where(Organisation.id == station_id).with_for_update()
        )
        count = self.session.scalars(
            sa.select(sa.func.count())
            .select_from(Intake)
            .where(Intake.station_id == station_id, Intake.number.startswith(f"{year}-S"))
        ).one()
        return f"{year}-S{count + 1:04}"

    def add(self, row: Intake) -> Intake:
        """Store a new row."""
        self.session.add(row)
        self.session.flush()
        return row


class Consultations(Rows[Consultation]):
    """Answers one actor may see."""

    model = Consultation
    absent = N_("There is no such answer.")


class MailFindings(Rows[MailFinding]):
    """What was read from messages, as far as one actor may see it."""

    model = MailFinding
    absent = N_("There is no such finding.")


class GuidanceNotes(Rows[GuidanceNote]):
    """Notes of the bureau one actor may see."""

    model = GuidanceNote
    absent = N_("There is no such note.")


class FollowUps(Rows[FollowUp]):
    """What visitors said afterwards, as far as one actor may see it."""

    model = FollowUp
    absent = N_("There is no such follow-up.")


@dataclass(frozen=True, slots=True)
class Roster(Generic[Listed]):
    """Experts or contacts of the stations one actor belongs to, guides or stands above."""

    session: Session
    actor: Actor
    model: type[Listed]

    def _visible(self) -> sa.Select[Listed]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(self.model)
        if self.actor.reads_all:
            return query
        column = self.model.organisation_id
        return query.where(
            sa.or_(
                column == self.actor.organisation_id,
                column.in_(linked_ids(self.actor, Link.SUPERVISOR)),
                column.in_(linked_ids(self.actor, Link.PARENT)),
            )
        )

    def get(self, row_id: UUID) -> Listed:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(self.model.id == row_id))
        if row is None:
            raise NotFound(N_("There is no such entry."))
        return row

    def own(self, row_id: UUID) -> Listed:
        """Return one of the actor's own station, to be changed."""
        row = self.get(row_id)
        if row.organisation_id != self.actor.organisation_id:
            raise NotFound(N_("There is no such entry."))
        return row

    def all(self, station_id: UUID | None = None) -> Sequence[Listed]:
        """Return them by name: of one station, or of all in sight."""
        query = self._visible()
        if station_id is not None:
            query = query.where(self.model.organisation_id == station_id)
        return self.session.scalars(query.order_by(self.model.name, self.model.id)).all()

    def add(self, row: Listed) -> Listed:
        """Store a new one."""
        self.session.add(row)
        self.session.flush()
        return row


@dataclass(frozen=True, slots=True)
class Stations:
    """The stations one actor belongs to, guides or stands above."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[Organisation]:
        query = sa.select(Organisation).where(Organisation.kind == OrganisationKind.STATION)
        if self.actor.reads_all:
            return query
        return query.where(
            sa.or_(
                Organisation.id == self.actor.organisation_id,
                Organisation.supervisor_id == self.actor.organisation_id,
                Organisation.parent_id == self.actor.organisation_id,
            )
        )

    def all(self) -> Sequence[Organisation]:
        """Return them by name."""
        query = self._visible().order_by(Organisation.name_zh, Organisation.id)
        return self.session.scalars(query).all()

    def get(self, station_id: UUID) -> Organisation:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(Organisation.id == station_id))
        if row is None:
            raise NotFound(N_("There is no such station."))
        return row

    def people(self, station_id: UUID) -> Sequence[Person]:
        """Return the active people of a station in sight, by name."""
        query = sa.select(Person).where(
            Person.organisation_id == self.get(station_id).id, Person.active.is_(True)
        )
        return self.session.scalars(query.order_by(Person.name, Person.id)).all()

    def loads(self, people: Sequence[UUID]) -> dict[UUID, int]:
        """Return how many open matters each of these people works on."""
        counts = self.session.execute(
            sa.select(Thread.handler_id, sa.func.count())
            .where(Thread.handler_id.in_(people), Thread.closed_at.is_(None))
            .group_by(Thread.handler_id)
        )
        return {person: count for person, count in counts if person is not None}


@dataclass(frozen=True, slots=True)
class Matters:
    """Every matter of a station, sealed ones too: for the conflict check, which tells nothing."""

    session: Session
    station_id: UUID

    def threads(self, but: UUID) -> Sequence[Thread]:
        """Return the matters of the station other than this one."""
        kinds = (ThreadKind.DISPUTE, ThreadKind.INTAKE)
        return self.session.scalars(
            sa.select(Thread)
            .where(Thread.station_id == self.station_id, Thread.kind.in_(kinds), Thread.id != but)
            .order_by(Thread.id)
        ).all()

    def parties(self, thread_ids: Sequence[UUID]) -> Sequence[Party]:
        """Return the parties of these matters."""
        return self._of(Party, Party.thread_id, thread_ids)

    def intakes(self, thread_ids: Sequence[UUID]) -> Sequence[Intake]:
        """Return the intakes of these matters."""
        return self._of(Intake, Intake.id, thread_ids)

    def cases(self, thread_ids: Sequence[UUID]) -> Sequence[DisputeCase]:
        """Return the cases of these matters."""
        return self._of(DisputeCase, DisputeCase.id, thread_ids)

    def _of(
        self, model: type[Hung], column: InstrumentedAttribute[UUID], ids: Sequence[UUID]
    ) -> Sequence[Hung]:
        found: list[Hung] = []
        for at in range(0, len(ids), 500):
            query = sa.select(model).where(column.in_(ids[at : at + 500])).order_by(column)
            found.extend(self.session.scalars(query))
        return found
