"""One versioned normaliser for both sides: any Unicode in, comparable letters and tokens out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import opencc
from anyascii import anyascii

from service.matching.kernels import ALPHABET

FORM_VERSION = 7
"""Raised with every change that alters a form; indexes of another version are rebuilt."""

LONGEST_TEXT = 500
"""Code points of a mark that are compared (the longest name a screening accepts)."""

_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]+"
)
"""Code points that show nothing (Unicode 16, Default_Ignorable_Code_Point): NFKC_Casefold leaves
them out, and a name must not become another by them."""
_APOSTROPHES = "'’‘`´ʼ"
"""Left out, so that what they join stays one word."""
_NOTICES = str.maketrans({"™": "", "℠": "", "®": "", "©": ""})
"""Signs of a claim, no part of a mark: taken off before NFKC makes the letters TM of one."""
_SPELLED = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ı": "i",
    "ħ": "h",
    "ŋ": "ng",
    "ĸ": "k",
    "ſ": "s",
    "ƒ": "f",
    "№": "no",
    "€": "e",
    "$": "s",
    "@": "a",
}


def is_han(letter: str) -> bool:
    """Whether a letter is a Han character (unified ideographs, extensions, 〇 and 々)."""
    code = ord(letter)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x323AF
        or 0xF900 <= code <= 0xFAFF
        or code in (0x3007, 0x3005)
    )


def _base(letter: str) -> str:
    """A letter without its diacritics, for the scripts where they are marks on a letter."""
    if letter in _SPELLED:
        return _SPELLED[letter]
    kind = unicodedata.category(letter)
    if kind[0] not in "LN":
        return letter if kind == "Mc" and ord(letter) < ALPHABET else (" " if kind != "Mn" else "")
    if ord(letter) >= ALPHABET:
        return ""
    if is_han(letter) or 0x3040 <= ord(letter) <= 0x30FF or 0xAC00 <= ord(letter) <= 0xD7AF:
        return letter
    bare = "".join(
        part for part in unicodedata.normalize("NFKD", letter) if unicodedata.category(part) != "Mn"
    )
    return "".join(_SPELLED.get(part, part) for part in bare.casefold())


class _Folding(dict[int, str | None]):
    """A `str.translate` table that fills itself; None leaves a letter out."""

    def __missing__(self, code: int) -> str | None:
        self[code] = _base(chr(code)) or None
        return self[code]


_FOLDING = _Folding.fromkeys(map(ord, _APOSTROPHES))
_PLAIN = {code: _FOLDING[ord(chr(code).lower())] for code in range(128)}
"""The same for ASCII of either case."""


_STAYS = "乾"
"""Simplified as 干 where it means dry, but never in 乾坤, where it is read qian."""


def _in_use(letter: str) -> bool:
    """Whether a character is one of simplified Chinese itself, by GB 2312."""
    try:
        return bool(letter.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _simplified() -> tuple[dict[int, str], dict[str, str]]:
    """Every Han character whose simplified form differs, and those that have one and stay.

    A character of simplified Chinese stays what it is even where Japanese writes another with it:
    萌, 沪 and 芸 are read and meant as Chinese, whatever 萠, 濾 and 藝 became in Japan.
    """
    blocks = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0xF900, 0xFAD9))
    letters = [chr(code) for first, last in blocks for code in range(first, last + 1)]
    to_simplified = opencc.OpenCC("t2s").convert
    old_form = opencc.OpenCC("jp2t").convert
    plain = to_simplified("\n".join(letters)).split("\n")
    through_japanese = to_simplified(old_form("\n".join(letters))).split("\n")
    table, apart = {}, {}
    for letter, direct, japanese in zip(letters, plain, through_japanese, strict=True):
        folded = direct if direct != letter else japanese
        if len(folded) != 1 or folded == letter:
            continue
        if letter in _STAYS or (direct == letter and _in_use(letter)):
            apart[letter] = folded
        else:
            table[ord(letter)] = folded
    for written, letter in _written_elsewhere(letters):
        if ord(written) not in table and not _in_use(written):
            table[ord(written)] = letter
    return table, apart


def _written_elsewhere(letters: Sequence[str]) -> Iterator[tuple[str, str]]:
    """How Hong Kong and Japan write the characters of simplified Chinese: 衞 for 卫, 氷 for 冰.

    OpenCC knows some of these in one direction only.
    """
    simple = [letter for letter in letters if _in_use(letter)]
    for ways in (("s2hk",), ("s2t", "t2jp")):
        written = "\n".join(simple)
        for way in ways:
            written = opencc.OpenCC(way).convert(written)
        yield from ((w, s) for w, s in zip(written.split("\n"), simple, strict=True) if len(w) == 1)


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[int, str], dict[str, str]]:
    return _simplified()


def simplified_table() -> dict[int, str]:
    """Translation table from traditional, variant and Japanese Han to simplified, by OpenCC."""
    return _tables()[0]


def other_forms() -> dict[str, str]:
    """What else is meant by characters that stay: Japanese writes 芸 for 艺 and 浜 for 滨."""
    return _tables()[1]


def tidy(text: str) -> str:
    """NFKC text without lone surrogates or floods of combining marks, at most LONGEST_TEXT long."""
    if text.isascii():
        return text[:LONGEST_TEXT]
    text = _MARKS.sub("", text[: 40 * LONGEST_TEXT])
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
        text = text.encode("utf-16", "ignore").decode("utf-16", "ignore")
    return unicodedata.normalize("NFKC", text[: 4 * LONGEST_TEXT])[:LONGEST_TEXT]


def exact(text: str) -> str:
    """What must be equal for a similarity of 1.0: NFKC, case and space folded."""
    return _exact(tidy(text))


_ONLY_HAN = re.compile("[\u4e00-\u9fff]+")
"""Texts without letters of two cases, spaces, or characters that NFKC changes."""
is_only_han = _ONLY_HAN.fullmatch


def _simple(text: str) -> tuple[str, str] | None:
    """`exact` and `fold` of one word in ASCII or of Han alone, as most names are; else None."""
    if text.isascii():
        word = text[:LONGEST_TEXT].lower()
        return (word, word) if text.isalnum() else None
    if is_only_han(text):
        text = text[:LONGEST_TEXT]
        return text, text.translate(simplified_table())
    return None


def _exact(tidied: str) -> str:
    if tidied.isascii():
        return "".join(tidied.lower().split())
    return "".join(unicodedata.normalize("NFKC", tidied.casefold()).split())


def fold(text: str) -> str:
    """Lower-case comparable text: diacritics off, Han to simplified, all else to single spaces.

    Idempotent. Letters and digits of every script stay; punctuation, symbols, emoji, controls and
    private characters become spaces.
    """
    plain = _simple(text)
    return plain[1] if plain else _fold(tidy(_unclaimed(text)))


def _unclaimed(text: str) -> str:
    return text if text.isascii() else text.translate(_NOTICES)


def _fold(tidied: str) -> str:
    if tidied.isascii():
        return " ".join(tidied.translate(_PLAIN).split())
    folded = tidied.casefold().translate(_FOLDING)
    folded = unicodedata.normalize("NFKC", folded).translate(simplified_table())
    return " ".join(folded.split())


def exact_and_folded(text: str) -> tuple[str, str]:
    """A text as `exact` and as `fold` give it."""
    plain = _simple(text)
    if plain:
        return plain
    tidied, bare = tidy(text), _unclaimed(text)
    return _exact(tidied), _fold(tidied if bare == text else tidy(bare))


class Token(NamedTuple):
    """One word of a mark, or one run of Han characters."""

    text: str
    han: bool


_RUNS = re.compile("([\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\u3007\u3005\U00020000-\U000323af]+)")


def tokens_of(folded: str) -> tuple[Token, ...]:
    """The words of a folded text; a run of Han is a token of its own."""
    if folded.isascii():
        return tuple([Token(word, False) for word in folded.split()])
    if is_only_han(folded):
        return (Token(folded, True),)
    tokens = []
    for word in folded.split():
        # Runs of Han stand at the odd places of what they split.
        tokens += [Token(part, at % 2 == 1) for at, part in enumerate(_RUNS.split(word)) if part]
    return tuple(tokens)


def romanised(text: str) -> str:
    """Latin letters for a word of another script (not Han), by anyascii; lower case a-z0-9 only."""
    return text if text.isascii() else _romanised(text)


@lru_cache(maxsize=4096)
def _romanised(text: str) -> str:
    return "".join(letter for letter in anyascii(text).lower() if letter.isalnum())
