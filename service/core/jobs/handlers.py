"""Which function does which job. Registering runs nothing."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from typing import Concatenate, ParamSpec

from service.core.jobs.context import JobContext
from service.core.jobs.domain import Queue

P = ParamSpec("P")
Retention = Callable[[JobContext], None]

TRIES = 5
FIRST_PAUSE = timedelta(seconds=2)
PAUSE_FACTOR = 4
LONGEST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Handler:
    """A function that does a job, and how it is to be called."""

    name: str
    function: Callable[..., object]
    queue: Queue
    tries: int
    first_pause: timedelta
    cron: str | None

    def pause(self, tries: int) -> timedelta:
        """Return how long to wait after `tries` failures: each pause is four times the last."""
        return min(self.first_pause * float(PAUSE_FACTOR ** (tries - 1)), LONGEST_PAUSE)


HANDLERS: dict[str, Handler] = {}
RETENTIONS: list[Retention] = []


def job(
    name: str,
    *,
    queue: Queue = Queue.INTERACTIVE,
    tries: int = TRIES,
    first_pause: timedelta = FIRST_PAUSE,
    cron: str | None = None,
) -> Callable[
    [Callable[Concatenate[JobContext, P], None]], Callable[Concatenate[JobContext, P], None]
]:
    """Register the decorated function under `name` (`thing.do`).

    Args:
        name: The name `enqueue` is called with. Stays the same as long as jobs of it may wait.
        queue: Whose places it takes.
        tries: How many runs may end in an error before the job gives up. A `Problem` gives up at
            once: the file is wrong now and will be wrong in a minute.
        first_pause: The pause after the first error; each next one is four times as long.
        cron: Five fields, UTC. The job is then also enqueued by the clock, and once whenever the
            process that runs jobs starts, so that a machine off at night misses nothing.

    Raises:
        ValueError: the name is taken by another function.
    """

    def register(
        function: Callable[Concatenate[JobContext, P], None],
    ) -> Callable[Concatenate[JobContext, P], None]:
        known = HANDLERS.get(name)
        if known and _place(known.function) != _place(function):
            raise ValueError(f"the job {name} is already done by {_place(known.function)}")
        HANDLERS[name] = Handler(name, function, queue, tries, first_pause, cron)
        return function

    return register


def import_every_job() -> None:
    """Import every `service.*.jobs`, so that a process that runs jobs knows them all."""
    import service

    importlib.import_module("service.core.jobs.upkeep")
    for module in pkgutil.iter_modules(service.__path__):
        name = f"service.{module.name}.jobs"
        if module.ispkg and find_spec(name):
            importlib.import_module(name)


def _place(function: Callable[..., object]) -> tuple[str, str]:
    return function.__module__, function.__qualname__


def on_retention(function: Retention) -> Retention:
    """Have `function` called daily, to delete what is past its retention period."""
    if function not in RETENTIONS:
        RETENTIONS.append(function)
    return function
