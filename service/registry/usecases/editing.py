"""Editions: one for each office that a run brings records of."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.registry.domain import EditionState
from service.registry.models import Edition, ImportRun, Register

SHEETS = "sheet"
"""How the names of formats begin that may hold any office."""


def edition_of(session: Session, run: ImportRun, office: str) -> int:
    """Return the edition of a run for an office, made when its first record comes."""
    found = session.scalars(
        sa.select(Edition.id).where(Edition.run_id == run.id, Edition.office == office)
    ).one_or_none()
    if found is not None:
        return found
    edition = Edition(
        run_id=run.id,
        office=office,
        scope=run.scope,
        state=EditionState.LOADING,
        dated=run.dated,
        period_from=run.period_from,
        dated_assumed=False,
        part=run.part,
        parts=run.parts,
        only_classes=run.only_classes,
        filed_from=run.filed_from,
        added=0,
        changed=0,
        unchanged=0,
        older=0,
        withdrawn=0,
        absent=0,
        rejected=0,
        finished_at=None,
    )
    session.add(edition)
    if session.get(Register, office) is None:
        session.add(_register(office))
    session.flush()
    return edition.id


def _register(office: str) -> Register:
    """Return the state of a register whose first record has just come."""
    return Register(
        office=office,
        state=EditionState.LOADING,
        as_of=None,
        base_id=None,
        gaps=[],
        total=0,
        live=0,
        counted_on=clock.today(),
        updated_at=clock.now(),
    )


def office_of_empty(session: Session, run: ImportRun) -> str | None:
    """Return the office of a file without a record, so that its day is not taken for a gap.

    It is the one that the caller named, or the only one that files of this format ever told of.
    """
    if run.office:
        return run.office
    if run.format.startswith(SHEETS):
        return None
    found = session.scalars(
        sa.select(Edition.office)
        .join(ImportRun, ImportRun.id == Edition.run_id)
        .where(ImportRun.format == run.format)
        .distinct()
    ).all()
    return found[0] if len(found) == 1 else None
