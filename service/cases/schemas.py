"""Bodies of deadlines, calendar years and feeds."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.cases.domain import (
    Act,
    Effect,
    FeedScope,
    Gap,
    Origin,
    Status,
)
from service.core.text import N_
from service.core.types import ToldOnce

DAY_HINT = "A day, or a moment of ISO 8601: 2026-09-30T17:00+08:00."
Name = Annotated[str, Field(max_length=80)]


class DeadlineOut(BaseModel):
    """A clock: the question, the answer, and how it stands."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    thread_id: UUID
    part_id: UUID
    title: dict[str, str]
    rule_id: str
    rule_version: str
    origin: Origin
    event: str
    trigger: str
    proof: str
    facts: dict[str, str]
    gap: Gap
    gap_reason: dict[str, Any]
    due_on: date | None
    due_at: datetime | None
    time_zone: str
    explanation: dict[str, str]
    provisional: bool
    effect: Effect
    status: Status
    confirmed_at: datetime | None
    missed_at: datetime | None
    settled_on: str
    reason: str
    pauses: list[dict[str, str]]
    computed: dict[str, Any] | None
    version: int


class ActIn(BaseModel):
    """What a person does to a deadline; `If-Match` or `version` says which state was read."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"act": "meet", "day": "2026-10-09", "reason": "EMS receipt 1234"}]
        },
    )

    act: Annotated[Act, Field(title=N_("What happened"))]
    day: Annotated[str, Field(max_length=40, title=N_("Day"), description=DAY_HINT)] = ""
    reason: Annotated[str, Field(max_length=10_000, title=N_("Reason or proof"))] = ""
    facts: dict[Name, Name] = Field(default_factory=dict, max_length=40)


class ActForm(BaseModel):
    """The same as a form sends it."""

    act: Annotated[Act, Field(title=N_("What happened"))]
    day: Annotated[str, Field(max_length=40, title=N_("Day"))] = ""
    reason: Annotated[str, Field(max_length=10_000, title=N_("Reason or proof"))] = ""
    version: int


class YearIn(BaseModel):
    """The days off and the make-up working days of a year, as its notice gives them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "notice": "国务院办公厅关于2027年部分节假日安排的通知",
                    "closed": ["2027-01-01"],
                    "working": ["2027-02-20"],
                }
            ]
        },
    )

    notice: Annotated[str, Field(min_length=1, max_length=200, title=N_("Title of the notice"))]
    url: Annotated[str, Field(max_length=500, title=N_("Where it is published"))] = ""
    closed: Annotated[list[date], Field(max_length=100, title=N_("Days off"))]
    working: Annotated[list[date], Field(max_length=100, title=N_("Make-up working days"))] = []


class YearForm(BaseModel):
    """The same as a form sends it: days in lines."""

    year: Annotated[int, Field(ge=2000, le=2100, title=N_("Year"))]
    notice: Annotated[str, Field(min_length=1, max_length=200, title=N_("Title of the notice"))]
    url: Annotated[str, Field(max_length=500, title=N_("Where it is published"))] = ""
    closed: Annotated[str, Field(max_length=4000, title=N_("Days off"))]
    working: Annotated[str, Field(max_length=4000, title=N_("Make-up working days"))] = ""


class YearOut(BaseModel):
    """A year as it was entered."""

    model_config = ConfigDict(from_attributes=True)

    calendar: str
    year: int
    notice: str
    url: str
    closed: list[date]
    working: list[date]
    entered_at: datetime


class FeedIn(BaseModel):
    """Whose deadlines a new feed holds."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"scope": "mine"}]})

    scope: Annotated[FeedScope, Field(title=N_("Whose deadlines"))]


class FeedOut(BaseModel):
    """A feed, without its address."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    scope: FeedScope
    created_at: datetime


class NewFeedOut(FeedOut):
    """A feed just made: its address is shown this once."""

    path: ToldOnce


class EntryOut(BaseModel):
    """One entry of a timeline."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    part_id: UUID
    verb: str
    values: dict[str, Any]
    source: str
    target: str
    note: str
    at: datetime
    actor_id: UUID | None
