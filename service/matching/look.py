"""What looks alike: a skeleton of letters, and characters that may be taken for one another."""

from functools import lru_cache

from service.matching import tables
from service.matching.normalise import other_forms

_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"), ("ii", "u"))
"""Two letters that read as one, in the order they are tried."""
_LETTERS = str.maketrans(
    {
        "0": "o",
        "1": "l",
        "i": "l",
        "5": "s",
        "3": "e",
        "4": "a",
        "7": "t",
        "8": "b",
        "6": "b",
        "9": "g",
        "2": "z",
        "q": "o",
    }
)


@lru_cache(maxsize=1)
def confusables() -> dict[int, str]:
    """Letters of other scripts to the Latin letter they look like (UTS #39)."""
    return {ord(row["letter"]): row["latin"] for row in tables.rows("confusables.csv")}


def skeleton(text: str) -> str:
    """The look of a folded text in plain letters: homoglyphs, leet digits, joined strokes."""
    if not text.isascii():
        text = text.translate(confusables())
    for pair, single in _PAIRS:
        text = text.replace(pair, single)
    return text.translate(_LETTERS)


_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b"})


_LONG_ENOUGH = 5


def unmasked(text: str) -> str:
    """A word with digits among its letters read as the letters they stand for; others unchanged.

    A digit at the end of a short word is a number (CK1), not a letter.
    """
    if text.isalpha():
        return text
    mixed = text.isascii() and text.isalnum() and not text.isdigit()
    if mixed and (len(text) >= _LONG_ENOUGH or text[-1].isalpha()):
        return text.translate(_LEET)
    return text


@lru_cache(maxsize=1)
def lookalikes() -> dict[str, tuple[str, ...]]:
    """Han characters that may be taken for one another, both ways, the closest first.

    They look alike, or one is also written for the other (芸 for 艺 in Japanese).
    """
    table: dict[str, tuple[str, ...]] = {}
    for written, meant in other_forms().items():
        for one, other in ((written, meant), (meant, written)):
            table[one] = (*table.get(one, ()), other)
    for row in tables.rows("han_lookalikes.csv"):
        known = table.get(row["character"], ())
        table[row["character"]] = tuple(dict.fromkeys((*known, *row["alike"])))
    return table


@lru_cache(maxsize=1)
def _merged() -> dict[str, list[tuple[int, str, str]]]:
    """Characters and the rows they fall apart into, and back, by the first character.

    Of each the number in the order in which they are tried, what is exchanged, and for what.
    """
    table: dict[str, list[tuple[int, str, str]]] = {}
    for number, row in enumerate(tables.rows("han_split.csv")):
        character, parts = row["character"], row["parts"]
        table.setdefault(character, []).append((2 * number, character, parts))
        table.setdefault(parts[0], []).append((2 * number + 1, parts, character))
    return table


MOST_EXCHANGED = 6
"""Longest run of Han whose characters are exchanged; longer ones are found by what stays equal."""


@lru_cache(maxsize=1024)
def exchanged(run: str) -> tuple[str, ...]:
    """A run of Han with one character exchanged for a look-alike, split or merged."""
    if len(run) > MOST_EXCHANGED:
        return ()
    variants = [
        run[:at] + other + run[at + 1 :]
        for at, character in enumerate(run)
        for other in lookalikes().get(character, ())
    ]
    merged = _merged()
    ways = {way for character in run for way in merged.get(character, ()) if way[1] in run}
    variants += [run.replace(one, other, 1) for _, one, other in sorted(ways)]
    return tuple(dict.fromkeys(variants))
