"""What a running job may use: its database, settings and files, and steps that happen once."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TypeVar, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.files import Files
from service.core.jobs.models import JobRow, JobStep, insert_unless_there
from service.core.settings import Settings

T = TypeVar("T")


class Cancelled(Exception):
    """Somebody cancelled the job; raised by `JobContext` at the next check. Let it pass."""


class Stopping(BaseException):
    """The process is about to end. The job goes back to waiting and starts anew elsewhere."""


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a handler is given. `step`, `check` and `report` are also where it may be stopped."""

    job_id: UUID
    database: Database
    settings: Settings
    files: Files
    stopping: Event

    def step(self, name: str, work: Callable[[Session], T]) -> T:
        """Do `work` in one transaction, once in the life of the job, and return its result.

        The note that the step is done commits with the step's effect, so whichever moment a kill
        comes, the effect happens once. On SQLite the write lock is held meanwhile: what takes
        longer than 200 ms and does not write belongs before the step.

        Args:
            name: Unique within the job, the same on every run (`"batch 7"`).
            work: Writes through the session it is given; returns JSON values, given again as the
                result when a later run comes past.

        Raises:
            Cancelled: the job was cancelled.
        """
        self._stop_if_ending()
        with self.database.write() as session:
            self._stop_if_cancelled(session)
            mine = insert_unless_there(
                session, JobStep, job_id=self.job_id, name=name, result=None, at=clock.now()
            )
            step = session.get_one(JobStep, (self.job_id, name))
            if mine:
                step.result = work(session)
            return cast(T, step.result)

    def check(self) -> None:
        """Give way here if the job was cancelled or the process ends; call it in long loops."""
        self._stop_if_ending()
        with self.database.read() as session:
            self._stop_if_cancelled(session)

    def report(self, done: int, total: int | None, *, session: Session | None = None) -> None:
        """Say how far the job is, and `check`.

        Args:
            done: Units finished: rows, bytes, names.
            total: Units there are, or None while nobody knows.
            session: The caller's writing session, so that figures and work commit together.
                Without it, one short transaction of its own: never inside another one.
        """
        if session is not None:
            self._stop_if_ending()
            self._note(session, done, total)
            return
        with self.database.write() as own:
            self._note(own, done, total)
        self.check()

    def _note(self, session: Session, done: int, total: int | None) -> None:
        session.execute(
            sa.update(JobRow).where(JobRow.id == self.job_id).values(done=done, total=total)
        )

    def _stop_if_ending(self) -> None:
        if self.stopping.is_set():
            raise Stopping

    def _stop_if_cancelled(self, session: Session) -> None:
        asked = sa.select(JobRow.cancel_asked_at).where(JobRow.id == self.job_id)
        if session.scalars(asked).one() is not None:
            raise Cancelled
