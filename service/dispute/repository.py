"""All SQL of cases. Threads decide who sees what; here only what hangs on a visible thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.domain import Status, ThreadKind
from service.cases.models import Deadline, Thread
from service.cases.models_evidence import Evidence
from service.cases.moves import TABLES
from service.cases.repository import Rows, Threads
from service.cases.sight import sees_thread
from service.core.errors import NotFound
from service.core.pagination import Cursor
from service.core.text import N_
from service.dispute.domain import table_name
from service.dispute.models import (
    Agreement,
    DisputeCase,
    MediationSession,
    Party,
    Proposal,
    Track,
)
from service.identity.models import Organisation
from service.identity.permissions import Actor


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases one actor may see."""

    session: Session
    actor: Actor

    def get(self, case_id: UUID) -> tuple[Thread, DisputeCase]:
        """Return a case with its thread; absent and foreign ones raise `NotFound` alike."""
        thread = Threads(self.session, self.actor).get(case_id)
        case = self.session.get(DisputeCase, thread.id)
        if case is None:
            raise NotFound(N_("There is no such case."))
        return thread, case

    def page(
        self, cursor: Cursor, *, status: str = "", mine: bool = False, q: str = ""
    ) -> tuple[list[tuple[Thread, DisputeCase]], str | None]:
        """Return some cases, newest first."""
        wanted = sa.select(DisputeCase.id)
        if status:
            wanted = wanted.where(DisputeCase.status == status)
        if q:
            like = f"%{q}%"
            parties = sa.select(Party.thread_id).where(Party.name.ilike(like))
            numbers = sa.select(Thread.id).where(Thread.number.ilike(like))
            wanted = wanted.where(
                sa.or_(
                    DisputeCase.title.ilike(like),
                    DisputeCase.id.in_(parties),
                    DisputeCase.id.in_(numbers),
                )
            )
        wheres = [Thread.kind == ThreadKind.DISPUTE, Thread.id.in_(wanted)]
        if mine:
            wheres.append(Thread.handler_id == self.actor.person_id)
        threads, following = Threads(self.session, self.actor).page(cursor, *wheres)
        found = self.session.scalars(
            sa.select(DisputeCase).where(DisputeCase.id.in_([row.id for row in threads]))
        )
        cases = {case.id: case for case in found}
        return [(row, cases[row.id]) for row in threads], following

    def open_of(self, organisation_id: UUID, limit: int = 100) -> list[tuple[Thread, DisputeCase]]:
        """Return the open cases of one enterprise, newest first."""
        rows = self.session.execute(
            sa.select(Thread, DisputeCase)
            .join(DisputeCase, DisputeCase.id == Thread.id)
            .where(
                sees_thread(self.actor),
                Thread.organisation_id == organisation_id,
                Thread.closed_at.is_(None),
            )
            .order_by(Thread.id.desc())
            .limit(limit)
        )
        return [(row[0], row[1]) for row in rows]

    def found(self, text: str, limit: int) -> list[tuple[Thread, DisputeCase]]:
        """Return cases whose title or number holds a text, newest first.

        Who sees only a track of a case finds it by its number, as lists show it to them.
        """
        title = DisputeCase.title.icontains(text, autoescape=True)
        rows = self.session.execute(
            sa.select(Thread, DisputeCase)
            .join(DisputeCase, DisputeCase.id == Thread.id)
            .where(
                sees_thread(self.actor),
                sa.or_(title, Thread.number.icontains(text, autoescape=True)),
            )
            .order_by(Thread.id.desc())
            .limit(limit)
        )
        return [(row[0], row[1]) for row in rows]

    def found_parties(self, text: str, limit: int) -> list[tuple[Thread, Party]]:
        """Return parties whose name holds a text, of cases the actor sees, newest first."""
        rows = self.session.execute(
            sa.select(Thread, Party)
            .join(Party, Party.thread_id == Thread.id)
            .where(sees_thread(self.actor), Party.name.icontains(text, autoescape=True))
            .order_by(Party.id.desc())
            .limit(limit)
        )
        return [(row[0], row[1]) for row in rows]

    def tracks(self, thread: Thread) -> list[Track]:
        """Return the tracks of a case the actor sees, oldest first."""
        sight = Threads(self.session, self.actor).sight(thread)
        rows = self.session.scalars(
            sa.select(Track).where(Track.thread_id == thread.id).order_by(Track.id)
        )
        return [row for row in rows if sight.sees(row.id)]

    def track(self, case_id: UUID, track_id: UUID) -> tuple[Thread, Track]:
        """Return one track of a case; absent, foreign and unseen ones raise `NotFound` alike."""
        thread, _ = self.get(case_id)
        for row in self.tracks(thread):
            if row.id == track_id:
                return thread, row
        raise NotFound(N_("There is no such track."))

    def whole(self, thread: Thread) -> bool:
        """Say whether the actor sees the case, not only a track of it."""
        return Threads(self.session, self.actor).sight(thread).whole

    def parties(self, thread: Thread) -> Sequence[Party]:
        """Return the parties, to whoever sees the whole case or a part of it."""
        return parties_of(self.session, thread.id)

    def next_number(self, station_id: UUID | None, year: int) -> str:
        """Return the next case number of a station and year; who asks next waits for the commit."""
        if station_id is not None:
            self.session.execute(
                sa.select(Organisation.id).where(Organisation.id == station_id).with_for_update()
            )
        count = self.session.scalars(
            sa.select(sa.func.count())
            .select_from(Thread)
            .where(
                Thread.kind == ThreadKind.DISPUTE,
                Thread.station_id == station_id,
                Thread.number.startswith(f"{year}-"),
            )
        ).one()
        return f"{year}-{count + 1:04}"

    def add(self, row: DisputeCase | Track | Party) -> None:
        """Store a new row."""
        self.session.add(row)
        self.session.flush()


def parties_of(session: Session, thread_id: UUID) -> Sequence[Party]:
    """Return the parties of a case, in the order they were named."""
    return session.scalars(
        sa.select(Party).where(Party.thread_id == thread_id).order_by(Party.id)
    ).all()


class Sessions(Rows[MediationSession]):
    """Meetings one actor may see."""

    model = MediationSession
    absent = N_("There is no such meeting.")


class Proposals(Rows[Proposal]):
    """Proposals one actor may see: confidential, so never a court's or a bureau's."""

    model = Proposal
    absent = N_("There is no such proposal.")


class Agreements(Rows[Agreement]):
    """Agreements one actor may see."""

    model = Agreement
    absent = N_("There is no agreement yet.")


@dataclass(frozen=True, slots=True)
class Kept:
    """What guards count, on a case that was looked up already."""

    session: Session

    def case(self, case_id: UUID) -> DisputeCase:
        """Return the case."""
        return self.session.get_one(DisputeCase, case_id)

    def sessions(self, track_id: UUID) -> Sequence[MediationSession]:
        """Return the meetings of a track."""
        return self.session.scalars(
            sa.select(MediationSession)
            .where(MediationSession.part_id == track_id)
            .order_by(MediationSession.at)
        ).all()

    def agreement(self, track_id: UUID) -> Agreement | None:
        """Return the agreement of a track, if one is written."""
        return self.session.scalar(sa.select(Agreement).where(Agreement.part_id == track_id))

    def has_evidence(self, thread_id: UUID, part_id: UUID | None = None) -> bool:
        """Say whether the case, or one of its tracks, has evidence."""
        query = sa.select(Evidence.id).where(Evidence.thread_id == thread_id)
        if part_id is not None:
            query = query.where(Evidence.part_id == part_id)
        return self.session.scalar(query.limit(1)) is not None

    def tracks(self, thread_id: UUID) -> Sequence[Track]:
        """Return all tracks of a case."""
        return self.session.scalars(
            sa.select(Track).where(Track.thread_id == thread_id).order_by(Track.id)
        ).all()

    def running(self, thread_id: UUID) -> list[Track]:
        """Return the tracks that have not come to their end."""
        rows = self.tracks(thread_id)
        return [row for row in rows if TABLES[table_name(row.kind)].open(row.status)]

    def unsettled(self, thread_id: UUID) -> Sequence[Deadline]:
        """Return the clocks that run, stand still, or were missed with nothing noted since."""
        states = (Status.OPEN, Status.PAUSED, Status.MISSED)
        return self.session.scalars(
            sa.select(Deadline)
            .where(Deadline.thread_id == thread_id, Deadline.status.in_(states))
            .order_by(Deadline.due_at)
        ).all()
