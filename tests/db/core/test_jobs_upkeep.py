from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event
from uuid import UUID

import pytest
import sqlalchemy as sa

from service.core import clock
from service.core.db import Database
from service.core.files import Files
from service.core.jobs import Jobs, State, jobs, on_retention
from service.core.jobs.context import JobContext
from service.core.jobs.handlers import RETENTIONS, import_every_job
from service.core.jobs.models import JobRow, JobStep
from service.core.jobs.upkeep import forget_jobs, forget_workflows, run_retention
from service.core.settings import Settings
from tests.db.core.processes import ended, put

LONG_AGO = timedelta(days=31)


@pytest.fixture
def context(database: Database, settings: Settings) -> JobContext:
    job_id = put(database, "retention.run")
    return JobContext(job_id, database, settings, Files(settings.files_folder), Event())


@pytest.fixture
def finished(database: Database, settings: Settings) -> UUID:
    job_id = put(database, "test.steps", count=1)
    running = Jobs(settings, database)
    running.start()
    ended(database, job_id)
    running.stop()
    return job_id


@pytest.fixture
def hooks() -> Iterator[None]:
    """No retention but what the test adds."""
    import_every_job()
    standing = list(RETENTIONS)
    RETENTIONS.clear()
    yield
    RETENTIONS[:] = standing


def workflows(database: Database) -> set[str]:
    name = "workflow_status" if database.is_sqlite else "dbos.workflow_status"
    with database.read() as session:
        return set(session.scalars(sa.text(f"SELECT status FROM {name}")))


def test_a_job_ended_long_ago_is_forgotten_with_its_steps(
    finished: UUID, database: Database, context: JobContext
) -> None:
    with clock.at(datetime.now(UTC) + LONG_AGO):
        forget_jobs(context)

    with database.read() as session:
        assert session.get(JobRow, finished) is None
        assert session.get(JobStep, (finished, "step 0")) is None


def test_a_job_ended_lately_is_remembered(
    finished: UUID, database: Database, context: JobContext
) -> None:
    forget_jobs(context)

    with database.read() as session:
        assert session.get(JobRow, finished) is not None


def test_the_queue_forgets_finished_work_and_keeps_what_waits(
    finished: UUID, database: Database, context: JobContext
) -> None:
    before = workflows(database)

    with clock.at(datetime.now(UTC) + LONG_AGO):
        forget_workflows(context)

    assert before == {"SUCCESS", "ENQUEUED"}
    assert workflows(database) == {"ENQUEUED"}


def test_a_failing_retention_does_not_keep_the_others(
    context: JobContext, hooks: None, database: Database
) -> None:
    done = []

    @on_retention
    def fail(_context: JobContext) -> None:
        raise OSError("no")

    @on_retention
    def succeed(_context: JobContext) -> None:
        done.append(True)

    with pytest.raises(OSError, match="no"):
        run_retention(context)

    assert done == [True]


def test_retention_runs_when_the_process_that_runs_jobs_starts(
    database: Database, settings: Settings, hooks: None
) -> None:
    called = Event()
    on_retention(lambda _context: called.set())
    running = Jobs(settings, database)

    running.start()

    assert called.wait(30)
    running.stop()
    with database.read() as session:
        (found,) = jobs(session, names=["retention.run"])
    assert found.state is State.DONE


def test_the_clock_of_retention_is_kept_in_the_database(finished: UUID, database: Database) -> None:
    name = "workflow_schedules" if database.is_sqlite else "dbos.workflow_schedules"
    with database.read() as session:
        rows = session.execute(sa.text(f"SELECT schedule_name, schedule FROM {name}")).all()

    assert ("retention.run", "17 3 * * *") in [tuple(row) for row in rows]
