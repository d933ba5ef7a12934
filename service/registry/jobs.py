"""Jobs of the registry."""

from uuid import UUID

from service.core.jobs import JobContext, Queue, job
from service.registry.indexing import ask_to_keep
from service.registry.models import ImportRun
from service.registry.usecases.importing import Progress, run_import


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
