"""A process of its own that imports a sheet: `python -m … HOME URL FILE`."""

import sys
from pathlib import Path

from service.core.db import Database
from service.core.settings import Settings
from service.identity.permissions import console
from service.registry.domain import EditionScope
from service.registry.usecases.importing import import_file
from service.registry.usecases.requesting import Reading


def main(home: str, url: str, file: str) -> None:
    """Import the sheet as a delta."""
    settings = Settings(home=Path(home), database_url=url)
    reading = Reading(scope=EditionScope.DELTA)
    import_file(Database(settings), settings, Path(file), actor=console(), reading=reading)


if __name__ == "__main__":
    main(*sys.argv[1:4])
