"""What the names of a brand family found together: each mark once for each name that finds it.

A mark may be nearest to one name and, by the rules of a market, worse for another, so that all are
weighed. Everything stays in arrays: a short name finds tens of thousands of marks, of which a
person is shown twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from service.matching import pairing, sounding
from service.matching.index.marks import Facts
from service.matching.index.search import Candidates, Snapshot, joined

Number = TypeVar("Number", bound=np.generic)


class Way(NamedTuple):
    """How a name finds a mark."""

    kinds: frozenset[str]
    """Names of all kinds by which it does."""
    prominence: float


@dataclass(frozen=True, slots=True)
class Findings:
    """Every pair of a mark and a name that finds it; the rows of all columns belong together."""

    keys: NDArray[np.int64]
    similarity: NDArray[np.float64]
    name: NDArray[np.intp]
    """Place of the name."""
    values: NDArray[np.int16]
    """Value of each kind for that name, shape (pairs, kinds)."""
    prominence: NDArray[np.float64]
    """Among the marks that name found, see `scores.prominence`."""
    segment: NDArray[np.int32]
    """Place of the segment of the snapshot that each mark stands in."""
    place: NDArray[np.uint32]
    """Its place there."""
    snapshot: Snapshot
    """What was searched."""
    names: int
    """How many names were asked."""

    @property
    def change(self) -> int:
        """Every change up to this number was considered."""
        return self.snapshot.change

    def __len__(self) -> int:
        return len(self.keys)

    def marks(self, rows: NDArray[np.intp] | slice = slice(None)) -> int:
        """Return how many different marks stand in some rows."""
        keys = self.keys[rows]
        return len(keys) if self.names == 1 else len(np.unique(keys))

    def rows(self, line: float, at_least: int, sounds: NDArray[np.uint64]) -> NDArray[np.intp]:
        """Return the rows that are to be weighed, nearest first, then by key.

        They are those of at least this similarity, those of marks that are said as the name is,
        however unlike they look (sounds of the names: see `sounding`), and where these are fewer
        than `at_least` different marks, the next ones.
        """
        own = self.column("sound", np.uint64)
        near = (self.similarity >= line) | sounding.alike(own, sounds[self.name])
        most = min(len(self), at_least * self.names)
        if most:
            near |= self.similarity >= np.partition(self.similarity, -most)[-most]
        some = np.flatnonzero(near)
        return some[np.lexsort((self.keys[some], -self.similarity[some]))]

    def column(self, name: str, dtype: type[Number]) -> NDArray[Number]:
        """Return one column of `Facts` for the mark in each row."""
        column = np.empty(len(self), dtype)
        for at, segment in enumerate(self.snapshot.segments):
            held = self.segment == at
            column[held] = getattr(segment.facts, name)[self.place[held]]
        return column

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

    def ways(self, keys: Sequence[int]) -> dict[tuple[int, int], Way]:
        """Return how some marks were found, by key and place of the name."""
        return {
            (int(self.keys[row]), int(self.name[row])): Way(
                pairing.kinds_of(self.values[row]), float(self.prominence[row])
            )
            for row in np.flatnonzero(np.isin(self.keys, keys))
        }


def findings(found: Sequence[Candidates], snapshot: Snapshot) -> Findings:
    """Unite what several names found, at least one, in the order of the names."""
    whole = found[0] if len(found) == 1 else joined(found)
    name = np.repeat(np.arange(len(found)), [len(one.keys) for one in found])
    return Findings(
        whole.keys,
        whole.similarity,
        name,
        whole.values,
        whole.prominence,
        whole.segment,
        whole.place,
        snapshot,
        len(found),
    )
