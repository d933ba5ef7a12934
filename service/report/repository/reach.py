"""Whose figures an actor sees, and which of the rows behind them it may open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.models import Thread, ThreadAccess
from service.cases.sight import Where, granted, guided, handled, owned
from service.core.errors import NotFound
from service.core.text import N_
from service.identity.domain import Link
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import linked_ids
from service.recordation.models import Filing, Mandate

SEEN_BY = (Link.SUPERVISOR, Link.PARENT, Link.OPERATOR)
"""Whose figures go up: to the bureau, the protection centre, and the park that runs the station."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The stations whose figures an actor sees: its own, and those that report to it."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[Organisation]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(Organisation).where(Organisation.kind == OrganisationKind.STATION)
        if self.actor.reads_all:
            return query
        own = Organisation.id == self.actor.organisation_id
        linked = (Organisation.id.in_(linked_ids(self.actor, link)) for link in SEEN_BY)
        return query.where(sa.or_(own, *linked))

    def all(self) -> Sequence[Organisation]:
        """Return them by name."""
        query = self._visible().order_by(Organisation.name_zh, Organisation.id)
        return self.session.scalars(query).all()

    def chosen(self, station_id: UUID | None) -> Sequence[Organisation]:
        """Return one of them, or all; an absent or foreign one raises `NotFound`."""
        found = [one for one in self.all() if station_id in (None, one.id)]
        if station_id is not None and not found:
            raise NotFound(N_("There is no such station."))
        return found

    def own(self) -> Organisation:
        """Return the actor's own station."""
        mine = self.actor.organisation_id
        row = self.session.scalar(self._visible().where(Organisation.id == mine))
        if row is None:
            raise NotFound(N_("There is no such station."))
        return row

    def parks(self) -> Sequence[str]:
        """Return the parks of these stations and of the enterprises they serve."""
        ids = self._visible().with_only_columns(Organisation.id)
        near = sa.or_(Organisation.id.in_(ids), Organisation.served_by_id.in_(ids))
        query = sa.select(Organisation.park).where(near, Organisation.park != "").distinct()
        return self.session.scalars(query.order_by(Organisation.park)).all()


def opens_thread(actor: Actor) -> Where:
    """Return the condition on `Thread` that the actor may open the whole of it."""
    if actor.reads_all:
        return sa.true()
    entire = sa.select(ThreadAccess.thread_id).where(granted(actor), ThreadAccess.part_id.is_(None))
    return sa.or_(owned(actor), handled(actor), guided(actor), Thread.id.in_(entire))


def opens_filing(actor: Actor) -> Where:
    """Return the condition on `Filing` that the actor may open it, as `Filings` does."""
    if actor.reads_all:
        return sa.true()
    entrusted = sa.select(Mandate.organisation_id).where(
        Mandate.to_id == actor.organisation_id, Mandate.revoked_at.is_(None)
    )
    return sa.or_(
        Filing.organisation_id == actor.organisation_id, Filing.organisation_id.in_(entrusted)
    )


def allowed(actor: Actor, permission: Permission, where: Where) -> Where:
    """Return a condition, or nothing at all for who lacks the permission."""
    return where if actor.can(permission) else sa.false()


def named(rows: Sequence[Organisation]) -> Mapping[UUID, str]:
    """Return what organisations are called."""
    return {row.id: row.name_zh for row in rows}
