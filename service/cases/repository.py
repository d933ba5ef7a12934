"""All SQL of threads, their entries and clocks, behind the filter of `cases.sight`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.domain import Confidentiality, Status
from service.cases.errors import ThreadClosed
from service.cases.models import (
    CalendarFeed,
    CalendarYear,
    Deadline,
    Thread,
    ThreadAccess,
    TimelineEntry,
)
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
from service.identity.models import Person
from service.identity.permissions import Actor, Role

LEADS = (Role.STATION_LEAD, Role.EXPORTER_OWNER)
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


def _not_of_closed() -> Where:
    return Deadline.thread_id.in_(sa.select(Thread.id).where(Thread.closed_at.is_(None)))


@dataclass(frozen=True, slots=True)
class Clocks:
    """All clocks, for what acts on a thread that was looked up already, and for the scan."""

    session: Session

    def add(self, row: Deadline) -> None:
        """Store a new clock."""
        self.session.add(row)
        self.session.flush()

    def same(self, deadline: Deadline) -> Deadline | None:
        """Return the clock of the same thread, part, rule and event, if it runs already."""
        return self.session.scalar(
            sa.select(Deadline).where(
                Deadline.thread_id == deadline.thread_id,
                Deadline.part_id == deadline.part_id,
                Deadline.rule_id == deadline.rule_id,
                Deadline.event == deadline.event,
            )
        )

    def after(self, deadline: Deadline) -> Sequence[Deadline]:
        """Return the clocks whose trigger is this one's due day."""
        return self.session.scalars(
            sa.select(Deadline).where(Deadline.after_id == deadline.id).order_by(Deadline.id)
        ).all()

    def of_part(self, thread_id: UUID, part_id: UUID) -> Sequence[Deadline]:
        """Return the clocks of one part of a thread."""
        return self.session.scalars(
            sa.select(Deadline)
            .where(Deadline.thread_id == thread_id, Deadline.part_id == part_id)
            .order_by(Deadline.id)
        ).all()

    def to_warn(self, now: datetime) -> Sequence[Deadline]:
        """Return the running clocks a warning is due for."""
        return self._running(Deadline.warn_at <= now)

    def past(self, before: datetime) -> Sequence[Deadline]:
        """Return the running clocks whose last moment lies before this."""
        return self._running(Deadline.due_at < before)

    def ruled(self, after: UUID | None, limit: int) -> Sequence[Deadline]:
        """Return some running clocks of rules, in order, from after this id."""
        where = [Deadline.origin == "rule", Deadline.after_id.is_(None)]
        if after is not None:
            where.append(Deadline.id > after)
        query = sa.select(Deadline).where(Deadline.status.in_((Status.OPEN, Status.PAUSED)), *where)
        return self.session.scalars(query.order_by(Deadline.id).limit(limit)).all()

    def _running(self, where: Where) -> Sequence[Deadline]:
        return self.session.scalars(
            sa.select(Deadline).where(Deadline.status == Status.OPEN, where).order_by(Deadline.id)
        ).all()

    def thread(self, deadline: Deadline) -> Thread:
        """Return the thread of a clock."""
        return self.session.get_one(Thread, deadline.thread_id)

    def concerned(self, deadline: Deadline, *, lead: bool) -> Sequence[Person]:
        """Return who works on the thread; with `lead`, or where nobody does, the leads as well.

        A sealed thread's station leads do not see it, so its owner's are told.
        """
        thread = self.thread(deadline)
        wanted = [Person.id == thread.handler_id]
        if lead or thread.handler_id is None:
            sealed = thread.confidentiality is Confidentiality.SEALED
            at_home = (None if sealed else thread.station_id) or thread.organisation_id
            wanted.append(sa.and_(Person.organisation_id == at_home, Person.role.in_(LEADS)))
        return self.session.scalars(
            sa.select(Person).where(Person.active.is_(True), sa.or_(*wanted)).order_by(Person.id)
        ).all()


@dataclass(frozen=True, slots=True)
class Years:
    """The calendar years entered by an administrator."""

    session: Session

    def all(self) -> Sequence[CalendarYear]:
        """Return them by calendar and year."""
        return self.session.scalars(
            sa.select(CalendarYear).order_by(CalendarYear.calendar, CalendarYear.year)
        ).all()

    def get(self, calendar: str, year: int) -> CalendarYear | None:
        """Return one year, if it was entered."""
        return self.session.scalar(
            sa.select(CalendarYear).where(
                CalendarYear.calendar == calendar, CalendarYear.year == year
            )
        )

    def add(self, row: CalendarYear) -> None:
        """Store a year."""
        self.session.add(row)
        self.session.flush()


@dataclass(frozen=True, slots=True)
class Feeds:
    """Calendar feeds: a person's own, and the one a token opens."""

    session: Session

    def of_person(self, person_id: UUID) -> Sequence[CalendarFeed]:
        """Return the feeds a person made that still open, newest first."""
        return self.session.scalars(
            sa.select(CalendarFeed)
            .where(CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None))
            .order_by(CalendarFeed.id.desc())
        ).all()

    def opened_by(self, token_hash: str) -> tuple[CalendarFeed, Person] | None:
        """Return the living feed of a token with the active person who made it."""
        row = self.session.execute(
            sa.select(CalendarFeed, Person)
            .join(Person, Person.id == CalendarFeed.person_id)
            .where(
                CalendarFeed.token_hash == token_hash,
                CalendarFeed.revoked_at.is_(None),
                Person.active.is_(True),
            )
        ).first()
        return (row[0], row[1]) if row else None

    def add(self, row: CalendarFeed) -> None:
        """Store a feed."""
        self.session.add(row)
        self.session.flush()
