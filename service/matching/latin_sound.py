"""How a Latin word sounds when read in English, Spanish, German, French, or as pinyin abroad.

Each language is a list of spelling rules, tried in order at every letter; the output is a string
of phonemes, one character each: stops p b t d k g, fricatives f v s z S (sh) Z (zh) h, affricates C
(ch) J (j), m n l r, glides w and i, vowels a e i o u. The rules are the ordinary ones of a spelling
primer, written for this project; accents have been folded before. A kernel walks through the rules
as a table: most of the time of making forms went into reading, when it was done by expressions.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from service.matching.compiling import kernel
from service.matching.latin_rules import ABROAD, ENGLISH, FRENCH, GERMAN, SPANISH, Rule
from service.matching.spelling_rules import BEHIND, LETTERS, OUTSIDE, Path, paths
from service.matching.words import KEPT

READINGS: dict[str, tuple[Rule, ...]] = {
    "en": ENGLISH,
    "es": SPANISH,
    "de": GERMAN,
    "fr": FRENCH,
    "zh": ABROAD,
}

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

_BODY, _REPEATED, _WHOLE, _OUTPUT, _BEFORE = range(5)
_AT = _BEFORE + BEHIND
_PLACES = 6
"""Places a rule may look at from its first letter on."""


def _row(path: Path, output: str) -> list[int]:
    """A path as a row: lengths, output packed into bytes, sets before, sets from its letter on."""
    own = (*path.body, *path.after)
    packed = int.from_bytes(output.encode(), "little")
    row = [len(path.body), path.repeated, len(own), packed, *path.before, *own]
    return row + [0] * (_PLACES - len(own))


def _table() -> tuple[Ints, Ints]:
    """Every way to match a rule by language and first letter, and where those of each begin."""
    rows: list[list[int]] = []
    starts: list[int] = []
    for rules in READINGS.values():
        ways = [(path, output) for spelling, output in rules for path in paths(spelling)]
        for letter in range(OUTSIDE):
            starts.append(len(rows))
            rows += [_row(path, output) for path, output in ways if path.body[0] >> letter & 1]
    return np.array(rows, np.int64), np.array([*starts, len(rows)], np.int64)


_ROWS, _STARTS = _table()
_LANGUAGES = len(READINGS)
_ENDINGS = (
    *("iang", "iong", "uang", "ang", "eng", "ing", "ong", "iao", "ian", "uai", "uan", "ai", "ei"),
    *("ao", "ou", "an", "en", "in", "un", "ia", "ie", "iu", "ua", "uo", "ue", "ui", "er"),
    *("a", "o", "e", "i", "u", "v"),
)
_FINALS = np.array([list(ending.ljust(4, "\0").encode()) for ending in _ENDINGS], np.uint8)
"""How a syllable of pinyin may end."""
_INITIALS = np.array([letter in b"bpmfdtnlgkhjqxrzcsyw" for letter in range(128)], np.bool_)
_ALPHABET = np.full(128, OUTSIDE, np.int64)
_ALPHABET[list(LETTERS.encode())] = np.arange(OUTSIDE)


def _classes() -> Bytes:
    """The class of each phoneme; what is none stays."""
    table = np.arange(128, dtype=np.uint8)
    for letter, phonemes in {
        "P": "pb",
        "M": "m",
        "F": "fvw",
        "T": "td",
        "N": "n",
        "L": "lr",
        "K": "kgqc",
        "H": "h",
        "S": "szSZCJxj",
        "A": "a",
        "I": "eiy",
        "U": "ou",
    }.items():
        table[list(phonemes.encode())] = ord(letter)
    return table


_CLASS = _classes()
_SOUNDED = sum(1 << LETTERS.index(letter) for letter in "aeiouy")
_NAMES = np.array([list(language.encode()) for language in READINGS], np.uint8)
_MOST = 2
"""Phonemes that a rule gives for each letter it reads, at most."""
_LINE, _T, _S, _H = 10, ord("t"), ord("s"), ord("h")


@kernel
def _end_of_match(row: Ints, held: Ints, at: int) -> int:
    """Where the match of a rule at a place ends; -1 when it does not match there."""
    end = at
    for place in range(row[_BODY]):
        if not row[_AT + place] & held[end]:
            return -1
        end += 1
    if row[_REPEATED]:
        while row[_AT + row[_BODY] - 1] & held[end]:
            end += 1
    for ahead in range(row[_WHOLE] - row[_BODY]):
        if not row[_AT + row[_BODY] + ahead] & held[end + ahead]:
            return -1
    for back in range(BEHIND):
        if not row[_BEFORE + back] & held[at - 1 - back]:
            return -1
    return int(end)


@kernel
def _is_pinyin(word: Bytes) -> bool:
    """Whether a word falls apart into syllables, an initial or none and a final each.

    Place by place: an expression would try all ways to cut the word, 2 to the power of its letters.
    """
    length = word.shape[0]
    begins = np.zeros(length + 5, np.bool_)
    goes_on = np.zeros(length + 5, np.bool_)
    begins[0] = True
    for at in range(length):
        if begins[at]:
            letter, after = word[at], word[at + 1] if at + 1 < length else 0
            goes_on[at] = True
            goes_on[at + 1] |= _INITIALS[letter]
            goes_on[at + 2] |= after == _H and letter in (ord("z"), ord("c"), ord("s"))
        if goes_on[at]:
            for final in range(_FINALS.shape[0]):
                end = at
                for letter in _FINALS[final]:
                    if letter and end >= 0:
                        end = end + 1 if end < length and word[end] == letter else -1
                if end >= 0:
                    begins[end] = True
    return bool(begins[length])


@kernel
def _put(out: Bytes, begin: int, size: int, letter: int) -> int:
    """Add a letter to the text that begins there, a run of one letter once; the new size."""
    if size > begin and out[size - 1] == letter:
        return size
    out[size] = letter
    return size + 1


@kernel
def _read(language: int, word: Bytes, held: Ints, out: Bytes, begin: int) -> int:
    """Write the phonemes of a word in one language from a place on; where they end."""
    at, size = 0, begin
    while at < word.shape[0]:
        key = language * OUTSIDE + _ALPHABET[word[at]]
        end, packed = at + 1, np.int64(word[at])
        for rule in range(_STARTS[key], _STARTS[key + 1]):
            match = _end_of_match(_ROWS[rule], held, at + BEHIND)
            if match >= 0:
                end, packed = match - BEHIND, _ROWS[rule, _OUTPUT]
                break
        while packed:
            size = _put(out, begin, size, int(packed & 255))
            packed >>= 8
        at = end
    return size


@kernel
def _write_classes(out: Bytes, begin: int, end: int) -> int:
    """Write the classes of the phonemes between two places behind them; where they end."""
    size = end + 1
    for place in range(begin, end):
        if not (out[place] == _T and out[place + 1] == _S):
            size = _put(out, end + 1, size, _CLASS[out[place]])
    return size


@kernel
def _is_new(out: Bytes, begins: Ints, count: int) -> bool:
    """Whether the last of some lines, its break behind it, is none of those before."""
    at = begins[count]
    for other in begins[:count]:
        length = 0
        while out[other + length] == out[at + length] and out[at + length] != _LINE:
            length += 1
        if out[other + length] == out[at + length]:
            return False
    return bool(out[at] != _LINE)


@kernel
def _write_readings(word: Bytes, out: Bytes, asked: int) -> int:
    """Write the distinct readings of a word in the languages asked for, a bit each; bytes written.

    Three lines each: language, phonemes, classes. None for a word without a vowel.
    """
    length = word.shape[0]
    held = np.full(length + BEHIND + _PLACES, 1 << OUTSIDE, np.int64)
    every = 0
    for place in range(length):
        held[place + BEHIND] = 1 << _ALPHABET[word[place]]
        every |= held[place + BEHIND]
    if not every & _SOUNDED:
        return 0
    size, count = 0, 0
    begins = np.empty(_LANGUAGES, np.int64)
    for language in range(_LANGUAGES):
        if language == _LANGUAGES - 1 and not _is_pinyin(word):
            break
        if not asked >> language & 1:
            continue
        begin = size + 3
        end = _read(language, word, held, out, begin)
        out[end] = _LINE
        begins[count] = begin
        if _is_new(out, begins, count):
            out[size], out[size + 1] = _NAMES[language]
            out[size + 2] = _LINE
            size = _write_classes(out, begin, end)
            out[size] = _LINE
            size += 1
            count += 1
    return size


Readings = tuple[tuple[str, str, str], ...]
"""Language, phonemes and classes of each."""


@lru_cache(maxsize=KEPT)
def readings(word: str) -> Readings:
    """Distinct readings of a folded Latin word as (language, phonemes, classes), English first.

    Classes of sounds are P T K M N L F S H and the vowels A I U; runs of one phoneme or class count
    once. Digits stay as they are. A word without a vowel is spelled out, not read, and has no
    readings. The reading as pinyin abroad is given only for words that are pinyin.
    """
    return _readings(word, (1 << _LANGUAGES) - 1)


@lru_cache(maxsize=KEPT)
def readings_in(word: str, languages: frozenset[str]) -> Readings:
    """The readings of a word in some languages of `READINGS`: each names the first that gives it.

    A reading that `readings` says is of one language may be of these too.
    """
    asked = sum(1 << at for at, language in enumerate(READINGS) if language in languages)
    return _readings(word, asked)


def _readings(word: str, asked: int) -> Readings:
    codes = np.frombuffer(word.encode("ascii"), np.uint8)  # the rules know no other letter
    out = np.empty(_LANGUAGES * (2 * _MOST * len(word) + 5), np.uint8)
    lines = str(out.data[: _write_readings(codes, out, asked)], "ascii").split("\n")
    return tuple(zip(lines[::3], lines[1::3], lines[2::3], strict=False))
