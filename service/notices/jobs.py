"""Jobs of notices: the sending itself, and the sweep after it."""

from datetime import timedelta

from service.core import clock
from service.core.jobs import JobContext, Queue, job, on_retention
from service.notices.repository import Outbox
from service.notices.usecases.sending import ask_to_send

LATE = timedelta(minutes=10)
"""How long after its time a delivery may still be in the queue before it is put in again."""


@job("notice.sweep", queue=Queue.UPKEEP, cron="*/10 * * * *")
def sweep(context: JobContext) -> None:
    """Put back what waits and is in no queue: of a job that was killed too often, of a restore."""
    now = clock.now()
    with context.database.write() as session:
        for delivery_id, tries in Outbox(session).overdue(now - LATE):
            ask_to_send(session, delivery_id, tries=tries, at=now)


@on_retention
def forget_old_notices(context: JobContext) -> None:
    """Remove notices older than the retention period."""
    with context.database.write() as session:
        Outbox(session).forget(clock.now() - context.settings.retention_notices)
