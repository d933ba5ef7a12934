"""Screenings beside an import and beside each other, on a real server."""

import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx2 as httpx
import pytest
import uvicorn
from fastapi import FastAPI

from service.core.settings import Settings
from service.identity.permissions import Role
from service.matching.index import warm
from service.registry.finder import Finder
from tests import register
from tests.application import make_app
from tests.builders import make_person
from tests.client import key_of

RECORDS = 4_000
WITHIN = 2.0
"""Seconds in which half of the screenings posted during an import answer, at the least.

The worst one says more of a shared machine than of us: `make bench` prints it.
"""
BODY = {"names": ["YADEA"], "route": {"origin": "CN", "destinations": ["US"]}, "limit": 20}


@pytest.fixture
def app(settings: Settings) -> Iterator[FastAPI]:
    """An application in which one search runs and one may wait."""
    narrow = {"searches_at_once": 1, "searches_waiting": 1}
    app = make_app(settings.model_copy(update=narrow), run_jobs=False)
    register.load(app.state.database, settings)
    yield app
    app.state.database.dispose()


@contextmanager
def served(app: FastAPI) -> Iterator[httpx.Client]:
    """Serve it on a port of its own, to somebody with a key."""
    key = key_of(app.state.database, make_person(app.state.database, Role.STATION_LEAD))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        headers = {"Authorization": f"Bearer {key}"}
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30
        ) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def sheet(path: Path) -> Path:
    """Write a sheet of invented marks."""
    draw = random.Random(3)
    names = ("".join(draw.choices("abdeiklmnorstuvy", k=8)) for _ in range(RECORDS))
    rows = (f"US,{number},{name},registered,12,,,,," for number, name in enumerate(names))
    path.write_text("\n".join([register.HEAD, *rows]) + "\n", encoding="utf-8")
    return path


@contextmanager
def importing(settings: Settings, path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Import a sheet in another process."""
    command = [sys.executable, "-m", "tests.db.screening.importing"]
    where = [str(settings.home), settings.database_url, str(path)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([*command, *where], env=environment) as child:
        try:
            yield child
        finally:
            child.kill()


def test_a_screening_posted_during_an_import_answers_in_time(
    app: FastAPI, settings: Settings, tmp_path: Path
) -> None:
    warm()
    took, changes = [], []
    with served(app) as client:
        client.post("/api/v1/screenings", json=BODY)
        with importing(settings, sheet(tmp_path / "delta.csv")) as child:
            while child.poll() is None:
                began = time.perf_counter()
                answer = client.post("/api/v1/screenings", json=BODY)
                took.append(time.perf_counter() - began)
                assert answer.status_code == 201, answer.text
                changes.append(answer.json()["change"])
        assert child.returncode == 0

    assert len(set(changes)) > 1, "no screening was posted while records came in"
    assert statistics.median(took) < WITHIN, sorted(took)[-5:]


def test_a_screening_beyond_the_queue_is_told_when_to_come_again(app: FastAPI) -> None:
    finder = app.state.finder

    def wait() -> None:
        with finder.turn():
            pass

    with served(app) as client:
        waiting = threading.Thread(target=wait)
        with finder.turn():
            waiting.start()
            while finder._turns._there._value:  # places left in the queue
                time.sleep(0.01)
            answer = client.post("/api/v1/screenings", json=BODY)
        waiting.join()

    assert (answer.status_code, answer.json()["code"]) == (503, "searches-full")
    assert int(answer.headers["Retry-After"]) >= 1


def test_a_turn_that_does_not_come_in_time_is_refused(app: FastAPI, settings: Settings) -> None:
    impatient = {"searches_at_once": 1, "search_wait": timedelta(milliseconds=50)}
    app.state.finder = Finder(app.state.database, settings.model_copy(update=impatient))
    with served(app) as client, app.state.finder.turn():
        answer = client.post("/api/v1/screenings", json=BODY)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
