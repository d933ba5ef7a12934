"""Finding marks that are alike: the matching index, bound to this database and kept up to date.

Every change of a mark has a number that never appears below one already read (see `store`). Before
a search the finder takes in every change up to the newest number, so that a mark committed before
the request began is always considered, in every process; the answer says up to which number.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from service.core import clock
from service.core.db import Database
from service.core.errors import Unavailable
from service.core.settings import Settings
from service.core.text import N_
from service.matching.engine import FORM_VERSION, VERSION, Found, Prepared, Sign
from service.matching.index import (
    Change,
    Death,
    Filter,
    Identity,
    Index,
    IndexBusy,
    IndexDamaged,
    IndexForeign,
    IndexMissing,
    MarkRow,
    Progress,
    build,
    read_progress,
)
from service.registry.repository import Marks, SignRow, stream_live

AT_ONCE = 20_000
"""Marks that a search may wait for: some two seconds of work (docs/bench.md). More are built into
the index by a job or by `markpass index build`, and until then searches are refused."""
CHUNK = 5_000


class IndexBuilding(Unavailable):
    """The index is not ready: nothing was searched, rather than a part."""

    code = "index-building"
    title = N_("The search index is being built")


class SearchesFull(Unavailable):
    """As many searches run as this machine takes, and the queue is full."""

    code = "searches-full"
    title = N_("Too many searches at once")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one name found."""

    marks: tuple[Found, ...]
    """Every mark at or above the line asked for, and the next ones up to the limit."""
    total: int
    """How many marks were found at all, by any kind."""


def office_number(code: str) -> int:
    """Return the number under which the index keeps a two-letter office code."""
    return ord(code[0]) << 8 | ord(code[1])


class Finder:
    """The one way to search marks. Safe to use from several threads."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._folder: Path = settings.index_folder
        self._index: Index | None = None
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(settings.search_slots)
        self._queue = threading.BoundedSemaphore(settings.search_slots + settings.searches_waiting)
        self._wait: timedelta = settings.search_wait

    def search(
        self, names: Sequence[Prepared], offices: Iterable[str], *, limit: int, line: float
    ) -> tuple[list[Finding], int]:
        """Return what each name finds in the registers, and the change number searched up to.

        Args:
            names: Prepared names.
            offices: Codes of the registers to search.
            limit: At least so many marks of each name are listed, where there are as many.
            line: Every mark of at least this similarity is listed, whatever the limit.

        Raises:
            IndexBuilding: The index must be built first.
            SearchesFull: Too many searches wait already.
        """
        with self._slot():
            index, change = self.ready()
            passing = Filter(offices=frozenset(office_number(code) for code in offices))
            findings = [
                _all_above(index, name, passing, limit=limit, line=line, change=change)
                for name in names
            ]
        return findings, change

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._queue.acquire(blocking=False):
            raise SearchesFull(N_("Try again in {retry_after} seconds."), retry_after=1)
        try:
            if not self._slots.acquire(timeout=self._wait.total_seconds()):
                raise SearchesFull(N_("Try again in {retry_after} seconds."), retry_after=2)
            try:
                yield
            finally:
                self._slots.release()
        finally:
            self._queue.release()

    def ready(self) -> tuple[Index, int]:
        """Return the index, holding every change there is, and the newest change number.

        A small backlog is taken in on the spot; a large one, or no index, is not waited for.

        Raises:
            IndexBuilding: The index must be built first.
        """
        with self._database.read() as session:
            newest = Marks(session).newest_change()
        with self._lock:
            index = self._opened()
            if index.covered < newest:
                index.refresh()
                self._catch_up(index, newest)
        return index, newest

    def _opened(self) -> Index:
        if self._index is None:
            try:
                self._index = Index(self._folder, self.identity())
            except (IndexMissing, IndexForeign, IndexDamaged):
                self._build_if_small()
                self._index = Index(self._folder, self.identity())
        return self._index

    def _build_if_small(self) -> None:
        """Build on the spot what takes a moment; refuse to wait for more."""
        with self._database.read() as session:
            small = Marks(session).count_up_to(AT_ONCE)
        if small is None:
            raise self._building()
        try:
            self.build()
        except IndexBusy:
            raise self._building() from None

    def _catch_up(self, index: Index, newest: int) -> None:
        with self._database.read() as session:
            marks = Marks(session)
            if marks.changes_up_to(index.covered, AT_ONCE) is None:
                raise self._building()
            while index.covered < newest:
                rows = marks.changed_since(index.covered, CHUNK)
                upto = rows[-1].change if len(rows) == CHUNK else newest
                rows = [row for row in rows if row.change <= upto]
                index.append(_changes(rows), upto=upto)

    def _building(self) -> IndexBuilding:
        progress = read_progress(self._folder)
        if progress is None:
            return IndexBuilding(
                N_("Run `markpass index build`, or wait for the worker to do it."), retry_after=30
            )
        return IndexBuilding(
            N_("{done} of {total} marks are done. Try again soon."),
            done=progress.done,
            total=progress.total,
            retry_after=15,
        )

    def identity(self) -> Identity:
        """Return what the index must have been built from and for."""
        with self._database.read() as session:
            database_id = Marks(session).database_id()
        return Identity(str(database_id), str(FORM_VERSION), VERSION)

    def build(self, tell: Callable[[Progress], None] | None = None) -> None:
        """Build the index anew from the database and make it count; searches go on meanwhile.

        Raises:
            IndexBusy: Another process builds.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._database.read() as session:
            change = Marks(session).newest_change()
            total = Marks(session).count()
        build(
            self._folder,
            self.identity(),
            (_row(row) for row in stream_live(self._database)),
            change=change,
            total=total,
            tell=tell,
        )

    def keep(self, tell: Callable[[Progress], None] | None = None) -> bool:
        """Bring the files of the index up to date, if they are behind; say whether they were.

        Run after an import and by the worker: a few changes are merged, many are built in.
        """
        try:
            index, _ = self.ready()
        except IndexBuilding:
            self.build(tell)
            return True
        return index.merge() if index.wants_merge else False


def _all_above(
    index: Index, name: Prepared, passing: Filter, *, limit: int, line: float, change: int
) -> Finding:
    result = index.search(name, passing=passing, limit=limit, at_least=change)
    while len(result.marks) < result.total and result.marks[-1].similarity >= line:
        more = 4 * len(result.marks)
        result = index.search(name, passing=passing, limit=more, at_least=change)
    return Finding(result.marks, result.total)


def _changes(rows: Iterable[SignRow]) -> list[Change]:
    today = clock.today()
    return [_row(row) if row.is_live(today) else Death(row.id, row.change) for row in rows]


def _row(row: SignRow) -> MarkRow:
    return MarkRow(
        key=row.id,
        change=row.change,
        sign=Sign(row.text, row.translation, row.transliteration),
        office=office_number(row.office),
        classes=row.class_mask,
    )
