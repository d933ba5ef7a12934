"""Breaking off at a commit: in this process by an exception, in a child by ending it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

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

    BEFORE = "before_commit"
    AFTER = "after_commit"


class Killed(Exception):
    """Broken off here: the application lets go of the transaction and answers that it failed."""


class Fault:
    """Breaks off at the nth commit from now."""

    def __init__(self, number: int) -> None:
        self._left = number
        self.fired = False

    def __call__(self, _session: Session) -> None:
        """Count a commit."""
        self._left -= 1
        if self._left == 0:
            self.fired = True
            raise Killed


@contextmanager
def broken_off(moment: Moment, number: int) -> Iterator[Fault]:
    """Break off whatever comes to its nth commit within the block."""
    fault = Fault(number)
    event.listen(Session, moment.value, fault)
    try:
        yield fault
    finally:
        event.remove(Session, moment.value, fault)


def enter_and_die(settings: Settings, who: Someone, moment: Moment) -> None:
    """Enter goods that are held; the process is gone at the commit, and cleans nothing up."""
    with broken_off(moment, 1):
        try:
            with Database(settings).write() as session, clock.at(SERVED):
                held(session, who)
        except Killed:
            os._exit(GONE)
