"""The process that runs jobs beside the web process: `markpass worker`."""

import os
import signal
from threading import Event
from types import FrameType

from service.core import logs
from service.core.db import Database
from service.core.jobs import Jobs
from service.core.settings import Settings


def run(settings: Settings, database: Database, stop: Event | None = None) -> None:
    """Run jobs until `stop` is set, or SIGTERM or SIGINT comes.

    A second worker on the same database stands by and takes over when the first one ends. A job
    that does not come to a check within the grace period is cut off, as by a kill: it starts anew
    elsewhere, its finished steps kept.
    """
    logs.configure(json=settings.log_json, level=settings.log_level)
    stop = stop or _on_signal()
    jobs = Jobs(settings, database, worker=True)
    jobs.start()
    stop.wait()
    if not jobs.stop():
        os._exit(0)


def _on_signal() -> Event:
    stop = Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stop
