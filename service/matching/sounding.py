"""How a mark sounds as a whole, as one number: marks of one number are said alike, tone aside.

The aural axis of two such marks is *identical* (EU-6, CN-4), whatever their letters. Han is read in
its likeliest reading, letters in English, the one language every market is taken to read; equal in
another language alone is *high*, and US-3 names it. Sounds that the phonemes of `latin_sound` do
not keep apart (th and t, ee and i, hop and hope, the vowel of a last syllable) are kept apart here.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from service.matching import han_sound, latin_sound, look, normalise, pseudo
from service.matching.normalise import Token

UNTOLD = 0
"""Number of a mark of which it is not known how it sounds: it sounds like none."""
_MOST_LATIN, _MOST_HAN = 64, 12
"""Letters and characters of the longest mark that is read: forms are read no further."""

_UNHEARD = re.compile("[aeo][aeiouwy]|[iu][ei]|th|qu?|g(?=[eiy])|(?<=[aeiouy])s(?=[aeiouy])|^x")
_ENDING = re.compile("(?:[aeou][bcdfgklmnprstvz]e|(?<=[a-z]{3})[aiou][nlrm])s?$")
"""Vowels before a silent e, and of a last syllable."""
_STANDS_FOR = {
    spelling: sound
    for sound, spellings in {
        "i": ("ee", "ea", "ei", "ey", "ie"),
        "e": ("ai", "ay"),
        "u": ("oo", "ou", "ui", "ue", "ew"),
        "o": ("oa", "oe", "ow", "au", "aw"),
        **{letters: (letters,) for letters in ("th", "q", "g", "s", "x")},
    }.items()
    for spelling in spellings
}
"""What spellings stand for that English phonemes do not tell from a simpler one: SHEEP and SHIP
have the same phonemes, SEA and SEE the same here too."""
_LONG = {"a": "e", "e": "i", "o": "o", "u": "u"}
"""What the vowel before a silent e stands for (ROAD, RODE)."""


_SPELLED_OUT = re.compile("(?<![a-z])([a-z])(?: ?\\1)+(?![a-z])")
"""A letter two or more times, nothing but it: said letter by letter, AA is no long A."""


def _unheard(latin: str) -> str:
    """What the phonemes of a text leave out."""
    found = [_STANDS_FOR.get(spelling, "") for spelling in _UNHEARD.findall(latin)]
    ending = _ENDING.search(latin, max(len(latin) - 7, 0))
    if ending:
        vowel = ending[0][0]
        found.append(_LONG[vowel] if ending[0].rstrip("s")[-1] == "e" else vowel)
    return "".join(found)


def _latin(text: str) -> str:
    """How letters are read in English; the letters themselves where they have no vowel.

    Empty where they are too many to be read.
    """
    latin = normalise.romanised(look.unmasked(text))
    if len(latin) > _MOST_LATIN:
        return ""
    readings = latin_sound.readings(latin)
    return f"{readings[0][1]} {_unheard(latin)}" if readings else latin


def _han(run: str) -> str:
    """The likeliest reading of a run of Han; empty where a character has none."""
    syllables = han_sound.usual(run)
    return " ".join(syllables) if len(syllables) == len(run) else ""


def sound_of(tokens: Sequence[Token]) -> int:
    """The number of the sound of a mark of these words, 64 bits; `UNTOLD` if it is not known."""
    run = "".join([token.text for token in tokens if token.han])
    words = [token.text for token in tokens if not token.han]
    letters = pseudo.spelled(words) or "".join(words)
    if len(run) > _MOST_HAN or len(letters) > _MOST_LATIN:
        return UNTOLD
    spelled = "".join(found[0].replace(" ", "") for found in _SPELLED_OUT.finditer(" ".join(words)))
    heard = _han(run), _latin(letters) + (f"+{spelled}" if spelled else "")
    if not any(heard) or bool(run) != bool(heard[0]) or bool(letters) != bool(heard[1]):
        return UNTOLD
    told = "|".join(heard).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big") or 1


def alike(sounds: NDArray[np.uint64], others: NDArray[np.uint64] | np.uint64) -> NDArray[np.bool_]:
    """Which marks of these numbers sound as others do."""
    said: NDArray[np.bool_] = (sounds == others) & (sounds != UNTOLD)
    return said
