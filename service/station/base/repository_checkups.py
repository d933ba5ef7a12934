"""All SQL of check-ups: the frozen reports, who agreed, and what a consent opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.domain import Status
from service.cases.models import Deadline, Thread
from service.cases.sight import sees_row
from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.screening.domain import DecisionState
from service.screening.models import Decision, Watch
from service.station.base.models import CheckUp, CheckUpConsent


@dataclass(frozen=True, slots=True)
class CheckUps:
    """The check-ups one actor may see: those its station made, and those of its enterprise."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[CheckUp]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(CheckUp)
        if self.actor.reads_all:
            return query
        mine = self.actor.organisation_id
        return query.where(sa.or_(CheckUp.station_id == mine, CheckUp.enterprise_id == mine))

    def get(self, checkup_id: UUID) -> CheckUp:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(CheckUp.id == checkup_id))
        if row is None:
            raise NotFound(N_("There is no such check-up."))
        return row

    def page(self, cursor: Cursor) -> tuple[Sequence[CheckUp], str | None]:
        """Return some, newest first, without their content."""
        query: sa.Select[Any] = newest_first(self._visible(), CheckUp.id, cursor)
        query = query.options(sa.orm.defer(CheckUp.content))
        return cut(list(self.session.scalars(query)), cursor)

    def add(self, row: CheckUp | CheckUpConsent) -> None:
        """Store a new row."""
        self.session.add(row)
        self.session.flush()


@dataclass(frozen=True, slots=True)
class Consents:
    """The consents one actor may see: its enterprise's, and those given to its station."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[CheckUpConsent]:
        query = sa.select(CheckUpConsent).where(CheckUpConsent.ended_at.is_(None))
        if self.actor.reads_all:
            return query
        mine = self.actor.organisation_id
        return query.where(
            sa.or_(CheckUpConsent.enterprise_id == mine, CheckUpConsent.station_id == mine)
        )

    def all(self) -> Sequence[CheckUpConsent]:
        """Return those that stand, newest first."""
        return self.session.scalars(self._visible().order_by(CheckUpConsent.id.desc())).all()

    def standing(self, enterprise_id: UUID, station_id: UUID) -> CheckUpConsent | None:
        """Return the consent of an enterprise to a station."""
        query = self._visible().where(
            CheckUpConsent.enterprise_id == enterprise_id,
            CheckUpConsent.station_id == station_id,
        )
        return self.session.scalars(query.order_by(CheckUpConsent.id.desc())).first()

    def get(self, consent_id: UUID) -> CheckUpConsent:
        """Return one that stands; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(CheckUpConsent.id == consent_id))
        if row is None:
            raise NotFound(N_("There is no such consent."))
        return row


@dataclass(frozen=True, slots=True)
class Opened:
    """What an enterprise opened by its consent, and nothing beyond it."""

    session: Session
    consent: CheckUpConsent

    def watches(self) -> Sequence[Watch]:
        """Return its watches, where it opened them."""
        query = sa.select(Watch).where(
            Watch.organisation_id == self.consent.enterprise_id, Watch.ended_at.is_(None)
        )
        rows = self.session.scalars(query.order_by(Watch.id)).all()
        return rows if self.consent.watches else ()

    def decisions(self) -> Sequence[Decision]:
        """Return its decisions that stand or are open again, where it opened them."""
        query = sa.select(Decision).where(
            Decision.organisation_id == self.consent.enterprise_id,
            Decision.state.in_((DecisionState.STANDING, DecisionState.REOPENED)),
        )
        rows = self.session.scalars(query.order_by(Decision.id)).all()
        return rows if self.consent.decisions else ()


def clocks_of(session: Session, actor: Actor, enterprise_id: UUID) -> Sequence[Deadline]:
    """Return the clocks of an enterprise's open matters that run or were missed, as one sees."""
    table: type[Any] = Deadline
    theirs = sa.select(Thread.id).where(
        Thread.organisation_id == enterprise_id, Thread.closed_at.is_(None)
    )
    return session.scalars(
        sa.select(Deadline)
        .where(
            Deadline.thread_id.in_(theirs),
            Deadline.status.in_((Status.OPEN, Status.PAUSED, Status.MISSED)),
            sees_row(actor, table),
        )
        .order_by(Deadline.due_at, Deadline.id)
    ).all()


def enterprise_served(session: Session, actor: Actor, enterprise_id: UUID) -> Organisation:
    """Return an enterprise that the actor's station serves; others raise `NotFound`."""
    row = session.get(Organisation, enterprise_id)
    if row is None or row.served_by_id is None or row.served_by_id != actor.organisation_id:
        raise NotFound(N_("There is no such enterprise."))
    return row
