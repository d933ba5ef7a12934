"""SQL of the desk, each query begun behind the filter of the room whose rows it reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.repository import Deadlines
from service.cases.sight import owned, sees_thread
from service.identity.models import Person
from service.identity.permissions import Actor


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open matter of a queue: who has it, what is due next, how much is overdue."""

    thread: Thread
    next_due: datetime | None
    overdue: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The open matters in the hands of the actor's organisation, as far as they may see them."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[Thread]:
        mine = self.actor.organisation_id
        return sa.select(Thread).where(
            sees_thread(self.actor),
            Thread.closed_at.is_(None),
            sa.or_(
                Thread.station_id == mine,
                sa.and_(Thread.station_id.is_(None), owned(self.actor)),
            ),
        )

    def rows(self, now: datetime) -> list[Waiting]:
        """Return them: overdue first, then by the next last moment, those without one last."""
        threads = self.session.scalars(self._visible().order_by(Thread.id)).all()
        due = Deadlines(self.session, self.actor).standing(now)
        rows = [Waiting(row, *due.get(row.id, (None, 0))) for row in threads]
        far = datetime.max.replace(tzinfo=now.tzinfo)
        return sorted(rows, key=lambda one: (-one.overdue, one.next_due or far, one.thread.id))

    def people(self) -> Sequence[Person]:
        """Return the active people of the actor's organisation, by name."""
        return self.session.scalars(
            sa.select(Person)
            .where(Person.organisation_id == self.actor.organisation_id, Person.active.is_(True))
            .order_by(Person.name, Person.id)
        ).all()
