"""Making the demonstration, or finding it made, with its progress on the console."""

import time

from filelock import FileLock
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from service.core.console import opened
from service.core.db import Database
from service.core.migrate import upgrade
from service.core.settings import Settings
from service.core.text import N_
from service.demonstration.base import fill_base
from service.demonstration.building import (
    Screened,
    build_district,
    load_register,
    screen_catalogue,
)
from service.demonstration.claiming import claim, release
from service.demonstration.customs import fill_customs, load_decisions
from service.demonstration.matters import fill_station
from service.demonstration.people import sign_ins_file
from service.demonstration.showing import show_register, show_screenings, show_sign_ins
from service.matching.index import warm
from service.registry.finder import Finder
from service.registry.index_commands import ready_finder
from service.registry.usecases.importing import Progress as Read
from service.ui.console import said, tell

ROWS = 60
"""Rows of the catalogue that are screened: enough to see every verdict, few enough for a minute."""

out = Console()
err = Console(stderr=True)


def demonstrate() -> None:
    """Make the demonstration in the installation of the settings; print the result."""
    with opened(migrated=False) as (settings, database):
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(settings.home / "demonstration.lock"):
            passwords = make(settings, database)
        tell(
            out,
            N_("Everything here is invented: office XX, Demonstration Office 演示局."),
        )
        show_sign_ins(out, passwords)
        tell(out, N_("The sign-ins are kept in {file}."), file=sign_ins_file(settings))


def make(settings: Settings, database: Database, *, rows: int = ROWS) -> dict[str, str]:
    """Make what is not there yet, show the screenings, and return the passwords by login.

    Raises:
        ForeignDatabase: the database has tables the demonstration did not make.
    """
    claim(database, settings)
    upgrade(database)
    tell(out, N_("District: organisations, people, products ..."))
    passwords = build_district(database, settings)
    release(settings)
    _load(settings, database)
    load_decisions(database, settings)
    card = fill_customs(database, settings)
    show_screenings(out, _screen(settings, database, rows))
    fill_base(database, settings)
    fill_station(database)
    if card:
        tell(out, N_("An officer card, open to whoever has its address: {path}"), path=card)
    return dict(passwords)


def _bar(label: str) -> Progress:
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err)


def _load(settings: Settings, database: Database) -> None:
    with _bar(said(N_("Register"))) as progress:
        task = progress.add_task("", total=None)

        def read(_name: str, now: Read) -> None:
            progress.update(task, total=now.size_bytes, completed=now.done_bytes)

        results = load_register(database, settings, read)
    show_register(out, results)


def _screen(settings: Settings, database: Database, rows: int) -> list[Screened]:
    def finder() -> Finder:
        tell(out, N_("Preparing the search (the first time up to a minute) ..."))
        began = time.perf_counter()
        warm()
        ready = ready_finder(database, settings)
        tell(out, N_("Ready after {seconds} s."), seconds=round(time.perf_counter() - began))
        return ready

    with _bar(said(N_("Screening"))) as progress:
        return list(
            progress.track(
                screen_catalogue(database, settings, finder, rows), total=rows, description=""
            )
        )
