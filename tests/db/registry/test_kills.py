import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.core.db import Database
from service.core.settings import Settings
from service.identity.permissions import console
from service.registry.usecases.importing import import_file
from service.registry.usecases.requesting import Reading
from tests.db.registry.killing import KILLS
from tests.db.registry.sheets import FULL, everything, sheet

READING = Reading(scope=FULL)
ROWS = 5000


@pytest.fixture
def untouched(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Database, Settings]]:
    home = tmp_path / "untouched"
    home.mkdir()
    shutil.copyfile(sqlite_template, home / "markpass.db")
    settings = Settings(home=home)
    database = Database(settings)
    yield database, settings
    database.dispose()


def big_sheet(path: Path) -> Path:
    rows = [
        {
            "number": f"N{number}" if number % 97 else "",
            "text": f"MARK {number}",
            "classes": "12;35" if number % 3 else "9",
            "status": "in limbo" if number % 50 == 1 else "registered",
            "owner_name": f"Owner {number % 40}",
            "recorded_with": "CN" if number % 20 == 0 else "",
        }
        for number in range(ROWS)
    ]
    return sheet(path, rows)


def test_after_ten_kills_the_rows_are_those_of_an_import_that_was_never_killed(
    database: Database,
    settings: Settings,
    untouched: tuple[Database, Settings],
    tmp_path: Path,
) -> None:
    path = big_sheet(tmp_path / "big.csv")
    answer = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.db.registry.killing",
            settings.database_url,
            str(settings.home),
            str(path),
            "7",
        ],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        cwd=Path(__file__).parents[3],
    )
    assert answer.stdout == str(KILLS)

    resumed = import_file(database, settings, path, actor=console(), reading=READING)
    clean = import_file(untouched[0], untouched[1], path, actor=console(), reading=READING)

    assert everything(database) == everything(untouched[0])
    assert (resumed.read, resumed.rejected, resumed.noted) == (
        clean.read,
        clean.rejected,
        clean.noted,
    )
    assert resumed.rejects == clean.rejects
    assert not resumed.already
