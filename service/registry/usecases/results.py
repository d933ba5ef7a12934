"""What an import brought, for the command line, the API and the page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.registry.domain import EditionScope, EditionState, RemarkKind
from service.registry.models import Edition, ImportRemark, ImportRun

REJECTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class EditionResult:
    """What one run brought for one office."""

    office: str
    state: EditionState
    dated: date | None
    added: int
    changed: int
    unchanged: int
    older: int
    withdrawn: int
    absent: int


@dataclass(frozen=True, slots=True)
class Remark:
    """One reject or note: place, code, and the sentence (a message id) with its values."""

    kind: RemarkKind
    place: str
    code: str
    reason: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import brought."""

    run_id: UUID
    file_name: str
    format: str
    scope: EditionScope
    state: EditionState
    already: bool
    """The file had been imported before: nothing was changed now."""
    read: int
    rejected: int
    noted: dict[str, int]
    editions: tuple[EditionResult, ...]
    rejects: tuple[Remark, ...]
    """The first of them; the others are in `Imports.remarks`."""
    longest_batch: float = 0.0
    """Seconds that the longest batch held the write lock."""


def result_of(
    session: Session, run_id: UUID, *, already: bool = False, longest_batch: float = 0.0
) -> ImportResult:
    """Return what a run brought so far."""
    run = session.get_one(ImportRun, run_id)
    editions = session.scalars(
        sa.select(Edition).where(Edition.run_id == run_id).order_by(Edition.office)
    )
    rejects = session.scalars(
        sa.select(ImportRemark)
        .where(ImportRemark.run_id == run_id, ImportRemark.kind == RemarkKind.REJECT)
        .order_by(ImportRemark.id)
        .limit(REJECTS_SHOWN)
    )
    return ImportResult(
        run_id=run.id,
        file_name=run.file_name,
        format=run.format,
        scope=run.scope,
        state=run.state,
        already=already,
        read=run.read,
        rejected=run.rejected,
        noted=dict(run.noted),
        editions=tuple(
            EditionResult(
                office=row.office,
                state=row.state,
                dated=row.dated,
                added=row.added,
                changed=row.changed,
                unchanged=row.unchanged,
                older=row.older,
                withdrawn=row.withdrawn,
                absent=row.absent,
            )
            for row in editions
        ),
        rejects=tuple(
            Remark(row.kind, row.place, row.code, row.reason, dict(row.values)) for row in rejects
        ),
        longest_batch=longest_batch,
    )
