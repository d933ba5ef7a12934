"""What of the words of a mark decides how it is judged, in numbers an index keeps beside it."""

import unicodedata
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from service.matching import normalise, words
from service.matching.normalise import Token, is_han
from service.matching.sounding import sound_of

LATIN, HAN, OTHER = 1, 2, 4
"""Bits of the scripts a mark is written in."""
MOST_LETTERS = 0xFFFF


class Traits(NamedTuple):
    """Of one mark."""

    scripts: int
    """Bits of its scripts: a mixed mark has several."""
    letters: int
    """How many letters, digits and characters it has, MOST_LETTERS at most."""
    weak: int
    """64 bits, one set for each word or ending that distinguishes little: two marks without a
    common bit do not meet in such words only. With one they may; `Facts.weak_only` knows."""
    sound: int
    """How it sounds as a whole, see `sounding`."""


def traits_of(text: str) -> Traits:
    """Return the traits of a mark with these words; raises nothing on any Unicode."""
    folded = normalise.fold(text)
    tokens = normalise.tokens_of(folded)
    scripts, letters = _written(text if text.isascii() else folded)
    return Traits(scripts, letters, weak_bits(tokens), sound_of(tokens))


def written(text: str) -> tuple[int, int]:
    """Return the bits of the scripts of a mark, and how many letters, digits and characters it has.

    Of the folded text: full-width and accented letters are Latin ones, a syllable of Hangul is one
    letter however it is encoded. No script where there is no letter, digit or character.
    """
    return _written(text if text.isascii() else normalise.fold(text))


def _written(plain: str) -> tuple[int, int]:
    shown = len(plain) if plain.isalnum() else sum(map(str.isalnum, plain))
    letters = min(shown, MOST_LETTERS)
    if plain.isascii():
        return (LATIN if letters else 0), letters
    if normalise.is_only_han(plain):
        return HAN, letters
    bits = 0
    for char in set(plain):
        if char.isalnum():
            bits |= HAN if is_han(char) else LATIN if _is_latin(char) else OTHER
    return bits, letters


def _is_latin(letter: str) -> bool:
    """Whether a letter or digit is of the Latin script: Unicode names each by its script."""
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN ")


def weak_bits(tokens: Sequence[Token]) -> int:
    """Return the bits of the words and the ending of a mark that distinguish little."""
    bits = _bit(words.tail_of(tokens[-1].text)) if tokens else 0
    core = words.core_of(tokens[0].text) if len(tokens) == 1 else ""
    if core and words.weight_of(core) <= words.DESCRIPTIVE:
        bits |= _bit(core)
    for token in tokens:
        stem = words.stem(token.text)
        if words.FUNCTION < words.weight_of(stem) <= words.DESCRIPTIVE:
            bits |= _bit(stem)
    return bits


def _bit(word: str) -> int:
    """Return the bit of a word; none of no word."""
    return 1 << (zlib.crc32(word.encode("utf-8", "surrogatepass")) & 63) if word else 0
