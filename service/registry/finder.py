"""Finding marks that are alike: the matching index, bound to this database and kept up to date.

Every change of a mark has a number that never appears below one already read (see `store`). Before
a search the finder takes in every change up to the newest number, so that a mark committed before
the request began is always considered, in every process; the answer says up to which number.
"""

import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import sqlalchemy as sa

from service.core import clock
from service.core.db import Database
from service.core.errors import Unavailable
from service.core.settings import Settings
from service.core.text import N_
from service.matching import tables
from service.matching.engine import FORM_VERSION, VERSION, Prepared, Sign
from service.matching.index import (
    Change,
    Death,
    Filter,
    Identity,
    Index,
    IndexBusy,
    IndexForeign,
    IndexProblem,
    MarkRow,
    Progress,
    build,
    read_progress,
)
from service.matching.index.search import Snapshot, retrieve
from service.registry.contents import Content, number_of
from service.registry.domain import MarkStatus
from service.registry.findings import Findings, findings
from service.registry.grace import lapses_on
from service.registry.models import Register
from service.registry.repository import Marks, SignRow, stream_live
from service.registry.turns import Turns

AT_ONCE = 20_000
"""Changes that a search may wait for: some two seconds of work (docs/bench.md). More are taken in
by the job `index.keep` or by `markpass index build`, and until then searches are refused."""
WAITING = 1_000
"""Changes from which `keep` writes to disk: each process makes the forms of the others by itself,
in a tenth of a second."""
SWITCH = 0.0003
"""Seconds after which a thread gives way to another that has done its scan: with the interpreter's
own 5 ms two searches at once hinder each other more than they gain (docs/bench.md)."""
BY_PIECES = 100_000
"""Changes up to which keeping the index adds to it, or half the marks it holds, if these are more.
Beyond, building it anew is quicker; while an import runs, adding catches up with it."""


FACTS_VERSION = 5
"""Raised with every change of what `mark_row` tells of a mark, of `grace` or `MarkStatus` too:
indexes of another version are rebuilt."""
STATUSES = tuple(MarkStatus)
"""Statuses by the number under which the index keeps them."""
STATUS_NUMBERS = {status: number for number, status in enumerate(STATUSES)}


class IndexBuilding(Unavailable):
    """The index is not ready: nothing was searched, rather than a part."""

    code = "index-building"
    title = N_("The search index is being built")


def of_offices(codes: Iterable[str]) -> Filter:
    """Return the filter that only marks of these registers pass."""
    return Filter(offices=frozenset(map(office_number, codes)))


def office_number(code: str) -> int:
    """Return the number under which the index keeps a two-letter office code."""
    return ord(code[0]) << 8 | ord(code[1])


def office_code(number: int) -> str:
    """Return the office code that the index keeps under a number."""
    return chr(number >> 8) + chr(number & 0xFF)


class Finder:
    """The one way to search marks. Safe to use from several threads."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._folder: Path = settings.index_folder
        self._index: Index | None = None
        self._lock = threading.Lock()
        sys.setswitchinterval(SWITCH)
        self._turns = Turns(settings.search_slots, settings.searches_waiting, settings.search_wait)

    def turn(self) -> AbstractContextManager[None]:
        """Wait for a turn to search; `SearchesFull` when too many wait already.

        Whoever searches for a person takes one around the whole of it, judging included.
        """
        return self._turns.turn()

    def search(self, names: Sequence[Prepared], passing: Filter) -> Findings:
        """Return every mark that some name finds and that passes, all as of one change number.

        Raises:
            IndexBuilding: The index must be built first.
        """
        snapshot = self.ready()
        return findings([retrieve(snapshot, name, passing=passing) for name in names], snapshot)

    def ready(self) -> Snapshot:
        """Return a state of the index with every change committed before the call.

        A small backlog is taken in on the spot, by one thread for all that wait; a search whose
        changes are there already waits for nobody. A large backlog, or no index, is not waited for.

        Raises:
            IndexBuilding: The index must be built first.
        """
        newest = self._newest()
        if (snapshot := self._at(newest)) is None:
            with self._lock:
                if (snapshot := self._at(newest)) is None:
                    snapshot = self._caught_up(newest)
        return snapshot

    def _newest(self) -> int:
        with self._database.read() as session:
            return Marks(session).newest_change()

    def _at(self, newest: int) -> Snapshot | None:
        """What is there, if it covers a change number and is of no later state of the database."""
        index = self._index
        if index is None or (snapshot := index.snapshot).change < newest:
            return None
        later = snapshot.change > newest and snapshot.change > self._newest()
        return None if later else snapshot

    def _caught_up(self, newest: int) -> Snapshot:
        index = self._usable()
        if index.covered < newest:
            self._take_in(index)
        return index.snapshot

    def _usable(self) -> Index:
        """The newest set on disk that is of this database, opened; a small one is built first."""
        index = self._index
        try:
            if index is None:
                index = self._open()
            else:
                index.refresh()
                self._require_past(index)
        except IndexProblem:
            self._index = None
            self._build_if_small()
            index = self._open()
        self._index = index
        return index

    def _open(self) -> Index:
        index = Index(self._folder, self.identity())
        self._require_past(index)
        return index

    def _require_past(self, index: Index) -> None:
        if index.covered > self._newest():
            raise IndexForeign("the index is of a later state than the database")

    def _build_if_small(self) -> None:
        """Build on the spot what takes a moment; refuse to wait for more."""
        with self._database.read() as session:
            small = Marks(session).count_up_to(AT_ONCE)
        if small is None:
            raise self.building()
        try:
            self.build()
        except IndexBusy:
            raise self.building() from None

    def _take_in(self, index: Index) -> None:
        """Bring an index that is searched to the newest change in one step, or refuse.

        One statement reads all: a mark that changes between two would be missing in between.
        """
        with self._database.read() as session:
            marks = Marks(session)
            newest = marks.newest_change()
            behind = newest - index.covered
            if behind > AT_ONCE and marks.changes_up_to(index.covered, AT_ONCE) is None:
                raise self.building()
            rows = marks.changed_since(index.covered, AT_ONCE + 1)
        if len(rows) > AT_ONCE:
            raise self.building()
        _append(index, rows, newest)

    def building(self) -> IndexBuilding:
        """Return the problem that tells how far the index is, or how to have it built."""
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
        made = f"{FORM_VERSION}.{FACTS_VERSION}.{tables.version()}"
        return Identity(str(database_id), made, VERSION)

    def build(self, tell: Callable[[Progress], None] | None = None) -> None:
        """Build the index anew from the database and make it count; searches go on meanwhile.

        Raises:
            IndexBusy: Another process builds.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._database.read() as session:
            change = Marks(session).newest_change()
            total = session.scalar(sa.select(sa.func.sum(Register.live))) or 0
        build(
            self._folder,
            self.identity(),
            (mark_row(row) for row in stream_live(self._database)),
            change=change,
            total=int(total),
            tell=tell,
        )

    def keep(self, tell: Callable[[Progress], None] | None = None) -> bool:
        """Bring the files of the index up to date, if they are far behind; say whether they were.

        Run after an import and by the worker: many changes are merged, very many built in. Other
        processes then read what is on disk and need not make the forms of each change again.

        Raises:
            IndexBusy: Another process builds; what it leaves out is kept the next time.
        """
        index = self._near()
        if built := index is None:
            self.build(tell)
            index = self._near()
        if index is None:
            return built
        self._follow(index)
        merged = index.status().waiting >= WAITING and index.merge()
        return built or merged

    def _near(self) -> Index | None:
        """Open what is on disk for ourselves, unless building anew is quicker than adding to it."""
        try:
            index = self._open()
        except IndexProblem:
            return None
        with self._database.read() as session:
            few = max(BY_PIECES, index.status().marks // 2)
            behind = Marks(session).changes_up_to(index.covered, few)
        return None if behind is None else index

    def _follow(self, index: Index) -> None:
        """Bring an index nobody searches to the newest change, however many steps it takes."""
        full = True
        while full:
            with self._database.read() as session:
                newest = Marks(session).newest_change()
                rows = Marks(session).changed_since(index.covered, AT_ONCE)
            full = len(rows) == AT_ONCE
            _append(index, rows, 0 if full else newest)


def _append(index: Index, rows: Sequence[SignRow], newest: int) -> None:
    """Add rows in order of change; none after the last of them was changed up to `newest`."""
    today = clock.today()
    changes: list[Change] = [
        mark_row(row) if row.is_live(today) else Death(row.id, row.change) for row in rows
    ]
    index.append(changes, upto=max([newest, *(row.change for row in rows[-1:])]))


def mark_row(row: SignRow) -> MarkRow:
    """Return what the index holds of a mark."""
    return MarkRow(
        key=row.id,
        change=row.change,
        sign=Sign(row.text, row.translation, row.transliteration),
        office=office_number(row.office),
        classes=row.class_mask,
        status=STATUS_NUMBERS[row.status],
        filed_on=min(filter(None, (row.filed_on, row.priority_on)), default=None),
        lapses_on=lapses_on(row.office, row.status, row.expires_on),
        content=number_of(Content(row.designations, row.goods)),
    )
