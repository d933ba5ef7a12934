"""Jobs of the registry."""

from uuid import UUID

from service.core import clock
from service.core.jobs import JobContext, Queue, job
from service.registry.indexing import ask_to_keep
from service.registry.models import ImportRun
from service.registry.usecases.importing import Progress, run_import
from service.registry.usecases.refreshing import JOB, run_refresh
from service.registry.usecases.scheduling import refresh_due


@job("import.run", queue=Queue.IMPORTS)
def run_stored_import(context: JobContext, run_id: str) -> None:
    """Read an uploaded register file to its end; a kill or an error goes on where it stopped."""
    with context.database.read() as session:
        run = session.get_one(ImportRun, UUID(run_id))

    def report(_: Progress) -> None:
        context.check()

    run_import(
        context.database,
        context.settings,
        run.id,
        path=context.files.path(run.file_sha256),
        progress=report,
    )
    ask_to_keep(context.database)


@job(JOB, queue=Queue.OFFICES)
def run_stored_refresh(context: JobContext, refresh_id: str) -> None:
    """Bring what is new at an office; a kill or a pause goes on where it stopped."""
    run_refresh(context, UUID(refresh_id))


@job("register.refresh_due", queue=Queue.UPKEEP, cron="*/10 * * * *")
def begin_due_refreshes(context: JobContext) -> None:
    """Begin the refreshes whose time has come."""
    with context.database.write() as session:
        refresh_due(session, context.settings, clock.now())
