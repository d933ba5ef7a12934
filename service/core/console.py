"""What every command does first: read the settings, open a database that is ready."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.core.db import Database
from service.core.errors import Unavailable
from service.core.migrate import current, newest
from service.core.settings import Settings, load_settings
from service.core.text import N_


class NotMigrated(Unavailable):
    """The tables are missing or of another release."""

    code = "not-migrated"
    title = N_("The database is not ready")


@contextmanager
def opened(*, migrated: bool = True) -> Iterator[tuple[Settings, Database]]:
    """Yield settings and database; raise `NotMigrated` unless its tables are this release's."""
    settings = load_settings()
    database = Database(settings)
    try:
        if migrated:
            check_migrated(database)
        yield settings, database
    finally:
        database.dispose()


def check_migrated(database: Database) -> None:
    """Raise `NotMigrated` unless the tables are those of this release."""
    if database.is_sqlite and not Path(str(database.url.database)).is_file():
        raise NotMigrated(N_("There is no database yet: run `markpass migrate`."))
    if current(database) != newest():
        raise NotMigrated(N_("The tables are of another release: run `markpass migrate`."))
