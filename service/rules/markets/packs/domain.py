"""Market rule packs: what a verdict is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from service.rules.goods.domain import GoodsDegree
from service.rules.markets.domain import Bilingual, Confidence


class SignBand(StrEnum):
    """How similar two signs are under a pack, nearest first."""

    IDENTICAL = "identical"
    HIGH = "high"
    AVERAGE = "average"
    LOW = "low"
    NONE = "none"

    @property
    def rank(self) -> int:
        """Return 4 for identical down to 0 for none."""
        return _SIGN_RANKS[self]


class VerdictBand(StrEnum):
    """What one mark does to a market, worst first."""

    BLOCKED = "blocked"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"

    @property
    def rank(self) -> int:
        """Return 4 for blocked down to 0 for none."""
        return _VERDICT_RANKS[self]


_SIGN_RANKS = {band: rank for rank, band in enumerate(reversed(SignBand))}
_VERDICT_RANKS = {band: rank for rank, band in enumerate(reversed(VerdictBand))}


class Standing(StrEnum):
    """Whether the mark is in force: a status nobody knows counts as live."""

    REGISTERED = "registered"
    PENDING = "pending"
    UNKNOWN = "unknown"
    DEAD = "dead"


class Script(StrEnum):
    """The writing by which short marks are judged."""

    LATIN = "latin"
    HAN = "han"
    OTHER = "other"
    ACROSS = "across"
    """The two marks have no writing in common; lengths in different writings are not compared."""


class AxisName(StrEnum):
    """What signs are compared by; Han read aloud against letters has its own rules of evidence."""

    VISUAL = "visual"
    AURAL = "aural"
    CONCEPTUAL = "conceptual"
    TRANSLITERATION = "transliteration"


class Evidence(StrEnum):
    """What supports that a foreign and a Chinese sign are one to the public, weakest first."""

    NONE = "none"
    RECORDED = "recorded"
    """A translation or transliteration that the register or the owner records."""
    ASSOCIATION = "association"
    """A decision or publication that the public links the two (路虎 and LAND ROVER)."""


class DutyKind(StrEnum):
    """What an origin asks of an exporter."""

    RULE = "rule"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class SignEvidence:
    """What matching found for one pair of marks."""

    similarity: float
    """0 to 1; 1 only where both are equal after folding."""
    axes: Mapping[AxisName, SignBand] = field(default_factory=dict)
    """Degree of each axis that was compared; Han read against letters is `transliteration`."""
    evidence: Evidence = Evidence.NONE
    script: Script = Script.LATIN
    """The writing the marks share; `across` where they share none."""
    length: int = 8
    """Letters or characters of the shorter mark, 1 and more."""
    weak_only: bool = False
    """They meet only in descriptive or otherwise weak words."""
    linked: bool = False
    """Somebody entered that the two are one name, whether it counts as evidence here or not."""
    apart: bool = False
    """One Han character of three or more differs, and the whole clearly says something else."""


@dataclass(frozen=True, slots=True)
class PackRule:
    """A rule of an office's practice, in our words."""

    id: str
    pack: str
    text: Bilingual
    reference: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class BandRow:
    """Least similarities of the bands for marks up to a length; `identical` is always 1.0."""

    script: Script
    longest: int
    high: float
    average: float
    low: float
    source: str


@dataclass(frozen=True, slots=True)
class AxisRow:
    """What an axis may do under a pack, given the evidence."""

    ceiling: SignBand
    """Highest band signs of different scripts reach by this axis."""
    when_identical: SignBand
    """Band reached by this axis alone where it is identical, whatever the similarity."""
    when_high: SignBand
    """Band reached by this axis alone where it is high."""


@dataclass(frozen=True, slots=True)
class RulePack:
    """How a market judges: tables only."""

    id: str
    name: Bilingual
    reading_languages: tuple[str, ...]
    """Languages in which marks are read there; `market` stands for those of the market."""
    meaning_languages: tuple[str, ...]
    """Languages whose meanings count, told in the same way."""
    bands: tuple[BandRow, ...]
    axes: Mapping[tuple[AxisName, Evidence], AxisRow]
    interdependence: Mapping[tuple[SignBand, GoodsDegree], VerdictBand]
    rules: Mapping[str, PackRule]
    """Rules by what they govern: goods, interdependence, short, weak, meaning, evidence, language,
    and `apart` and `reputation` where the office has such a rule."""
    signs: frozenset[str]
    """Ids of the examiners' rules about two signs (`EU-8`) that its office follows; those of other
    offices are no reasons there."""


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that shaped a verdict: it raised it, lowered it, or decided it."""

    rule: PackRule
    effect: str
    """`decides`, `raises` or `lowers`."""
    because: Bilingual | None = None
    """What in the two signs made it apply, where the rule alone does not say it."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Two signs as the public of a market reads and understands them, where that is less."""

    sign: SignEvidence
    because: Bilingual
    """What that public does not understand."""


@dataclass(frozen=True, slots=True)
class VerdictFinding:
    """What one mark does to one market, with what decided it."""

    band: VerdictBand
    sign: SignBand
    fired: tuple[FiredRule, ...]
    explanation: Bilingual


@dataclass(frozen=True, slots=True)
class Language:
    """A language in which a mark may be read or understood."""

    code: str
    """ISO 639-1."""
    name: Bilingual
    near: tuple[str, ...]
    """Languages whose plain words its speakers understand."""
    han: bool
    """Whether its speakers read Han characters aloud."""


@dataclass(frozen=True, slots=True)
class Public:
    """What the public of a market reads and understands, as codes of languages."""

    reads: frozenset[str]
    han: bool
    """Whether it reads Han characters aloud."""
    understands: frozenset[str]


@dataclass(frozen=True, slots=True)
class OriginDuty:
    """A rule or a document that goods of an origin call for; it never lowers a verdict."""

    id: str
    kind: DutyKind
    text: Bilingual
    reference: str
    confidence: Confidence
