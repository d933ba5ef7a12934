"""Anonymising a case, and searching a text for what it must not tell: pure.

Nothing is held to be clean because it was replaced: the check searches the text that is to be
published, whoever wrote it. What is searched is folded (width, case, marks, spaces), so that a
name is found however it is set; names also by near spelling and by sound.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz

from service.station.alike import bare
from service.station.base.domain import SecretKind

NEAR = 85.0
"""Likeness of spelling, of 100, from which a name is held to be perhaps meant."""
NEAR_LENGTH = 5
"""Characters from which near spelling says anything: shorter words are all alike."""
SOUND_LENGTH = 2
"""Characters from which an equal sound is told."""
SHORTEST = 2
"""A single character is in every text."""
WORD = 4
"""Letters of a Latin word from which it may stand for the whole name."""
PLACED = 5
"""Characters of a Han name from which its first two are held to be a place."""
PLACE = re.compile(r"^(?:\w{2,3}[省市]|\w{2})")
COMMON = frozenset(
    [
        "trading",
        "import",
        "export",
        "international",
        "technology",
        "technologies",
        "industrial",
        "industry",
        "industries",
        "group",
        "holdings",
        "global",
        "electric",
        "motor",
        "motors",
        "vehicle",
        "vehicles",
        "auto",
        "parts",
        "company",
        "limited",
        "enterprise",
        "enterprises",
        "products",
        "manufacturing",
        "commerce",
        "logistics",
        "services",
    ]
)
"""Words of many names, which by themselves say nothing of who it is."""
AROUND = 12
"""Characters shown on either side."""
PATTERNS: Mapping[SecretKind, re.Pattern[str]] = {
    SecretKind.PHONE: re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8})(?!\d)"),
    SecretKind.MAIL: re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    SecretKind.IDENTITY: re.compile(
        r"(?<![0-9A-Z])(?:\d{17}[\dXx]|[0-9A-HJ-NPQRTUWXY]{18})(?![0-9A-Z])"
    ),
    SecretKind.NUMBER: re.compile(r"[(（〔\[]\d{4}[)）〕\]]\s*[\w\u4e00-\u9fff]{1,12}?\d+号"),
}
"""What gives somebody away whoever it is: numbers of persons, telephones, dockets."""


@dataclass(frozen=True, slots=True)
class Secret:
    """Something of a case that a typical case must not tell, and what stands for it."""

    kind: SecretKind
    text: str
    stands: str
    """What is written instead."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a text that perhaps tells a secret."""

    key: str
    """The same for the same words as long as they stand there: a justification hangs on it."""
    kind: SecretKind
    how: str
    """`same`, `near`, `sound` or `pattern`."""
    excerpt: str
    """The place with a little around it."""
    found: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is searched, and where each of its characters stood."""

    text: str
    at: tuple[int, ...]


def folded(text: str) -> Folded:
    """Return a text without case, width, accents, spaces and punctuation, with its places."""
    characters, places = [], []
    for place, one in enumerate(text):
        for each in unicodedata.normalize("NFKD", one).casefold():
            if each.isalnum():
                characters.append(each)
                places.append(place)
    return Folded("".join(characters), tuple(places))


def shapes(secret: Secret) -> Iterator[str]:
    """Return the ways a secret may be written; of a party also how it is called in short.

    Without its legal form, without what stands in brackets, without the place it begins with; of
    a Latin name each word that is not every company's.
    """
    yield secret.text
    if secret.kind is SecretKind.PARTY:
        short = bare(secret.text)
        yield short
        yield re.split(r"[(（]", secret.text)[0]
        words = short.split()
        yield from (
            one for one in words if len(one) >= WORD and one not in COMMON and one.isascii()
        )
        if len(short) >= PLACED and not short.isascii():
            yield PLACE.sub("", short) or short


def anonymised(text: str, secrets: Sequence[Secret]) -> str:
    """Return a text with every secret replaced, the longest first; a person reads it after."""
    pairs = {shape: one.stands for one in secrets for shape in shapes(one)}
    for shape in sorted(pairs, key=lambda one: (-len(one), one)):
        if len(shape) >= SHORTEST:
            stands = pairs[shape].replace("\\", r"\\")
            text = re.sub(re.escape(shape), stands, text, flags=re.IGNORECASE)
    return text


def findings(text: str, secrets: Iterable[Secret]) -> list[Finding]:
    """Return every place that perhaps tells a secret, in the order of the text."""
    places = sorted(set(_places(text, folded(text), secrets)))
    found: dict[str, Finding] = {}
    for place in places:
        if not any(_inside(place, other) for other in places):
            one = _finding(text, *place)
            found.setdefault(one.key, one)
    return list(found.values())


Place = tuple[int, int, SecretKind, str]
"""Begin and end in the text, what it may tell, how it was found."""


def _inside(place: Place, other: Place) -> bool:
    """Say whether a longer place covers this one: the longer one is told."""
    longer = other[1] - other[0] > place[1] - place[0]
    return longer and other[0] <= place[0] and place[1] <= other[1]


def _places(text: str, searched: Folded, secrets: Iterable[Secret]) -> Iterator[Place]:
    sounds = [lazy_pinyin(one)[0] for one in searched.text]
    for secret in secrets:
        for needle in {folded(shape).text for shape in shapes(secret)}:
            if len(needle) < SHORTEST:
                continue
            spans = list(_same(searched.text, needle))
            for begin, end in spans:
                yield searched.at[begin], searched.at[end - 1] + 1, secret.kind, "same"
            if secret.kind in NAMES and not spans:
                for how, begin, end in _like(searched.text, sounds, needle):
                    yield searched.at[begin], searched.at[end - 1] + 1, secret.kind, how
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            yield match.start(), match.end(), kind, "pattern"


NAMES = frozenset({SecretKind.PARTY, SecretKind.PERSON, SecretKind.MARK})
"""Kinds that are also searched by near spelling and by sound."""


def _same(text: str, needle: str) -> Iterator[tuple[int, int]]:
    at = text.find(needle)
    while at >= 0:
        yield at, at + len(needle)
        at = text.find(needle, at + 1)


def _like(text: str, sounds: Sequence[str], needle: str) -> Iterator[tuple[str, int, int]]:
    """Return the places that sound like a name, and the one spelled most nearly like it."""
    heard = [lazy_pinyin(one)[0] for one in needle]
    if len(heard) >= SOUND_LENGTH:
        for begin in range(len(sounds) - len(heard) + 1):
            if sounds[begin : begin + len(heard)] == heard:
                yield "sound", begin, begin + len(heard)
    if len(needle) >= NEAR_LENGTH and len(text) >= len(needle):
        best = fuzz.partial_ratio_alignment(needle, text, score_cutoff=NEAR)
        if best is not None and best.dest_end > best.dest_start:
            yield "near", best.dest_start, best.dest_end


def _finding(text: str, at: int, end: int, kind: SecretKind, how: str) -> Finding:
    found = text[at:end]
    key = hashlib.sha256(f"{kind.value}\n{folded(found).text}".encode()).hexdigest()[:16]
    before, after = text[max(at - AROUND, 0) : at], text[end : end + AROUND]
    return Finding(key, kind, how, f"{before}【{found}】{after}".replace("\n", " "), found)
