"""A set of segments with what changed since: appended in memory, merged to disk at a bound."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from service.matching.index.marks import Change, Death, MarkRow
from service.matching.index.search import Snapshot
from service.matching.index.segment import MakeForms, Segment, joined, of_rows


def newest(changes: Iterable[Change]) -> list[Change]:
    """The last change of each mark, by change number."""
    last: dict[int, Change] = {}
    for change in changes:
        known = last.get(change.key)
        if known is None or change.change >= known.change:
            last[change.key] = change
    return list(last.values())


def _bury(
    segments: Sequence[Segment], dead: Sequence[NDArray[np.bool_]], keys: NDArray[np.int64]
) -> list[NDArray[np.bool_]]:
    """Flags of dead marks with those of the keys set; flags that change are copied first."""
    result = []
    for segment, gone in zip(segments, dead, strict=True):
        places = segment.places(keys)
        flags = gone
        if len(places):
            flags = gone.copy()
            flags[places] = True
        result.append(flags)
    return result


def _settle(
    segments: list[Segment], dead: list[NDArray[np.bool_]], first: int
) -> tuple[list[Segment], list[NDArray[np.bool_]]]:
    """Join the youngest segments in memory while the last is not well smaller than the one before.

    Sizes then fall by half at least from one to the next, so that there are few, and a mark takes
    part in few joins. Segments before `first` are on disk and stay.
    """
    while len(segments) - first > 1 and 2 * len(segments[-1]) > len(segments[-2]):
        last = joined(segments[-2:], dead[-2:])
        segments[-2:], dead[-2:] = [last], [np.zeros(len(last), np.bool_)]
    return segments, dead


def extended(
    snapshot: Snapshot, changes: Sequence[Change], *, upto: int, stored: int, make_forms: MakeForms
) -> Snapshot:
    """The snapshot with changes applied.

    Args:
        snapshot: what there is.
        changes: the last change of each mark, all newer than the snapshot's number.
        upto: the number that the result covers.
        stored: how many of the segments, from the first, are on disk.
        make_forms: gives the forms of a live mark.
    """
    segments, dead = list(snapshot.segments), list(snapshot.dead)
    keys = np.array([change.key for change in changes], np.int64)
    if len(keys):
        dead = _bury(segments, dead, keys)
    live = [change for change in changes if isinstance(change, MarkRow)]
    if live:
        added = of_rows(live, make_forms)
        segments.append(added)
        dead.append(np.zeros(len(added), np.bool_))
        segments, dead = _settle(segments, dead, stored)
    return Snapshot(tuple(segments), tuple(dead), upto)


__all__ = ["Change", "Death", "extended", "newest"]
