"""Values of one pair of prepared marks, kind by kind, with the two forms that gave each value."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.matching import containment, kernels, scores
from service.matching.kinds import KINDS, Axis, Family, Form, Kind
from service.matching.prepared import Prepared

NAMES = np.array([kind.name for kind in KINDS])


@dataclass(frozen=True, slots=True)
class Evidence:
    """The best pair of forms of one kind."""

    kind: Kind
    value: int
    """0..10000, see `kinds`."""
    query: tuple[Form, ...]
    mark: tuple[Form, ...]


@lru_cache
def _floors(floors: tuple[int, ...]) -> NDArray[np.int64]:
    return np.array(floors, np.int64)


def _string(kind: Kind, query: Prepared, mark: Prepared) -> Evidence | None:
    both = (*query.laid(kind.asks), *mark.laid(kind.holds))
    one, other, value = kernels.best_pair(*both, _floors(kind.floors), int(kind.style))
    if one < 0:
        return None
    pair = (query.by_kind[kind.asks][one],), (mark.by_kind[kind.holds][other],)
    return Evidence(kind, int(value), *pair)


def _part(kind: Kind, query: Prepared, mark: Prepared) -> Evidence | None:
    both = (*query.laid(kind.asks), *mark.laid(kind.holds))
    one, other, value = containment.best(*both, kind.floors[0])
    if one < 0:
        return None
    pair = (query.by_kind[kind.asks][one],), (mark.by_kind[kind.holds][other],)
    return Evidence(kind, int(value), *pair)


def _set(kind: Kind, query: Prepared, mark: Prepared) -> Evidence | None:
    asked, held = query.by_kind[kind.asks], mark.by_kind[kind.holds]
    mine = {form.text: form for form in reversed(asked)}
    theirs = {form.text: form for form in reversed(held)}
    shared = [text for text in (form.text for form in asked) if text in theirs]
    shared = list(dict.fromkeys(shared))
    if not shared:
        return None
    value = int(
        kernels.cover(
            sum(mine[text].share for text in shared),
            sum(theirs[text].share for text in shared),
            kind.floors[0],
        )
    )
    pairs = tuple(mine[text] for text in shared), tuple(theirs[text] for text in shared)
    return Evidence(kind, value, *pairs) if value else None


def _key(kind: Kind, query: Prepared, mark: Prepared) -> Evidence | None:
    asked, held = query.by_kind[kind.asks], mark.by_kind[kind.holds]
    best: Evidence | None = None
    theirs: dict[str, list[Form]] = {}
    for form in held:
        theirs.setdefault(form.text, []).append(form)
    for form in asked:
        for other in theirs.get(form.text, ()):
            value = int(kernels.belong(form.share, other.share))
            if best is None or value > best.value:
                best = Evidence(kind, value, (form,), (other,))
    return best


_WAYS = {Family.STRING: _string, Family.SET: _set, Family.KEY: _key, Family.PART: _part}


def values_of(
    query: Prepared, mark: Prepared, known: Collection[str] | None = None
) -> dict[str, Evidence]:
    """Every kind by which the query finds the mark, with its value and the forms behind it.

    `known` are the names of these kinds, where they are known: no other is tried then.
    """
    found = {}
    for kind in KINDS:
        asked = known is None or kind.name in known
        if asked and kind.asks in query.by_kind and kind.holds in mark.by_kind:
            evidence = _WAYS[kind.family](kind, query, mark)
            if evidence is not None and evidence.value > 0:
                found[kind.name] = evidence
    return found


def deciding(ways: Mapping[str, Evidence], axis: Axis) -> Evidence | None:
    """The way that decides an axis; of ways worth the same the one whose name is last."""
    return max(
        (way for way in ways.values() if way.kind.axis is axis),
        key=lambda way: (scores.worth(way.kind.name, way.value), way.kind.name),
        default=None,
    )


def kinds_of(row: NDArray[np.integer[Any]]) -> frozenset[str]:
    """The names of the kinds that have a value in a row of them."""
    return frozenset(NAMES[row > 0].tolist())


def row_of(ways: Mapping[str, Evidence]) -> NDArray[np.int64]:
    """The values of one pair as `scores.score` takes them, shape (1, len(KINDS))."""
    found = [ways[kind.name].value if kind.name in ways else 0 for kind in KINDS]
    return np.array([found], np.int64)
