"""Leads and mandates: who sees what, and who may act for whom."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.recordation.domain import Scope
from service.recordation.models import (
    Intelligence,
    Mandate,
)
from service.recordation.repository.held import in_force


class Leads:
    """Leads on infringing goods: shown to the organisation that wrote them down, and to no other.

    What a liaison or a station gathers is never shown to an exporter; what an exporter wrote is
    shown to those it gave a mandate, since they file it.
    """

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Intelligence]:
        query = sa.select(Intelligence)
        if self._actor.reads_all:
            return query
        mine = self._actor.organisation_id
        entrusted = sa.select(Mandate.organisation_id).where(
            Mandate.to_id == mine, Mandate.revoked_at.is_(None)
        )
        return query.where(
            sa.or_(
                Intelligence.organisation_id == mine,
                Intelligence.organisation_id.in_(entrusted),
            )
        )

    def of(self, asset_ids: Sequence[UUID]) -> Sequence[Intelligence]:
        """Return the leads on rights, the newest first."""
        return self._session.scalars(
            self._visible()
            .where(Intelligence.asset_id.in_(asset_ids))
            .order_by(Intelligence.id.desc())
        ).all()

    def page(self, cursor: Cursor) -> tuple[Sequence[Intelligence], str | None]:
        """Return some leads, the newest first."""
        query: sa.Select[Any] = newest_first(self._visible(), Intelligence.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)


class Mandates:
    """What exporters let others do, seen from both ends."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Mandate]:
        mine = self._actor.organisation_id
        query = sa.select(Mandate)
        if self._actor.reads_all:
            return query
        return query.where(sa.or_(Mandate.organisation_id == mine, Mandate.to_id == mine))

    def all(self) -> Sequence[tuple[Mandate, str, str]]:
        """Return the mandates with the names of giver and receiver, newest first."""
        giver, taker = aliased(Organisation), aliased(Organisation)
        seen = self._visible().subquery()
        rows = self._session.execute(
            sa.select(Mandate, giver.name_zh, taker.name_zh)
            .join(giver, giver.id == Mandate.organisation_id)
            .join(taker, taker.id == Mandate.to_id)
            .where(Mandate.id.in_(sa.select(seen.c.id)))
            .order_by(Mandate.id.desc())
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def given(self, mandate_id: UUID) -> Mandate:
        """Return a mandate the actor's organisation gave."""
        row = self._session.scalar(
            self._visible().where(
                Mandate.id == mandate_id, Mandate.organisation_id == self._actor.organisation_id
            )
        )
        if row is None:
            raise NotFound(N_("There is no such mandate."))
        return row

    def held(self, organisation_id: UUID) -> Sequence[Mandate]:
        """Return the mandates an exporter gave that were not revoked."""
        return self._session.scalars(
            sa.select(Mandate).where(
                Mandate.organisation_id == organisation_id, Mandate.revoked_at.is_(None)
            )
        ).all()

    def exporters(self) -> Sequence[Organisation]:
        """Return the exporters the actor may file for today, and its own organisation."""
        allowed = sa.select(Mandate.organisation_id).where(
            Mandate.to_id == self._actor.organisation_id, in_force(Scope.FILE)
        )
        return self._session.scalars(
            sa.select(Organisation)
            .where(
                sa.or_(Organisation.id == self._actor.organisation_id, Organisation.id.in_(allowed))
            )
            .order_by(Organisation.name_zh)
        ).all()
