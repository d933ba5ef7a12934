"""Refreshing a register from its office: step by step, gone on with after any stop.

A step brings a piece and says where the adapter then stands. The piece is kept on disk first, then
the cursor in the database: a kill in between throws the piece away and asks for it again. When the
pieces make a whole file it is stored and given to the importer in the transaction that moves the
cursor, so that no file is lost and none is read twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from service.core import audit, clock
from service.core.errors import Problem
from service.core.files import CHUNK, Stored
from service.core.jobs import JobContext, enqueue
from service.core.outgoing import ComeBack
from service.identity.permissions import Actor, Permission, Role
from service.registry.connectors import Line, asking
from service.registry.domain import RefreshState
from service.registry.errors import SOURCE_PROBLEMS, OfficeChanged
from service.registry.models import Refresh
from service.registry.refreshes import UNFINISHED, Refreshes
from service.registry.sources.online.euipo_api import CHANGED
from service.registry.sources.online.port import Step, Told
from service.registry.spool import Spool
from service.registry.usecases.requesting import Reading, begin_import

JOB = "register.refresh"
MOST_NOTES = 200

log = structlog.get_logger(__name__)


def begin_refresh(session: Session, actor: Actor | None, connector: str) -> UUID:
    """Have a connector look now, and return the id of the refresh.

    One that runs or waits is not doubled, and one that failed is gone on with where it stopped.
    """
    if actor is not None:
        actor.need(Permission.IMPORT_RUN)
    refreshes = Refreshes(session)
    refreshes.memory(connector, lock=True)  # two that ask at once: the second finds the first
    row = refreshes.latest(connector)
    if row is None or row.state is RefreshState.DONE:
        row = _new(connector, actor)
        session.add(row)
    elif row.state is RefreshState.FAILED:
        row.state, row.failure, row.ended_at = RefreshState.RUNNING, None, None
    session.flush()
    enqueue(session, JOB, key=connector, refresh_id=row.id)
    return row.id


def _new(connector: str, actor: Actor | None) -> Refresh:
    now = clock.now()
    return Refresh(
        connector=connector,
        state=RefreshState.RUNNING,
        cursor=None,
        file_cursor=None,
        pieces=0,
        requests=0,
        records=0,
        done=0,
        total=None,
        imports=[],
        notes=[],
        failure=None,
        actor_id=actor.person_id if actor else None,
        started_at=now,
        updated_at=now,
        ended_at=None,
        again_at=None,
    )


def run_refresh(context: JobContext, refresh_id: UUID) -> None:
    """Go on with a refresh to its end, to a pause the office asks for, or to a problem.

    Raises:
        Problem: The office does not answer, refuses, or has changed; noted with the refresh.
    """
    with context.database.read() as session:
        row = Refreshes(session).get(refresh_id)
        memory = Refreshes(session).memory(row.connector).memory
    if row.state not in UNFINISHED:
        return
    spool = Spool(context.settings.home / "spool" / str(refresh_id))
    try:
        with asking(context.database, context.settings, row.connector, spool.folder) as line:
            _Run(context, row, spool, line).go(memory)
    except ComeBack as pause:
        _postpone(context, row, pause.pause)
    except Problem as problem:
        _fail(context, refresh_id, problem)
        raise


@dataclass
class _Run:
    context: JobContext
    row: Refresh
    spool: Spool
    line: Line

    def go(self, memory: dict[str, Any]) -> None:
        cursor = self._resume(memory)
        while cursor is not None:
            self.context.check()
            step = self.line.adapter.next(cursor)
            if step is None:
                break
            cursor = dict(self._take(step))
        self._finish(cursor)
        self.spool.remove()

    def _resume(self, memory: dict[str, Any]) -> dict[str, Any] | None:
        there = self.spool.cut(self.row.pieces)
        if there and self.row.cursor is not None:
            return self.row.cursor
        begun = self.row.file_cursor or self.line.adapter.begin(memory, clock.today())
        self.row.pieces = 0
        if begun is not None:
            self._save(cursor=dict(begun), file_cursor=dict(begun))
        return dict(begun) if begun is not None else None

    def _take(self, step: Step) -> dict[str, Any]:
        """Keep what a step brought, and return the cursor behind it."""
        if step.restart:
            self.row.pieces = step.keep
        if isinstance(step.piece, bytes):
            self.spool.put(self.row.pieces, step.piece)
            self.row.pieces += 1
        if step.note and len(self.row.notes) < MOST_NOTES:
            note = {"text": step.note, "values": dict(step.values or {})}
            self.row.notes = [*self.row.notes, note]
        self.row.records += step.records
        if step.complete is None:
            self._save(cursor=dict(step.cursor))
            return dict(step.cursor)
        return self._import(step, step.complete)

    def _import(self, step: Step, told: Told) -> dict[str, Any]:
        cursor = dict(step.cursor)
        stored = self._stored(step)
        self.row.pieces = 0
        reading = Reading(
            office=told.office,
            scope=told.scope,
            dated=told.dated,
            period_from=told.period_from,
            part=told.part,
            parts=told.parts,
        )

        def then(session: Session, run_id: UUID) -> None:
            enqueue(session, "import.run", key=str(run_id), run_id=str(run_id))

        try:
            run_id, _ = begin_import(
                self.context.database,
                self.context.settings,
                self.context.files.path(stored.sha256),
                Actor(self.row.actor_id, None, Role.ADMINISTRATOR),
                reading=reading,
                name=told.name,
                stored=True,
                then=then,
            )
        except SOURCE_PROBLEMS as problem:
            if isinstance(step.piece, bytes):
                raise OfficeChanged(CHANGED, service=self.row.connector) from problem
            cursor = dict(step.spoiled or cursor)
            self.row.notes = [*self.row.notes, _unreadable(problem)]
        else:
            if str(run_id) not in self.row.imports:
                self.row.imports = [*self.row.imports, str(run_id)]
        self._save(cursor=cursor, file_cursor=cursor)
        return cursor

    def _stored(self, step: Step) -> Stored:
        piece = step.piece
        chunks = _chunks(piece) if isinstance(piece, Path) else self.spool.whole(self.row.pieces)
        return self.context.files.put(chunks, limit=self.context.settings.unpacked_bytes)

    def _save(self, **cursors: dict[str, Any]) -> None:
        """Write down where the refresh stands."""
        done, total = self.line.adapter.progress(cursors["cursor"])
        asked, self.line.outside.requests = self.line.outside.requests, 0
        self.row.requests += asked
        with self.context.database.write() as session:
            Refreshes(session).write(
                self.row.id,
                state=RefreshState.RUNNING,
                pieces=self.row.pieces,
                requests=self.row.requests,
                records=self.row.records,
                notes=self.row.notes,
                imports=self.row.imports,
                done=done,
                total=total,
                again_at=None,
                updated_at=clock.now(),
                **cursors,
            )

    def _finish(self, cursor: dict[str, Any] | None) -> None:
        now = clock.now()
        with self.context.database.write() as session:
            refreshes = Refreshes(session)
            known = refreshes.memory(self.row.connector, lock=True)
            if cursor is not None:
                known.memory = dict(self.line.adapter.remember(known.memory, cursor))
            known.checked_at = now
            refreshes.write(
                self.row.id,
                state=RefreshState.DONE,
                cursor=None,
                file_cursor=None,
                requests=self.row.requests + self.line.outside.requests,
                done=self.row.total or 0
                if cursor is None
                else self.line.adapter.progress(cursor)[0],
                updated_at=now,
                ended_at=now,
            )
            audit.record(
                session,
                "register.refreshed",
                subject=("refresh", self.row.id),
                actor_id=self.row.actor_id,
                organisation_id=None,
                connector=self.row.connector,
                records=self.row.records,
            )


def _postpone(context: JobContext, row: Refresh, pause: timedelta) -> None:
    """Let the job end, and have it go on when the office wants to be asked again."""
    again = clock.now() + pause
    with context.database.write() as session:
        Refreshes(session).write(row.id, state=RefreshState.WAITING, again_at=again)
        enqueue(session, JOB, key=f"{row.connector} later", run_at=again, refresh_id=row.id)


def _fail(context: JobContext, refresh_id: UUID, problem: Problem) -> None:
    failure = {
        "code": problem.code,
        "detail": problem.detail,
        "members": {name: str(value) for name, value in problem.members.items()},
    }
    log.warning("refresh.failed", refresh=str(refresh_id), code=problem.code)
    with context.database.write() as session:
        Refreshes(session).write(
            refresh_id, state=RefreshState.FAILED, failure=failure, ended_at=clock.now()
        )


def _unreadable(problem: Problem) -> dict[str, Any]:
    values = {name: str(value) for name, value in problem.members.items()}
    return {"text": problem.detail, "values": values}


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
