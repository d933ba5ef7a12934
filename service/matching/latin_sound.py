"""How a Latin word sounds when read in English, Spanish, German, French, or as pinyin abroad.

Each language is a table of spelling rules, tried in order at every letter; the output is a string
of phonemes, one character each: stops p b t d k g, fricatives f v s z S (sh) Z (zh) h, affricates C
(ch) J (j), m n l r, glides w and i, vowels a e i o u. The rules are the ordinary ones of a spelling
primer, written for this project; accents have been folded before.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from service.matching.latin_rules import ABROAD, ENGLISH, FRENCH, GERMAN, SPANISH, Rule

READINGS: dict[str, tuple[Rule, ...]] = {
    "en": ENGLISH,
    "es": SPANISH,
    "de": GERMAN,
    "fr": FRENCH,
    "zh": ABROAD,
}

_PINYIN_WORD = re.compile(
    "(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    "(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ue"
    "|ui|er|a|o|e|i|u|v))+$"
)
_SOUNDED = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")


_BEHIND = re.compile(r"^(?:\^|\(\?<[=!][^)]*\))+")


def _begins_with(spelling: str) -> set[str]:
    """Letters with which a match of a spelling rule can begin."""
    depth, start, choices = 0, 0, []
    for at, letter in enumerate(spelling):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            choices.append(spelling[start:at])
            start = at + 1
    letters: set[str] = set()
    for choice in (*choices, spelling[start:]):
        bare = _BEHIND.sub("", choice)
        if bare.startswith("(?:"):
            letters |= _begins_with(bare[3 : bare.index(")")])
        elif bare.startswith("["):
            letters |= set(bare[1 : bare.index("]")])
        else:
            letters.add(bare[0])
    return letters


def _reader(rules: tuple[Rule, ...]) -> Callable[[str], str]:
    """One function from a word to its phonemes; at each letter only its own rules are tried."""
    by_letter: dict[str, list[Rule]] = {}
    for spelling, output in rules:
        for letter in _begins_with(spelling):
            by_letter.setdefault(letter, []).append((spelling, output))
    tried = {
        letter: (
            re.compile("|".join(f"({spelling})" for spelling, _ in own)).match,
            ["", *(output for _, output in own)],
        )
        for letter, own in by_letter.items()
    }

    def read(word: str) -> str:
        sounds, at = [], 0
        while at < len(word):
            match = None
            if word[at] in tried:
                matching, outputs = tried[word[at]]
                match = matching(word, at)
            if match is None:
                sounds.append(word[at])
                at += 1
            else:
                sounds.append(outputs[match.lastindex or 0])
                at = match.end()
        return "".join(sounds)

    return read


def _single(text: str) -> str:
    """A text in which runs of one letter count once."""
    return _DOUBLED.sub(r"\1", text) if _DOUBLED.search(text) else text


_READERS = {language: _reader(rules) for language, rules in READINGS.items()}


@lru_cache(maxsize=131072)
def readings(word: str) -> tuple[tuple[str, str], ...]:
    """Distinct readings of a folded Latin word as (language, phonemes), English first.

    Digits stay as they are. A word without a vowel is spelled out, not read, and has no readings.
    The reading as pinyin abroad is given only for words that are pinyin.
    """
    seen: dict[str, str] = {}
    if not _SOUNDED.search(word):
        return ()
    for language, reader in _READERS.items():
        if language == "zh" and not _PINYIN_WORD.match(word):
            continue
        phonemes = _single(reader(word))
        if phonemes:
            seen.setdefault(phonemes, language)
    return tuple((language, phonemes) for phonemes, language in seen.items())


_CLASSES = str.maketrans(
    {
        "p": "P",
        "b": "P",
        "m": "M",
        "f": "F",
        "v": "F",
        "w": "F",
        "t": "T",
        "d": "T",
        "n": "N",
        "l": "L",
        "r": "L",
        "k": "K",
        "g": "K",
        "h": "H",
        "s": "S",
        "z": "S",
        "S": "S",
        "Z": "S",
        "C": "S",
        "J": "S",
        "a": "A",
        "e": "I",
        "i": "I",
        "o": "U",
        "u": "U",
        "x": "S",
        "y": "I",
        "j": "S",
        "q": "K",
        "c": "K",
    }
)


@lru_cache(maxsize=131072)
def classes(phonemes: str) -> str:
    """Classes of sounds: P T K M N L F S H, vowels A I U; runs of one class count once."""
    return _single(phonemes.replace("ts", "s").translate(_CLASSES))
