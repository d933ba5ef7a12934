"""The index: built, opened anew, asked kind by kind and as a whole."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from service.matching.engine import Sign, prepare
from service.matching.index import Identity, Index, IndexProblem, MarkRow, build, forms_of_row, pool
from service.matching.index.retrieval import Asked, find, found_forms
from service.matching.index.search import Result, Snapshot, retrieve, search
from service.matching.index.segment import of_rows
from service.matching.index.signature import prepare as ready_form
from service.matching.kinds import KINDS, Family
from service.matching.prepared import Prepared
from tests.bench.clock import Times, bandwidth, timed

LIMIT = 20


def identity(names: list[str]) -> Identity:
    """What a kept index must match to be used again: the names and the code of the forms."""
    return Identity(f"bench of {len(names)} names", forms=names[-1], engine="bench")


def opened(folder: Path, names: list[str]) -> tuple[Index, float | None]:
    """The index of the names: kept from an earlier run, or built now with the seconds it took."""
    try:
        return Index(folder, identity(names)), None
    except IndexProblem:
        began = time.perf_counter()
        rows = (MarkRow(key, 1, Sign(name)) for key, name in enumerate(names))
        build(folder, identity(names), rows, change=1, total=len(names))
        taken = time.perf_counter() - began
        return Index(folder, identity(names)), taken


def build_parts(names: list[str], sample: int = 5_000) -> tuple[float, float]:
    """Marks a second of one processor: making forms, and making tables of them."""
    step = max(1, len(names) // sample)
    rows = [MarkRow(key, 1, Sign(name)) for key, name in enumerate(names[::step])]
    of_rows(rows[:200], forms_of_row)
    began = time.process_time()
    forms = [tuple(forms_of_row(row)) for row in rows]
    middle = time.process_time()
    of_rows(rows, lambda row: forms[row.key])
    return len(rows) / (middle - began), len(rows) / (time.process_time() - middle)


def _one_kind(snapshot: Snapshot, column: int, asked: Asked) -> list[int]:
    """Everything one kind finds, valued, on all threads; how many forms."""
    work = [
        (segment, piece)
        for segment in snapshot.segments
        for piece in asked.pieces
        if piece.column == column
    ]

    def one(item: tuple) -> int:  # type: ignore[type-arg]
        return sum(len(found.forms) for found in find(item[0], item[1]))

    return pool.each(one, work)


@dataclass(frozen=True, slots=True)
class KindTimes:
    """Retrieval under one kind."""

    name: str
    asked: float
    """Forms of a query, on average, of those that have any."""
    times: Times


def by_kind(snapshot: Snapshot, queries: list[Prepared]) -> list[KindTimes]:
    """Retrieval with values under each kind alone, for the queries that ask for it."""
    rows = []
    asked = [Asked.of(query) for query in queries]
    for column, kind in enumerate(KINDS):
        own = [one for one in asked if any(piece.column == column for piece in one.pieces)]
        if own:
            count = [sum(len(p.forms) for p in one.pieces if p.column == column) for one in own]
            times = timed(lambda one, at=column: _one_kind(snapshot, at, one), own)  # type: ignore[misc]
            rows.append(KindTimes(kind.name, float(np.mean(count)), times))
    return rows


def whole(snapshot: Snapshot, queries: list[Prepared]) -> tuple[Times, float]:
    """Retrieval over all kinds: times, and marks found in the median."""
    found = [len(retrieve(snapshot, query)[0]) for query in queries]
    return timed(lambda query: retrieve(snapshot, query), queries), float(np.median(found))


def batch(snapshot: Snapshot, queries: list[Prepared]) -> tuple[float, float]:
    """Names a second when many are asked at once, and by the processor time on all processors."""

    def one(query: Prepared) -> Result:
        return search(snapshot, query, limit=LIMIT, serial=True)

    began, before = time.perf_counter(), time.process_time()
    pool.each(one, queries)
    worked = time.process_time() - before
    count = len(queries)
    return count / (time.perf_counter() - began), count * pool.threads() / worked


def copied(folder: Path, names: list[str], copies: int, to: Path) -> Snapshot:
    """Several copies of an index, each in files and so in memory of its own, searched as one."""
    snapshots = []
    for number in range(copies):
        shutil.copytree(folder, to / str(number))
        snapshots.append(Index(to / str(number), identity(names)).snapshot)
    return Snapshot(
        tuple(segment for part in snapshots for segment in part.segments),
        tuple(dead for part in snapshots for dead in part.dead),
        change=1,
    )


@dataclass(frozen=True, slots=True)
class Scan:
    """The bare scan of one form kind by one thread."""

    kind: str
    forms: int
    per_form: float
    """Nanoseconds a form of the table, of one whole-name form, hits and their check included."""
    ceiling: float
    """What reading the columns of the query's letters, two bits a letter and form, costs at the
    measured bandwidth of one thread."""


def scan(snapshot: Snapshot, queries: list[Prepared], kind_name: str) -> Scan:
    """How far the scan is from reading all signatures at memory speed."""
    column = next(c for c, kind in enumerate(KINDS) if kind.name == kind_name)
    kind = KINDS[column]
    tables = [segment.tables[kind.holds] for segment in snapshot.segments]
    size = sum(table.size for table in tables)
    ready = [
        ready_form([query.by_kind[kind.asks][0].text])
        for query in queries
        if query.by_kind.get(kind.asks)
    ]
    times = timed(lambda one: [found_forms(table, kind, one) for table in tables], ready)
    letters = float(np.mean([len(one.codes) for one in ready]))
    return Scan(kind_name, size, times.work * 1e6 / size, 2 * letters / 8 / bandwidth(1))


def fresh(folder: Path, names: list[str], queries: list[str]) -> dict[str, object]:
    """What a process of its own reports, see `fresh.py`."""
    command = [
        sys.executable,
        "-m",
        "tests.bench.fresh",
        str(folder),
        json.dumps(asdict(identity(names))),
        json.dumps(queries),
    ]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    reported: dict[str, object] = json.loads(done.stdout)
    return reported


def prepared(texts: list[str]) -> list[Prepared]:
    """Queries made ready."""
    return [prepare(Sign(text)) for text in texts]


STRING_KINDS = tuple(kind for kind in KINDS if kind.family is Family.STRING)
