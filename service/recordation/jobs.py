"""What the day brings: windows that open, terms that end, rights that changed in a register."""

import sqlalchemy as sa

from service.core import clock
from service.core.jobs import JobContext, Queue, job, on_retention
from service.recordation.detention.usecases.escalating import escalate
from service.recordation.models import ShippingCheck
from service.recordation.usecases.renewing import turn_filings


@job("filings.turn", queue=Queue.UPKEEP, cron="37 1 * * *")
def turn(context: JobContext) -> None:
    """Move every filing in force as the day asks, once a night."""
    turn_filings(context.database)


@on_retention
def forget_old_checks(context: JobContext) -> None:
    """Remove ship-safe checks as old as screenings may be; the audit chain keeps that they were."""
    before = clock.now() - context.settings.retention_screenings
    with context.database.write() as session:
        session.execute(sa.delete(ShippingCheck).where(ShippingCheck.created_at < before))


@job("detentions.escalate", queue=Queue.UPKEEP, cron="7,27,47 * * * *")
def escalate_unanswered(context: JobContext) -> None:
    """Three times an hour, tell whoever is to be told that customs still waits for an answer."""
    with context.database.write() as session:
        escalate(session)
