"""As many searches at once as the machine has processors, a short queue, then a refusal."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from service.core.errors import Unavailable
from service.core.text import N_


class SearchesFull(Unavailable):
    """As many searches run as this machine takes, and the queue is full."""

    code = "searches-full"
    title = N_("Too many searches at once")


class Turns:
    """Gives out turns. A refusal says after how many seconds to try again."""

    def __init__(self, at_once: int, waiting: int, wait: timedelta) -> None:
        """Take how many have their turn at once, how many may wait for one, and for how long."""
        self._running = threading.BoundedSemaphore(at_once)
        self._there = threading.BoundedSemaphore(at_once + waiting)
        self._wait = wait.total_seconds()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and keep it for the length of the block.

        Raises:
            SearchesFull: the queue is full, or the turn did not come in time.
        """
        if not self._there.acquire(blocking=False):
            raise SearchesFull(N_("Try again in {retry_after} seconds."), retry_after=1)
        try:
            if not self._running.acquire(timeout=self._wait):
                raise SearchesFull(N_("Try again in {retry_after} seconds."), retry_after=2)
            try:
                yield
            finally:
                self._running.release()
        finally:
            self._there.release()
