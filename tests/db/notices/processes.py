"""A worker that is killed while it sends."""

import os
import signal
from contextlib import AbstractContextManager
from email.message import EmailMessage
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from service import worker
from service.core.db import Database
from service.core.settings import Settings
from service.notices import mail
from service.notices.usecases import sending
from tests.children import child


def log_of(settings: Settings) -> Path:
    return settings.home / "sent.log"


def noted(settings: Settings, name: str) -> None:
    """Note outside the database that something left the house."""
    with log_of(settings).open("a") as log:
        log.write(f"{name}\n")
        log.flush()
        os.fsync(log.fileno())


def process(settings: Settings, moment: str) -> AbstractContextManager[ForkServerProcess]:
    """A worker of this installation that is killed at a moment; `never` for one that lives."""
    return child(main, settings, moment)


def die(moment: str, now: str) -> None:
    if moment == now:
        os.kill(os.getpid(), signal.SIGKILL)


def main(settings: Settings, moment: str) -> None:
    class Box(mail.FolderMailbox):
        def carry(self, message: EmailMessage) -> None:
            die(moment, "before sending")
            super().carry(message)
            noted(settings, str(message["Message-ID"]))
            die(moment, "after sending")

    def send_webhook(*_: Any, delivery_id: object, **__: Any) -> None:
        die(moment, "before sending")
        noted(settings, str(delivery_id))
        die(moment, "after sending")

    mail.FolderMailbox = Box  # type: ignore[misc]
    setattr(sending, "send_webhook", send_webhook)  # noqa: B010  for this process only
    worker.run(settings, Database(settings))
