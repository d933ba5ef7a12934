"""Building the whole index from the database's marks, on every processor."""

import gc
import json
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from service.matching.forms import forms_of
from service.matching.index.errors import IndexProblem
from service.matching.index.files import write_bytes
from service.matching.index.manifest import (
    PROGRESS,
    FileRecord,
    Identity,
    Manifest,
    being_built,
    building,
    read_manifest,
    save_segment,
    sweep,
    write_manifest,
)
from service.matching.index.marks import Columns, MarkRow, columns_of, rows_of
from service.matching.index.pool import threads
from service.matching.index.segment import MakeForms, of_rows
from service.matching.kinds import Form
from service.matching.meaning import Evidence

SEGMENT_MARKS = 250_000
"""Marks in a segment: some three million forms."""
SMALL = 5_000
"""Marks up to which other processes take longer to start than the work takes."""


def forms_of_row(row: MarkRow, evidence: Evidence | None = None) -> Iterable[Form]:
    """The forms of a mark; `evidence` replaces the shipped table of translations."""
    return forms_of(row.sign, evidence=evidence)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is."""

    done: int
    """Marks in finished segments."""
    total: int
    """Marks to come in all, 0 when the caller did not say."""
    seconds: float
    """Since it began."""


def _write_progress(folder: Path, progress: Progress) -> None:
    body = {"done": progress.done, "total": progress.total, "seconds": progress.seconds}
    write_bytes(folder / PROGRESS, [json.dumps(body).encode()])


def read_progress(folder: Path) -> Progress | None:
    """How far the build under way is; None when none is."""
    if not being_built(folder):
        return None
    try:
        return Progress(**json.loads((folder / PROGRESS).read_bytes()))
    except FileNotFoundError:
        return None


Work = Callable[[list[MarkRow]], FileRecord]


def _one(folder: Path, make_forms: MakeForms, rows: list[MarkRow]) -> FileRecord:
    """Build and write one segment."""
    return save_segment(folder, of_rows(rows, make_forms))


def _sent(work: Work, columns: Columns) -> FileRecord:
    """Do the work in another process on rows that came to it as columns."""
    return work(rows_of(columns))


def _begin() -> None:
    """Begin another process: it makes no cycles worth a search, and ends with its parent."""
    gc.disable()
    _end_with_parent()


def _end_with_parent() -> None:
    """End this process when the one that started it ends, killed or not.

    A pool's workers hold both ends of their queue, so that they would wait for ever.
    """
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _chunks(rows: Iterable[MarkRow], size: int) -> Iterator[list[MarkRow]]:
    """Rows in lists of `size`."""
    source = iter(rows)
    while chunk := list(islice(source, size)):
        yield chunk


def even(most: int, total: int, workers: int) -> int:
    """Marks in a segment, at most `most`, so that every process makes as many marks as the others.

    `total` is how many marks there are; 0, not known, and few marks leave `most` as it is.
    """
    if total <= SMALL:
        return most
    each = -(-total // workers)
    return -(-each // -(-each // most))


def _records(chunks: Iterator[list[MarkRow]], work: Work, workers: int) -> Iterator[FileRecord]:
    """Segments as they are finished, in other processes when there is enough to do."""
    first = next(chunks, [])
    second = next(chunks, None)
    if workers < 2 or (second is None and len(first) <= SMALL):
        for chunk in filter(None, (first, second)):
            yield work(chunk)
        yield from map(work, chunks)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, spawn, initializer=_begin) as pool:
        pending: set[Future[FileRecord]] = set()
        ahead = iter([*filter(None, (first, second))])
        for source in (ahead, chunks):
            for chunk in source:
                pending.add(pool.submit(_sent, work, columns_of(chunk)))
                if len(pending) > workers:
                    done, pending = wait(pending, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)


def build(
    folder: Path,
    identity: Identity,
    rows: Iterable[MarkRow],
    *,
    change: int,
    total: int = 0,
    make_forms: MakeForms = forms_of_row,
    segment_marks: int = SEGMENT_MARKS,
    workers: int = 0,
    tell: Callable[[Progress], None] | None = None,
) -> Manifest:
    """Build the whole index anew beside the set that counts, then make the new one count.

    Args:
        folder: where the index lives; made when it is not there.
        identity: what it is built from and for.
        rows: every live mark, no key twice, as of one moment.
        change: the newest change number that `rows` holds.
        total: how many rows there are, for the progress.
        make_forms: gives the forms of a mark; sent to other processes, so a module's function or a
            `functools.partial` of one.
        segment_marks: marks in a segment, at most.
        workers: processes; 0 for as many as there are processors, 1 for this one alone.
        tell: called with the progress after each segment.

    Raises:
        IndexBusy: another process is building or merging.
    """
    with building(folder):
        began = time.monotonic()
        _write_progress(folder, Progress(0, total, 0.0))
        records: list[FileRecord] = []
        try:
            work = partial(_one, folder, make_forms)
            workers = workers or threads()
            chunks = _chunks(rows, even(segment_marks, total, workers))
            for record in _records(chunks, work, workers):
                records.append(record)
                done = sum(kept.marks for kept in records)
                progress = Progress(done, total, time.monotonic() - began)
                _write_progress(folder, progress)
                if tell is not None:
                    tell(progress)
            manifest = Manifest(identity, change, tuple(records), None)
            write_manifest(folder, manifest)
        finally:
            (folder / PROGRESS).unlink(missing_ok=True)
            _tidy(folder)
    return manifest


def _tidy(folder: Path) -> None:
    """Remove what no set names; nothing when there is no set yet."""
    try:
        read_manifest(folder)
    except IndexProblem:
        return
    sweep(folder)
