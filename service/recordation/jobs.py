"""What the day brings: windows that open, terms that end, rights that changed in a register."""

from service.core.jobs import JobContext, Queue, job
from service.recordation.usecases.renewing import turn_filings


@job("filings.turn", queue=Queue.UPKEEP, cron="37 1 * * *")
def turn(context: JobContext) -> None:
    """Move every filing in force as the day asks, once a night."""
    turn_filings(context.database)
