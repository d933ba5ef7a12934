"""What a mark means: concepts of plain words, recorded translations, and the evidence table."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from service.matching import normalise, words
from service.matching.kinds import Form, FormKind
from service.matching.words import DATA


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
    with (DATA / "evidence.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(EvidenceRow(**row) for row in csv.DictReader(lines))


@lru_cache(maxsize=1)
def shipped() -> Evidence:
    """The shipped evidence table."""
    return Evidence.of(shipped_rows())


@lru_cache(maxsize=1)
def lexicon() -> dict[str, str]:
    """Concept id of each folded word or phrase (joined), from `data/concepts.csv`."""
    table: dict[str, str] = {}
    with (DATA / "concepts.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for language in ("en", "zh", "es", "fr", "de", "it"):
                for word in row[language].split(";"):
                    key = normalise.fold(word).replace(" ", "")
                    if key:
                        table.setdefault(key, row["id"])
                        table.setdefault(words.stem(key), row["id"])
    return table


_LONGEST_HAN = 4


@lru_cache(maxsize=65536)
def concept_of(word: str) -> str:
    """Concept id of a folded word with a leading `=`, else its stem."""
    known = lexicon().get(word) or lexicon().get(words.stem(word))
    return f"={known}" if known else words.stem(word)


def _han_senses(run: str, share: int) -> Iterator[tuple[str, int]]:
    """Concepts of a run of Han, longest words first from the left; the rest as written."""
    table = lexicon()
    at, rest, pieces = 0, "", []
    while at < len(run):
        for size in range(min(_LONGEST_HAN, len(run) - at), 0, -1):
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
    weights = [len(piece) * words.weight_of(piece) for piece in pieces]
    for piece, weight in zip(pieces, weights, strict=True):
        yield concept_of(piece), max(1, share * weight // (sum(weights) or 1))


def forms(
    parts: tuple[tuple[str, bool, int], ...],
    whole: list[str],
    translation: str,
    evidence: Evidence | None,
) -> Iterator[Form]:
    """Forms of meaning of `parts` (token, is Han, share) and of the stretches `whole`."""
    shares: dict[str, int] = {}
    shown: dict[str, str] = {}
    for text, han, share in parts[:24]:
        senses = _han_senses(text, share) if han else iter([(concept_of(text), share)])
        for sense, part in senses:
            shares[sense] = shares.get(sense, 0) + part
            shown.setdefault(sense, text)
    for sense, share in shares.items():
        yield Form(FormKind.SENSE, sense[:64], shown[sense], len(shares) == 1, min(share, 1000))
    table = (evidence or shipped()).rows
    for text in whole:
        for row in table.get(text, ()):
            yield Form(FormKind.RECORD, row.id, text)
    folded = normalise.fold(translation)
    if folded:
        yield Form(FormKind.RECORD, "~" + folded.replace(" ", "")[:64], translation[:256])
        for word in folded.split()[:24]:
            yield Form(FormKind.SENSE, concept_of(word)[:64], word, False, 900)
    joined = "".join(text for text, _, _ in parts)
    yield Form(FormKind.RECORD, "~" + joined[:64], joined)
