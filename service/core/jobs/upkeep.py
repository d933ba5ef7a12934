"""Daily deletion of what is past its retention period, the queue's own history included."""

from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog

from service.core import clock
from service.core.db import Database
from service.core.jobs.context import JobContext
from service.core.jobs.domain import Queue
from service.core.jobs.handlers import RETENTIONS, job, on_retention
from service.core.jobs.models import JobRow
from service.core.jobs.store import APPLICATION, SCHEMA

if TYPE_CHECKING:
    from dbos import DBOSClient

KEPT = timedelta(days=30)
"""How long a finished job can still be asked after."""
PORTION = 1000
FINISHED = ["SUCCESS", "ERROR", "CANCELLED"]

log = structlog.get_logger(__name__)


@job("retention.run", queue=Queue.UPKEEP, cron="17 3 * * *")
def run_retention(context: JobContext) -> None:
    """Call everything registered with `on_retention`; one that fails does not keep the others."""
    failures: list[Exception] = []
    for retention in RETENTIONS:
        context.check()
        try:
            retention(context)
        except Exception as error:  # noqa: BLE001  raised below, after the others had their turn
            log.warning("retention.failed", what=retention.__name__, error=type(error).__name__)
            failures.append(error)
    if failures:
        raise failures[0]


@on_retention
def forget_jobs(context: JobContext) -> None:
    """Delete jobs, with their steps, that ended longer than `KEPT` ago."""
    with context.database.write() as session:
        old = JobRow.ended_at < clock.now() - KEPT
        session.execute(sa.delete(JobRow).where(old, JobRow.id != context.job_id))


@on_retention
def forget_workflows(context: JobContext) -> None:
    """Delete DBOS's record of the same jobs."""
    client = _client(context.database)
    try:
        before = (clock.now() - KEPT).isoformat()
        while ids := [
            workflow.workflow_id
            for workflow in client.list_workflows(
                status=FINISHED,
                completed_before=before,
                limit=PORTION,
                load_input=False,
                load_output=False,
            )
        ]:
            context.check()
            client.delete_workflows(ids)
    finally:
        client.destroy()


def _client(database: Database) -> "DBOSClient":
    from dbos import DBOSClient, DBOSPortableJSONSerializer

    return DBOSClient(
        system_database_url=database.engine.url.render_as_string(hide_password=False),
        dbos_system_schema=SCHEMA,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
        system_database_pool_size=1,
    )
