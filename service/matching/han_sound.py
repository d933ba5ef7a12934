"""How Han characters are read: all toneless readings, as written, as symbols, and as classes."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product
from operator import getitem

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from service.matching import tables
from service.matching.words import KEPT

MOST_READINGS = 3
"""Readings of one character that are kept, commonest first."""
MOST_COMBINATIONS = 6
"""Readings of a whole run that are kept."""


@lru_cache(maxsize=1)
def _sounds() -> dict[tuple[str, str], tuple[str, str]]:
    """How initials, finals and bare syllables sound abroad, as (classes, phonemes).

    A *bare* syllable stands for a single consonant of a foreign name when it does not begin it.
    """
    return {
        (row["part"], row["pinyin"]): (row["classes"], row["phonemes"])
        for row in tables.rows("pinyin_sounds.csv")
    }


INITIALS = tuple(pinyin for part, pinyin in _sounds() if part == "initial" and pinyin)
"""Initials, the longer before the shorter they begin with."""
FINALS = tuple(pinyin for part, pinyin in _sounds() if part == "final")
"""Finals; the last is the empty one."""
_SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&()*+,-./"
_INITIAL_SYMBOL = {initial: _SYMBOLS[at] for at, initial in enumerate((*INITIALS, ""))}
_FINAL_SYMBOL = {final: _SYMBOLS[len(INITIALS) + 1 + at] for at, final in enumerate(FINALS)}
_BLUR_INITIAL = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l", "h": "f"}
_BLUR_FINAL = {
    "ang": "an",
    "eng": "en",
    "ing": "in",
    "iang": "ian",
    "uang": "uan",
    "ong": "en",
    "un": "en",
    "v": "u",
    "ve": "ue",
    "van": "uan",
    "vn": "un",
}

_PALATAL = ("j", "q", "x")


@lru_cache(maxsize=8192)
def _plain(reading: str) -> str:
    """A reading without its tone mark, ü as v."""
    letters: list[str] = []
    for letter in unicodedata.normalize("NFD", reading):
        if letter == "\u0308":
            letters[-1] = "v"
        elif "a" <= letter <= "z":
            letters.append(letter)
    return "".join(letters)


@lru_cache(maxsize=65536)
def syllables_of(character: str) -> tuple[str, ...]:
    """Toneless readings of one character, commonest first, at most MOST_READINGS; () if none."""
    known = PINYIN_DICT.get(ord(character), "")
    distinct = dict.fromkeys(_plain(reading) for reading in known.split(",") if reading)
    return tuple(islice((syllable for syllable in distinct if syllable), MOST_READINGS))


_LONGEST_PHRASE = 4
"""Characters of the longest phrase looked up inside a run; the whole run always is."""
_BEGIN = frozenset(phrase[:2] for phrase in PHRASES_DICT)
"""How phrases begin."""


def _phrase_at(run: str, at: int) -> list[list[str]] | None:
    """The readings of the characters of the longest phrase that stands at a place of a run."""
    left = len(run) - at
    for size in (left, *range(min(_LONGEST_PHRASE, left - 1), 1, -1)):
        phrase: list[list[str]] | None = PHRASES_DICT.get(run[at : at + size])
        if phrase:
            return phrase
    return None


def _by_phrases(run: str) -> tuple[str, ...] | None:
    """The reading by the phrases pypinyin records, longest first from the left; None without any.

    重庆火锅 is chong qing, 长城 chang cheng, though 重 and 长 alone are read otherwise first.
    """
    syllables: list[str] = []
    at, known = 0, False
    while at < len(run):
        phrase = _phrase_at(run, at) if run[at : at + 2] in _BEGIN else None
        if phrase:
            syllables += [_plain(readings[0]) for readings in phrase]
            at, known = at + len(phrase), True
        else:
            syllables += syllables_of(run[at])[:1]
            at += 1
    return tuple(syllables) if known else None


@lru_cache(maxsize=KEPT)
def readings_of(run: str) -> tuple[tuple[str, ...], ...]:
    """Readings of a run of Han as tuples of syllables, the likeliest first.

    Characters without a known reading are left out.
    """
    choices = [readings for readings in map(syllables_of, run) if readings]
    if not choices:
        return ()
    picks = _picks(tuple(map(len, choices)))
    wanted = [tuple(map(getitem, choices, pick)) for pick in picks]
    phrase = _by_phrases(run)
    if phrase:
        return tuple(dict.fromkeys((phrase, *wanted)))[:MOST_COMBINATIONS]
    return tuple(wanted)


def usual(run: str) -> tuple[str, ...]:
    """The likeliest reading of a run of Han, the first of `readings_of`; empty without any."""
    single = tuple([readings[0] for readings in map(syllables_of, run) if readings])
    return (_by_phrases(run) or single) if single else ()


@lru_cache(maxsize=8192)
def _picks(counts: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Combinations of places among so many readings each, fewest uncommon readings first.

    Of long runs only those with one uncommon reading; at most MOST_COMBINATIONS in all.
    """
    if len(counts) <= 4:
        every = product(*map(range, counts))
        order = sorted(every, key=lambda picks: (sum(map(bool, picks)), sum(picks)))
    else:
        first = (0,) * len(counts)
        order = [
            first,
            *(
                (*first[:at], pick, *first[at + 1 :])
                for at, count in enumerate(counts)
                for pick in range(1, count)
            ),
        ]
    return tuple(order[:MOST_COMBINATIONS])


@lru_cache(maxsize=8192)
def split(syllable: str) -> tuple[str, str]:
    """Initial and final of a toneless syllable."""
    for initial in INITIALS:
        if syllable.startswith(initial) and syllable[len(initial) :] in _FINAL_SYMBOL:
            return initial, syllable[len(initial) :]
    return "", syllable if syllable in _FINAL_SYMBOL else ""


@lru_cache(maxsize=8192)
def _symbols(syllable: str) -> str:
    initial, final = split(syllable)
    return _INITIAL_SYMBOL[initial] + _FINAL_SYMBOL[final]


@lru_cache(maxsize=8192)
def _blurred(syllable: str) -> str:
    initial, final = split(syllable)
    return (
        _INITIAL_SYMBOL[_BLUR_INITIAL.get(initial, initial)]
        + _FINAL_SYMBOL[_BLUR_FINAL.get(final, final)]
    )


def symbols(syllables: tuple[str, ...]) -> str:
    """Two symbols a syllable, initial and final: what the kind `pinyin` compares."""
    return "".join(map(_symbols, syllables))


def blurred(syllables: tuple[str, ...]) -> str:
    """The same after folding zh/z, ch/c, sh/s, n/l/r, h/f, -ng/-n and the like."""
    return "".join(map(_blurred, syllables))


def _heard(syllable: str, begins: bool, hard: bool) -> "Heard":
    """One syllable as classes and as phonemes, of each a run of one letter once."""
    sounds = _sounds()
    if not begins and ("bare", syllable) in sounds:
        begin, end = sounds["bare", syllable], ("", "")
    else:
        initial, final = split(syllable)
        begin = sounds["initial", initial]
        if hard and initial in _PALATAL:
            final = final[1:] if final[:1] == "i" and final[1:2] in ("a", "o", "u") else final
            begin = ("K", "k")
        end = sounds["final", final]
    return _DOUBLED.sub(r"\1", begin[0] + end[0]), _DOUBLED.sub(r"\1", begin[1] + end[1])


_DOUBLED = re.compile(r"(.)\1+")
Heard = tuple[str, str]
"""Classes and phonemes."""


@lru_cache(maxsize=8192)
def _ways(syllable: str) -> tuple[Heard, ...]:
    """A syllable as it is heard at the beginning and further on, then both with a hard j, q, x."""
    ways = ((True, False), (False, False), (True, True), (False, True))
    return tuple([_heard(syllable, begins, hard) for begins, hard in ways])


def _squeezed(syllables: Sequence[tuple[Heard, ...]], way: int) -> Heard:
    """Syllables heard one way as one text, in which a run of one letter counts once."""
    classes, phonemes = syllables[0][way]
    for syllable in syllables[1:]:
        more, sounds = syllable[way + 1]
        classes += more[1:] if more[:1] == classes[-1:] else more
        phonemes += sounds[1:] if sounds[:1] == phonemes[-1:] else sounds
    return classes, phonemes


def heard(syllables: tuple[str, ...]) -> tuple[Heard, ...]:
    """How a foreign name so transcribed may have sounded, as (classes, phonemes).

    j, q and x are tried also as the k of older transcriptions.
    """
    ways = list(map(_ways, syllables))
    soft = _squeezed(ways, 0)
    letters = "".join(syllables)
    if "j" in letters or "q" in letters or "x" in letters:
        hard = _squeezed(ways, 2)
        if hard != soft and hard[0]:
            return (soft, hard) if soft[0] else (hard,)
    return (soft,) if soft[0] else ()
