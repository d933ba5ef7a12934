"""All SQL of detentions. The thread decides who sees one; here only what hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.domain import Status
from service.cases.models import Deadline, Thread
from service.cases.repository import Threads
from service.cases.sight import sees_row, sees_thread
from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.models import Organisation, Person
from service.identity.permissions import GRANTS, Actor, OrganisationKind, Permission, Role
from service.recordation.detention.domain import Side
from service.recordation.detention.models import (
    Detention,
    DetentionContact,
    DetentionCost,
    DetentionPaper,
)
from service.recordation.models import Mandate

LEADS = (Role.STATION_LEAD, Role.EXPORTER_OWNER)


@dataclass(frozen=True, slots=True)
class Detentions:
    """The detentions one actor may see."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[Detention]:
        """Start every query here: the filter of the threads is the filter of detentions."""
        seen = sa.select(Thread.id).where(sees_thread(self.actor))
        return sa.select(Detention).where(Detention.id.in_(seen))

    def get(self, detention_id: UUID) -> Detention:
        """Return the detention; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(Detention.id == detention_id))
        if row is None:
            raise NotFound(N_("There is no such detention."))
        return row

    def to_change(self, detention_id: UUID) -> tuple[Thread, Detention]:
        """Return a detention the actor may write in, with its thread.

        Raises:
            NotFound, PermissionDenied, ThreadClosed: see `Threads.to_change`.
        """
        row = self.get(detention_id)
        return Threads(self.session, self.actor).to_change(row.id), row

    def page(
        self, cursor: Cursor, *, open_only: bool = False, side: Side | None = None
    ) -> tuple[Sequence[Detention], str | None]:
        """Return some detentions, newest first."""
        query = self._visible()
        if open_only:
            query = query.where(Detention.status != "closed")
        if side is not None:
            query = query.where(Detention.side == side)
        found: sa.Select[Any] = newest_first(query, Detention.id, cursor)
        return cut(list(self.session.scalars(found)), cursor)

    def owned_by(self, organisation_id: UUID) -> Sequence[Detention]:
        """Return the detentions of an exporter, the oldest first."""
        query = self._visible().where(Detention.organisation_id == organisation_id)
        return self.session.scalars(query.order_by(Detention.id)).all()

    def next_clocks(self, ids: Sequence[UUID]) -> dict[UUID, Deadline]:
        """Return the next running clock of each of these detentions."""
        table: type[Any] = Deadline
        rows = self.session.scalars(
            sa.select(Deadline)
            .where(
                Deadline.thread_id.in_(ids),
                Deadline.status == Status.OPEN,
                Deadline.due_at.is_not(None),
                sees_row(self.actor, table),
            )
            .order_by(Deadline.due_at.desc(), Deadline.id)
        )
        return {row.thread_id: row for row in rows}

    def papers(self, detention_id: UUID) -> Sequence[DetentionPaper]:
        """Return the papers that were served, in the order of service."""
        return self.session.scalars(
            sa.select(DetentionPaper)
            .where(DetentionPaper.detention_id == detention_id)
            .order_by(DetentionPaper.served_at, DetentionPaper.id)
        ).all()

    def contacts(self, detention_id: UUID) -> Sequence[DetentionContact]:
        """Return who is asked, those who have not answered first."""
        return self.session.scalars(
            sa.select(DetentionContact)
            .where(DetentionContact.detention_id == detention_id)
            .order_by(DetentionContact.answered_at.is_not(None), DetentionContact.id)
        ).all()

    def contact(self, detention_id: UUID, contact_id: UUID) -> DetentionContact:
        """Return one contact of a detention."""
        for row in self.contacts(detention_id):
            if row.id == contact_id:
                return row
        raise NotFound(N_("There is no such contact."))

    def costs(self, detention_id: UUID) -> Sequence[DetentionCost]:
        """Return the costs, in the order they were entered."""
        return self.session.scalars(
            sa.select(DetentionCost)
            .where(DetentionCost.detention_id == detention_id)
            .order_by(DetentionCost.id)
        ).all()

    def cost(self, detention_id: UUID, cost_id: UUID) -> DetentionCost:
        """Return one cost of a detention."""
        for row in self.costs(detention_id):
            if row.id == cost_id:
                return row
        raise NotFound(N_("There is no such cost."))

    def add(self, row: Detention | DetentionPaper | DetentionContact | DetentionCost) -> None:
        """Store a new row."""
        self.session.add(row)
        self.session.flush()


def clients_of(session: Session, organisation_id: UUID) -> Sequence[Organisation]:
    """Return the exporters an organisation enters detentions for: served, or by their mandate."""
    mandated = sa.select(Mandate.organisation_id).where(
        Mandate.to_id == organisation_id, Mandate.revoked_at.is_(None)
    )
    return session.scalars(
        sa.select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.EXPORTER,
            sa.or_(Organisation.served_by_id == organisation_id, Organisation.id.in_(mandated)),
        )
        .order_by(Organisation.name_zh, Organisation.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Waiting:
    """What customs waits for, for the round of the clock."""

    session: Session

    def all(self) -> Sequence[Detention]:
        """Return the detentions that wait for an answer of their side."""
        return self.session.scalars(
            sa.select(Detention).where(Detention.waits_since.is_not(None)).order_by(Detention.id)
        ).all()

    def people(self, thread: Thread, *, leads: bool) -> Sequence[UUID]:
        """Return the handler and the owner's people who may answer; with `leads`, the leads too."""
        may = [role for role, granted in GRANTS.items() if Permission.DETENTION_ACT in granted]
        wanted = [
            Person.id == thread.handler_id,
            sa.and_(Person.organisation_id == thread.organisation_id, Person.role.in_(may)),
        ]
        if leads:
            homes = [thread.organisation_id, *([thread.station_id] if thread.station_id else [])]
            wanted.append(sa.and_(Person.organisation_id.in_(homes), Person.role.in_(LEADS)))
        return self.session.scalars(
            sa.select(Person.id).where(Person.active.is_(True), sa.or_(*wanted)).order_by(Person.id)
        ).all()
