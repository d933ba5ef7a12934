"""What `make run` says where a piece of the system is missing."""

import importlib
import stat
import sys
from pathlib import Path

import pytest

bootstrap = importlib.import_module("tools.bootstrap")


def test_a_python_that_is_too_old_is_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))

    with pytest.raises(SystemExit) as stopped:
        bootstrap.check_python()

    said = capsys.readouterr().err
    assert stopped.value.code == 1
    assert "Python 3.9 is too old" in said
    assert "make PYTHON=python3.12" in said


def test_the_part_of_python_that_debian_leaves_out_is_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    with pytest.raises(SystemExit) as stopped:
        bootstrap.make_venv()

    assert stopped.value.code == 1
    assert "apt install python3-venv" in capsys.readouterr().err


def test_an_environment_of_another_machine_does_not_work(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_bytes(b"\x7fELF of another kind")
    python.chmod(python.stat().st_mode | stat.S_IXUSR)

    assert not bootstrap.works(python)


def test_the_environment_of_the_tests_works() -> None:
    assert bootstrap.works(Path(sys.executable))
