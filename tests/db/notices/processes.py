"""A worker that is killed while it sends: `python -m tests.db.notices.processes MOMENT`."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from service import worker
from service.core.db import Database
from service.core.settings import Settings, load_settings
from service.notices import mail
from service.notices.usecases import sending


def log_of(settings: Settings) -> Path:
    return settings.home / "sent.log"


def noted(settings: Settings, name: str) -> None:
    """Note outside the database that something left the house."""
    with log_of(settings).open("a") as log:
        log.write(f"{name}\n")
        log.flush()
        os.fsync(log.fileno())


@contextmanager
def process(settings: Settings, moment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of this installation that is killed at a moment; `never` for one that lives."""
    environment = os.environ | {
        "MARKPASS_HOME": str(settings.home),
        "MARKPASS_DATABASE_URL": settings.database_url,
    }
    command = [sys.executable, "-m", "tests.db.notices.processes", moment]
    with subprocess.Popen(command, env=environment) as child:
        try:
            yield child
        finally:
            child.kill()


def die(moment: str, now: str) -> None:
    if moment == now:
        os.kill(os.getpid(), signal.SIGKILL)


def main(moment: str) -> None:
    settings = load_settings()

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


if __name__ == "__main__":
    main(sys.argv[1])
