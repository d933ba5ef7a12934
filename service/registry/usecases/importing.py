"""Importing a register file: streamed, in short batches, to be gone on with after any kill.

Records are read and made ready outside the write transaction. A batch writes its records, what was
left out, the figures and the position in the file in one transaction, so whatever moment a kill
comes, the next attempt goes on exactly behind the last batch that was committed.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.errors import Problem
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor
from service.registry.domain import MarkRecord, Note, Reject, RemarkKind
from service.registry.errors import SOURCE_PROBLEMS
from service.registry.models import Edition, ImportRemark, ImportRun
from service.registry.prepared import Prepared, prepare
from service.registry.problems import ImportRunning
from service.registry.schemas.imports import ImportOut
from service.registry.sources.base import Item, Position
from service.registry.sources.opening import open_source
from service.registry.store import Tally, Writer
from service.registry.usecases.editing import edition_of
from service.registry.usecases.finishing import finish_run
from service.registry.usecases.reading_ahead import Records, ahead_of
from service.registry.usecases.requesting import (
    FINISHED,
    Reading,
    begin_import,
    limits_of,
)
from service.registry.usecases.results import result_of
from service.rules.markets import offices

NOTES_KEPT = 200
"""Notes of one code that are kept as rows; the others are only counted."""
FIRST_BATCH = 50
SMALLEST_BATCH = 10
GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is."""

    done_bytes: int
    size_bytes: int
    read: int
    rejected: int
    phase: str = "reading"
    """`reading`, then `finishing`."""
    longest: float = 0.0
    """Seconds that the longest batch so far held the write lock."""


Report = Callable[[Progress], None]


def import_file(
    database: Database,
    settings: Settings,
    path: Path,
    *,
    actor: Actor,
    reading: Reading | None = None,
    progress: Report | None = None,
) -> ImportOut:
    """Import one register file; a second time, say so and change nothing.

    Raises:
        SourceProblem, SourceTooLarge: The file cannot be read, or not to its end; what was read
            before the damage stands, and the register is not complete.
        ImportRunning: Another process is importing this very file.
    """
    reading = reading or Reading()
    run_id, before = begin_import(database, settings, path, actor, reading=reading)
    if before in FINISHED:
        with database.read() as session:
            return result_of(session, run_id, already=True)
    return run_import(database, settings, run_id, path=path, progress=progress)


def run_import(
    database: Database,
    settings: Settings,
    run_id: UUID,
    *,
    path: Path,
    progress: Report | None = None,
) -> ImportOut:
    """Go on with a run that was begun, from where it stands, to its end."""
    with database.read() as session:
        run = session.get_one(ImportRun, run_id)
    if run.state in FINISHED:
        with database.read() as session:
            return result_of(session, run_id, already=True)
    source = open_source(
        path,
        mapping={heading: meaning or None for heading, meaning in run.mapping.items()},
        office=run.office or None,
        limits=limits_of(settings),
        name=run.file_name,
    )
    loader = _Loader(database, settings, run, ahead_of(source), progress or (lambda _: None))
    failure = loader.load()
    if failure is not None:
        finish_run(database, settings, run_id, failure=failure)
        raise failure
    loader.tell("finishing")
    finish_run(database, settings, run_id)
    with database.read() as session:
        return result_of(session, run_id)


@dataclass(slots=True)
class _Batch:
    """What one transaction writes."""

    marks: list[Prepared] = field(default_factory=list)
    remarks: list[tuple[RemarkKind, Reject | Note]] = field(default_factory=list)
    last: Position | None = None
    count: int = 0


class _Loader:
    """Reads a source and writes it in batches."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        run: ImportRun,
        source: Records,
        progress: Report,
    ) -> None:
        self._database = database
        self._run = run
        self._source = source
        self._progress = progress
        self._most = settings.import_batch
        self._target = settings.import_batch_time.total_seconds()
        self._size = min(FIRST_BATCH, self._most)
        self._step = run.step
        self._editions: dict[str, int] = {}
        self._noted = dict(run.noted)
        self._read, self._rejected = run.read, run.rejected
        self._longest = 0.0

    def load(self) -> Problem | None:
        """Read to the end; return the problem that stopped the file short of it."""
        position = Position(*self._run.position) if self._run.position else None
        records = self._source.records(position)
        while True:
            batch, failure = self._next(records)
            if batch.count:
                self._write(batch)
                self.tell("reading")
            if failure is not None or not batch.count:
                return failure

    def tell(self, phase: str) -> None:
        """Report how far the import is."""
        done, size = self._source.done, self._source.size
        self._progress(Progress(done, size, self._read, self._rejected, phase, self._longest))

    def _next(self, records: Iterator[tuple[Position, Item]]) -> tuple[_Batch, Problem | None]:
        batch = _Batch()
        try:
            for position, item in islice(records, self._size):
                batch.last = position
                batch.count += 1
                self._sort(batch, item, position)
        except SOURCE_PROBLEMS as problem:
            return batch, problem
        return batch, None

    def _sort(self, batch: _Batch, item: Item, position: Position) -> None:
        if isinstance(item, MarkRecord):
            checked = _check(item, _place(position), self._run.dated)
            if isinstance(checked, Prepared):
                batch.marks.append(checked)
                return
            item = checked
        kind = RemarkKind.REJECT if isinstance(item, Reject) else RemarkKind.NOTE
        batch.remarks.append((kind, item))

    def _write(self, batch: _Batch) -> None:
        with self._database.write() as session:
            session.connection()  # takes the lock of SQLite; from here on others wait
            began = time.perf_counter()
            self._claim(session, batch)
            tallies = self._put(session, batch)
            self._note(session, batch)
            for office, tally in tallies.items():
                _add_figures(session, self._editions[office], tally)
        took = time.perf_counter() - began
        self._longest = max(self._longest, took)
        self._adapt(batch.count, took)

    def _claim(self, session: Session, batch: _Batch) -> None:
        """Move the run on by one step; only one process can take each step."""
        self._read += len(batch.marks)
        rejects = sum(kind is RemarkKind.REJECT for kind, _ in batch.remarks)
        self._read += rejects
        self._rejected += rejects
        for kind, remark in batch.remarks:
            if kind is RemarkKind.NOTE:
                self._noted[remark.code] = self._noted.get(remark.code, 0) + 1
        taken = session.execute(
            sa.update(ImportRun)
            .where(ImportRun.id == self._run.id, ImportRun.step == self._step)
            .values(
                step=self._step + 1,
                position=list(batch.last) if batch.last else None,
                read=self._read,
                rejected=self._rejected,
                noted=self._noted,
                done_bytes=self._source.done,
                updated_at=clock.now(),
            )
        )
        if taken.rowcount != 1:  # type: ignore[attr-defined]  # a cursor result
            raise ImportRunning(N_("Another process is importing this file now."))
        self._step += 1

    def _put(self, session: Session, batch: _Batch) -> dict[str, Tally]:
        if not batch.marks:
            return {}
        writer = Writer(session)
        for office in {mark.office for mark in batch.marks} - self._editions.keys():
            self._editions[office] = edition_of(session, self._run, office)
        return writer.put(batch.marks, self._editions)

    def _note(self, session: Session, batch: _Batch) -> None:
        seen = dict(self._noted)
        rows = []
        for kind, remark in reversed(batch.remarks):
            if kind is RemarkKind.NOTE:
                number = seen[remark.code]
                seen[remark.code] -= 1
                if number > NOTES_KEPT:
                    continue
            rows.append(
                {
                    "run_id": self._run.id,
                    "kind": kind,
                    "place": remark.place,
                    "code": remark.code,
                    "reason": remark.reason,
                    "values": dict(remark.values),
                }
            )
        if rows:
            session.execute(sa.insert(ImportRemark), rows[::-1])

    def _adapt(self, count: int, took: float) -> None:
        """Choose the next size so that the lock is held about as long as the settings allow."""
        wanted = int(count * self._target / max(took, 1e-4))
        grown = int(self._size * GROWTH)
        self._size = max(SMALLEST_BATCH, min(self._most, grown, wanted))


def _check(record: MarkRecord, place: str, dated: date | None) -> Prepared | Reject:
    """Make a record ready, or say why it cannot be stored."""
    if record.office not in offices():
        reason = N_("There is no register {office} in the tables")
        return Reject(place, "unknown-office", reason, {"office": record.office})
    try:
        return prepare(record, dated)
    except ValueError as error:
        values = {"number": record.number[:80], "office": record.office}
        return Reject(place, str(error), _REASONS[str(error)], values)


_REASONS = {
    "bad-number": N_("The number “{number}” is empty or too long"),
    "bad-class": N_("{number} has a class that is not a Nice class"),
}


def _place(position: Position) -> str:
    if position.member:
        return f"part {position.member + 1} record {position.record}"
    return f"record {position.record}"


def _add_figures(session: Session, edition_id: int, tally: Tally) -> None:
    figures = {
        name: getattr(Edition, name) + getattr(tally, name)
        for name in ("added", "changed", "unchanged", "older", "withdrawn")
    }
    session.execute(sa.update(Edition).where(Edition.id == edition_id).values(figures))
