"""Refreshes run as jobs are run, one after the other, without the queue."""

from threading import Event
from uuid import UUID

import sqlalchemy as sa

from service.core.db import Database
from service.core.files import Files
from service.core.jobs import JobContext, State
from service.core.jobs.models import JobRow
from service.core.settings import Settings
from service.identity.permissions import console
from service.registry.jobs import run_stored_import
from service.registry.models import Mark, Refresh
from service.registry.refreshes import Refreshes
from service.registry.registers import RegisterFact, Registers
from service.registry.usecases.refreshing import JOB, begin_refresh, run_refresh


def context_of(database: Database, settings: Settings, job_id: UUID) -> JobContext:
    return JobContext(job_id, database, settings, Files(settings.files_folder), Event())


def begin(database: Database, connector: str) -> UUID:
    with database.write() as session:
        return begin_refresh(session, console(), connector)


def run(database: Database, settings: Settings, refresh_id: UUID) -> Refresh:
    """Run the waiting jobs of a refresh, the imports it began too; a problem of it is raised."""
    try:
        for job_id in _waiting(database, JOB):
            run_refresh(context_of(database, settings, job_id), refresh_id)
    finally:
        _end(database, JOB)
        for job_id in _waiting(database, "import.run"):
            with database.read() as session:
                run_id = session.get_one(JobRow, job_id).args["run_id"]
            run_stored_import(context_of(database, settings, job_id), str(run_id))
        _end(database, "import.run")
    return refresh_of(database, refresh_id)


def refreshed(database: Database, settings: Settings, connector: str) -> Refresh:
    return run(database, settings, begin(database, connector))


def refresh_of(database: Database, refresh_id: UUID) -> Refresh:
    with database.read() as session:
        return Refreshes(session).get(refresh_id)


def numbers(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(sa.select(Mark.number).order_by(Mark.number)))


def register_of(database: Database, office: str) -> RegisterFact:
    with database.read() as session:
        return Registers(session).get(office)


def _waiting(database: Database, name: str) -> list[UUID]:
    with database.read() as session:
        query = sa.select(JobRow.id).where(JobRow.name == name, JobRow.state == State.WAITING)
        return list(session.scalars(query.order_by(JobRow.id)))


def _end(database: Database, name: str) -> None:
    with database.write() as session:
        session.execute(sa.update(JobRow).where(JobRow.name == name).values(state=State.DONE))
