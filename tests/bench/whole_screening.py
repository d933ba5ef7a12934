"""How long a whole screening takes: posted over HTTP, searched, judged, explained, stored.

    python -m tests.bench screening [--marks 1000000] [--keep FOLDER]

A server process on a register of its own; one name, one market besides the origin, twenty hits.
"""

import argparse
import logging
import multiprocessing
import socket
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2 as httpx
import structlog
import uvicorn

from service.core.db import Database
from service.core.settings import Settings
from service.identity.permissions import Role
from service.main import create_app
from service.registry.finder import Finder
from tests.bench.clock import Times, machine, timed
from tests.bench.names import names, queries
from tests.bench.registers import made
from tests.builders import make_person
from tests.client import key_of

LIMIT = 20
START = 120.0
"""Seconds a server may take to be ready."""


def serve(settings: Settings) -> None:
    """Run a server that runs no jobs."""
    app = create_app(settings, run_jobs=False)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    uvicorn.run(app, host="127.0.0.1", port=settings.port, log_level="warning")


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

    def ready(self) -> float:
        """Wait until searches can be answered; return the seconds it took."""
        began = time.perf_counter()
        while time.perf_counter() - began < START:
            try:
                if self._client().get("/health/ready").is_success:
                    return time.perf_counter() - began
            except httpx.TransportError:
                pass
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


def report(client: Client, asked: Sequence[str], size: str) -> None:
    """Print the table of one register."""
    first = client.screen(asked[0])
    assert first.status_code == 201, first.text
    for name in asked[:20]:
        client.screen(name)
    times: Times = timed(client.screen, asked)
    print(f"\n{size}: one after the other | p50 ms | p90 | max\n|---|---|---|---|")
    print(f"| whole screening | {times.at(50):.1f} | {times.at(90):.1f} | {times.at(100):.1f} |")
    for at_once in (2, 4):
        rate, refused = many(client, asked, at_once)
        print(f"{at_once} in flight: {rate:.1f} a second, {refused} refused.")


def opened(folder: Path, every: Sequence[str]) -> tuple[Settings, Database]:
    """Return the register with its index built."""
    settings, database = made(folder, every)
    began = time.perf_counter()
    Finder(database, settings).keep()
    print(f"Index ready after {time.perf_counter() - began:.1f} s.")
    return settings.model_copy(update={"port": free_port()}), database


def run(options: argparse.Namespace) -> None:
    """Run everything: `marks`, `queries`, `keep` and `data` as the bench takes them."""
    source = names(options.data, options.marks)
    print(machine())
    with tempfile.TemporaryDirectory() as scratch:
        settings, database = opened(options.keep or Path(scratch), source.every)
        key = key_of(database, make_person(database, Role.STATION_LEAD))
        server = multiprocessing.get_context("spawn").Process(target=serve, args=(settings,))
        server.start()
        try:
            client = Client(f"http://127.0.0.1:{settings.port}", key)
            print(f"Server ready after {client.ready():.1f} s.")
            report(client, queries(source, options.queries), f"{options.marks:,} marks")
        finally:
            server.terminate()
            server.join()
            database.dispose()
