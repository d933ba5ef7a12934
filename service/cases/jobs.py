"""What the clock does by itself."""

from uuid import UUID

from service.cases.usecases.scanning import scan
from service.cases.usecases.years import reckon_some
from service.core.jobs import JobContext, Queue, job


@job("deadlines.scan", queue=Queue.UPKEEP, cron="7 * * * *")
def scan_deadlines(context: JobContext) -> None:
    """Remind, escalate and mark what was missed, every hour; reminders keep working hours."""
    with context.database.write() as session:
        scan(session)


@job("deadlines.reckon", queue=Queue.UPKEEP)
def reckon_deadlines(context: JobContext) -> None:
    """Reckon every running date again with the calendars as they are now, in short steps."""
    after: UUID | None = None
    while True:
        context.check()
        with context.database.write() as session:
            after = reckon_some(session, after)
        if after is None:
            return
