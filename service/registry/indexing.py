"""The job that keeps the files of the matching index near the database."""

from collections.abc import Sequence

from service.core.db import Database
from service.core.jobs import JobContext, Queue, enqueue, job
from service.matching.engine import Prepared
from service.matching.index import Filter, IndexBusy, Progress
from service.registry.finder import Finder, IndexBuilding
from service.registry.findings import Findings

KEEP = "index.keep"


@job(KEEP, queue=Queue.UPKEEP, cron="*/10 * * * *")
def keep_index(context: JobContext) -> None:
    """Merge what changed into the index, or build it anew; nothing where it is near enough.

    Runs after every import, by the clock, when jobs start, and when a search was refused because
    the index was too far behind.
    """

    def tell(progress: Progress) -> None:
        context.report(progress.done, progress.total or None)

    try:
        Finder(context.database, context.settings).keep(tell)
    except IndexBusy:
        return  # whoever builds now, and the next tick, do the work


def search_or_keep(
    database: Database, finder: Finder, names: Sequence[Prepared], passing: Filter
) -> Findings:
    """Search as `Finder.search` does, and have the index kept soon where it is not ready.

    Raises:
        IndexBuilding: The index must be built first.
    """
    try:
        return finder.search(names, passing)
    except IndexBuilding:
        ask_to_keep(database)
        raise


def ask_to_keep(database: Database) -> None:
    """Have the index kept soon; asking again while a request waits changes nothing."""
    with database.write() as session:
        enqueue(session, KEEP, key=KEEP)
