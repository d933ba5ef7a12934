"""What a screening asks and answers: plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What a screening says of a market, worst first."""

    BLOCKED = "blocked"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NO_CONFLICT_FOUND = "no_conflict_found"
    NOT_SEARCHED = "not_searched"


RANK: Mapping[Verdict, int] = {verdict: rank for rank, verdict in enumerate(Verdict)}
"""0 is the worst; hits and markets are put in this order."""

CONFLICTS = frozenset({Verdict.BLOCKED, Verdict.HIGH, Verdict.MEDIUM, Verdict.LOW})


def worst_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the one verdict that stands for several markets in a list.

    A conflict goes before all; without one, a market that was not searched goes before one where
    nothing was found: it must not hide behind the other.
    """
    found = set(verdicts)
    if not found & CONFLICTS and Verdict.NOT_SEARCHED in found:
        return Verdict.NOT_SEARCHED
    return min(found, key=RANK.__getitem__)


class Coverage(StrEnum):
    """How much of what binds in a market was searched."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NONE = "none"


class BrandRole(StrEnum):
    """What the exporter is to the brand."""

    OWN = "own"
    OEM = "oem"
    """定牌加工: made for the buyer under the buyer's brand."""
    DISTRIBUTOR = "distributor"


class Missing(StrEnum):
    """Why a register does not count as searched in full."""

    NEVER_LOADED = "never_loaded"
    LOADING = "loading"
    PARTIAL = "partial"
    CLASSES_CUT = "classes_cut"
    DATES_CUT = "dates_cut"
    GAP = "gap"
    STALE = "stale"
    UNDATED = "undated"


class NeverCompared(StrEnum):
    """What no screening compares: said in every answer."""

    IMAGES = "images"
    SOUNDS = "sounds"
    DESIGNS = "designs"
    OTHER_PATENTS = "other_patents"
    COPYRIGHT = "copyright"
    UNREGISTERED = "unregistered"


class Closeness(StrEnum):
    """How alike two marks are, whatever their goods: bands of similarity, see `matching.scores`."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"
    """Found, and less alike."""


class Equivalence(StrEnum):
    """How one of two equivalent names came from the other."""

    TRANSLATION = "translation"
    TRANSLITERATION = "transliteration"
    NAME = "name"
    """A company's own name for the same thing."""


class DecisionKind(StrEnum):
    """What a person says of a hit."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    NEEDS_EVIDENCE = "needs_evidence"
    CONSENT_HELD = "consent_held"
    LICENCE_HELD = "licence_held"


class DecisionScope(StrEnum):
    """What a decision is about, the narrowest first."""

    MARKET = "market"
    """This name and this mark, in one market."""
    PAIR = "pair"
    OWNER = "owner"
    """This name and every mark of this owner."""


class DecisionState(StrEnum):
    """Where a decision stands."""

    STANDING = "standing"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class Reopening(StrEnum):
    """Why a decision no longer stands."""

    EXPIRED = "expired"
    MARK = "mark"
    STATUS = "status"
    OWNER = "owner"
    GOODS = "goods"
    RULES = "rules"
    ENGINE = "engine"
    VERDICT = "verdict"


class Relation(StrEnum):
    """How the organisation stands to the owner of a hit."""

    SAME_OWNER = "same_owner"
    AUTHORISED_USER = "authorised_user"
    """Named in the mark's customs recordation 合法使用人."""


class DetentionRisk(StrEnum):
    """What customs on the way may do, worst first; none of them is a clear answer."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    LISTED = "listed"
    """Recorded, and the exporter is the holder or on the list of authorised users 合法使用人."""
    NONE_KNOWN = "none_known"
    NOT_SEARCHED = "not_searched"


class Listing(StrEnum):
    """What a recordation says of the exporter."""

    OWNER = "owner"
    LISTED = "listed"
    NOT_LISTED = "not_listed"


class PaperKind(StrEnum):
    """What a paper that is to be got shows."""

    PROOF_OF_OWNER = "proof_of_owner"
    AUTHORISATION = "authorisation"
    CONSENT = "consent"
    LICENCE = "licence"
    EVIDENCE = "evidence"


class AlertStage(StrEnum):
    """How far a mark is that a watch found; each stage is told once."""

    FILED = "filed"
    PUBLISHED = "published"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class Route:
    """The way of the goods: codes of markets."""

    origin: str = "CN"
    exit_port: str = ""
    transit: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    warehouse: str = ""
    """Market of an overseas warehouse 海外仓, where goods wait for their buyers."""

    def markets(self) -> tuple[str, ...]:
        """Return every market the goods touch: destinations, warehouse, transit, origin."""
        way = (*self.destinations, self.warehouse, *self.transit, self.origin)
        return tuple(dict.fromkeys(code for code in way if code))


@dataclass(frozen=True, slots=True)
class Query:
    """One screening as asked."""

    names: tuple[str, ...]
    goods: tuple[str, ...] = ()
    route: Route = field(default_factory=Route)
    brand_role: BrandRole = BrandRole.OWN
    customs_mode: str = ""
    limit: int = 50
    reference: str = ""
    """The exporter's own word for it: an SKU, an order number."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason why a register is not complete: a message id, and the values of its places."""

    code: str
    reason: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RegisterState:
    """What is loaded of one register."""

    office: str
    marks: int = 0
    edition_on: date | None = None
    """Date the office gives the newest edition or delta that is loaded without a break."""
    loaded_at: datetime | None = None
    complete: bool = False
    """A complete full load with an unbroken chain of deltas."""
    loading: bool = False
    gaps: tuple[Gap, ...] = ()
    """What keeps it from being complete: days whose files are missing, records left out, …"""


@dataclass(frozen=True, slots=True)
class Searched:
    """A register that was searched, and how old the copy is."""

    office: str
    marks: int
    edition_on: date | None
    loaded_at: datetime | None
    age_days: int | None
    faults: tuple[Missing, ...]
    gaps: tuple[Gap, ...]
    blind_days: int | None
    """Days of the office's blind period 盲期; None: not researched."""


@dataclass(frozen=True, slots=True)
class NotSearched:
    """A register that binds in a market and was not searched, or not in full, and why."""

    office: str
    why: Missing
    markets: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()
    edition_on: date | None = None
    """Date of the copy that is too old."""


@dataclass(frozen=True, slots=True)
class MarketCoverage:
    """What was searched for one market."""

    market: str
    coverage: Coverage
    searched: tuple[str, ...]
    """Offices that were searched, in full or in part."""
    missing: tuple[str, ...]
    """Offices that bind and were not searched in full."""
