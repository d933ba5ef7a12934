"""Screening the rows of a catalogue one after the other, on every processor where it pays.

Judging and wording are Python, which two threads do not do faster than one: long catalogues go to
processes. They share the pages of the index, store what they find, and hand back rendered rows.
"""

import logging
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from service.core.db import Database
from service.core.errors import Problem, Unavailable
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor
from service.registry.finder import Finder
from service.screening.catalogue import Row
from service.screening.domain import RANK, Verdict
from service.screening.results import Rendered, render_for
from service.screening.schemas import ScreeningOut
from service.screening.usecases.screening import run_screening

log = logging.getLogger(__name__)

ALONE = 120
"""Rows up to which starting other processes costs more than they save."""
CHUNK = 8
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
        answer, problem = self._answered(row)
        rendered = render_for(self.result)(row, answer, problem)
        if answer is None:
            return Screened(row, rendered, None, problem)
        worst = min((one.verdict for one in answer.markets.values()), key=RANK.__getitem__)
        return Screened(row, rendered, worst, None)

    def _answered(self, row: Row) -> tuple[ScreeningOut | None, Problem | None]:
        if row.problem is not None:
            return None, row.problem
        try:
            answer = run_screening(self.database, self.settings, self.finder, self.actor, row.asked)
        except Problem as problem:
            return None, problem
        except Exception as fault:
            log.exception("row %s", row.place)  # the other rows must not be lost by it
            return None, Problem(N_("A fault of ours: {reason}."), reason=repr(fault)[:200])
        return answer, None


def screen_rows(screener: Screener, rows: Sequence[Row]) -> Iterator[Screened]:
    """Yield what became of each row, in their order.

    Raises:
        Unavailable: a process of ours was ended from outside.
    """
    workers = min(screener.settings.search_slots, len(rows) // ALONE + 1)
    if workers < 2:
        yield from map(screener.screen, rows)
        return
    pool = ProcessPoolExecutor(
        workers,
        multiprocessing.get_context("spawn"),
        _start,
        (screener.settings, screener.actor, screener.result),
    )
    try:
        yield from _in_order(pool, rows, most=workers * AHEAD)
    except BrokenProcessPool:
        raise Unavailable(
            N_("A process of the screening was ended from outside: memory may have run out.")
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, rows: Sequence[Row], *, most: int) -> Iterator[Screened]:
    waiting: deque[Future[list[Screened]]] = deque()
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        waiting.append(pool.submit(_screen, chunk))
        if len(waiting) >= most:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


_screener: list[Screener] = []
"""Of this process, when it is one of the pool's."""


def _start(settings: Settings, actor: Actor, result: Path) -> None:
    """Prepare a process of the pool; Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["MARKPASS_INDEX_THREADS"] = "1"
    database = Database(settings)
    _screener.append(Screener(settings, database, Finder(database, settings), actor, result))


def _screen(rows: list[Row]) -> list[Screened]:
    return [_screener[0].screen(row) for row in rows]
