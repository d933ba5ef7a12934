"""The index as the application holds it: open, catch up, search, merge."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from service.matching.index import pool
from service.matching.index.builder import SEGMENT_MARKS, forms_of_row
from service.matching.index.errors import IndexBehind, IndexDamaged
from service.matching.index.live import extended, newest
from service.matching.index.manifest import (
    FileRecord,
    Identity,
    Manifest,
    building,
    load,
    read_manifest,
    require,
    save_dead,
    save_segment,
    stamp,
    sweep,
    write_manifest,
)
from service.matching.index.marks import EVERY, Change, Filter
from service.matching.index.search import Result, Snapshot, search
from service.matching.index.segment import MakeForms, Segment, joined
from service.matching.prepared import Prepared

MERGE_AT = 5_000
"""Changes kept in memory before `wants_merge`: every process makes the forms of each by itself."""
SPARSE = 0.3
"""Part of dead marks from which a segment is written anew."""
_TRIES = 20
"""Times a set is read again when its files go while it is opened."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the index holds now."""

    change: int
    """Covers every change up to this number."""
    stored_change: int
    """The same for what is on disk."""
    marks: int
    """Living marks."""
    forms: int
    segments: int
    """Segments on disk."""
    waiting: int
    """Changes in memory, not merged yet."""
    file_bytes: int


def _loaded(folder: Path, identity: Identity) -> tuple[Manifest, Snapshot, tuple[int, int, int]]:
    """The set that counts; read again when it was replaced, and its files went, meanwhile."""
    for _ in range(_TRIES):
        mark = stamp(folder)
        manifest = read_manifest(folder)
        require(manifest, identity)
        try:
            segments, dead = load(folder, manifest)
        except FileNotFoundError:
            if stamp(folder) == mark:
                raise IndexDamaged("a file of the set is missing") from None
            continue
        return manifest, Snapshot(tuple(segments), tuple(dead), manifest.change), mark
    raise IndexDamaged("the set was replaced faster than it could be opened")


class Index:
    """Searchable marks of one database. Safe to use from several threads at once.

    A search works on a snapshot, so changes never disturb one under way. Each process has its own
    `Index` on the same folder and catches up by itself; the pages of the files are shared.
    """

    def __init__(
        self, folder: Path, identity: Identity, *, make_forms: MakeForms = forms_of_row
    ) -> None:
        """Open the set that counts.

        Raises:
            IndexMissing: none was ever completed.
            IndexForeign: it is of another database, or made for other forms or another engine.
            IndexDamaged: a file is missing, cut short or not the one meant.
        """
        self._folder = folder
        self._identity = identity
        self._make_forms = make_forms
        self._lock = threading.Lock()
        self._recent: dict[int, Change] = {}
        self._manifest, self._snapshot, self._stamp = _loaded(folder, identity)

    @property
    def covered(self) -> int:
        """Every change up to this number is searched."""
        return self._snapshot.change

    @property
    def snapshot(self) -> Snapshot:
        """What is searched now; never changes, and keeps its files as long as it is held."""
        return self._snapshot

    @property
    def wants_merge(self) -> bool:
        """Whether so much waits in memory that `merge` should be called."""
        return len(self._recent) >= MERGE_AT

    def status(self) -> Status:
        """What the index holds now."""
        snapshot, manifest = self._snapshot, self._manifest
        records = [*manifest.segments, *([manifest.dead] if manifest.dead else [])]
        return Status(
            change=snapshot.change,
            stored_change=manifest.change,
            marks=sum(int((~gone).sum()) for gone in snapshot.dead),
            forms=sum(segment.forms for segment in snapshot.segments),
            segments=len(manifest.segments),
            waiting=len(self._recent),
            file_bytes=sum(record.size for record in records),
        )

    def append(self, changes: Iterable[Change], *, upto: int) -> None:
        """Take in every change after `covered`, up to and including number `upto`.

        Of a mark that changed several times the last state is enough. Changes up to `covered` are
        passed over. The caller vouches that no other change up to `upto` exists or will appear.
        """
        with self._lock:
            self._append(changes, upto)

    def _append(self, changes: Iterable[Change], upto: int) -> None:
        fresh = newest(change for change in changes if change.change > self.covered)
        if any(change.change > upto for change in fresh):
            raise ValueError("a change is newer than the number to be covered")
        self._snapshot = extended(
            self._snapshot,
            fresh,
            upto=max(upto, self.covered),
            stored=len(self._manifest.segments),
            make_forms=self._make_forms,
        )
        self._recent.update((change.key, change) for change in fresh)

    def refresh(self) -> bool:
        """Adopt a newer set when another process completed one; whether it did.

        Changes in memory that the newer set does not hold stay. `covered` falls only when the set
        was rebuilt from an older state; catch up again from there. Raises what opening raises; the
        index then keeps what it had.
        """
        if stamp(self._folder) == self._stamp:
            return False
        with self._lock:
            self._refresh()
        return True

    def _refresh(self) -> None:
        manifest, snapshot, mark = _loaded(self._folder, self._identity)
        before, had = self._manifest.change, self.covered
        later = [change for change in self._recent.values() if change.change > manifest.change]
        self._manifest, self._snapshot, self._stamp = manifest, snapshot, mark
        self._recent = {}
        if manifest.change >= before and had > manifest.change:
            self._append(later, had)

    def search(
        self,
        query: Prepared,
        *,
        passing: Filter = EVERY,
        limit: int | None = None,
        at_least: int = 0,
    ) -> Result:
        """Every living mark that some kind finds, scored and ranked; `limit` cuts only the list.

        Args:
            query: the prepared mark, see `engine.prepare`.
            passing: which marks count.
            limit: how many to list; all when omitted. Counts are exact in any case.
            at_least: change number that must be covered; IndexBehind when it is not.
        """
        return search(self._covering(at_least), query, passing=passing, limit=limit)

    def search_many(
        self,
        queries: Sequence[Prepared],
        *,
        passing: Filter = EVERY,
        limit: int | None = None,
        at_least: int = 0,
    ) -> list[Result]:
        """The same for many queries at once, each on a thread of its own: more queries a second."""
        snapshot = self._covering(at_least)

        def one(query: Prepared) -> Result:
            return search(snapshot, query, passing=passing, limit=limit, serial=True)

        return pool.each(one, queries)

    def _covering(self, number: int) -> Snapshot:
        snapshot = self._snapshot
        if snapshot.change < number:
            raise IndexBehind(f"index covers change {snapshot.change}, not {number}")
        return snapshot

    def merge(self) -> bool:
        """Write what waits in memory to the disk; whether there was anything to write.

        Small and sparse segments are written anew with it. Searches go on meanwhile.

        Raises:
            IndexBusy: another process is building or merging.
        """
        with building(self._folder):
            with self._lock:
                if stamp(self._folder) != self._stamp:
                    self._refresh()
                snapshot, stored = self._snapshot, self._manifest
            if snapshot.change == stored.change:
                return False
            _write(self._folder, snapshot, stored)
            with self._lock:
                self._refresh()
            sweep(self._folder)
        return True


def _write(folder: Path, snapshot: Snapshot, stored: Manifest) -> None:
    """Write a snapshot as a new set, keeping the files of segments that stay as they are."""
    records: list[FileRecord] = []
    dead = []
    again: list[int] = []
    for place, (segment, gone) in enumerate(zip(snapshot.segments, snapshot.dead, strict=True)):
        if place < len(stored.segments) and _stays(segment, int(gone.sum())):
            records.append(stored.segments[place])
            dead.append(gone)
        else:
            again.append(place)
    for group in _packed(again, snapshot):
        new = joined(
            [snapshot.segments[place] for place in group], [snapshot.dead[place] for place in group]
        )
        if len(new):
            records.append(save_segment(folder, new))
            dead.append(np.zeros(len(new), np.bool_))
    gone_file = save_dead(folder, records, dead)
    write_manifest(folder, Manifest(stored.identity, snapshot.change, tuple(records), gone_file))


def _stays(segment: Segment, dead: int) -> bool:
    """Whether a segment on disk is large and dense enough to keep its file."""
    return len(segment) >= SEGMENT_MARKS // 2 and dead < SPARSE * len(segment)


def _packed(places: list[int], snapshot: Snapshot) -> list[list[int]]:
    """Segments to be written anew in groups of at most SEGMENT_MARKS living marks, in order."""
    groups: list[list[int]] = []
    size = 0
    for place in places:
        living = int((~snapshot.dead[place]).sum())
        if not groups or size + living > SEGMENT_MARKS:
            groups.append([])
            size = 0
        groups[-1].append(place)
        size += living
    return groups
