"""How long a whole screening takes: posted over HTTP, searched, judged, explained, stored.

    python -m tests.bench screening [--marks 1000000] [--keep FOLDER]

`markpass serve` on a register of its own, in one process and in one for each processor; one name,
one market besides the origin, twenty hits.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx

from service.core.db import Database
from service.core.settings import Settings
from service.identity.permissions import Role
from service.registry.finder import Finder
from tests.bench.clock import Times, machine, timed
from tests.bench.names import names, queries
from tests.bench.registers import made
from tests.builders import make_person
from tests.client import key_of

LIMIT = 20
START = 120.0
"""Seconds a server may take to be ready."""


@contextmanager
def served(settings: Settings, processes: int) -> Iterator[str]:
    """Run `markpass serve` with so many processes; give its address."""
    told = {"HOME": settings.home, "PORT": free_port(), "RATE_PER_MINUTE": settings.rate_per_minute}
    environment = os.environ | {f"MARKPASS_{name}": str(value) for name, value in told.items()}
    command = [sys.executable, "-m", "service.cli", "serve", "--processes", str(processes)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{told['PORT']}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Client:
    """Posts screenings, each thread over a connection of its own."""

    def __init__(self, base: str, key: str) -> None:
        self._base = base
        self._headers = {"Authorization": f"Bearer {key}"}
        self._local = threading.local()

    def _client(self) -> httpx.Client:
        if not hasattr(self._local, "client"):
            self._local.client = httpx.Client(
                base_url=self._base, headers=self._headers, timeout=60
            )
        client: httpx.Client = self._local.client
        return client

    def ready(self, in_a_row: int) -> float:
        """Wait until searches can be answered so often in a row; return the seconds it took.

        Each is asked over a connection of its own, which any process of the server may take.
        """
        began, answered = time.perf_counter(), 0
        while time.perf_counter() - began < START:
            try:
                ready = httpx.get(f"{self._base}/health/ready", timeout=60).is_success
            except httpx.TransportError:
                ready = False
            answered = answered + 1 if ready else 0
            if answered == in_a_row:
                return time.perf_counter() - began
            time.sleep(0.1)
        raise SystemExit("the server did not come up")

    def screen(self, name: str) -> httpx.Response:
        """Post one screening."""
        body = {
            "names": [name],
            "goods": ["hs:8711.60"],
            "route": {"origin": "CN", "destinations": ["US"]},
            "limit": LIMIT,
        }
        return self._client().post("/api/v1/screenings", json=body)


def many(client: Client, asked: Sequence[str], at_once: int) -> tuple[float, int]:
    """Return screenings a second with so many in flight, and how many were not answered."""
    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        answers = list(pool.map(client.screen, asked))
    refused = sum(answer.status_code != 201 for answer in answers)
    return (len(asked) - refused) / (time.perf_counter() - began), refused


def report(client: Client, asked: Sequence[str]) -> str:
    """Ask one server everything; return its row of the table."""
    first = client.screen(asked[0])
    assert first.status_code == 201, first.text
    many(client, asked[:40], 4)  # each process has been asked some before the clock runs
    times: Times = timed(client.screen, asked)
    rates = [many(client, asked, at_once) for at_once in (2, 4)]
    refused = sum(refused for _, refused in rates)
    assert not refused, f"{refused} were refused"
    told = " | ".join(f"{rate:.1f}" for rate, _ in rates)
    return f"{times.at(50):.1f} | {times.at(90):.1f} | {times.at(100):.1f} | {told}"


def opened(folder: Path, every: Sequence[str]) -> tuple[Settings, Database]:
    """Return the register with its index built."""
    settings, database = made(folder, every)
    began = time.perf_counter()
    Finder(database, settings).keep()
    print(f"Index ready after {time.perf_counter() - began:.1f} s.")
    return settings, database


def run(options: argparse.Namespace) -> None:
    """Run everything: `marks`, `queries`, `keep` and `data` as the bench takes them."""
    source = names(options.data, options.marks)
    print(machine())
    with tempfile.TemporaryDirectory() as scratch:
        settings, database = opened(options.keep or Path(scratch), source.every)
        key = key_of(database, make_person(database, Role.STATION_LEAD))
        database.dispose()
        asked = queries(source, options.queries)
        print(f"\n{options.marks:,} marks, a whole screening; with 2 and 4 in flight, per second")
        print("\n| processes | ready after s | p50 ms | p90 | max | with 2 | with 4 |")
        print("|---|---|---|---|---|---|---|")
        for processes in sorted({1, os.cpu_count() or 1}):
            with served(settings, processes) as address:
                client = Client(address, key)
                ready = client.ready(4 * processes)
                print(f"| {processes} | {ready:.1f} | {report(client, asked)} |", flush=True)
