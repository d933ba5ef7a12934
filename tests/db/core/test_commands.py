from pathlib import Path

import pytest
import sqlalchemy as sa
import typer
from typer.testing import CliRunner, Result

from service.core import audit
from service.core.audit import AuditEvent
from service.core.db import Database
from service.core.files import Files
from service.core.settings import Settings
from service.upkeep import audit_verify, backup, migrate, restore, worker_command


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The commands, on the installation of the test."""
    monkeypatch.setenv("MARKPASS_HOME", str(settings.home))
    monkeypatch.setenv("MARKPASS_DATABASE_URL", settings.database_url)
    app = typer.Typer()
    for function in (migrate, backup, restore):
        app.command()(function)
    app.command("audit-verify")(audit_verify)
    app.command("worker")(worker_command(lambda settings, _: print(f"ran in {settings.home}")))
    return app


def call(command: typer.Typer, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, env={"COLUMNS": "200"})


def test_migrating_again_says_that_nothing_changed(command: typer.Typer) -> None:
    result = call(command, "migrate")

    assert result.exit_code == 0
    assert "as before" in result.output


def test_a_backup_is_made_and_told(command: typer.Typer, tmp_path: Path) -> None:
    result = call(command, "backup", str(tmp_path / "b.zip"))

    assert result.exit_code == 0
    assert "stored files: 0" in result.output
    assert (tmp_path / "b.zip").is_file()


def test_a_damaged_file_is_named_with_exit_code_3(
    command: typer.Typer, settings: Settings, tmp_path: Path
) -> None:
    files = Files(settings.files_folder)
    name = files.put([b"good"], limit=10).sha256
    files.path(name).write_bytes(b"bad")

    result = call(command, "backup", str(tmp_path / "b.zip"))

    assert result.exit_code == 3
    assert name in result.stderr


def test_a_backup_is_restored_and_told(command: typer.Typer, tmp_path: Path) -> None:
    call(command, "backup", str(tmp_path / "b.zip"))

    result = call(command, "restore", str(tmp_path / "b.zip"), "--replace")

    assert result.exit_code == 0
    assert "Restored as of" in result.output


def test_a_chain_that_holds_is_told(command: typer.Typer, database: Database) -> None:
    with database.write() as session:
        audit.record(session, "thing.happened", subject=("thing", 1))

    result = call(command, "audit-verify")

    assert result.exit_code == 0
    assert "Rows: 1" in result.output


def test_a_broken_chain_is_told_with_exit_code_3(command: typer.Typer, database: Database) -> None:
    with database.write() as session:
        audit.record(session, "thing.happened", subject=("thing", 1))
    with database.write() as session:
        session.execute(sa.update(AuditEvent).values(verb="x.y"))

    result = call(command, "audit-verify")

    assert result.exit_code == 3
    assert "Places: 1" in result.stderr


def test_the_worker_runs_on_the_installation_of_the_settings(
    command: typer.Typer, settings: Settings
) -> None:
    result = call(command, "worker")

    assert f"ran in {settings.home}" in result.output
