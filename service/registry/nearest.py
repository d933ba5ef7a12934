"""What the names of a brand family found together: each mark once, by the name that came closest.

Everything stays in arrays: a short name finds tens of thousands of marks, of which a person is
shown twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.matching.index.marks import Facts
from service.matching.index.search import Candidates, Snapshot, joined
from service.matching.kinds import KINDS

NAMES = np.array([kind.name for kind in KINDS])


@dataclass(frozen=True, slots=True)
class Nearest:
    """Every mark that some name found, each once; the rows of all columns belong together."""

    keys: NDArray[np.int64]
    similarity: NDArray[np.float64]
    """Of the name that came closest."""
    name: NDArray[np.intp]
    """Place of that name; the first one where several come equally close."""
    values: NDArray[np.int16]
    """Value of each kind for that name, shape (marks, kinds)."""
    prominence: NDArray[np.float64]
    """Among the marks that name found, see `scores.prominence`."""
    segment: NDArray[np.int32]
    """Place of the segment of the snapshot that each mark stands in."""
    place: NDArray[np.uint32]
    """Its place there."""
    snapshot: Snapshot
    """What was searched."""

    @property
    def change(self) -> int:
        """Every change up to this number was considered."""
        return self.snapshot.change

    def __len__(self) -> int:
        return len(self.keys)

    def rows(self, line: float, at_least: int) -> NDArray[np.intp]:
        """Return the rows of at least this similarity, nearest first, then by key.

        Where there are fewer than `at_least`, the next ones follow.
        """
        wanted = min(len(self.keys), max(at_least, int((self.similarity >= line).sum())))
        if not wanted:
            return np.empty(0, np.intp)
        cut = np.partition(self.similarity, -wanted)[-wanted]
        some = np.flatnonzero(self.similarity >= cut)
        return some[np.lexsort((self.keys[some], -self.similarity[some]))][:wanted]

    def facts(self, rows: NDArray[np.intp]) -> Facts:
        """Return what the index keeps of the marks of some rows, in their order."""
        segments = self.segment[rows]
        order = np.argsort(segments, kind="stable")
        parts = [
            self.snapshot.segments[at].facts.take(self.place[rows[segments == at]])
            for at in np.unique(segments)
        ]
        back = np.empty(len(rows), np.intp)
        back[order] = np.arange(len(rows))
        return Facts.joined(parts).take(back) if parts else Facts.of(())

    def kinds_of(self, keys: Sequence[int]) -> dict[int, frozenset[str]]:
        """Return the names of the kinds by which some marks were found, by key."""
        rows = np.flatnonzero(np.isin(self.keys, keys))
        return {
            int(self.keys[row]): frozenset(NAMES[self.values[row] > 0].tolist()) for row in rows
        }


def nearest(found: Sequence[Candidates], snapshot: Snapshot) -> Nearest:
    """Unite what several names found, in the order of the names."""
    if len(found) == 1:
        only = found[0]
        return _of(only, np.zeros(len(only.keys), np.intp), snapshot)
    whole = joined(found)
    name = np.repeat(np.arange(len(found)), [len(one.keys) for one in found])
    order = np.lexsort((name, -whole.similarity, whole.keys))
    first = np.ones(len(order), np.bool_)
    first[1:] = whole.keys[order][1:] != whole.keys[order][:-1]
    rows = order[first]
    return _of(whole.take(rows), name[rows], snapshot)


def _of(found: Candidates, name: NDArray[np.intp], snapshot: Snapshot) -> Nearest:
    return Nearest(
        found.keys,
        found.similarity,
        name,
        found.values,
        found.prominence,
        found.segment,
        found.place,
        snapshot,
    )
