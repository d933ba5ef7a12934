"""Names and marks held against those of other matters, by the matching engine: pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from service.matching.engine import Exhaustive, Sign, prepare
from service.registry.prepared import fold_name

NAMES_ALIKE = 0.9
"""Similarity from which two names of parties are held to be perhaps the same."""
MARKS_ALIKE = 0.8
"""Similarity from which two marks are held to be perhaps about the same matter."""
LEGAL_FORM = re.compile(
    r"(股份|有限|责任|公司|集团|\bco\b|\bcompany\b|\blimited\b|\bltd\b|\bllc\b|\binc\b|\bcorp\b"
    r"|\bcorporation\b|\bgmbh\b|\bsrl\b|\bbv\b|\bsa\b|\bplc\b)"
)
"""Words of the legal form, which say nothing of who it is."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that are alike, one of each side."""

    ours: str
    theirs: str
    similarity: float


def bare(name: str) -> str:
    """Return a party's name folded and without its legal form, unless nothing else is left."""
    folded = fold_name(name)
    return " ".join(LEGAL_FORM.sub(" ", folded).split()) or folded


def names_alike(ours: Iterable[str], theirs: Iterable[str]) -> dict[str, Pair]:
    """Return of their party names those that may be one of ours, each with the closest of ours."""
    return _alike(ours, theirs, bare, NAMES_ALIKE)


def marks_alike(ours: Iterable[str], theirs: Iterable[str]) -> dict[str, Pair]:
    """Return of their marks those that are like one of ours, each with the closest of ours."""
    return _alike(ours, theirs, str.strip, MARKS_ALIKE)


def numbers_equal(ours: Iterable[str], theirs: Iterable[str]) -> dict[str, Pair]:
    """Return of their numbers those that are one of ours: letters and digits, case folded."""
    known = {_plain(one): one for one in ours if _plain(one)}
    return {
        other: Pair(known[_plain(other)], other, 1.0) for other in theirs if _plain(other) in known
    }


def _plain(number: str) -> str:
    return "".join(each for each in number.casefold() if each.isalnum())


def _alike(
    ours: Iterable[str], theirs: Iterable[str], reduce: Callable[[str], str], line: float
) -> dict[str, Pair]:
    """Hold every name of ours against all of theirs at once; none that is alike is missed."""
    held = sorted({one for one in theirs if reduce(one)})
    everybody = Exhaustive((at, Sign(reduce(one))) for at, one in enumerate(held))
    best: dict[str, Pair] = {}
    for one in sorted({one for one in ours if reduce(one)}):
        for other, value in _found(everybody, held, reduce(one)):
            same = reduce(one) == reduce(other)
            value = 1.0 if same else value
            if value >= line and (other not in best or value > best[other].similarity):
                best[other] = Pair(one, other, round(value, 4))
    return best


def _found(everybody: Exhaustive, held: Sequence[str], text: str) -> Iterable[tuple[str, float]]:
    asked = prepare(Sign(text))
    if asked.empty or not held:
        return ()
    return ((held[one.key], one.similarity) for one in everybody.search(asked))
