import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from service.core.logs import configure


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_lines_for_machines_are_json_whoever_writes_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure(json=True)

    structlog.get_logger("ours").info("request", status=200)
    logging.getLogger("theirs").warning("careful")

    ours, theirs = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (ours["event"], ours["status"], ours["level"]) == ("request", 200, "info")
    assert (theirs["event"], theirs["logger"]) == ("careful", "theirs")


def test_lines_below_the_level_are_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure(json=False, level="WARNING")

    structlog.get_logger("ours").info("request")

    assert capsys.readouterr().err == ""
