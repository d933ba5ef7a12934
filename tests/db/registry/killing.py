"""Imports a file in children that are killed at random moments: `python -m … URL HOME FILE SEED`.

Prints how many children died of the kill, and not of having finished.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from service.core.db import Database
from service.core.settings import Settings
from service.identity.permissions import console
from service.registry.domain import EditionScope
from service.registry.usecases.importing import import_file
from service.registry.usecases.requesting import Reading

KILLS = 10


def import_in_child(settings: Settings, path: Path) -> int:
    child = os.fork()
    if child == 0:
        reading = Reading(scope=EditionScope.FULL)
        import_file(Database(settings), settings, path, actor=console(), reading=reading)
        os._exit(0)
    return child


def main(url: str, home: str, file: str, seed: str) -> None:
    settings = Settings(home=Path(home), database_url=url, import_batch=20)
    moments = random.Random(seed)
    killed = 0
    for _ in range(KILLS):
        child = import_in_child(settings, Path(file))
        time.sleep(moments.uniform(0.02, 0.3))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    sys.stdout.write(str(killed))


if __name__ == "__main__":
    main(*sys.argv[1:5])
