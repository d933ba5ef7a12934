"""Bodies of watches and alerts."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from service.core.text import N_
from service.screening.domain import CONFLICTS, AlertStage, Coverage, Verdict
from service.screening.models import Watch
from service.screening.schemas import Both, NotSearchedOut, Unicode
from service.screening.usecases.covering import Reach

WATCHED = ("id", "names", "goods", "markets", "own", "owners", "least", "created_at")
Owner = Annotated[str, Field(min_length=1, max_length=300)]


class WatchIn(BaseModel):
    """Names to be watched."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "names": ["雅迪", "YADEA"],
                    "goods": ["class:12"],
                    "markets": [],
                    "own": True,
                    "owners": ["Yadea Technology Group Co., Ltd."],
                    "least": "medium",
                }
            ]
        },
    )

    names: Annotated[list[Unicode], Field(min_length=1, title=N_("Names"))]
    goods: Annotated[list[Unicode], Field(title=N_("Goods"))] = []
    markets: Annotated[
        list[Unicode],
        Field(max_length=40, title=N_("Markets"), description="Empty: every loaded register."),
    ] = []
    own: bool = Field(
        default=True,
        description="A mark of one's own: a stranger's filing of it is squatting 海外抢注. False "
        "for a name one means to use.",
    )
    owners: list[Owner] = Field(
        default=[],
        max_length=20,
        title=N_("Our names as owner"),
        description="Names under which one files besides that of the organisation.",
    )
    least: Verdict = Field(
        default=Verdict.MEDIUM, description="The mildest verdict that is told of."
    )

    @field_validator("least")
    @classmethod
    def _a_conflict(cls, value: Verdict) -> Verdict:
        if value not in CONFLICTS:
            raise ValueError(N_("Choose blocked, high, medium or low."))
        return value


class WatchOut(BaseModel):
    """A watch."""

    id: UUID
    names: list[str]
    goods: list[str]
    markets: list[str]
    own: bool
    owners: list[str]
    least: Verdict
    created_at: datetime
    coverage: Coverage = Field(
        description="How much of what binds in its markets is loaded whole and fresh: what is not "
        "there is held against no watch."
    )
    not_searched: list[NotSearchedOut]

    @classmethod
    def of(cls, row: Watch, reach: Reach) -> "WatchOut":
        """Return the body of a watch."""
        return cls(
            **{name: getattr(row, name) for name in WATCHED},
            coverage=reach.coverage,
            not_searched=list(reach.missing),
        )


class OppositionOut(BaseModel):
    """The last day to oppose, and what it rests on."""

    due: date
    rule_id: str
    rule_version: str
    basis: str
    trigger_on: date
    explanation: Both
    provisional: bool
    confidence: str


class AlertOut(BaseModel):
    """A mark that a watch found."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    watch_id: UUID
    office: str
    number: str
    text: str
    owner: str
    stage: AlertStage
    classes: list[int]
    verdict: Verdict
    similarity: float
    markets: dict[str, Verdict]
    squatting: bool
    published_on: date | None
    opposition: OppositionOut | None = Field(
        description="Of a published application; null where no rule was researched for the office."
    )
    created_at: datetime
    closed_at: datetime | None


class WatchForm(BaseModel):
    """What the page *Watches* sends; several values in one field, see `pages.split`."""

    names: Annotated[str, Field(max_length=6000, title=N_("Names"))]
    goods: Annotated[str, Field(max_length=6000, title=N_("Goods"))] = ""
    markets: Annotated[str, Field(max_length=2000, title=N_("Markets"))] = ""
    own: Annotated[bool, Field(title=N_("What the names are to you"))]
    owners: Annotated[str, Field(max_length=6000, title=N_("Our names as owner"))] = ""
    least: Annotated[Verdict, Field(title=N_("Tell me from"))] = Verdict.MEDIUM
