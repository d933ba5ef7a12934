"""One query against a snapshot of the index: everything found, scored, ranked, counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching import scores
from service.matching.exhaustive import Found as Mark
from service.matching.index import pool
from service.matching.index.marks import EVERY, Filter
from service.matching.index.retrieval import Asked, Found, Piece, effort, find, gather
from service.matching.index.segment import Segment
from service.matching.kinds import KINDS
from service.matching.prepared import Prepared

SERIAL = 20_000
"""Forms below which handing work to other threads costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A set of segments at one moment; never changes."""

    segments: tuple[Segment, ...]
    dead: tuple[NDArray[np.bool_], ...]
    """For each segment, which of its marks are dead."""
    change: int
    """Every change up to this number is in it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found."""

    marks: tuple[Mark, ...]
    """The first, most prominent first; ties by the values, then by key."""
    total: int
    """How many marks were found."""
    bands: dict[str, int]
    """How many of them reach each band of `scores.BANDS` and no better one; `none` for the rest."""
    truncated: bool
    """Whether more were found than `marks` holds."""
    change: int
    """Every change up to this number was considered."""


class Candidates(NamedTuple):
    """Marks found, row by row."""

    keys: NDArray[np.int64]
    values: NDArray[np.int16]
    """Shape (marks, kinds)."""
    similarity: NDArray[np.float64]
    prominence: NDArray[np.float64]
    """See `scores.prominence`; of all rows together."""
    segment: NDArray[np.int32]
    """Place of the segment each mark stands in."""
    place: NDArray[np.uint32]
    """Its place there."""

    def take(self, rows: NDArray[np.intp]) -> "Candidates":
        """Some of the rows, in the order given."""
        return Candidates(*(column[rows] for column in self))  # type: ignore[arg-type]


def joined(parts: Sequence[Candidates]) -> Candidates:
    """The rows of several, at least one, one after the other."""
    return Candidates(*map(np.concatenate, zip(*parts, strict=True)))


class Scored(NamedTuple):
    """The rows of one segment."""

    keys: NDArray[np.int64]
    values: NDArray[np.int16]
    similarity: NDArray[np.float64]
    place: NDArray[np.uint32]


def _candidates(snapshot: Snapshot, place: int, found: list[Found], passing: Filter) -> Scored:
    """The living marks of one segment behind the forms found that pass, scored row by row."""
    segment = snapshot.segments[place]
    places, values = gather(segment, found)
    good = passing.passes(segment.facts, places) & ~snapshot.dead[place][places]
    if not good.all():
        values, places = values[good], places[good]
    return Scored(segment.facts.key[places], values, scores.score(values).similarity, places)


def retrieve(
    snapshot: Snapshot, query: Prepared, *, passing: Filter = EVERY, serial: bool = False
) -> Candidates:
    """Every living mark that some kind finds and that passes, with its values and similarity.

    With `serial` the caller's thread does it all.
    """
    asked = Asked.of(query)
    segments = snapshot.segments
    alone = serial or sum(segment.forms for segment in segments) < SERIAL
    work = [(place, piece) for place in range(len(segments)) for piece in asked.pieces]
    work.sort(key=lambda item: -effort(segments[item[0]], item[1]))

    def one(item: tuple[int, Piece]) -> list[Found]:
        return find(segments[item[0]], item[1])

    found: list[list[Found]] = [[] for _ in segments]
    parts = [one(item) for item in work] if alone else pool.each(one, work)
    for (place, _), part in zip(work, parts, strict=True):
        found[place].extend(part)

    def rows(place: int) -> Scored:
        return _candidates(snapshot, place, found[place], passing)

    places = range(len(segments))
    scored = [rows(place) for place in places] if alone else pool.each(rows, places)
    keys = np.concatenate([np.empty(0, np.int64), *(part.keys for part in scored)])
    none = np.empty((0, len(KINDS)), np.int16)
    values = np.concatenate([none, *(part.values for part in scored)])
    similarity = np.concatenate([np.empty(0), *(part.similarity for part in scored)])
    standing = np.concatenate([np.empty(0, np.uint32), *(part.place for part in scored)])
    sizes = [len(part.keys) for part in scored]
    segment = np.repeat(np.arange(len(scored), dtype=np.int32), sizes)
    prominence = scores.prominence(similarity, values)
    return Candidates(keys, values, similarity, prominence, segment, standing)


def _best(found: Candidates, limit: int) -> NDArray[np.intp]:
    """The first `limit` rows in the order of `scores.rank`, without sorting the rest."""
    stands = found.prominence
    rows = np.arange(len(stands))
    if 0 < limit < len(stands):
        least = np.partition(stands, len(stands) - limit)[len(stands) - limit]
        rows = np.flatnonzero(stands >= least)
    sums = found.values[rows].sum(axis=1, dtype=np.int64)
    return rows[np.lexsort((found.keys[rows], -sums, -stands[rows]))][:limit]


def _bands(similarity: NDArray[np.float64]) -> dict[str, int]:
    """How many similarities fall in each band, best first, with `none`."""
    counts = {}
    above = 0
    for name, least in scores.BANDS:
        reached = int((similarity >= least).sum())
        counts[name] = reached - above
        above = reached
    counts["none"] = len(similarity) - above
    return counts


def search(
    snapshot: Snapshot,
    query: Prepared,
    *,
    passing: Filter = EVERY,
    limit: int | None = None,
    serial: bool = False,
) -> Result:
    """Retrieve, score and rank. `limit` cuts only what is listed, never what is counted."""
    found = retrieve(snapshot, query, passing=passing, serial=serial)
    top = _best(found, len(found.keys) if limit is None else limit)
    marks = tuple(
        Mark(
            int(found.keys[row]),
            float(found.similarity[row]),
            float(found.prominence[row]),
            _named(found.values[row]),
        )
        for row in top
    )
    truncated = len(marks) < len(found.keys)
    return Result(marks, len(found.keys), _bands(found.similarity), truncated, snapshot.change)


def _named(values: NDArray[np.int16]) -> dict[str, float]:
    """Value of each kind that found a mark, in [0, 1]."""
    return {
        kind.name: int(value) / scores.TOP
        for kind, value in zip(KINDS, values, strict=True)
        if value
    }
