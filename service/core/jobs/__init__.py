"""Durable jobs: written with the caller's transaction, run by one process, surviving kills.

    @job("import.run", queue=Queue.IMPORTS)
    def run_import(context: JobContext, edition_id: str) -> None: ...

    enqueue(session, "import.run", edition_id=edition.id)   # commit runs it, rollback forgets it

A row of `job` says how each job stands; DBOS, in the same database, decides when it runs and finds
it again after a kill. Arguments are ids only. A job runs *at least* once, so what it does outside
`JobContext.step` must bear repeating; the effect of a step happens exactly once. A module keeps its
jobs in `service/<module>/jobs.py`, which the process that runs jobs imports.
"""

from service.core.jobs.context import Cancelled, JobContext
from service.core.jobs.domain import Job, Priority, Queue, State
from service.core.jobs.engine import Jobs
from service.core.jobs.handlers import job, on_retention
from service.core.jobs.store import cancel, enqueue, jobs, status

__all__ = [
    "Cancelled",
    "Job",
    "JobContext",
    "Jobs",
    "Priority",
    "Queue",
    "State",
    "cancel",
    "enqueue",
    "job",
    "jobs",
    "on_retention",
    "status",
]
