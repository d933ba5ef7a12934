"""What weighs little in a mark: descriptive words, legal forms, places, colours."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from service.matching import tables

ORDINARY = 100
"""Weight of a word no list names."""


KEPT = 16_384
"""Words of which each cache keeps what was found out about them: a few hundred bytes a word."""

WEAK = 50
"""Words of at most this weight, in per cent, do not distinguish by themselves."""

FUNCTION = 10
"""Words of at most this weight (of, the, de) are nothing that marks could meet in."""
DESCRIPTIVE = 55
"""Words of at most this weight, colours too, are no reason for a conflict where marks share nothing
else (EU-3, US-6). Colours are not taken off the ends of words: BLUESTONE is no STONE."""


ARTICLES = frozenset(
    (
        *("the", "a", "an", "el", "la", "los", "las", "un", "una", "unos", "unas", "le", "les"),
        *("une", "des", "du", "der", "die", "das", "den", "dem", "ein", "eine", "il", "lo", "gli"),
        *("i", "uno"),
    )
)
"""Articles of the six languages of the lexicon: CN-9 takes marks for one that differ in them."""


@dataclass(frozen=True, slots=True)
class WeakWord:
    """One row of `data/weak_words.csv`."""

    word: str
    weight: int
    """Per cent of an ordinary word's weight, 5 to 90."""
    category: str
    source: str


@lru_cache(maxsize=1)
def weak_words() -> dict[str, WeakWord]:
    """The lists of weak words, by folded word."""
    table: dict[str, WeakWord] = {}
    for row in tables.rows("weak_words.csv"):
        for word in row["words"].split():
            table.setdefault(
                word, WeakWord(word, int(row["weight"]), row["category"], row["source"])
            )
    return table


_PLAIN_ENDINGS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"))


@lru_cache(maxsize=1)
def _singulars() -> dict[str, str]:
    """Singulars of English plurals that no ending tells, from `data/plurals.csv`."""
    return {row["plural"]: row["singular"] for row in tables.rows("plurals.csv")}


def stem(word: str) -> str:
    """A word without its plural ending: US-7 treats singular and plural as equal."""
    singular = _singulars().get(word)
    if singular:
        return singular
    if word[-1:] != "s" or len(word) < 4 or word[-2] in "sui" or not word.isascii():
        return word
    for ending, instead in _PLAIN_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    return word[:-1]


_FOR_ALL = frozenset({"place", "legal form", "group", "praise", "colour", "internet"})
"""Categories of words that are weak whatever the goods. BOOKSTORE is weak for books, and was what
two bars were told apart by (a decided conflict of the development data)."""


def weak_for_all(word: str) -> bool:
    """Whether a word distinguishes little for any goods."""
    weak = weak_words().get(word) or weak_words().get(stem(word))
    return weak is not None and weak.category in _FOR_ALL


_NUMBER = (0, 30, 45, 75)
"""Weight of a number by its digits."""
_YEAR = 35


def is_place(word: str) -> bool:
    """Whether a folded word is the name of a place, by the lists."""
    weak = weak_words().get(word)
    return weak is not None and weak.category.startswith("place")


@lru_cache(maxsize=1)
def _weights() -> dict[str, int]:
    return {word: weak.weight for word, weak in weak_words().items()}


def weight_of(word: str) -> int:
    """Weight of a folded word in per cent of an ordinary word's."""
    table = _weights()
    weight = table.get(word) or table.get(stem(word))
    if weight:
        return weight
    if word.isdigit():
        return _NUMBER[min(len(word), 3)] if word[:2] not in ("19", "20") else _YEAR
    if len(word) == 1 and word.isascii():
        return 45
    return ORDINARY


_LEAST_INNER = 4
"""Letters of the shortest weak word, Han aside, that is told inside a longer word."""


class _Edges(NamedTuple):
    """The weak words that are told inside a longer word, and how they begin and end."""

    weights: dict[str, int]
    longest: int
    heads: frozenset[str]
    """First characters, and first _LEAST_INNER characters, of the words."""
    tails: frozenset[str]
    """Last ones."""


@lru_cache(maxsize=1)
def _edges() -> _Edges:
    weights = {word: weight for word, weight in _weights().items() if weight <= WEAK}
    return _Edges(
        weights,
        max(map(len, weights)),
        frozenset(word[:size] for word in weights for size in (1, _LEAST_INNER)),
        frozenset(word[-size:] for word in weights for size in (1, _LEAST_INNER)),
    )


def inner_core(word: str) -> tuple[str, int]:
    """A word without a weak word at its end or beginning, and the weight of what was left off.

    Gives the word itself and 0 where there is none. At least two letters stay.
    """
    levels = cores(word)
    return levels[0] if levels else (word, 0)


def _less(word: str) -> tuple[str, int]:
    weights, longest, heads, tails = _edges()
    han = ord(word[0]) > 0x2E7F
    least = (1 if len(word) > 2 else 2) if han else _LEAST_INNER
    edge = 1 if han else _LEAST_INNER
    if word[:edge] not in heads and word[-edge:] not in tails:
        return word, 0
    for size in range(min(longest, len(word) - 2), least - 1, -1):
        tail, head = word[-size:], word[:size]
        if tail in weights:
            return word[:-size], weights[tail]
        if head in weights:
            return word[size:], weights[head]
    return word, 0


@lru_cache(maxsize=KEPT)
def cores(word: str) -> tuple[tuple[str, int], ...]:
    """What is left of a word as one weak word after the other is taken off its ends.

    Each with the weight of all that was left off; the last of 江苏雅迪科技公司 is 雅迪. Empty where
    there is nothing to take off.
    """
    found: list[tuple[str, int]] = []
    off = 0
    core, left = _less(word)
    while left:
        off += left
        found.append((core, off))
        core, left = _less(core)
    return tuple(found)


def core_of(word: str) -> str:
    """A word without all weak words at its ends."""
    levels = cores(word)
    return levels[-1][0] if levels else word


def tail_of(word: str) -> str:
    """What is left of a word without its core; empty where nothing is."""
    core, left = inner_core(word)
    return word.replace(core, "", 1) if left else ""
