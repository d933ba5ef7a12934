"""What an import brought, for the command line, the API and the page."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.registry.domain import RemarkKind
from service.registry.models import Edition, ImportRemark, ImportRun
from service.registry.schemas.imports import EditionOut, ImportOut, RemarkOut

REJECTS_SHOWN = 20


def result_of(session: Session, run_id: UUID, *, already: bool = False) -> ImportOut:
    """Return how far a run is and what it brought; `already`: it was finished before."""
    editions = session.scalars(
        sa.select(Edition).where(Edition.run_id == run_id).order_by(Edition.office)
    )
    rejects = session.scalars(
        sa.select(ImportRemark)
        .where(ImportRemark.run_id == run_id, ImportRemark.kind == RemarkKind.REJECT)
        .order_by(ImportRemark.id)
        .limit(REJECTS_SHOWN)
    )
    return ImportOut.model_validate(session.get_one(ImportRun, run_id)).model_copy(
        update={
            "already": already,
            "editions": [EditionOut.model_validate(row) for row in editions],
            "rejects": [RemarkOut.model_validate(row) for row in rejects],
        }
    )
