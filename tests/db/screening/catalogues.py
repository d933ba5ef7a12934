"""Catalogues run as jobs are run, in this process or in one that is killed.

`python -m tests.db.screening.catalogues URL HOME JOB CATALOGUE` runs one to its end.
"""

import sys
from pathlib import Path
from threading import Event
from uuid import UUID

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


def main(url: str, home: str, job_id: str, catalogue_id: str) -> None:
    settings = Settings(home=Path(home), database_url=url)
    run(Database(settings), settings, UUID(job_id), UUID(catalogue_id))


if __name__ == "__main__":
    main(*sys.argv[1:5])
