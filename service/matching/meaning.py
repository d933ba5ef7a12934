"""What a mark means: its senses, recorded translations, and the evidence table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from service.matching import han_sound, normalise, tables
from service.matching.kinds import Form, FormKind, made
from service.matching.senses import Sense, concept_of, senses_of

_RENDERED, _SENSE, _RECORD = FormKind.RENDERED, FormKind.SENSE, FormKind.RECORD


JOINED, TRANSLATED = 1000, 999
"""Shares of the forms of the kind *record* that are a mark's own words, and those of a translation
that the register gives: with the shares of links they let its value tell what it rests on."""


LONGEST_KEY = 64
"""Letters of a text that such a form keeps."""


class Strength(StrEnum):
    """How well a row shows that the public links its two sides, the best first."""

    STRONG = "strong"
    """Decided: an office or a court affirmed it."""
    MEDIUM = "medium"
    """The owner's own published name, or decided both ways."""
    WEAK = "weak"
    """Used, but contested."""
    DENIED = "denied"
    """Decided: an office or a court found no such link."""


SHARES = {
    Strength.STRONG: 990,
    Strength.MEDIUM: 975,
    Strength.WEAK: 667,
    Strength.DENIED: 333,
}
"""Share of the form of a link by its best row, in similarity 0.88, 0.87, 0.79 and 0.72: a link that
was denied is still found, below those that were not. Links of other rows take the next ones below.
"""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One sourced translation or transliteration of `data/evidence.csv`."""

    id: str
    han: str
    latin: str
    relation: str
    """translation, transliteration or name: a company's own published name."""
    market: str
    """Where the public makes the link, ISO code or * for everywhere."""
    date: str
    """Year or day the source gives; empty where it gives none."""
    strength: Strength
    source: str
    """Id of a row of `data/evidence_sources.csv`, or the words of who entered it."""

    @property
    def sides(self) -> tuple[str, str]:
        """Both names, folded and joined."""
        return key_of(self.han), key_of(self.latin)


def key_of(text: str) -> str:
    """A text folded and without its spaces, as the forms of the kind *record* hold it."""
    return normalise.fold(text).replace(" ", "")[:LONGEST_KEY]


@dataclass(frozen=True, slots=True)
class Link:
    """Two names that rows link, with all rows that do."""

    id: str
    """That of its first row."""
    rows: tuple[EvidenceRow, ...]
    share: int
    """Of its form; another one wherever strengths or markets differ, see `grounds`."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The links in force."""

    rows: dict[str, tuple[Link, ...]]
    """By folded joined text of either side."""
    links: dict[str, Link]
    """By id."""

    @classmethod
    def of(cls, rows: Iterable[EvidenceRow]) -> "Evidence":
        """Unite the rows of the same two names, and index them by both."""
        pairs: dict[tuple[str, str], tuple[EvidenceRow, ...]] = {}
        for row in rows:
            pairs[row.sides] = (*pairs.get(row.sides, ()), row)
        shares = _shares(pairs.values())
        table: dict[str, tuple[Link, ...]] = {}
        for sides, linking in pairs.items():
            link = Link(linking[0].id, linking, shares[_profile(linking)])
            for side in sides:
                table[side] = (*table.get(side, ()), link)
        return cls(table, {link.id: link for links in table.values() for link in links})


def _profile(rows: Iterable[EvidenceRow]) -> tuple[tuple[int, str], ...]:
    """What a link says in any market: strengths, best first, and where each holds."""
    places = list(Strength)
    return tuple(sorted({(places.index(row.strength), row.market) for row in rows}))


def _shares(links: Iterable[tuple[EvidenceRow, ...]]) -> dict[tuple[tuple[int, str], ...], int]:
    """A share of its own for every profile, by its best strength."""
    taken: dict[tuple[tuple[int, str], ...], int] = {}
    below = dict(SHARES)
    for profile in sorted({_profile(rows) for rows in links}):
        best = list(Strength)[profile[0][0]]
        taken[profile] = below[best]
        below[best] -= 1
    return taken


@lru_cache(maxsize=1)
def shipped_rows() -> tuple[EvidenceRow, ...]:
    """Every row of `data/evidence.csv`; ValueError where one has a strength nobody knows."""
    return tuple(row_of(row) for row in tables.rows("evidence.csv"))


def row_of(cells: dict[str, str]) -> EvidenceRow:
    """A row from its cells; ValueError where its strength is none of `Strength`."""
    try:
        strength = Strength(cells["strength"])
    except ValueError:
        known = ", ".join(Strength)
        problem = f"the strength {cells['strength']!r} is none of {known}"
        raise ValueError(f"evidence.csv {cells['id']}: {problem}") from None
    told = {column: cell for column, cell in cells.items() if column != "strength"}
    return EvidenceRow(**told, strength=strength)


@lru_cache(maxsize=1)
def _sources() -> dict[str, tuple[str, str]]:
    return {row["id"]: (row["zh"], row["en"]) for row in tables.rows("evidence_sources.csv")}


def source_of(row: EvidenceRow) -> tuple[str, str]:
    """What the source of a row is called in Chinese and in English, with its date if it has one."""
    zh, en = _sources().get(row.source, (row.source, row.source))
    return (f"{zh}（{row.date}）", f"{en} ({row.date})") if row.date else (zh, en)


@lru_cache(maxsize=1)
def shipped() -> Evidence:
    """The shipped evidence table."""
    return Evidence.of(shipped_rows())


TRANSLATED_LEAST = 330
"""Least share, per mille, of the translated words of a rendered mark: with it the pinyin of a mark
with a weak word more (0.80) stands below that of a mark which has nothing else (0.834)."""


def _rendered(senses: list[Sense]) -> Iterator[Form]:
    """A mark of Han as other scripts write it: known words translated, the rest in pinyin.

    Only where both occur (江苏银行, Bank of Jiangsu): names of one sort have kinds of their own.
    The translated words carry `TRANSLATED_LEAST` at least, however weak: SIWEI is no nearer to
    思维集团 for the word that it lacks than to 四维.
    """
    known = sum(share for text, _, share in senses if text.startswith("="))
    rest = sum(share for text, _, share in senses if not text.startswith("="))
    if not known or not rest:
        return
    most = {True: max(known, TRANSLATED_LEAST), False: min(rest, 1000 - TRANSLATED_LEAST)}
    shares: dict[str, int] = {}
    for sense, piece, part in senses:
        translated = sense.startswith("=")
        share = max(1, part * most[translated] // (known if translated else rest))
        usual = () if translated else han_sound.usual(piece)
        text = "".join(usual).replace("v", "u") if usual else sense
        shares[text] = shares.get(text, 0) + share
    for text, share in shares.items():
        yield made((_RENDERED, text[:64], text.lstrip("="), False, min(share, 1000)))


def _meant(parts: Sequence[tuple[str, bool, int]]) -> Iterator[Form]:
    """Forms of the senses of parts, each sense once."""
    shares: dict[str, int] = {}
    shown: dict[str, str] = {}
    senses = list(senses_of(parts[:24]))
    for sense, text, share in senses:
        shares[sense] = shares.get(sense, 0) + share
        shown.setdefault(sense, text)
    for sense, share in shares.items():
        yield made((_SENSE, sense[:64], shown[sense], len(shares) == 1, min(share, 1000)))
    if len(senses) > 1 and all(han for _, han, _ in parts):
        yield from _rendered(senses)


def _translated(translation: str) -> Iterator[Form]:
    """Forms of a recorded translation."""
    folded = normalise.fold(translation)
    if folded:
        text = "~" + folded.replace(" ", "")[:LONGEST_KEY]
        yield made((_RECORD, text, translation[:256], True, TRANSLATED))
        for word in folded.split()[:24]:
            yield Form(_SENSE, concept_of(word)[:64], word, False, 900)


def forms(
    parts: Sequence[tuple[str, bool, int]],
    whole: list[str],
    translation: str,
    evidence: Evidence | None,
) -> list[Form]:
    """Forms of meaning of `parts` (token, is Han, share) and of the stretches `whole`."""
    if len(parts) == 1 and not parts[0][1]:
        plain = parts[0][0]
        found = [made((_SENSE, concept_of(plain)[:64], plain, True, min(parts[0][2], 1000)))]
    else:
        plain = "".join([text for text, _, _ in parts])
        found = list(_meant(parts))
    found.append(made((_RECORD, "~" + plain[:LONGEST_KEY], plain, True, JOINED)))
    table = (evidence or shipped()).rows
    for text in whole:
        found += [made((_RECORD, link.id, text, True, link.share)) for link in table.get(text, ())]
    if translation:
        found += _translated(translation)
    return found
