"""Values of one pair of prepared marks, kind by kind, with the two forms that gave each value."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from service.matching import kernels
from service.matching.kinds import KINDS, Family, Form, Kind
from service.matching.prepared import Prepared, codes_of


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


def _string(kind: Kind, asked: tuple[Form, ...], held: tuple[Form, ...]) -> Evidence | None:
    codes = codes_of("".join(form.text for form in held))
    starts = np.cumsum([0, *(len(form.text) for form in held)])
    shares = np.array([form.share for form in held])
    rest = (codes, starts, shares, _floors(kind.floors), int(kind.style))
    best: Evidence | None = None
    for form in asked:
        at, value = kernels.best_pair(codes_of(form.text), form.share, *rest)
        if at >= 0 and (best is None or value > best.value):
            best = Evidence(kind, int(value), (form,), (held[at],))
    return best


def _set(kind: Kind, asked: tuple[Form, ...], held: tuple[Form, ...]) -> Evidence | None:
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


def _key(kind: Kind, asked: tuple[Form, ...], held: tuple[Form, ...]) -> Evidence | None:
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


_WAYS = {Family.STRING: _string, Family.SET: _set, Family.KEY: _key}


def values_of(query: Prepared, mark: Prepared) -> dict[str, Evidence]:
    """Every kind by which the query finds the mark, with its value and the forms behind it."""
    found = {}
    for kind in KINDS:
        asked, held = query.by_kind.get(kind.asks, ()), mark.by_kind.get(kind.holds, ())
        if asked and held:
            evidence = _WAYS[kind.family](kind, asked, held)
            if evidence is not None and evidence.value > 0:
                found[kind.name] = evidence
    return found
