"""Jobs of screening: catalogues, and what is forgotten by itself."""

from uuid import UUID

import sqlalchemy as sa

from service.core import clock
from service.core.jobs import JobContext, Queue, job, on_retention
from service.screening.catalogue_models import UNFINISHED
from service.screening.models import Catalogue, Screening
from service.screening.usecases import alerting as alerting  # registers the job of watches
from service.screening.usecases.cataloguing import JOB, run_catalogue


@on_retention
def forget_old_screenings(context: JobContext) -> None:
    """Remove answers older than the retention period; the audit chain keeps their hashes."""
    before = clock.now() - context.settings.retention_screenings
    with context.database.write() as session:
        session.execute(sa.delete(Screening).where(Screening.created_at < before))


@job(JOB, queue=Queue.CATALOGUES)
def run_stored_catalogue(context: JobContext, catalogue_id: str) -> None:
    """Screen a catalogue to its last row; a kill goes on with the rows that are not done."""
    run_catalogue(context, UUID(catalogue_id))


@on_retention
def forget_old_catalogues(context: JobContext) -> None:
    """Remove catalogues older than the answers in them are kept, with their rows."""
    old = Catalogue.created_at < clock.now() - context.settings.retention_screenings
    with context.database.write() as session:
        session.execute(sa.delete(Catalogue).where(old, Catalogue.state.not_in(UNFINISHED)))
