"""Breaking off at a commit: in this process by an exception, in a child by ending it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.settings import Settings
from tests.builders import Someone
from tests.detentions import SERVED, held

GONE = 9
"""Exit code of a child that ended at its commit."""


class Moment(StrEnum):
    """When a request is broken off: nothing is there yet, or all of it is and nobody was told."""

    BEFORE = "before"
    AFTER = "after"


class Killed(Exception):
    """Broken off here: the application lets go of the transaction and answers that it failed."""


class Fault:
    """Breaks off at the nth commit from now."""

    def __init__(self, number: int) -> None:
        self._left = number
        self.fired = False

    def __call__(self, session: Session | None = None) -> None:
        """Count a commit; the end of a savepoint is none."""
        if session is not None and session.in_nested_transaction():
            return
        self._left -= 1
        if self._left == 0:
            self.fired = True
            raise Killed


@contextmanager
def broken_off(moment: Moment, number: int) -> Iterator[Fault]:
    """Break off whatever comes to its nth commit within the block."""
    fault = Fault(number)
    place = _before if moment is Moment.BEFORE else _after
    with place(fault):
        yield fault


@contextmanager
def _before(fault: Fault) -> Iterator[None]:
    event.listen(Session, "before_commit", fault)
    try:
        yield
    finally:
        event.remove(Session, "before_commit", fault)


@contextmanager
def _after(fault: Fault) -> Iterator[None]:
    write = Database.write

    @contextmanager
    def written(database: Database) -> Iterator[Session]:
        with write(database) as session:
            yield session
        fault()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "write", written)
        yield


def enter_and_die(settings: Settings, who: Someone, moment: Moment) -> None:
    """Enter goods that are held; the process is gone at the commit, and cleans nothing up."""
    with broken_off(moment, 1):
        try:
            with Database(settings).write() as session, clock.at(SERVED):
                held(session, who)
        except Killed:
            os._exit(GONE)
