"""How the command ends: codes, and problems told in both languages on standard error."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

NO_SERVER = {"MARKPASS_DATABASE_URL": "postgresql://127.0.0.1:1/x"}
PROBLEMS = [
    ({}, ["screen", "YADEA", "--to", "Narnia"], "There is no market Narnia", "没有市场 Narnia"),
    ({"MARKPASS_PORT": "many"}, ["registers"], "MARKPASS_PORT: Enter a whole number", "整数"),
    (
        {"MARKPASS_DATABASE_URL": "postgresql://127.0.0.1:1/x"},
        ["registers"],
        "does not answer",
        "数据库",
    ),
    ({"MARKPASS_HOME": "/proc/nowhere"}, ["migrate"], "/proc/nowhere", "/proc/nowhere"),
]


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    settings = {"MARKPASS_HOME": str(home), "COLUMNS": "200", **environment}
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *arguments],
        env=os.environ | settings,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="session")
def home(sqlite_template: Path) -> Path:
    """The folder of an empty installation; nothing here changes it."""
    return sqlite_template.parent


@pytest.mark.parametrize(("environment", "arguments", "english", "chinese"), PROBLEMS)
def test_a_problem_ends_with_code_2_and_is_told_in_both_languages(
    home: Path, environment: dict[str, str], arguments: list[str], english: str, chinese: str
) -> None:
    done = run(home, *arguments, **environment)

    told = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert english in told
    assert chinese in told
    assert "Traceback" not in told


def test_a_terminal_that_knows_no_chinese_still_shows_the_answer(home: Path) -> None:
    done = run(home, "compare", "雅迪", "YADEA", PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert b"Similarity" in done.stdout


def test_json_is_utf_8_in_every_terminal(home: Path) -> None:
    done = run(home, "compare", "雅迪", "YADEA", "--json", PYTHONIOENCODING="gb18030")

    assert '"a": "雅迪"'.encode() in done.stdout


def test_an_unknown_command_ends_with_code_2(home: Path) -> None:
    assert run(home, "scren").returncode == 2


def test_every_command_has_help(home: Path) -> None:
    from service.cli import COMMANDS

    done = run(home, "--help")

    assert [name for name in COMMANDS if name not in done.stdout.decode()] == []


def test_a_busy_port_is_told_before_the_demonstration_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        done = run(tmp_path / "home", "serve", "--demonstration", MARKPASS_PORT=str(port))

    assert (done.returncode, done.stdout) == (2, b"")
    assert f"Port {port} is taken" in done.stderr.decode()
    assert not (tmp_path / "home").exists()
