"""A catalogue as a durable job: each row screened once, whatever is killed in between.

The rows are spread over processes of a lower priority, so that whoever searches at a page goes
first. A process writes its chunk's answers, rows and figures in one transaction; a row that is
there already is left alone. So a run that was cut off goes on with the rows that are missing.
"""

import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.errors import Problem, Unavailable
from service.core.jobs import Cancelled, JobContext, cancel, enqueue
from service.core.settings import Settings
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.registry.finder import Finder, IndexBuilding
from service.registry.indexing import ask_to_keep
from service.screening.bulk import ALONE, answered, spread
from service.screening.catalogue import Defaults, Row, read_catalogue
from service.screening.catalogue_models import UNFINISHED, Catalogue, CatalogueRow, CatalogueState
from service.screening.catalogue_results import write_results
from service.screening.catalogues import REJECTED, Catalogues
from service.screening.domain import worst_of
from service.screening.errors import CatalogueRunning
from service.screening.plan import read_plan
from service.screening.results import in_markets, said
from service.screening.schemas import ScreeningIn, ScreeningOut
from service.screening.usecases.remembering import with_decisions_on
from service.screening.usecases.screening import Question, answer_together, store_all

JOB = "catalogue.run"
KINDNESS = 10
"""Added to the niceness of the processes: a search at a page goes first."""
PAUSE = 1.0
"""Seconds before a row is asked again that found every place taken."""

Done = tuple[Row, ScreeningOut | None, Problem | None]
"""A row with its answer, or with the problem that kept it from being screened."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asks for."""

    name: str
    sha256: str
    mapping: dict[str, str]
    defaults: Defaults


def begin_catalogue(
    session: Session, settings: Settings, actor: Actor, order: Order, rows: int
) -> Catalogue:
    """Note a catalogue whose file has been read once, and put the job in.

    Raises:
        CatalogueRunning: As many of the organisation wait or run as the setting allows.
    """
    actor.need(Permission.SCREENING_RUN)
    if Catalogues(session, actor).unfinished() >= settings.catalogues_per_organisation:
        raise CatalogueRunning(
            N_("Another catalogue of your organisation is running: wait until it has ended.")
        )
    assert actor.organisation_id is not None, "a catalogue belongs to an organisation"
    row = Catalogue(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id,
        role=actor.role,
        name=order.name[:200] or "catalogue",
        file_sha256=order.sha256,
        mapping=order.mapping,
        defaults=asdict(order.defaults),
        state=CatalogueState.WAITING,
        rows=rows,
        done=0,
        rejected=0,
        worst={},
        job_id=None,
        files={},
        failure=None,
        created_at=clock.now(),
        started_at=None,
        ended_at=None,
    )
    session.add(row)
    session.flush()
    row.job_id = enqueue(session, JOB, key=str(row.id), catalogue_id=row.id)
    note(session, actor, "catalogue.begun", ("catalogue", row.id), rows=rows)
    return row


def cancel_catalogue(session: Session, actor: Actor, catalogue_id: UUID) -> Catalogue:
    """Call a catalogue back; rows that are done stay to be read. An ended one stays as it is."""
    actor.need(Permission.SCREENING_RUN)
    row = Catalogues(session, actor).get(catalogue_id, lock=True)
    if row.state in UNFINISHED:
        if row.job_id is not None:
            cancel(session, row.job_id)
        row.state, row.ended_at = CatalogueState.CANCELLED, clock.now()
        note(session, actor, "catalogue.cancelled", ("catalogue", row.id), done=row.done)
    session.flush()
    return row


def defaults_of(catalogue: Catalogue) -> Defaults:
    """Return what a row that does not say is screened with."""
    kept = dict(catalogue.defaults)
    return Defaults(
        goods=tuple(kept["goods"]),
        origin=kept["origin"],
        destinations=tuple(kept["destinations"]),
        limit=kept["limit"],
    )


def run_catalogue(context: JobContext, catalogue_id: UUID) -> None:
    """Screen every row that is not done, then make the workbook and the report.

    Raises:
        Problem: The file cannot be read any more; noted with the catalogue.
    """
    with context.database.read() as session:
        catalogue = session.get_one(Catalogue, catalogue_id)
        seen = Catalogues(session, _actor(catalogue)).places(catalogue_id)
    if catalogue.state not in UNFINISHED:
        return
    began = catalogue.started_at or clock.now()
    _note(context.database, catalogue_id, state=CatalogueState.RUNNING, started_at=began)
    try:
        _screen_rows(context, catalogue, seen)
        _note(context.database, catalogue_id, state=CatalogueState.WRITING)
        files = write_results(context, catalogue_id, _actor(catalogue))
        _finish(context, catalogue, files)
    except Cancelled:
        _note(context.database, catalogue_id, state=CatalogueState.CANCELLED, ended_at=clock.now())
        raise
    except Unavailable:
        raise  # tried again by the queue
    except Problem as problem:
        _fail(context.database, catalogue_id, problem)
        raise


def _screen_rows(context: JobContext, catalogue: Catalogue, seen: set[int]) -> None:
    path = context.files.path(catalogue.file_sha256)
    read = read_catalogue(path, context.settings, defaults_of(catalogue), catalogue.mapping)
    todo = [row for row in read if row.place not in seen]
    _wait_for_index(context)
    workers = min(context.settings.search_slots, len(todo) // ALONE + 1)
    start = (context.settings, _actor(catalogue), catalogue.id)
    if workers < 2 and len(todo) <= ALONE:
        screener = Screener(context.settings, context.database, *start[1:])
        for row in todo:
            context.check()
            screener.screen([row])
        return
    done = catalogue.done
    for count in spread(todo, workers, _screen, _start, start):
        done += count
        context.report(done, catalogue.rows)


def _wait_for_index(context: JobContext) -> None:
    """Wait until all can be searched: a row must not fail because an import has just ended."""
    finder = Finder(context.database, context.settings)
    while True:
        context.check()
        try:
            finder.ready()
        except IndexBuilding:
            ask_to_keep(context.database)
            time.sleep(PAUSE)
        else:
            return


class Screener:
    """Screens and writes chunks of one catalogue in this process."""

    def __init__(
        self, settings: Settings, database: Database, actor: Actor, catalogue_id: UUID
    ) -> None:
        self._settings, self._database = settings, database
        self._actor, self._catalogue_id = actor, catalogue_id
        self._finder = Finder(database, settings)

    def screen(self, rows: Sequence[Row]) -> int:
        """Screen rows and write what became of them; return how many."""
        done = self._answered(rows)
        with self._database.write() as session:
            catalogues = Catalogues(session, self._actor)
            catalogue = catalogues.get(self._catalogue_id, lock=True)
            there = catalogues.places(self._catalogue_id, [row.place for row in rows])
            fresh = [one for one in done if one[0].place not in there]
            store_all(session, self._actor, [answer for _, answer, _ in fresh if answer])
            session.add_all(_row(self._catalogue_id, *one) for one in fresh)
            catalogue.done += len(fresh)
            catalogue.rejected += sum(answer is None for _, answer, _ in fresh)
        return len(rows)

    def _answered(self, rows: Sequence[Row]) -> list[Done]:
        """Screen rows together; one by one where that fails, so that a fault takes its row only."""
        understood, told = _understood(rows, self._settings)
        try:
            answers = self._ask([question for _, question in understood])
        except Exception:
            log.exception("catalogue.chunk", catalogue=str(self._catalogue_id))
            return [(row, *answered(row, self._alone)) for row in rows]
        told += [(row, answer, None) for (row, _), answer in zip(understood, answers, strict=True)]
        return sorted(told, key=lambda one: one[0].place)

    def _alone(self, asked: ScreeningIn) -> ScreeningOut:
        return self._ask([_question(asked, self._settings)])[0]

    def _ask(self, questions: Sequence[Question]) -> list[ScreeningOut]:
        while questions:
            try:
                found = answer_together(self._database, self._settings, self._finder, questions)
            except Unavailable:  # whoever searches at a page goes first
                time.sleep(PAUSE)
            else:
                with self._database.read() as session:
                    return with_decisions_on(session, self._actor, found)
        return []


def _question(asked: ScreeningIn, settings: Settings) -> Question:
    return Question(asked, read_plan(asked, settings), conflicts_only=True)


def _understood(
    rows: Sequence[Row], settings: Settings
) -> tuple[list[tuple[Row, Question]], list[Done]]:
    """Return the rows that can be screened, understood; and the others, with their problem."""
    understood: list[tuple[Row, Question]] = []
    told: list[Done] = []
    for row in rows:
        if row.problem is not None:
            told.append((row, None, row.problem))
            continue
        try:
            understood.append((row, _question(row.asked, settings)))
        except Problem as problem:
            told.append((row, None, problem))
    return understood, told


_screener: list[Screener] = []
"""Of this process, when it is one of a catalogue's."""


def _start(settings: Settings, actor: Actor, catalogue_id: UUID) -> None:
    os.nice(KINDNESS)
    _screener.append(Screener(settings, Database(settings), actor, catalogue_id))


def _screen(rows: list[Row]) -> int:
    return _screener[0].screen(rows)


def _row(
    catalogue_id: UUID, row: Row, answer: ScreeningOut | None, problem: Problem | None
) -> CatalogueRow:
    return CatalogueRow(
        catalogue_id=catalogue_id,
        place=row.place,
        reference=row.asked.reference,
        names=row.asked.names,
        verdict=worst_of(one.verdict for one in answer.markets.values()) if answer else None,
        markets=in_markets(answer) if answer else {},
        problem={"code": problem.code, **said(problem)} if problem else None,
        screening_id=answer.screening_id if answer else None,
    )


def _actor(catalogue: Catalogue) -> Actor:
    return Actor(catalogue.person_id, catalogue.organisation_id, catalogue.role)


def _note(database: Database, catalogue_id: UUID, **values: Any) -> None:
    with database.write() as session:
        row = session.get_one(Catalogue, catalogue_id, with_for_update=True)
        if row.state in UNFINISHED:
            for name, value in values.items():
                setattr(row, name, value)


def _finish(context: JobContext, catalogue: Catalogue, files: dict[str, str]) -> None:
    actor = _actor(catalogue)
    with context.database.write() as session:
        counts = Catalogues(session, actor).counts(catalogue.id)
        row = session.get_one(Catalogue, catalogue.id, with_for_update=True)
        row.worst = {name: count for name, count in counts.items() if name != REJECTED}
        row.files, row.state, row.ended_at = files, CatalogueState.DONE, clock.now()
        note(session, actor, "catalogue.finished", ("catalogue", row.id), rows=row.done)


def _fail(database: Database, catalogue_id: UUID, problem: Problem) -> None:
    told = {"code": problem.code, **said(problem)}
    ended = clock.now()
    _note(database, catalogue_id, state=CatalogueState.FAILED, failure=told, ended_at=ended)
