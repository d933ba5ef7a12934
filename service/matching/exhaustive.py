"""Every mark compared with the query, one form after the other: the oracle."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.matching import kernels, scores
from service.matching.forms import Sign
from service.matching.kinds import COLUMN, KINDS, STORED, Family, Form, Kind
from service.matching.meaning import Evidence
from service.matching.prepared import Prepared, codes_of, prepare


@dataclass(frozen=True, slots=True)
class Found:
    """A mark that at least one kind found."""

    key: int
    similarity: float
    kinds: dict[str, float]
    """Value of each kind that found it, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """All stored forms of one kind, laid end to end."""

    codes: NDArray[np.uint32]
    starts: NDArray[np.int64]
    shares: NDArray[np.int64]
    owners: NDArray[np.int64]
    """Row of the mark each form belongs to, ascending."""
    postings: dict[str, NDArray[np.int64]]
    """Forms with the same text; filled for kinds looked up by equality."""


class _Packer:
    """Collects the forms of one kind."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.shares: list[int] = []
        self.owners: list[int] = []

    def add(self, form: Form, owner: int) -> None:
        self.texts.append(form.text)
        self.shares.append(form.share)
        self.owners.append(owner)

    def shelf(self, by_text: bool) -> _Shelf:
        lengths = np.array([len(text) for text in self.texts], np.int64)
        postings: dict[str, list[int]] = {}
        if by_text:
            for at, text in enumerate(self.texts):
                postings.setdefault(text, []).append(at)
        return _Shelf(
            codes_of("".join(self.texts)),
            np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)]),
            np.array(self.shares, np.int64),
            np.array(self.owners, np.int64),
            {text: np.array(rows, np.int64) for text, rows in postings.items()},
        )


_BY_TEXT = {kind.holds for kind in KINDS if kind.family is not Family.STRING}


class Exhaustive:
    """Marks held in memory and compared one by one: what every faster way must reproduce."""

    def __init__(
        self, marks: Iterable[tuple[int, Sign]], *, evidence: Evidence | None = None
    ) -> None:
        packers = {kind: _Packer() for kind in STORED}
        keys = []
        for row, (key, sign) in enumerate(marks):
            keys.append(key)
            for form in prepare(sign, evidence=evidence).forms:
                packer = packers.get(form.kind)
                if packer is not None:
                    packer.add(form, row)
        self._keys = np.array(keys, np.int64)
        self._shelves = {
            kind: packer.shelf(kind in _BY_TEXT) for kind, packer in packers.items()
        }
        self._masks = np.zeros(kernels.ALPHABET, np.uint64)

    def __len__(self) -> int:
        return len(self._keys)

    def values(self, query: Prepared) -> NDArray[np.int64]:
        """Values of every mark, shape (marks, len(KINDS)), in the order the marks were given."""
        table = np.zeros((len(KINDS), len(self._keys)), np.int64)
        for kind in KINDS:
            asked = query.by_kind.get(kind.asks, ())
            shelf = self._shelves[kind.holds]
            if asked and len(shelf.owners):
                _FILL[kind.family](self, kind, asked, shelf, table[COLUMN[kind.name]])
        return table.T

    def _strings(
        self, kind: Kind, asked: tuple[Form, ...], shelf: _Shelf, column: NDArray[np.int64]
    ) -> None:
        floors = np.array(kind.floors, np.int64)
        for form in asked:
            kernels.scan(codes_of(form.text), form.share, self._masks, shelf.codes, shelf.starts,
                         shelf.shares, shelf.owners, floors, int(kind.style), column)

    def _sets(
        self, kind: Kind, asked: tuple[Form, ...], shelf: _Shelf, column: NDArray[np.int64]
    ) -> None:
        mine = {form.text: form.share for form in reversed(asked)}
        covered: dict[int, list[int]] = {}
        for text, share in mine.items():
            seen: set[int] = set()
            for form in shelf.postings.get(text, ()):
                owner = int(shelf.owners[form])
                if owner not in seen:
                    seen.add(owner)
                    sums = covered.setdefault(owner, [0, 0])
                    sums[0] += share
                    sums[1] += int(shelf.shares[form])
        for owner, (asked_for, held) in covered.items():
            column[owner] = kernels.cover(asked_for, held, kind.floors[0])

    def _keyed(
        self, kind: Kind, asked: tuple[Form, ...], shelf: _Shelf, column: NDArray[np.int64]
    ) -> None:
        for form in asked:
            for other in shelf.postings.get(form.text, ()):
                owner = shelf.owners[other]
                value = kernels.belong(form.share, int(shelf.shares[other]))
                column[owner] = max(int(column[owner]), value)

    def search(
        self, query: Prepared, *, keep: Callable[[int], bool] | None = None
    ) -> list[Found]:
        """Every mark some kind finds, most similar first; ties by the values, then by key.

        `keep` tells which keys count (office, status, class …); all when omitted.
        """
        values = self.values(query)
        rows = np.flatnonzero(values.any(axis=1))
        if keep is not None:
            rows = rows[[keep(int(key)) for key in self._keys[rows]]] if len(rows) else rows
        if not len(rows):
            return []
        similarity = scores.score(values[rows]).similarity
        order = rank(similarity, values[rows], self._keys[rows])
        return [
            Found(int(self._keys[rows[at]]), float(similarity[at]), _named(values[rows[at]]))
            for at in order
        ]


_FILL = {Family.STRING: Exhaustive._strings, Family.SET: Exhaustive._sets,
         Family.KEY: Exhaustive._keyed}


def _named(values: NDArray[np.int64]) -> dict[str, float]:
    return {kind.name: float(values[COLUMN[kind.name]]) / scores.TOP
            for kind in KINDS if values[COLUMN[kind.name]]}


def rank(
    similarity: NDArray[np.float64], values: NDArray[np.int64], keys: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Order of hits: similarity, then the sum of all values, then the smaller key."""
    return np.lexsort((keys, -values.sum(axis=1), -similarity))
