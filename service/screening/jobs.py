"""What screening forgets by itself."""

import sqlalchemy as sa

from service.core import clock
from service.core.jobs import JobContext, on_retention
from service.screening.models import Screening


@on_retention
def forget_old_screenings(context: JobContext) -> None:
    """Remove answers older than the retention period; the audit chain keeps their hashes."""
    before = clock.now() - context.settings.retention_screenings
    with context.database.write() as session:
        session.execute(sa.delete(Screening).where(Screening.created_at < before))
