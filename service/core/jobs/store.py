"""Putting jobs in, asking after them, calling them back: all inside the caller's transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import NotFound
from service.core.jobs.domain import UNFINISHED, Job, Plain, Priority, State
from service.core.jobs.handlers import HANDLERS
from service.core.jobs.models import JobRow, insert_unless_there
from service.core.text import N_
from service.core.types import new_id

if TYPE_CHECKING:
    from dbos import DBOSClient

APPLICATION = "markpass"
SCHEMA = "dbos"
"""Where DBOS keeps its tables on PostgreSQL; SQLite has one schema only."""
VERSION = "1"
"""By hand, never a hash of the code: work enqueued before an upgrade must run after it."""
EXECUTOR = "markpass"
"""One for all processes: whoever leads next takes over what the last one left."""
WORKFLOW = "job.run"
LONGEST_TEXT = 200


def enqueue(
    session: Session,
    name: str,
    *,
    key: str | None = None,
    priority: int = Priority.NORMAL,
    run_at: datetime | None = None,
    **args: Plain | UUID,
) -> UUID:
    """Put a job in with the caller's transaction: commit runs it, rollback forgets it.

    Args:
        session: A writing session.
        name: A registered job.
        key: While an unfinished job of this name has this key, its id is returned and nothing new
            is put in.
        priority: Order within the queue, lower first.
        run_at: Not before this time.
        args: Ids the handler is called with: text up to 200 characters, numbers, booleans, UUIDs
            (handed over as text).

    Returns:
        The id of the job.

    Raises:
        LookupError: no such job is registered.
        TypeError: an argument is not plain.
        RuntimeError: the session only reads, so the job would be lost.
    """
    if name not in HANDLERS:
        raise LookupError(f"no job is registered as {name}")
    plain = {field: _plain(field, value) for field, value in args.items()}
    if not session.connection().get_execution_options().get("markpass_writes"):
        raise RuntimeError("a job needs a writing session: this one is never committed")
    values = {
        "name": name,
        "args": plain,
        "key": key,
        "state": State.WAITING,
        "priority": int(priority),
        "tries": 0,
        "starts": 0,
        "enqueued_at": clock.now(),
        "run_at": run_at,
    }
    while True:
        job_id = new_id()
        if insert_unless_there(session, JobRow, id=job_id, **values):
            dispatch(session, job_id, name, priority=priority, attempt=1, run_at=run_at)
            return job_id
        standing = sa.select(JobRow.id).where(
            JobRow.name == name, JobRow.key == key, JobRow.state.in_(UNFINISHED)
        )
        if found := session.scalar(standing):  # else it has just ended: the key is free now
            return found


def _plain(field: str, value: object) -> Plain:
    if isinstance(value, UUID):
        return str(value)
    if not isinstance(value, str | int | float | bool | None):
        raise TypeError(f"{field} is a {type(value).__name__}: a job is given ids only")
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise TypeError(f"{field} has {len(value)} characters: a job is given ids only")
    return value


def dispatch(
    session: Session,
    job_id: UUID,
    name: str,
    *,
    priority: int,
    attempt: int,
    run_at: datetime | None,
) -> None:
    """Hand a stored job to DBOS, which runs it after the commit. Each attempt is a workflow."""
    from dbos import EnqueueOptions

    options = EnqueueOptions(
        workflow_name=WORKFLOW,
        queue_name=HANDLERS[name].queue.value,
        workflow_id=f"{job_id}.{attempt}",
        app_version=VERSION,
        priority=int(priority),
        application_name=APPLICATION,
    )
    if run_at is not None:
        options["delay_seconds"] = max(0.0, (run_at - clock.now()).total_seconds())
    client = _client(session.get_bind().dialect.name)
    client.enqueue_in_transaction(session, options, str(job_id), attempt)


@cache
def _client(dialect: str) -> "DBOSClient":
    """Return a client that only words statements: it runs them on the caller's connection."""
    from dbos import DBOSClient, DBOSPortableJSONSerializer

    address = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}[dialect]
    return DBOSClient(
        system_database_engine=sa.create_engine(address, poolclass=sa.NullPool),
        dbos_system_schema=SCHEMA,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
        lazy=True,
    )


def status(session: Session, job_id: UUID) -> Job:
    """Return how a job stands; raise `NotFound` for one never put in or long forgotten."""
    return _told(_row(session, job_id))


def jobs(
    session: Session,
    *,
    names: Collection[str] = (),
    states: Collection[State] = (),
    limit: int = 50,
) -> Sequence[Job]:
    """Return jobs, newest first: of all names and states, or only of those given."""
    query = sa.select(JobRow).order_by(JobRow.id.desc()).limit(limit)
    if names:
        query = query.where(JobRow.name.in_(names))
    if states:
        query = query.where(JobRow.state.in_(states))
    return [_told(row) for row in session.scalars(query)]


def cancel(session: Session, job_id: UUID) -> Job:
    """Call a job back: a waiting one never runs, a running one stops at its next check.

    What it has committed stays. A finished job is left as it is.
    """
    row = _row(session, job_id, lock=True)
    if row.state in UNFINISHED:
        row.cancel_asked_at = clock.now()
    if row.state is State.WAITING:
        row.state, row.ended_at = State.CANCELLED, clock.now()
    session.flush()
    return _told(row)


def _row(session: Session, job_id: UUID, *, lock: bool = False) -> JobRow:
    row = session.get(JobRow, job_id, with_for_update=lock, populate_existing=True)
    if row is None:
        raise NotFound(N_("There is no such job."))
    return row


def _told(row: JobRow) -> Job:
    return Job(
        id=row.id,
        name=row.name,
        args=dict(row.args),
        state=row.state,
        key=row.key,
        tries=row.tries,
        starts=row.starts,
        error=row.error,
        done=row.done,
        total=row.total,
        cancel_asked=row.cancel_asked_at is not None,
        enqueued_at=row.enqueued_at,
        run_at=row.run_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )
