"""What a mark means: concepts of plain words, recorded translations, and the evidence table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from service.matching import han_sound, normalise, tables, words
from service.matching.kinds import Form, FormKind, made
from service.matching.words import KEPT

_RENDERED, _SENSE, _RECORD = FormKind.RENDERED, FormKind.SENSE, FormKind.RECORD


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One sourced translation or transliteration: `data/evidence.csv`, which staff may extend."""

    id: str
    han: str
    latin: str
    relation: str
    """translation, transliteration or name: a company's own published name."""
    market: str
    """Where the public makes the link, ISO code or * for everywhere."""
    date: str
    """Year or day the source gives; empty where it gives none."""
    strength: str
    """strong, medium or weak."""
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows in force, by folded joined text of either side."""

    rows: dict[str, tuple[EvidenceRow, ...]]

    @classmethod
    def of(cls, rows: Iterable[EvidenceRow]) -> "Evidence":
        """Index rows by both of their sides."""
        table: dict[str, tuple[EvidenceRow, ...]] = {}
        for row in rows:
            for side in (row.han, row.latin):
                key = normalise.fold(side).replace(" ", "")
                table[key] = (*table.get(key, ()), row)
        return cls(table)


@lru_cache(maxsize=1)
def shipped_rows() -> tuple[EvidenceRow, ...]:
    """Every row of `data/evidence.csv`."""
    return tuple(EvidenceRow(**row) for row in tables.rows("evidence.csv"))


@lru_cache(maxsize=1)
def shipped() -> Evidence:
    """The shipped evidence table."""
    return Evidence.of(shipped_rows())


LANGUAGES = ("en", "zh", "es", "fr", "de", "it")
"""Languages of `data/concepts.csv`, those buyers everywhere know best first."""


@lru_cache(maxsize=1)
def lexicon() -> dict[str, str]:
    """Concept id of each folded word or phrase (joined), from `data/concepts.csv`.

    A word of several languages means what it means in the first of `LANGUAGES`.
    """
    table: dict[str, str] = {}
    rows = list(tables.rows("concepts.csv"))
    for language in LANGUAGES:
        for row in rows:
            for word in row[language].split(";"):
                key = normalise.fold(word).replace(" ", "")
                if key:
                    table.setdefault(key, row["id"])
                    table.setdefault(words.stem(key), row["id"])
    return table


_LONGEST_HAN = 4


@lru_cache(maxsize=KEPT)
def concept_of(word: str) -> str:
    """Concept id of a folded word with a leading `=`, else its stem."""
    table, stem = lexicon(), words.stem(word)
    known = table.get(word) or table.get(stem)
    return f"={known}" if known else stem


@lru_cache(maxsize=1)
def _begin() -> frozenset[str]:
    """First characters of the words of the lexicon."""
    return frozenset(word[0] for word in lexicon())


def _pieces(run: str) -> list[str]:
    """A run of Han cut into words of the lexicon, longest first from the left, and what is left."""
    table, begin = lexicon(), _begin()
    at, rest, pieces = 0, "", []
    while at < len(run):
        longest = min(_LONGEST_HAN, len(run) - at) if run[at] in begin else 0
        for size in range(longest, 0, -1):
            piece = run[at : at + size]
            if piece in table and (size > 1 or len(run) <= 2):
                if rest:
                    pieces.append(rest)
                    rest = ""
                pieces.append(piece)
                at += size
                break
        else:
            rest += run[at]
            at += 1
    if rest:
        pieces.append(rest)
    return pieces


def _han_senses(run: str, share: int) -> Iterator[tuple[str, str, int]]:
    """Concept or text, the piece it comes from, and the share of every piece of a run of Han."""
    pieces = _pieces(run)
    weights = [len(piece) * words.weight_of(piece) for piece in pieces]
    whole = sum(weights) or 1
    for piece, weight in zip(pieces, weights, strict=True):
        yield concept_of(piece), piece, max(1, share * weight // whole)


def _senses(parts: tuple[tuple[str, bool, int], ...]) -> Iterator[tuple[str, str, int]]:
    """Concept or text, words, and share of all parts of a mark.

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


_TRANSLATED = 330
"""Least share, per mille, of the translated words of a rendered mark: with it the pinyin of a mark
with a weak word more (0.80) stands below that of a mark which has nothing else (0.834)."""


def _rendered(senses: list[tuple[str, str, int]]) -> Iterator[Form]:
    """A mark of Han as other scripts write it: known words translated, the rest in pinyin.

    Only where both occur (江苏银行, Bank of Jiangsu): names of one sort have kinds of their own.
    The translated words carry `_TRANSLATED` at least, however weak: SIWEI is no nearer to 思维集团
    for the word that it lacks than to 四维.
    """
    known = sum(share for text, _, share in senses if text.startswith("="))
    rest = sum(share for text, _, share in senses if not text.startswith("="))
    if not known or not rest:
        return
    most = {True: max(known, _TRANSLATED), False: min(rest, 1000 - _TRANSLATED)}
    shares: dict[str, int] = {}
    for sense, piece, part in senses:
        translated = sense.startswith("=")
        share = max(1, part * most[translated] // (known if translated else rest))
        usual = () if translated else han_sound.usual(piece)
        text = "".join(usual).replace("v", "u") if usual else sense
        shares[text] = shares.get(text, 0) + share
    for text, share in shares.items():
        yield made((_RENDERED, text[:64], text.lstrip("="), False, min(share, 1000)))


def forms(
    parts: tuple[tuple[str, bool, int], ...],
    whole: list[str],
    translation: str,
    evidence: Evidence | None,
) -> Iterator[Form]:
    """Forms of meaning of `parts` (token, is Han, share) and of the stretches `whole`."""
    shares: dict[str, int] = {}
    shown: dict[str, str] = {}
    senses = list(_senses(parts[:24]))
    for sense, text, share in senses:
        shares[sense] = shares.get(sense, 0) + share
        shown.setdefault(sense, text)
    for sense, share in shares.items():
        yield made((_SENSE, sense[:64], shown[sense], len(shares) == 1, min(share, 1000)))
    if parts and all(han for _, han, _ in parts):
        yield from _rendered(senses)
    table = (evidence or shipped()).rows
    for text in whole:
        for row in table.get(text, ()):
            yield Form(FormKind.RECORD, row.id, text)
    folded = normalise.fold(translation) if translation else ""
    if folded:
        yield Form(FormKind.RECORD, "~" + folded.replace(" ", "")[:64], translation[:256])
        for word in folded.split()[:24]:
            yield Form(FormKind.SENSE, concept_of(word)[:64], word, False, 900)
    joined = "".join([text for text, _, _ in parts])
    yield made((_RECORD, "~" + joined[:64], joined, True, 1000))
