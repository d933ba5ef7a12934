"""Bodies of the screening API: the one shape that API, command line and pages share."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from service.core.text import N_
from service.registry.schemas.penalties import PenaltyOut
from service.rules.markets.routes import Passage
from service.screening.domain import (
    BrandRole,
    Coverage,
    DecisionKind,
    DecisionScope,
    DetentionRisk,
    Listing,
    Missing,
    NeverCompared,
    Relation,
    Reopening,
    Verdict,
)

Unicode = Annotated[str, Field(min_length=0)]
"""Any text but lone surrogates, which neither JSON nor a database can hold: any bound on a string
makes pydantic look at its characters, and refuse them with the field they stand in."""


class Both(BaseModel):
    """The same sentence in both languages."""

    zh: str
    en: str


def _told(gap: object) -> object:
    """Read a gap of an answer kept before gaps had sentences: the places as they stood."""
    return {"zh": gap, "en": gap} if isinstance(gap, str) else gap


class RouteIn(BaseModel):
    """The way of the goods: market codes or names."""

    model_config = ConfigDict(extra="forbid")

    origin: Annotated[str, Field(max_length=100)] = "CN"
    exit_port: Annotated[str, Field(max_length=100)] = ""
    transit: list[Unicode] = []
    destinations: list[Unicode] = []
    warehouse: Annotated[str, Field(max_length=100, description="Overseas warehouse 海外仓.")] = ""


class ScreeningIn(BaseModel):
    """A brand family and its goods on a route."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "names": ["雅迪", "YADEA"],
                    "goods": ["hs:8711.60", "class:12"],
                    "route": {"origin": "CN", "destinations": ["US", "DE", "VN"]},
                }
            ]
        },
    )

    names: Annotated[list[Unicode], Field(min_length=1, title=N_("Names"))]
    goods: Annotated[
        list[Unicode],
        Field(
            title=N_("Goods"),
            description="`class:12`, `hs:8711.60`, `group:1204` or words; a bare number from 1 to "
            "45 is a Nice class, four digits with a dot or six and more an HS code.",
        ),
    ] = []
    route: Annotated[RouteIn, Field(title=N_("Route"))]
    brand_role: BrandRole = BrandRole.OWN
    customs_mode: Annotated[
        str, Field(max_length=10, description="监管方式: 0110, 9610, 9710, 9810, 1039.")
    ] = ""
    limit: Annotated[
        int | None,
        Field(
            ge=1,
            description="Hits explained and stored; `MARKPASS_HITS_DEFAULT` if not given, "
            "`MARKPASS_HITS_MAX` at most.",
        ),
    ] = None
    reference: Annotated[str, Field(max_length=200)] = ""


class AlignedOut(BaseModel):
    """One step of an alignment a person can read."""

    op: str
    query: str
    mark: str
    reason: str


class AxisOut(BaseModel):
    """How alike on one axis, and the very two strings that were compared."""

    degree: str
    score: float
    kind: str
    query: str
    mark: str
    alignment: list[AlignedOut] = []


class RuleOut(BaseModel):
    """An examiner rule that fired, or that speaks against a conflict."""

    id: str
    text: Both
    reference: str = ""
    because: str = ""
    """The words or letters that made it fire, or the source it rests on."""
    because_zh: str = ""
    """The source in Chinese; empty where `because` is no sentence."""


class MarkOut(BaseModel):
    """The mark of a hit, as the register has it."""

    office: str
    number: str
    text: str
    kind: str
    owner: str
    owner_country: str = ""
    status: str
    office_status: str = ""
    classes: list[int]
    filed_on: date | None = None
    registered_on: date | None = None
    expires_on: date | None = None
    priority_on: date | None = None
    madrid_number: str = ""
    designations: list[str] = []
    translation: str = ""
    recorded_with: list[str] = []


class GoodsOut(BaseModel):
    """How the goods relate, and why."""

    degree: str
    basis: str
    explanation: Both


class HitVerdictOut(BaseModel):
    """What a hit means in one market."""

    verdict: Verdict
    goods: GoodsOut
    reasons: list[RuleOut] = []
    """Why this verdict: rule ids with their references."""
    rules: list[str] = []
    """Ids of the rules about the signs, of those of the hit, that its office follows. Empty too in
    answers given before this existed, whose hits tell rules of every office."""
    name: str = ""
    """Which of the names it comes from, where that is another than the hit's."""


class DecisionNote(BaseModel):
    """What the caller's organisation decided of a hit; the verdict is not changed by it."""

    decision_id: UUID
    kind: DecisionKind
    scope: DecisionScope
    market: str = ""
    reason: str
    person_id: UUID | None
    at: datetime
    expires_on: date | None = None
    reopened: list[Reopening] = []
    """Why it no longer stands; empty while it does."""


class HitOut(BaseModel):
    """One mark that is like a name."""

    hit_id: str
    name: str
    """For which of the screened names the verdict is worst, then the risk highest."""
    mark: MarkOut
    axes: dict[str, AxisOut]
    similarity: float
    """Marks only."""
    risk: float
    """With goods, market, status: in [0, 1], for ordering within a verdict."""
    verdict: Verdict
    """The worst over the markets where the mark binds."""
    markets: dict[str, HitVerdictOut]
    goods: GoodsOut
    """The closest relation over the markets."""
    rules: list[RuleOut]
    """That fired, of those that the office of one of the markets follows."""
    counter_evidence: list[RuleOut]
    weak_only: bool
    explanation: Both
    """Of the market with the worst verdict."""
    documents: list[Both] = []
    """Papers to ask for: never a reason to lower a verdict by themselves."""
    decision: DecisionNote | None = None
    """What was decided before the answer was made; `…/decisions` tells what is decided now."""
    relation: Relation | None = None
    """How the caller's organisation stands to the owner, where the register shows it."""


class SearchedOut(BaseModel):
    """A register that was searched."""

    office: str
    name: Both
    marks: int
    edition_on: date | None
    loaded_at: datetime | None
    age_days: int | None
    faults: list[Missing]
    gaps: list[Annotated[Both, BeforeValidator(_told)]]
    """Why it is not complete."""
    blind_days: int | None
    blind_note: Both


class NotSearchedOut(BaseModel):
    """Something that was not searched or compared, and why."""

    what: str
    """Code of an office, or one of `NeverCompared`."""
    why: Missing | NeverCompared
    markets: list[str]
    explanation: Both
    way_out: Both | None = None
    """How its office could be asked, where a connector to it lacks credentials."""


class MarketOut(BaseModel):
    """What is said of one market."""

    name: Both
    verdict: Verdict
    coverage: Coverage
    searched: list[str]
    missing: list[str]
    counts: dict[Verdict, int]
    """Hits that bind here, by verdict: exact, whatever `limit` cut."""
    sentence: Both
    next_steps: list[Both] = []


class RecordationOut(BaseModel):
    """A mark found that is recorded with the customs authority of a territory on the route."""

    office: str
    number: str
    text: str
    owner: str
    recordation_number: str
    expires_on: date | None
    ended: bool
    """It ended before the day of the screening: told, and not counted."""
    users: list[str]
    """Authorised users 合法使用人, as the list names them."""
    verdict: Verdict
    listing: Listing


class BorderOut(BaseModel):
    """What customs may do in one territory on the route."""

    territory: str
    name: Both
    authority: Both | None
    """None: not researched."""
    passage: Passage
    risk: DetentionRisk
    recordations: list[RecordationOut]
    sentence: Both
    proofs: list[Both] = []
    """Which papers to carry, or to get before the goods leave."""
    role: BrandRole
    penalties: list[PenaltyOut] = []
    """Newest published penalty decisions there about these names or recordations, at most 20."""


class ScreeningOut(BaseModel):
    """One answer."""

    screening_id: UUID
    at: datetime
    input: ScreeningIn
    engine: str
    form_version: int
    rules_version: str
    change: int
    searched: list[SearchedOut]
    not_searched: list[NotSearchedOut]
    markets: dict[str, MarketOut]
    hits: list[HitOut]
    borders: list[BorderOut] = []
    """Customs on the way, in the order of the route; empty in answers given before this existed."""
    counts: dict[Verdict, int]
    truncated: bool
    disclaimer: Both


class ScreeningLine(BaseModel):
    """A screening in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    names: list[str]
    reference: str
    markets: list[str]
    verdict: Verdict
    created_at: datetime


class CompareIn(BaseModel):
    """Two marks to compare, without any register."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"a": "RODA", "b": "ODA"}]}
    )

    a: Annotated[str, Field(min_length=1, max_length=500, title=N_("One mark"))]
    b: Annotated[str, Field(min_length=1, max_length=500, title=N_("The other mark"))]


class CompareOut(BaseModel):
    """How alike two marks are, and why."""

    a: str
    b: str
    similarity: float
    axes: dict[str, AxisOut]
    rules: list[RuleOut]
    counter_evidence: list[RuleOut]
    weak_only: bool
    explanation: Both
    engine: str


class ScreenForm(BaseModel):
    """What the page *Screen a name* sends; several values in one field, see `pages.split`."""

    names: Annotated[str, Field(max_length=6000, title=N_("Names"))]
    goods: Annotated[str, Field(max_length=6000, title=N_("Goods"))] = ""
    origin: Annotated[str, Field(max_length=100, title=N_("Country of origin"))] = "CN"
    exit_port: Annotated[str, Field(max_length=100, title=N_("Port of exit"))] = ""
    transit: Annotated[str, Field(max_length=1000, title=N_("Transit"))] = ""
    destinations: Annotated[str, Field(max_length=2000, title=N_("Destinations"))] = ""
    warehouse: Annotated[str, Field(max_length=100, title=N_("Overseas warehouse"))] = ""
    brand_role: Annotated[BrandRole, Field(title=N_("What you are to the brand"))] = BrandRole.OWN
    customs_mode: Annotated[str, Field(max_length=10, title=N_("Customs mode"))] = ""
    reference: Annotated[str, Field(max_length=200, title=N_("Your reference"))] = ""
