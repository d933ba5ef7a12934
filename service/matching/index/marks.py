"""The marks of a segment: keys, change numbers and the few facts that filters look at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching.forms import Sign
from service.matching.traits import Traits, traits_of

UNKNOWN_DAY = -(2**31)
"""Stored for a mark without a filing date; such a mark passes every filter on dates."""
CLASSLESS = 1
"""Bit of goods for which the register gives no class."""
NEVER = 2**31 - 1
"""Stored as the last day of a mark that no day ends."""
_EPOCH = date(1970, 1, 1).toordinal()


class MarkRow(NamedTuple):
    """A live mark as the index takes it from the database."""

    key: int
    """The mark's key: a dense integer."""
    change: int
    """Number of the change that last touched the mark."""
    sign: Sign
    office: int = 0
    """Number the caller gives to the office, 0..65535."""
    classes: int = 0
    """Nice classes as bits: bit k for class k, bit 0 for goods without one; 0 when unknown."""
    status: int = 0
    """Number the caller gives to the status, 0..255."""
    filed_on: date | None = None
    """Day of its filing, or of the priority it claims."""
    lapses_on: date | None = None
    """Last day on which it lives; None when no day ends it."""
    content: int = 0
    """Number the caller gives to all else it knows of the mark, 64 bits."""


Columns = tuple[tuple[Any, ...], ...]


def columns_of(rows: Iterable[MarkRow]) -> Columns:
    """Rows column by column, the words last: so they go to another process in half the time.

    Empty when there are no rows.
    """
    plain = [
        (*row[:2], *row[3:], row.sign.text, row.sign.translation, row.sign.transliteration)
        for row in rows
    ]
    return tuple(zip(*plain, strict=True))


def rows_of(columns: Columns) -> list[MarkRow]:
    """The rows whose `columns` these are."""
    keys, changes, *others = columns or ((),) * (len(MarkRow._fields) + 2)
    return list(map(MarkRow, keys, changes, map(Sign, *others[-3:]), *others[:-3]))


class Death(NamedTuple):
    """A mark that is no more: deleted, or never to be found again."""

    key: int
    change: int


Change = MarkRow | Death


@dataclass(frozen=True, slots=True)
class Facts:
    """Columns of the marks of a segment, ascending by key."""

    key: NDArray[np.int64]
    change: NDArray[np.int64]
    office: NDArray[np.uint16]
    classes: NDArray[np.uint64]
    status: NDArray[np.uint8]
    filed: NDArray[np.int32]
    """Days since 1970-01-01, UNKNOWN_DAY when unknown."""
    lapses: NDArray[np.int32]
    """Days since 1970-01-01 of the last day, NEVER when no day ends it."""
    content: NDArray[np.uint64]
    scripts: NDArray[np.uint8]
    """This and the next three: see `matching.traits`."""
    letters: NDArray[np.uint16]
    weak: NDArray[np.uint64]
    sound: NDArray[np.uint64]

    @classmethod
    def of(cls, rows: Sequence[MarkRow]) -> "Facts":
        """The columns of rows that are in ascending order of key."""
        return cls(
            np.array([row.key for row in rows], np.int64),
            np.array([row.change for row in rows], np.int64),
            np.array([row.office for row in rows], np.uint16),
            np.array([row.classes for row in rows], np.uint64),
            np.array([row.status for row in rows], np.uint8),
            np.array([day_number(row.filed_on) for row in rows], np.int32),
            np.array([_last_day(row.lapses_on) for row in rows], np.int32),
            np.array([row.content for row in rows], np.uint64),
            *_traits(rows),
        )

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "Facts":
        """The columns whose `arrays` these are."""
        return cls(*(arrays[name] for name in cls.__slots__))  # type: ignore[arg-type]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Every column by name, as a segment file keeps them."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def joined(cls, parts: "Sequence[Facts]") -> "Facts":
        """The columns of several, at least one, one after the other."""
        columns = [part.arrays() for part in parts]
        return cls.of_arrays(
            {name: np.concatenate([part[name] for part in columns]) for name in cls.__slots__}
        )

    def take(self, places: NDArray[np.integer[Any]]) -> "Facts":
        """The columns of some marks, in the order given."""
        return Facts(*(column[places] for column in self.arrays().values()))


def day_number(day: date | None) -> int:
    """Days since 1970-01-01; UNKNOWN_DAY for None."""
    return UNKNOWN_DAY if day is None else day.toordinal() - _EPOCH


def _last_day(day: date | None) -> int:
    return NEVER if day is None else day_number(day)


def _traits(
    rows: Sequence[MarkRow],
) -> tuple[NDArray[np.uint8], NDArray[np.uint16], NDArray[np.uint64], NDArray[np.uint64]]:
    """The traits of rows, column by column."""
    found: list[Traits] = [traits_of(row.sign.text) for row in rows]
    return (
        np.array([one.scripts for one in found], np.uint8),
        np.array([one.letters for one in found], np.uint16),
        np.array([one.weak for one in found], np.uint64),
        np.array([one.sound for one in found], np.uint64),
    )


@dataclass(frozen=True, slots=True)
class Filter:
    """Which marks count. Every condition must hold; one left out excludes nothing.

    A mark of which a class or a day is not known may be meant: it passes.
    """

    offices: frozenset[int] | None = None
    classes: int = 0
    """Marks with any of these classes (bits), or with goods of no known class; 0 for all."""
    statuses: frozenset[int] | None = None
    filed_from: date | None = None
    filed_to: date | None = None
    keys: frozenset[int] | None = None
    """Only these marks: those of an owner."""
    not_keys: frozenset[int] = frozenset()
    """Never these marks: the client's own."""

    def passes(self, facts: Facts, places: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Which of the marks at these places of a segment count."""
        good = np.ones(len(places), np.bool_)
        for column, wanted in (
            (facts.office, self.offices),
            (facts.status, self.statuses),
            (facts.key, self.keys),
        ):
            if wanted is not None:
                good &= np.isin(column[places], np.array(sorted(wanted), np.int64))
        if self.not_keys:
            barred = np.array(sorted(self.not_keys), np.int64)
            good &= ~np.isin(facts.key[places], barred)
        if self.classes:
            classes = facts.classes[places]
            good &= ((classes & np.uint64(self.classes | CLASSLESS)) != 0) | (classes == 0)
        filed = facts.filed[places]
        if self.filed_from is not None:
            good &= (filed >= day_number(self.filed_from)) | (filed == UNKNOWN_DAY)
        if self.filed_to is not None:
            good &= filed <= day_number(self.filed_to)
        return good


EVERY = Filter()
