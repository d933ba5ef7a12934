"""What words mean: concepts of plain words in six languages, and the pieces of a run of Han."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from service.matching import inflection, normalise, pseudo, tables, words

LANGUAGES = ("en", "zh", "es", "fr", "de", "it")
"""Languages of `data/concepts.csv`, those buyers everywhere know best first."""


class _Lexicon(NamedTuple):
    concepts: dict[str, str]
    """Concept id, after a `=`, by folded word or phrase (joined)."""
    singulars: dict[str, str]
    """Words by the plurals that no final s makes."""


@lru_cache(maxsize=1)
def _read() -> _Lexicon:
    table: dict[str, str] = {}
    singulars: dict[str, str] = {}
    rows = list(tables.rows("concepts.csv"))
    for language in LANGUAGES:
        for row in rows:
            for word in row[language].split(";"):
                key = normalise.fold(word).replace(" ", "")
                if key:
                    table.setdefault(key, f"={row['id']}")
                    table.setdefault(words.stem(key), f"={row['id']}")
                    singulars.setdefault(inflection.plural(key, language), key)
    singulars = {one: word for one, word in singulars.items() if one and one not in table}
    for written, word in (*singulars.items(), *pseudo.plain_words().items()):
        if word in table:
            table.setdefault(written, table[word])
    return _Lexicon(table, singulars)


def lexicon() -> dict[str, str]:
    """Concept id, after a `=`, of each folded word or phrase (joined), from `data/concepts.csv`.

    A word of several languages means what it means in the first of `LANGUAGES`; plurals and pseudo
    marks come last.
    """
    return _read().concepts


def singular_of(word: str) -> str:
    """The word of which a folded one is the plural; itself where it is none."""
    return _read().singulars.get(word) or words.stem(word)


def word_of(word: str) -> str:
    """The word of which a folded one is the plural or another spelling (FLORES, 4EVER)."""
    return singular_of(pseudo.plain_words().get(word, word))


_LONGEST_HAN = 4


def concept_of(word: str) -> str:
    """Concept id of a folded word with a leading `=`, else its stem."""
    table, stem = lexicon(), words.stem(word)
    return table.get(word) or table.get(stem) or stem


@lru_cache(maxsize=1)
def _begin() -> frozenset[str]:
    """First two characters of the words of the lexicon, of those that have as many."""
    return frozenset(word[:2] for word in lexicon() if len(word) > 1)


def _pieces(run: str) -> list[str]:
    """A run of Han cut into words of the lexicon, longest first from the left, and what is left."""
    table, begin = lexicon(), _begin()
    shortest = 1 if len(run) <= 2 else 2
    at, rest, pieces = 0, 0, []
    while at < len(run):
        longest = min(_LONGEST_HAN, len(run) - at) if run[at : at + 2] in begin else 1
        for size in range(longest, shortest - 1, -1):
            piece = run[at : at + size]
            if piece in table:
                if rest < at:
                    pieces.append(run[rest:at])
                pieces.append(piece)
                at = rest = at + size
                break
        else:
            at += 1
    if rest < at:
        pieces.append(run[rest:])
    return pieces


def read(run: str) -> tuple[str, ...]:
    """Concept ids of the words of a run of Han, single characters too; empty unless all are known.

    Longest first from the left, as its pieces, but with nothing left over (电老虎: power, tiger).
    """
    table, found, at = lexicon(), [], 0
    while at < len(run):
        pieces = (run[at : at + size] for size in range(_LONGEST_HAN, 0, -1))
        piece = next((piece for piece in pieces if piece in table), "")
        if not piece:
            return ()
        found.append(table[piece])
        at += len(piece)
    return tuple(found)


Sense = tuple[str, str, int]
"""Concept or text, the words it comes from, and their share of the mark."""


def _han_senses(run: str, share: int) -> list[Sense]:
    """The senses of every piece of a run of Han."""
    pieces = _pieces(run)
    if len(pieces) == 1:
        return [(concept_of(run), run, share)]
    weights = [len(piece) * words.weight_of(piece) for piece in pieces]
    whole = sum(weights)
    return [
        (concept_of(piece), piece, max(1, share * weight // whole))
        for piece, weight in zip(pieces, weights, strict=True)
    ]


def senses_of(parts: Sequence[tuple[str, bool, int]]) -> Iterator[Sense]:
    """The senses of all parts of a mark.

    Two words in letters that make a phrase of the lexicon count as one.
    """
    table = lexicon()
    at = 0
    while at < len(parts):
        text, han, share = parts[at]
        after = parts[at + 1] if at + 1 < len(parts) else ("", True, 0)
        at += 1
        if han:
            yield from _han_senses(text, share)
        elif not after[1] and text + after[0] in table:
            yield concept_of(text + after[0]), f"{text} {after[0]}", share + after[2]
            at += 1
        else:
            yield concept_of(text), text, share
