"""What the names of a brand family found together: each mark once, by the name that came closest.

Everything stays in arrays: a short name finds tens of thousands of marks, of which a person is
shown twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.matching.index.search import Candidates


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
    change: int
    """Every change up to this number was considered."""

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


def nearest(found: Sequence[Candidates], change: int) -> Nearest:
    """Unite what several names found, in the order of the names."""
    if len(found) == 1:
        only = found[0]
        name = np.zeros(len(only.keys), np.intp)
        return Nearest(only.keys, only.similarity, name, only.values, only.prominence, change)
    keys = np.concatenate([one.keys for one in found])
    similarity = np.concatenate([one.similarity for one in found])
    values = np.concatenate([one.values for one in found])
    prominence = np.concatenate([one.prominence for one in found])
    name = np.repeat(np.arange(len(found)), [len(one.keys) for one in found])
    order = np.lexsort((name, -similarity, keys))
    first = np.ones(len(order), np.bool_)
    first[1:] = keys[order][1:] != keys[order][:-1]
    rows = order[first]
    return Nearest(keys[rows], similarity[rows], name[rows], values[rows], prominence[rows], change)
