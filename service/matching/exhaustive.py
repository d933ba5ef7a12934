"""Every mark compared with the query, one form after the other: the oracle."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.matching import containment, kernels, scores
from service.matching.forms import Sign
from service.matching.kinds import COLUMN, KINDS, STORED, Family, Form, Kind
from service.matching.meaning import Evidence
from service.matching.prepared import Prepared, codes_of, prepare
from service.matching.shelves import Packer, Shelf, shelf


@dataclass(frozen=True, slots=True)
class Found:
    """A mark that at least one kind found."""

    key: int
    similarity: float
    prominence: float
    """By what hits are put in order, see `scores.prominence`."""
    kinds: dict[str, float]
    """Value of each kind that found it, in [0, 1]."""


def pack(
    marks: Iterable[tuple[int, Sign]], *, evidence: Evidence | None = None
) -> tuple[list[int], dict[str, Packer]]:
    """Keys of the marks and a packer for every stored form kind."""
    packers = {kind: Packer() for kind in STORED}
    keys = []
    for row, (key, sign) in enumerate(marks):
        keys.append(key)
        for form in prepare(sign, evidence=evidence).forms:
            packer = packers.get(form.kind)
            if packer is not None:
                packer.add(form, row)
    return keys, packers


class Exhaustive:
    """Marks held in memory and compared one by one: what every faster way must reproduce."""

    def __init__(
        self, marks: Iterable[tuple[int, Sign]], *, evidence: Evidence | None = None
    ) -> None:
        keys, packers = pack(marks, evidence=evidence)
        self._fill(
            np.array(keys, np.int64),
            {kind: shelf([packer.columns()]) for kind, packer in packers.items()},
        )

    @classmethod
    def of_shelves(cls, keys: NDArray[np.int64], shelves: dict[str, Shelf]) -> "Exhaustive":
        """An oracle over shelves that were packed before."""
        made = cls(())
        made._fill(keys, shelves)
        return made

    def _fill(self, keys: NDArray[np.int64], shelves: dict[str, Shelf]) -> None:
        self._keys = keys
        self._shelves = shelves
        self._masks = np.zeros(kernels.ALPHABET, np.uint64)

    def __len__(self) -> int:
        return len(self._keys)

    def values(self, query: Prepared) -> NDArray[np.int64]:
        """Values of every mark, shape (marks, len(KINDS)), in the order the marks were given."""
        table = np.zeros((len(KINDS), len(self._keys)), np.int64)
        for kind in KINDS:
            asked = query.by_kind.get(kind.asks, ())
            held = self._shelves[kind.holds]
            if asked and len(held.owners):
                self._ways[kind.family](self, kind, asked, held, table[COLUMN[kind.name]])
        return table.T

    def _strings(
        self, kind: Kind, asked: tuple[Form, ...], held: Shelf, column: NDArray[np.int64]
    ) -> None:
        floors = np.array(kind.floors, np.int64)
        for form in asked:
            kernels.scan(
                codes_of(form.text),
                form.share,
                self._masks,
                held.codes,
                held.starts,
                held.shares,
                held.owners,
                floors,
                int(kind.style),
                column,
            )

    def _sets(
        self, kind: Kind, asked: tuple[Form, ...], held: Shelf, column: NDArray[np.int64]
    ) -> None:
        mine = {form.text: form.share for form in reversed(asked)}
        covered: dict[int, list[int]] = {}
        for text, share in mine.items():
            seen: set[int] = set()
            for form in held.equal(text):
                owner = int(held.owners[form])
                if owner not in seen:
                    seen.add(owner)
                    sums = covered.setdefault(owner, [0, 0])
                    sums[0] += share
                    sums[1] += int(held.shares[form])
        for owner, (by_query, by_mark) in covered.items():
            column[owner] = kernels.cover(by_query, by_mark, kind.floors[0])

    def _keyed(
        self, _kind: Kind, asked: tuple[Form, ...], held: Shelf, column: NDArray[np.int64]
    ) -> None:
        for form in asked:
            for other in held.equal(form.text):
                owner = held.owners[other]
                value = kernels.belong(form.share, int(held.shares[other]))
                column[owner] = max(int(column[owner]), value)

    def _parts(
        self, kind: Kind, asked: tuple[Form, ...], held: Shelf, column: NDArray[np.int64]
    ) -> None:
        laid = held.codes, held.starts, held.shares, held.owners
        for form in asked:
            containment.scan(codes_of(form.text), form.share, *laid, kind.floors[0], column)

    _ways = {  # noqa: RUF012
        Family.STRING: _strings,
        Family.SET: _sets,
        Family.KEY: _keyed,
        Family.PART: _parts,
    }

    def search(self, query: Prepared, *, keep: Callable[[int], bool] | None = None) -> list[Found]:
        """Every mark some kind finds, most prominent first; ties by the values, then by key.

        `keep` tells which keys count (office, status, class …); all when omitted.
        """
        values = self.values(query)
        rows = np.flatnonzero(values.any(axis=1))
        if keep is not None:
            rows = np.array([row for row in rows if keep(int(self._keys[row]))], np.intp)
        if not len(rows):
            return []
        similarity = scores.score(values[rows]).similarity
        stands = scores.prominence(similarity, values[rows])
        return [
            Found(
                int(self._keys[rows[at]]),
                float(similarity[at]),
                float(stands[at]),
                _named(values[rows[at]]),
            )
            for at in scores.rank(stands, values[rows], self._keys[rows])
        ]


def _named(values: NDArray[np.int64]) -> dict[str, float]:
    return {
        kind.name: float(values[COLUMN[kind.name]]) / scores.TOP
        for kind in KINDS
        if values[COLUMN[kind.name]]
    }
