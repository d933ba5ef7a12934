"""Clocks of threads that were looked up already, calendar years, and calendar feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.domain import Confidentiality, Status
from service.cases.models import CalendarFeed, CalendarYear, Deadline, Thread
from service.cases.sight import Where
from service.identity.models import Person
from service.identity.permissions import Role

LEADS = (Role.STATION_LEAD, Role.EXPORTER_OWNER)


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
