"""Screening the rows of a catalogue one after the other, on every processor where it pays.

Judging and wording are Python, which two threads do not do faster than one: long catalogues go to
processes. They share the pages of the index, store what they find, and hand back rendered rows.
"""

import logging
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from service.core.db import Database
from service.core.errors import Problem, Unavailable
from service.core.processes import end_with_parent
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor
from service.registry.finder import Finder
from service.screening.catalogue import Row
from service.screening.domain import Verdict, worst_of
from service.screening.results import Rendered, render_for
from service.screening.schemas import ScreeningIn, ScreeningOut
from service.screening.usecases.screening import run_screening

T = TypeVar("T")
log = logging.getLogger(__name__)

ALONE = 120
"""Rows up to which starting other processes costs more than they save."""
CHUNK = 16
AHEAD = 3
"""Chunks that wait for each process, so that none is idle and no long queue is kept in memory."""


@dataclass(frozen=True, slots=True)
class Screened:
    """What became of a row."""

    row: Row
    rendered: Rendered
    worst: Verdict | None
    """None where the row could not be screened."""
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Screener:
    """Everything it takes to screen a row."""

    settings: Settings
    database: Database
    finder: Finder
    actor: Actor
    result: Path
    """File the rows are rendered for."""

    def screen(self, row: Row) -> Screened:
        """Screen a row and keep the answer; a problem of the row is returned, not raised."""
        try:
            answer, problem = self._answered(row)
        except Unavailable as busy:
            answer, problem = None, busy
        rendered = render_for(self.result)(row, answer, problem)
        if answer is None:
            return Screened(row, rendered, None, problem)
        worst = worst_of(one.verdict for one in answer.markets.values())
        return Screened(row, rendered, worst, None)

    def _answered(self, row: Row) -> tuple[ScreeningOut | None, Problem | None]:
        def ask(asked: ScreeningIn) -> ScreeningOut:
            return run_screening(self.database, self.settings, self.finder, self.actor, asked)

        return answered(row, ask)


def answered(
    row: Row, ask: Callable[[ScreeningIn], ScreeningOut]
) -> tuple[ScreeningOut | None, Problem | None]:
    """Return the answer of a row, or its problem: the other rows must not be lost by it.

    Raises:
        Unavailable: Nothing can be searched now; the row can be asked again.
    """
    if row.problem is not None:
        return None, row.problem
    try:
        return ask(row.asked), None
    except Unavailable:
        raise
    except Problem as problem:
        return None, problem
    except Exception as fault:
        log.exception("row %s", row.place)
        return None, Problem(N_("A fault of ours: {reason}."), reason=repr(fault)[:200])


def screen_rows(screener: Screener, rows: Sequence[Row]) -> Iterator[Screened]:
    """Yield what became of each row, in their order.

    Raises:
        Unavailable: a process of ours was ended from outside.
    """
    workers = min(screener.settings.search_slots, len(rows) // ALONE + 1)
    if workers < 2:
        yield from map(screener.screen, rows)
        return
    start = (screener.settings, screener.actor, screener.result)
    for chunk in spread(rows, workers, _screen, _start, start):
        yield from chunk


def spread(
    rows: Sequence[Row],
    workers: int,
    work: Callable[[list[Row]], T],
    start: Callable[..., None],
    arguments: tuple[object, ...],
) -> Iterator[T]:
    """Have `work` done on the rows, chunk by chunk, in processes; yield results in their order.

    Each process begins with `start(*arguments)`, and ends with this one, however this one ends.

    Raises:
        Unavailable: a process of ours was ended from outside.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, _begin, (start, arguments))
    try:
        yield from _in_order(pool, rows, work, most=workers * AHEAD)
    except BrokenProcessPool:
        raise Unavailable(
            N_("A process of the screening was ended from outside: memory may have run out.")
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(start: Callable[..., None], arguments: tuple[object, ...]) -> None:
    """Prepare a process of a pool; Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["MARKPASS_INDEX_THREADS"] = "1"
    end_with_parent()
    start(*arguments)


def _in_order(
    pool: ProcessPoolExecutor, rows: Sequence[Row], work: Callable[[list[Row]], T], *, most: int
) -> Iterator[T]:
    waiting: deque[Future[T]] = deque()
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        waiting.append(pool.submit(work, chunk))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


_screener: list[Screener] = []
"""Of this process, when it is one of the pool's."""


def _start(settings: Settings, actor: Actor, result: Path) -> None:
    database = Database(settings)
    _screener.append(Screener(settings, database, Finder(database, settings), actor, result))


def _screen(rows: list[Row]) -> list[Screened]:
    return [_screener[0].screen(row) for row in rows]
