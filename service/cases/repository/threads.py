"""Threads and what hangs on them, behind the filter of `cases.sight`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.domain import Status
from service.cases.errors import ThreadClosed
from service.cases.models import Deadline, Thread, ThreadAccess, TimelineEntry
from service.cases.sight import (
    Sight,
    Where,
    granted,
    guided,
    handled,
    owned,
    sees_row,
    sees_thread,
)
from service.core.errors import NotFound, PermissionDenied
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.permissions import Actor

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Threads:
    """The threads one actor may see."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[Thread]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        return sa.select(Thread).where(sees_thread(self.actor))

    def get(self, thread_id: UUID) -> Thread:
        """Return the thread; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(Thread.id == thread_id))
        if row is None:
            raise NotFound(N_("There is no such matter."))
        return row

    def to_change(self, thread_id: UUID, part_id: UUID | None = None) -> Thread:
        """Return a thread, or a part of one, the actor may write in.

        Raises:
            NotFound: absent or foreign.
            PermissionDenied: shown to the actor to read only.
            ThreadClosed: nothing is added to it any more.
        """
        thread = self.get(thread_id)
        sight = self.sight(thread)
        if part_id is not None and not sight.sees(part_id):
            raise NotFound(N_("There is no such matter."))
        if not (sight.writes or (part_id is not None and part_id in sight.written)):
            raise PermissionDenied(N_("It was shown to you to read, not to change."))
        if thread.closed_at is not None:
            raise ThreadClosed(N_("Ask the lead of the station to open it again."))
        return thread

    def sight(self, thread: Thread) -> Sight:
        """Return how much of a visible thread the actor sees and may change."""
        actor = self.actor
        inside = (owned(actor), handled(actor))
        acts, guides = (
            self.session.scalar(sa.select(sa.true()).where(Thread.id == thread.id, sa.or_(*wheres)))
            is not None
            for wheres in (inside, (guided(actor),))
        )
        grants = self.session.scalars(
            sa.select(ThreadAccess).where(ThreadAccess.thread_id == thread.id, granted(actor))
        ).all()
        entire = [grant for grant in grants if grant.part_id is None]
        return Sight(
            whole=acts or guides or actor.reads_all or bool(entire),
            writes=acts or any(grant.writes for grant in entire),
            parts=frozenset(grant.part_id for grant in grants if grant.part_id),
            written=frozenset(g.part_id for g in grants if g.part_id and g.writes),
        )

    def page(self, cursor: Cursor, *wheres: Where) -> tuple[Sequence[Thread], str | None]:
        """Return some threads, newest first."""
        query = newest_first(self._visible().where(*wheres), Thread.id, cursor)
        return cut(list(self.session.scalars(query)), cursor)

    def titles(self, thread_ids: Iterable[UUID]) -> Mapping[UUID, Thread]:
        """Return the visible ones of these threads, by id."""
        rows = self.session.scalars(self._visible().where(Thread.id.in_(set(thread_ids))))
        return {row.id: row for row in rows}

    def part_of(self, case_id: UUID) -> Sequence[Thread]:
        """Return the matters that are part of a case, oldest first."""
        query = self._visible().where(Thread.case_id == case_id).order_by(Thread.id)
        return self.session.scalars(query).all()

    def grants(self, thread: Thread) -> Sequence[ThreadAccess]:
        """Return who is let in now."""
        return self.session.scalars(
            sa.select(ThreadAccess)
            .where(ThreadAccess.thread_id == thread.id, ThreadAccess.ended_at.is_(None))
            .order_by(ThreadAccess.id)
        ).all()

    def add(self, row: Thread | ThreadAccess) -> None:
        """Store a new row."""
        self.session.add(row)
        self.session.flush()


class Rows(Generic[Row]):
    """Rows in threads, behind the filter of `sees_row`."""

    model: type[Any]
    absent: str

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Any]:
        return sa.select(self.model).where(sees_row(self._actor, self.model))

    def get(self, row_id: UUID) -> Row:
        """Return the row; absent and foreign ones raise `NotFound` alike."""
        row: Row | None = self._session.scalar(self._visible().where(self.model.id == row_id))
        if row is None:
            raise NotFound(self.absent)
        return row

    def get_in(self, thread_id: UUID, row_id: UUID) -> Row:
        """Return a row of one thread; of another, it raises `NotFound` like an absent one."""
        where = (self.model.id == row_id, self.model.thread_id == thread_id)
        row: Row | None = self._session.scalar(self._visible().where(*where))
        if row is None:
            raise NotFound(self.absent)
        return row

    def of(self, thread_id: UUID, part_id: UUID | None = None) -> Sequence[Row]:
        """Return the rows of a thread, or of one part of it, oldest first."""
        query = self._visible().where(self.model.thread_id == thread_id)
        if part_id is not None:
            query = query.where(self.model.part_id == part_id)
        return self._session.scalars(query.order_by(self.model.id)).all()

    def add(self, row: Row) -> Row:
        """Store a new row."""
        self._session.add(row)
        self._session.flush()
        return row


class Timeline(Rows[TimelineEntry]):
    """What happened, as far as one actor may read it."""

    model = TimelineEntry
    absent = N_("There is no such entry.")


class Deadlines(Rows[Deadline]):
    """The clocks one actor may see."""

    model = Deadline
    absent = N_("There is no such deadline.")

    def of_case(self, case_id: UUID) -> Sequence[Deadline]:
        """Return the clocks of a case and of the matters that are part of it, oldest first."""
        parts = sa.select(Thread.id).where(Thread.case_id == case_id)
        mine = sa.or_(Deadline.thread_id == case_id, Deadline.thread_id.in_(parts))
        return self._session.scalars(self._visible().where(mine).order_by(Deadline.id)).all()

    def due(self, *, until: datetime | None = None, mine: bool = False) -> Sequence[Deadline]:
        """Return what runs or was missed, the earliest first; those without a date lead."""
        query = self._visible().where(
            sa.or_(
                Deadline.status.in_((Status.OPEN, Status.PAUSED)),
                sa.and_(Deadline.status == Status.MISSED, _not_of_closed()),
            )
        )
        if until is not None:
            query = query.where(sa.or_(Deadline.due_at.is_(None), Deadline.due_at <= until))
        if mine:
            handled = sa.select(Thread.id).where(Thread.handler_id == self._actor.person_id)
            query = query.where(Deadline.thread_id.in_(handled))
        order = sa.case((Deadline.due_at.is_(None), 0), else_=1)
        return self._session.scalars(query.order_by(order, Deadline.due_at, Deadline.id)).all()

    def between(self, after: datetime, until: datetime, mine: bool) -> Sequence[Deadline]:
        """Return the clocks that end in a stretch of time, settled or not, the earliest first."""
        query = self._visible().where(Deadline.due_at > after, Deadline.due_at <= until)
        if mine:
            handled_ids = sa.select(Thread.id).where(Thread.handler_id == self._actor.person_id)
            query = query.where(Deadline.thread_id.in_(handled_ids))
        return self._session.scalars(query.order_by(Deadline.due_at, Deadline.id)).all()

    def standing(self, now: datetime) -> Mapping[UUID, tuple[datetime | None, int]]:
        """Return of each open matter its next last moment, and how many clocks are overdue."""
        late = sa.or_(Deadline.status == Status.MISSED, Deadline.due_at < now)
        counted = sa.func.sum(sa.case((late, 1), else_=0))
        rows = self._session.execute(
            self._visible()
            .with_only_columns(Deadline.thread_id, sa.func.min(Deadline.due_at), counted)
            .where(Deadline.status.in_((Status.OPEN, Status.MISSED)), _not_of_closed())
            .group_by(Deadline.thread_id)
        )
        return {row[0]: (row[1], int(row[2])) for row in rows}


def _not_of_closed() -> Where:
    return Deadline.thread_id.in_(sa.select(Thread.id).where(Thread.closed_at.is_(None)))
