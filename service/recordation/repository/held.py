"""The one filter: one's own rows, and those of exporters one has a mandate of."""

from collections.abc import Collection, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.permissions import Actor
from service.recordation.domain import Scope
from service.recordation.errors import MandateMissing
from service.recordation.models import (
    Agent,
    Asset,
    AuthorisedUser,
    Filing,
    Goods,
    Holder,
    Mandate,
    OfficerCard,
    ShippingCheck,
)
from service.registry.models import StoredFile

Owned = TypeVar(
    "Owned",
    Holder,
    Agent,
    Asset,
    AuthorisedUser,
    Goods,
    Filing,
    ShippingCheck,
    OfficerCard,
)


def in_force(scope: Scope | None = None) -> sa.ColumnElement[bool]:
    """Return the condition on `Mandate` that it holds today, for filing or for either."""
    today = clock.today()
    where = [
        Mandate.revoked_at.is_(None),
        Mandate.valid_from <= today,
        sa.or_(Mandate.valid_to.is_(None), Mandate.valid_to >= today),
    ]
    if scope is not None:
        where.append(Mandate.scope == scope)
    return sa.and_(*where)


class Held(Generic[Owned]):
    """Rows of one organisation, seen by it and by those it gave a mandate that was not revoked."""

    model: type[Owned]
    absent: str

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Owned]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(self.model)
        if self._actor.reads_all:
            return query
        mine = self._actor.organisation_id
        entrusted = sa.select(Mandate.organisation_id).where(
            Mandate.to_id == mine, Mandate.revoked_at.is_(None)
        )
        owner = self.model.organisation_id
        return query.where(sa.or_(owner == mine, owner.in_(entrusted)))

    def get(self, row_id: UUID) -> Owned:
        """Return the row; absent and foreign ones raise `NotFound` alike."""
        row = self._session.scalar(self._visible().where(self.model.id == row_id))
        if row is None:
            raise NotFound(self.absent)
        return row

    def to_change(self, row_id: UUID) -> Owned:
        """Return a row the actor may change: its own, or under a power of attorney in force.

        Raises:
            NotFound: absent or foreign.
            MandateMissing: seen by mandate, and none to file is in force.
        """
        row = self.get(row_id)
        check_acts_for(self._session, self._actor, row.organisation_id)
        return row

    def all(self, *wheres: sa.ColumnElement[bool]) -> Sequence[Owned]:
        """Return the rows, the oldest first."""
        return self._session.scalars(self._visible().where(*wheres).order_by(self.model.id)).all()

    def among(self, ids: Collection[UUID]) -> Sequence[Owned]:
        """Return those of these rows that are visible."""
        return self.all(self.model.id.in_(ids))

    def page(
        self, cursor: Cursor, *wheres: sa.ColumnElement[bool]
    ) -> tuple[Sequence[Owned], str | None]:
        """Return some rows, newest first, and the cursor of the next page."""
        query: sa.Select[Any] = newest_first(self._visible().where(*wheres), self.model.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)

    def add(self, row: Owned) -> Owned:
        """Store a new row."""
        self._session.add(row)
        self._session.flush()
        return row


def may_act_for(session: Session, actor: Actor, organisation_id: UUID) -> bool:
    """Say whether the actor is of that organisation, or may file for it today."""
    if actor.organisation_id == organisation_id:
        return True
    mandate = session.scalar(
        sa.select(Mandate.id).where(
            Mandate.organisation_id == organisation_id,
            Mandate.to_id == actor.organisation_id,
            in_force(Scope.FILE),
        )
    )
    return mandate is not None


def check_acts_for(session: Session, actor: Actor, organisation_id: UUID) -> None:
    """Raise `MandateMissing` unless `may_act_for`."""
    if not may_act_for(session, actor, organisation_id):
        raise MandateMissing(
            N_("No power of attorney of this exporter is in force. Ask it for a new one.")
        )


def usable_file(session: Session, actor: Actor, file_id: UUID, owner: UUID) -> StoredFile:
    """Return a file for a thing of `owner`: the owner's, if the actor acts for it, or one's own.

    Raises:
        NotFound: absent, or neither.
    """
    houses = {actor.organisation_id} | ({owner} if may_act_for(session, actor, owner) else set())
    row = session.get(StoredFile, file_id)
    if row is None or row.organisation_id not in houses:
        raise NotFound(N_("There is no such file."))
    return row
