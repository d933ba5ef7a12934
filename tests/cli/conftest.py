"""The `markpass` command as a user calls it, on an installation of its own, on both databases."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli import app
from service.core.db import Database
from service.core.settings import Settings
from tests.register import load

Call = Callable[..., Result]


@pytest.fixture
def markpass(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Calls a command in an empty folder; a problem is raised, see `test_main` for how it is told.

    The installation has no register yet.
    """
    monkeypatch.setenv("MARKPASS_HOME", str(settings.home))
    monkeypatch.setenv("MARKPASS_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(app, arguments)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return call


@pytest.fixture
def register(database: Database, settings: Settings) -> None:
    """A small register of the office XX."""
    load(database, settings)
