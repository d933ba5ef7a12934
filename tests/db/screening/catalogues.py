"""Catalogues run as jobs are run, in this process or in one that is killed.

`python -m tests.db.screening.catalogues URL HOME JOB CATALOGUE [ROWS]` runs one to its end, or is
killed as soon as so many rows are done.
"""

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from uuid import UUID

from sqlalchemy.orm import Session

from service.core.db import Database
from service.core.files import Files
from service.core.jobs import JobContext
from service.core.settings import Settings
from service.identity.permissions import Actor
from service.screening import jobs as jobs  # registers the job
from service.screening.catalogue import Defaults
from service.screening.catalogues import Catalogues
from service.screening.models import Catalogue
from service.screening.usecases.cataloguing import run_catalogue
from service.screening.usecases.ordering import order_catalogue


def order(
    database: Database, settings: Settings, actor: Actor, sheet: str, **mapping: str
) -> Catalogue:
    files = Files(settings.files_folder)
    stored = files.put([sheet.encode()], limit=1 << 24)
    return order_catalogue(
        database,
        settings,
        files,
        actor,
        sha256=stored.sha256,
        name="products.csv",
        mapping=mapping,
        defaults=Defaults(destinations=("XX",)),
    )


def run(database: Database, settings: Settings, job_id: UUID, catalogue_id: UUID) -> None:
    files = Files(settings.files_folder)
    run_catalogue(JobContext(job_id, database, settings, files, Event()), catalogue_id)


def screened(database: Database, settings: Settings, actor: Actor, sheet: str) -> Catalogue:
    row = order(database, settings, actor, sheet)
    assert row.job_id
    run(database, settings, row.job_id, row.id)
    with database.read() as session:
        return Catalogues(session, actor).get(row.id)


@dataclass(frozen=True, slots=True)
class Doomed(JobContext):
    """The context of a run that is killed on the way."""

    catalogue_id: UUID
    rows: int

    def check(self) -> None:
        self._die()
        JobContext.check(self)  # the name `super` knows the class without slots

    def report(self, done: int, total: int | None, *, session: Session | None = None) -> None:
        self._die()
        JobContext.report(self, done, total, session=session)

    def _die(self) -> None:
        with self.database.read() as session:
            if session.get_one(Catalogue, self.catalogue_id).done >= self.rows:
                os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, home: str, job_id: str, catalogue_id: str, rows: str = "") -> None:
    settings = Settings(home=Path(home), database_url=url)
    database = Database(settings)
    if not rows:
        run(database, settings, UUID(job_id), UUID(catalogue_id))
        return
    files = Files(settings.files_folder)
    key = UUID(catalogue_id)
    doomed = Doomed(UUID(job_id), database, settings, files, Event(), key, int(rows))
    run_catalogue(doomed, key)


if __name__ == "__main__":
    main(*sys.argv[1:6])
