"""Draft a migration: `python -m tools.migration 0004 "what changes"`. Read it before committing."""

import subprocess
import sys
import tempfile
from pathlib import Path

from service.core.db import Database
from service.core.migrate import draft, upgrade
from service.core.settings import Settings


def main(revision: str, message: str) -> None:
    """Upgrade an empty SQLite database to the head and write what the models have beyond it."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Settings(home=Path(folder)))
        upgrade(database)
        path = draft(database, message, revision)
        for step in (["check", "--fix", "-q"], ["format", "-q"]):
            subprocess.run([sys.executable, "-m", "ruff", *step, str(path)], check=False)
        print(path)
        database.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:3])
