"""One small register for all that is thrown at it, and how much is thrown.

`make fuzz` sets MARKPASS_FUZZ to the number of examples of each test; without it a run is short and
the same every time.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, settings

from service.core.db import Database
from service.core.settings import Settings
from service.main import create_app
from service.registry.finder import Finder
from tests.register import ROWS, load

LONG = int(os.environ.get("MARKPASS_FUZZ", "0"))
settings.register_profile(
    "fuzz",
    max_examples=LONG or 60,
    derandomize=not LONG,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
ODD = (
    "XX,20,木木木,registered,12,bicycles,Wood,2020-01-01,2040-01-01,",
    "XX,21,7,registered,12,bicycles,Seven,2020-01-01,2040-01-01,",
    "XX,22,한글,registered,12,bicycles,Hangul,2020-01-01,2040-01-01,",
    "XX,23,МОСКВА,registered,12,bicycles,Moscow,2020-01-01,2040-01-01,",
    *(
        f"XX,{n},BRAND{n}QX,registered,12,bicycles,Owner {n},2020-01-01,2040-01-01,"
        for n in range(30, 60)
    ),
)
"""Marks in several scripts, and enough of them that a match to everything shows."""


@pytest.fixture(scope="session")
def fuzzed(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Settings:
    """An installation with a register; nothing in these tests changes what it holds."""
    home = tmp_path_factory.mktemp("fuzz")
    shutil.copyfile(sqlite_template, home / "markpass.db")
    hosts = ("127.0.0.1", "localhost", "testserver")
    installed = Settings(home=home, rate_per_minute=1_000_000, allowed_hosts=hosts)
    database = Database(installed)
    load(database, installed, *ROWS, *ODD)
    database.dispose()
    return installed


@pytest.fixture(scope="session")
def fuzzed_database(fuzzed: Settings) -> Iterator[Database]:
    """Its database."""
    database = Database(fuzzed)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def fuzzed_finder(fuzzed: Settings, fuzzed_database: Database) -> Finder:
    """Its finder."""
    return Finder(fuzzed_database, fuzzed)


@pytest.fixture(scope="session")
def fuzzed_app(fuzzed: Settings) -> Iterator[FastAPI]:
    """The application on it, without jobs."""
    app = create_app(fuzzed, run_jobs=False)
    yield app
    app.state.database.dispose()
