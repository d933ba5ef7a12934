"""What the processes that tests start and kill do, and their jobs."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import worker
from service.core import audit
from service.core.audit import AuditEvent
from service.core.backup import restore
from service.core.db import Database
from service.core.errors import Invalid
from service.core.jobs import Job, JobContext, State, enqueue, job, status
from service.core.settings import Settings
from tests.children import child

PATIENCE = 120.0
QUICK = timedelta(milliseconds=10)
ENDS = frozenset({State.DONE, State.GAVE_UP, State.CANCELLED})


def effect(session: Session, number: int) -> int:
    audit.record(session, "step.done", subject=("step", number))
    return number * 10


@job("test.steps")
def steps(context: JobContext, count: int) -> None:
    for number in range(count):
        context.step(f"step {number}", partial(effect, number=number))
        context.report(number + 1, count)
        time.sleep(0.05)


@job("test.fail", first_pause=QUICK, tries=3)
def fail(context: JobContext) -> None:
    context.step("before the failure", lambda session: effect(session, 0))
    raise OSError("the disk is on fire")


@job("test.refuse", first_pause=QUICK)
def refuse(context: JobContext) -> None:
    raise Invalid("The file has no column {column}.", column="text")


@job("test.wait")
def wait(context: JobContext) -> None:
    while True:
        context.check()
        time.sleep(0.02)


def put(database: Database, name: str, **options: object) -> UUID:
    with database.write() as session:
        return enqueue(session, name, **options)  # type: ignore[arg-type]  # ids of many kinds


def look(database: Database, job_id: UUID) -> Job:
    with database.read() as session:
        return status(session, job_id)


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def ended(database: Database, job_id: UUID) -> Job:
    until(lambda: look(database, job_id).state in ENDS)
    return look(database, job_id)


def effects(database: Database) -> list[str]:
    with database.read() as session:
        query = sa.select(AuditEvent.subject_id).where(AuditEvent.verb == "step.done")
        return sorted(session.scalars(query.order_by(AuditEvent.number)), key=int)


def process(settings: Settings, *what: str) -> AbstractContextManager[ForkServerProcess]:
    """Start a process of this module on the same installation, killed at the end."""
    return child(main, settings, *what)


def restore_until(settings: Settings, database: Database, path: str, moment: str) -> None:
    def tell(what: str, done: int, _total: int) -> None:
        if f"{what} {done}" == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    restore(settings, database, Path(path), replace=True, tell=tell)


def main(settings: Settings, what: str, *more: str) -> None:
    database = Database(settings)
    if what == "restore":
        path, moment = more
        restore_until(settings, database, path, moment)
    if what == "worker":
        worker.run(settings, database)
    if what == "web, killed after its commit":
        put(database, "test.steps", count=2)
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "web, killed before its commit":
        with database.write() as session:
            enqueue(session, "test.steps", count=2)
            os.kill(os.getpid(), signal.SIGKILL)
