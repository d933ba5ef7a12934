"""One run of one job: from waiting to done, or to waiting again, or to an end without success."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Condition, Event
from typing import Any
from uuid import UUID

import structlog

from service.core import clock
from service.core.db import Database
from service.core.errors import Problem
from service.core.files import Files
from service.core.jobs.context import Cancelled, JobContext, Stopping
from service.core.jobs.domain import UNFINISHED, State
from service.core.jobs.handlers import HANDLERS, Handler
from service.core.jobs.models import JobRow
from service.core.jobs.store import dispatch
from service.core.settings import Settings

STARTS = 50
"""Runs of one job, each cut short by a kill, after which the job itself is held to be the cause."""
ERROR_TEXT = 500

log = structlog.get_logger(__name__)


@dataclass
class Runtime:
    """What the running jobs of this process share, and how many they are."""

    settings: Settings
    database: Database
    files: Files
    stopping: Event = field(default_factory=Event)
    _running: int = 0
    _changed: Condition = field(default_factory=Condition)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count the block as a running job."""
        with self._changed:
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def drain(self, grace: timedelta) -> bool:
        """Ask the running jobs to stop, wait up to `grace`, and tell whether all have."""
        self.stopping.set()
        with self._changed:
            return self._changed.wait_for(lambda: self._running == 0, grace.total_seconds())


def run(runtime: Runtime, job_id: UUID, attempt: int) -> None:
    """Run a job's `attempt`; another attempt, or one already ended, is left alone."""
    with runtime.counted():
        if runtime.stopping.is_set():
            raise Stopping
        started = _start(runtime.database, job_id, attempt)
        if started is None:
            return
        handler, args = started
        context = JobContext(
            job_id, runtime.database, runtime.settings, runtime.files, runtime.stopping
        )
        try:
            handler.function(context, **args)
        except Stopping:
            _end(runtime.database, job_id, _put_back)
            raise
        except Cancelled:
            _end(runtime.database, job_id, _ended(State.CANCELLED))
        except Problem as problem:
            _end(runtime.database, job_id, _ended(State.GAVE_UP, _told(problem)))
        except Exception as error:  # noqa: BLE001  whatever it is, it is noted with the job
            log.warning("job.failed", job=handler.name, id=str(job_id), error=type(error).__name__)
            _fail(runtime.database, job_id, attempt, handler, _told(error))
        else:
            _end(runtime.database, job_id, _ended(State.DONE))


def _start(database: Database, job_id: UUID, attempt: int) -> tuple[Handler, dict[str, Any]] | None:
    with database.write() as session:
        row = session.get(JobRow, job_id, with_for_update=True)
        if row is None or row.state not in UNFINISHED or row.tries != attempt - 1:
            return None
        handler = HANDLERS.get(row.name)
        row.starts += 1
        if handler is None or row.starts > STARTS + row.tries:
            detail = "this release has no such job" if handler is None else "killed too often"
            _ended(State.GAVE_UP, {"code": "internal", "detail": detail, "members": {}})(row)
            return None
        row.state, row.started_at = State.RUNNING, clock.now()
        return handler, dict(row.args)


def _end(database: Database, job_id: UUID, change: Callable[[JobRow], None]) -> None:
    with database.write() as session:
        row = session.get_one(JobRow, job_id, with_for_update=True)
        if row.state in UNFINISHED:
            change(row)


def _put_back(row: JobRow) -> None:
    row.state, row.starts = State.WAITING, row.starts - 1


def _ended(state: State, error: dict[str, Any] | None = None) -> Callable[[JobRow], None]:
    def change(row: JobRow) -> None:
        row.state, row.ended_at = state, clock.now()
        row.error = error
        row.tries += state is State.GAVE_UP

    return change


def _fail(
    database: Database, job_id: UUID, attempt: int, handler: Handler, error: dict[str, Any]
) -> None:
    """Note a failure and, while tries are left, dispatch the next attempt in the same commit."""
    with database.write() as session:
        row = session.get_one(JobRow, job_id, with_for_update=True)
        if row.cancel_asked_at is not None:
            _ended(State.CANCELLED, error)(row)
            return
        if attempt >= handler.tries:
            _ended(State.GAVE_UP, error)(row)
            return
        row.tries, row.state, row.error = attempt, State.WAITING, error
        row.run_at = clock.now() + handler.pause(attempt)
        session.flush()
        dispatch(
            session,
            job_id,
            row.name,
            priority=row.priority,
            attempt=attempt + 1,
            run_at=row.run_at,
        )


def _told(error: Exception) -> dict[str, Any]:
    if isinstance(error, Problem):
        members = {name: str(value) for name, value in error.members.items()}
        return {"code": error.code, "detail": error.detail, "members": members}
    text = f"{type(error).__name__}: {error}"
    return {"code": "internal", "detail": text[:ERROR_TEXT], "members": {}}
