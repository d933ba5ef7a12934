"""Whose database it is: the demonstration works in one that it made itself, and in no other."""

import hashlib
from pathlib import Path

import sqlalchemy as sa

from service.core.db import Database
from service.core.migrate import OTHERS_TABLES
from service.core.settings import Settings
from service.core.text import N_
from service.demonstration.errors import ForeignDatabase
from service.demonstration.repository import Demonstration


def claim(database: Database, settings: Settings) -> None:
    """Take an empty database for the demonstration, or find that it is the demonstration's.

    The claim is a file in `home`, noted before the first table is made, so that a kill before the
    district is in leaves a database the next run goes on with.

    Raises:
        ForeignDatabase: there are tables, and the demonstration did not make them.
    """
    note = _note(settings)
    if not _tables(database):
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        note.write_text(_fingerprint(database), encoding="ascii")
        return
    if not is_ours(database, settings):
        raise ForeignDatabase(
            N_(
                "This database was not made by `make run`: no demonstration is put into it. "
                "Run `markpass serve`, or name another folder: MARKPASS_HOME=demo make run"
            )
        )


def is_ours(database: Database, settings: Settings) -> bool:
    """Say whether the demonstration made the database, or had begun to."""
    tables = _tables(database)
    if "organisation" in tables:
        with database.read() as session:
            demonstration = Demonstration(session)
            if demonstration.exists():
                return True
            if demonstration.strangers():
                return False
    note = _note(settings)
    return note.is_file() and note.read_text(encoding="ascii") == _fingerprint(database)


def release(settings: Settings) -> None:
    """Remove the claim: the district is in, and marks the database from now on."""
    _note(settings).unlink(missing_ok=True)


def _note(settings: Settings) -> Path:
    return settings.home / "demonstration-begun"


def _fingerprint(database: Database) -> str:
    """Return what tells this database from others; the address itself may hold a password."""
    return hashlib.sha256(str(database.url).encode()).hexdigest()


def _tables(database: Database) -> set[str]:
    if database.is_sqlite and not Path(str(database.url.database)).is_file():
        return set()
    return set(sa.inspect(database.engine).get_table_names()) - OTHERS_TABLES
