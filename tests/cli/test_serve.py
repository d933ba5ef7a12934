"""A server of several processes: all answer on one port, and none outlives the one that was run."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

PROCESSES = 2
BEGUN = b"Application startup complete"
PATIENCE = 60
"""Seconds after which what should have happened did not."""


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def server(sqlite_template: Path, tmp_path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    shutil.copyfile(sqlite_template, tmp_path / "markpass.db")
    told = {"HOME": str(tmp_path), "LOG_LEVEL": "INFO"}
    options = ("--port", str(port), "--processes", str(PROCESSES))
    process = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "serve", *options],
        env=os.environ | {f"MARKPASS_{name}": value for name, value in told.items()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    yield process
    process.kill()
    process.communicate(timeout=PATIENCE)


def test_each_process_answers_and_none_outlives_the_first(
    server: subprocess.Popen[bytes], port: int
) -> None:
    assert server.stdout is not None
    begun = [line for line in _until(server.stdout, BEGUN, PROCESSES) if BEGUN in line]
    live = f"http://127.0.0.1:{port}/health/live"
    with closing(urllib.request.urlopen(live, timeout=PATIENCE)) as answer:
        assert answer.status == 200
    os.kill(server.pid, signal.SIGKILL)

    # Ends when the last process that could write to it has ended; they all write here.
    server.communicate(timeout=PATIENCE)

    assert len(begun) == PROCESSES
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def _until(lines: Iterator[bytes], told: bytes, times: int) -> Iterator[bytes]:
    for line in lines:
        yield line
        times -= told in line
        if not times:
            return
