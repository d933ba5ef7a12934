"""All SQL of outreach: which enterprises one serves, and what one may know of them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.domain import Effect, ThreadKind
from service.cases.models import Deadline, Thread
from service.cases.sight import sees_row, sees_thread
from service.core.errors import NotFound
from service.core.text import N_
from service.identity.domain import Link
from service.identity.models import Organisation, Person
from service.identity.permissions import Actor, OrganisationKind
from service.identity.repository import linked_ids
from service.recordation.detention.clocks import rules_of
from service.recordation.detention.domain import Side
from service.recordation.models import Detention, FilingRound, Mandate
from service.recordation.outreach.models import OutreachContact

ANSWERS = rules_of(Side.HOLDER, "notify")
"""The clocks in which a holder answers a notice of customs; each notice starts one."""


class Enterprises:
    """The exporters an actor serves; an auditor sees all.

    Those of its station, of the stations its bureau guides, and those it has a mandate of.
    """

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Organisation]:
        query = sa.select(Organisation).where(Organisation.kind == OrganisationKind.EXPORTER)
        if self._actor.reads_all:
            return query
        mine = self._actor.organisation_id
        entrusted = sa.select(Mandate.organisation_id).where(
            Mandate.to_id == mine, Mandate.revoked_at.is_(None)
        )
        return query.where(
            sa.or_(
                Organisation.id.in_(linked_ids(self._actor, Link.SERVED_BY)),
                Organisation.served_by_id.in_(linked_ids(self._actor, Link.SUPERVISOR)),
                Organisation.id.in_(entrusted),
            )
        )

    def all(self) -> Sequence[Organisation]:
        """Return the enterprises by name."""
        order = self._visible().order_by(Organisation.name_zh, Organisation.id)
        return self._session.scalars(order).all()

    def get(self, enterprise_id: UUID) -> Organisation:
        """Return an enterprise; absent and foreign ones raise `NotFound` alike."""
        row = self._session.scalar(self._visible().where(Organisation.id == enterprise_id))
        if row is None:
            raise NotFound(N_("There is no such enterprise."))
        return row


class Contacts:
    """Contacts of one's own house, and of the stations one's bureau guides."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[OutreachContact]:
        query = sa.select(OutreachContact)
        if self._actor.reads_all:
            return query
        return query.where(
            sa.or_(
                OutreachContact.organisation_id == self._actor.organisation_id,
                OutreachContact.organisation_id.in_(linked_ids(self._actor, Link.SUPERVISOR)),
            )
        )

    def of(self, enterprise_id: UUID) -> Sequence[tuple[OutreachContact, str]]:
        """Return the contacts with an enterprise and who made them, the newest first."""
        seen = self._visible().where(OutreachContact.enterprise_id == enterprise_id).subquery()
        rows = self._session.execute(
            sa.select(OutreachContact, Person.name)
            .outerjoin(Person, Person.id == OutreachContact.person_id)
            .where(OutreachContact.id.in_(sa.select(seen.c.id)))
            .order_by(OutreachContact.on.desc(), OutreachContact.id.desc())
        )
        return [(row[0], row[1] or "") for row in rows]

    def last(self, enterprise_ids: Collection[UUID]) -> dict[UUID, OutreachContact]:
        """Return the last contact with each enterprise."""
        query = self._visible().where(OutreachContact.enterprise_id.in_(enterprise_ids))
        rows = self._session.scalars(query.order_by(OutreachContact.on, OutreachContact.id))
        return {row.enterprise_id: row for row in rows}

    def add(self, row: OutreachContact) -> OutreachContact:
        """Store a new contact."""
        self._session.add(row)
        self._session.flush()
        return row


def detentions_of(
    session: Session, actor: Actor, enterprise_ids: Collection[UUID]
) -> Sequence[Thread]:
    """Return the detentions of enterprises that the actor may see."""
    query = sa.select(Thread).where(
        sees_thread(actor),
        Thread.kind == ThreadKind.DETENTION,
        Thread.organisation_id.in_(enterprise_ids),
    )
    return session.scalars(query.order_by(Thread.opened_at)).all()


def notices_of(
    session: Session, actor: Actor, enterprise_ids: Collection[UUID], since: date | None
) -> Sequence[Deadline]:
    """Return the clocks in which notices of customs are answered, as far as the actor sees them."""
    table: type[Any] = Deadline
    theirs = sa.select(Detention.id).where(Detention.organisation_id.in_(enterprise_ids))
    query = sa.select(Deadline).where(
        sees_row(actor, table),
        Deadline.thread_id.in_(theirs),
        Deadline.rule_id.in_(ANSWERS),
        Deadline.effect != Effect.AWAITED,
    )
    if since is not None:
        query = query.where(Deadline.trigger >= since.isoformat())
    return session.scalars(query).all()


def rounds_of(session: Session, filing_ids: Collection[UUID]) -> Sequence[FilingRound]:
    """Return what was sent of filings, in order."""
    query = sa.select(FilingRound).where(FilingRound.filing_id.in_(filing_ids))
    return session.scalars(query.order_by(FilingRound.filing_id, FilingRound.number)).all()
