"""The end of an import: what a full load no longer holds, and what the register is worth now."""

import time
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import audit, clock
from service.core.db import Database
from service.core.errors import Problem
from service.core.settings import Settings
from service.registry.domain import Cut, EditionScope, EditionState, MarkStatus
from service.registry.editions import EditionFact, Standing, is_whole, series_of, stand, suspected
from service.registry.grace import live_clause
from service.registry.models import Edition, ImportRun, Mark, Register
from service.registry.store import Writer, lock_counter
from service.registry.usecases.editing import edition_of, office_of_empty


def finish_run(
    database: Database, settings: Settings, run_id: UUID, *, failure: Problem | None = None
) -> None:
    """Close a run: states, marks that are gone, the register as a whole, an audit row.

    Every step bears repeating, so a kill in between is made good by running it once more.
    """
    offices = _close_editions(database, run_id, failure)
    if failure is None:
        for office in offices:
            _withdraw_absent(database, settings, run_id, office)
    for office in offices:
        refresh_register(database, office)
    with database.write() as session:
        _close_run(session, run_id, failure)


def _close_editions(database: Database, run_id: UUID, failure: Problem | None) -> list[str]:
    with database.write() as session:
        run = session.get_one(ImportRun, run_id)
        if failure is None and not run.read:
            office = office_of_empty(session, run)
            if office:
                lock_counter(session)
                edition_of(session, run, office)
        editions = session.scalars(sa.select(Edition).where(Edition.run_id == run_id)).all()
        for edition in editions:
            if run.scope is EditionScope.FULL and not _is_told_whole(run, edition, len(editions)):
                edition.scope = EditionScope.UNKNOWN
            edition.rejected = run.rejected
            edition.state = _state(edition.scope, run, failure)
            edition.finished_at = clock.now()
            if edition.dated is None and edition.scope is EditionScope.FULL:
                # Whoever calls a file without a date the full register says so as of today.
                edition.dated, edition.dated_assumed = clock.today(), True
        return sorted(edition.office for edition in editions)


def _is_told_whole(run: ImportRun, edition: Edition, offices: int) -> bool:
    """Say whether a file called a full register tells the whole of this office's.

    It is one register that somebody calls full: that of the office named, or of the only office in
    the file. A stray row of another office must not empty that office's register.
    """
    return edition.office == run.office if run.office else offices == 1


def _state(scope: EditionScope, run: ImportRun, failure: Problem | None) -> EditionState:
    if failure is not None:
        return EditionState.FAILED
    if scope is EditionScope.UNKNOWN or run.rejected or cut_of(run):
        return EditionState.PARTIAL
    return EditionState.COMPLETE


def _withdraw_absent(database: Database, settings: Settings, run_id: UUID, office: str) -> None:
    """After a whole full load, withdraw the marks of the office that it no longer holds.

    A mark whose state is newer than the load, or dated where the load is not, is left alone.
    """
    with database.read() as session:
        facts = edition_facts(session, office)
        edition = session.scalars(
            sa.select(Edition).where(Edition.run_id == run_id, Edition.office == office)
        ).one()
    fact = next(one for one in facts if one.id == edition.id)
    if not is_whole(fact, facts):
        return
    seen = [one.id for one in series_of(fact, facts)] if fact.part is not None else [fact.id]
    dated = None if edition.dated_assumed else edition.dated
    may_go: sa.ColumnElement[bool] = Mark.updated_on.is_(None)
    if dated is not None:
        may_go = sa.or_(may_go, Mark.updated_on <= dated)
    gone = sa.and_(
        Mark.office == office,
        sa.or_(Mark.edition_id.is_(None), Mark.edition_id.not_in(seen)),
        Mark.status != MarkStatus.WITHDRAWN,
        may_go,
    )
    size = settings.import_batch
    after = 0
    while True:
        # Found outside the write transaction, and asked again within it.
        with database.read() as session:
            ids = session.scalars(
                sa.select(Mark.id).where(gone, Mark.id > after).order_by(Mark.id).limit(size)
            ).all()
        if not ids:
            return
        with database.write() as session:
            session.connection()
            began = time.perf_counter()
            writer = Writer(session)
            still = session.scalars(sa.select(Mark.id).where(gone, Mark.id.in_(ids))).all()
            writer.withdraw(sorted(still), dated=dated)
            session.execute(
                sa.update(Edition)
                .where(Edition.id == edition.id)
                .values(absent=Edition.absent + len(still))
            )
        after = ids[-1]
        share = settings.import_batch_time.total_seconds() / max(time.perf_counter() - began, 1e-4)
        size = max(10, min(settings.import_batch, int(len(ids) * share)))


def refresh_register(database: Database, office: str) -> None:
    """Work out and store what the register of an office is worth, and how much is in it."""
    today = clock.today()
    with database.read() as session:
        of_office = sa.select(sa.func.count()).select_from(Mark).where(Mark.office == office)
        total = session.scalars(of_office).one()
        living = sa.and_(Mark.office == office, live_clause(today))
        live = session.scalars(of_office.where(living)).one()
        masks = session.scalars(sa.select(Mark.class_mask).where(living).distinct()).all()
    with database.write() as session:
        lock_counter(session)  # another run of the same office may be finishing
        standing = suspected(stand(edition_facts(session, office)), masks, live)
        row = session.get(Register, office) or Register(office=office)
        row.state, row.as_of, row.base_id = standing.state, standing.as_of, standing.base_id
        if _stands_on_assumed_date(session, standing):
            row.as_of = None  # a date nobody told is not shown, and the register is never fresh
        row.gaps = [
            {"code": gap.code, "reason": gap.reason, "values": gap.values} for gap in standing.gaps
        ]
        row.total, row.live, row.counted_on = total, live, today
        row.updated_at = clock.now()
        session.add(row)


def _stands_on_assumed_date(session: Session, standing: Standing) -> bool:
    """Say whether the newest day of the register is only the day of an import."""
    base = session.get(Edition, standing.base_id) if standing.base_id is not None else None
    return base is not None and base.dated_assumed and standing.as_of == base.dated


def edition_facts(session: Session, office: str) -> list[EditionFact]:
    """Return what decides about the register of an office."""
    rows = session.execute(
        sa.select(Edition, ImportRun.file_name)
        .join(ImportRun, ImportRun.id == Edition.run_id)
        .where(Edition.office == office)
        .order_by(Edition.id)
    )
    return [
        EditionFact(
            id=edition.id,
            scope=edition.scope,
            state=edition.state,
            dated=edition.dated,
            period_from=edition.period_from,
            part=edition.part,
            parts=edition.parts,
            rejected=edition.rejected,
            file_name=name,
            cut=cut_of(edition),
        )
        for edition, name in rows
    ]


def cut_of(row: ImportRun | Edition) -> Cut:
    """Return what was left out of a file on purpose."""
    return Cut(tuple(row.only_classes), row.filed_from)


def _close_run(session: Session, run_id: UUID, failure: Problem | None) -> None:
    run = session.get_one(ImportRun, run_id)
    run.state = _state(run.scope, run, failure)
    run.finished_at = run.updated_at = clock.now()
    if failure is None:
        run.done_bytes = run.size_bytes
    else:
        run.failure = {
            "code": failure.code,
            "detail": failure.detail,
            "members": {name: str(value) for name, value in failure.members.items()},
        }
    audit.record(
        session,
        "import.failed" if failure else "import.finished",
        subject=("import", run_id),
        actor_id=run.actor_id,
        organisation_id=run.organisation_id,
        read=run.read,
        rejected=run.rejected,
        scope=run.scope.value,
        file=run.file_sha256,
    )
