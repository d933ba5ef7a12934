"""What the market tables say: plain values."""

from dataclasses import dataclass
from enum import StrEnum


class Confidence(StrEnum):
    """Where a fact comes from."""

    SOURCE = "source"
    """Read in a public page or text that the row names."""
    MEMORY = "memory"
    """Stated from knowledge; shown with a badge until somebody checks it."""
    UNKNOWN = "unknown"
    """Not researched: there is no value, and no default stands in for it."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in both languages of the product."""

    zh: str
    en: str

    def in_language(self, locale: str) -> str:
        """Return the Chinese words for any `zh` locale, the English ones for all others."""
        return self.zh if locale.lower().startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class RegisterNeed:
    """One register that binds in a market."""

    office: str
    """WIPO ST.3 code of the register: `DE`, `EM`, `BX`, `WO`."""
    designations: tuple[str, ...] = ()
    """For `WO`: the designations that reach the market, any of them; empty for other registers."""
    spellings: tuple[str, ...] = ()
    """`designations` and other codes files use for the same territory (`EU` for `EM`)."""
    whole_market: bool = True
    """False where the register binds in a part of the market only: a state's own within `EU`."""

    def reached_by(self, designations: tuple[str, ...] | list[str]) -> bool:
        """Tell whether an international registration with these designations binds here."""
        return not self.spellings or not set(self.spellings).isdisjoint(designations)


@dataclass(frozen=True, slots=True)
class RegisterBasis:
    """Why just these registers bind in a market."""

    key: str
    text: Bilingual
    reference: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Office:
    """A register: how late it shows an application, and how soon a copy of it is old."""

    code: str
    name: Bilingual
    blind_days: int | None
    """Blind period 盲期: days from filing until the public can find it; `None`: not researched."""
    blind_confidence: Confidence
    blind_source: Bilingual
    rhythm_days: int | None
    """Days between two publications of the office; `None`: not researched."""
    stale_after_days: int
    """Days after which a loaded edition no longer counts as fresh."""
    rhythm_confidence: Confidence
    rhythm_source: Bilingual


@dataclass(frozen=True, slots=True)
class Market:
    """A place goods are sold in, with everything that binds there."""

    code: str
    """ISO 3166-1 alpha-2, `EU`, `OA` (OAPI) or `XX` (Demonstration Office)."""
    name: Bilingual
    registers: tuple[RegisterNeed, ...]
    basis: RegisterBasis
    pack: str
    """Rule pack by which verdicts are found: `cn`, `us`, `eu`, `gb`, `jp`, `kr`, `general`."""
    languages: tuple[str, ...]
    """ISO 639-1 codes of the languages marks are read in there, the first the most common."""
    territory: str
    """Customs territory: the market's own code, or the union's whose customs law it shares."""
    union: str
    """Customs union within which goods circulate on (`EU`, `EAEU`, `GCC`, `SACU`), or empty."""
