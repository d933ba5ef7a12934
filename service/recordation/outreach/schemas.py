"""Bodies of the outreach queue."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.recordation.outreach.domain import ContactChannel, FactorKind, Result


class ContactIn(BaseModel):
    """A contact with an enterprise."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"on": "2026-11-20", "channel": "visit", "result": "will_record"}]
        },
    )

    on: Annotated[date, Field(title=N_("Day"))]
    channel: Annotated[ContactChannel, Field(title=N_("How"))]
    result: Annotated[Result, Field(title=N_("What came of it"))]
    note: Annotated[str, Field(max_length=4000, title=N_("Note"))] = ""
    again_on: Annotated[date | None, Field(title=N_("Call again on"))] = None


class ContactOut(ContactIn):
    """A contact that was kept."""

    model_config = ConfigDict(from_attributes=True, extra="ignore")

    id: UUID
    organisation_id: UUID
    enterprise_id: UUID


class FactorOut(BaseModel):
    """One factor: how many, by how much it multiplies, and what it rests on."""

    kind: FactorKind
    count: int
    times: float
    basis: list[str]


class RankedOut(BaseModel):
    """An enterprise in the queue; `exposure` is the product of the factors, no probability."""

    enterprise_id: UUID
    name_zh: str
    name_en: str
    exposure: float
    factors: list[FactorOut]
    last_on: date | None
    last_result: Result | None
    again_on: date | None


class SpellOut(BaseModel):
    """Days something took."""

    model_config = ConfigDict(from_attributes=True)

    count: int
    median: float | None
    least: int | None
    most: int | None


class NumbersOut(BaseModel):
    """The work counted; shares are in [0, 1]."""

    model_config = ConfigDict(from_attributes=True)

    enterprises: int
    called_on: int
    granted: SpellOut
    rounds_per_grant: float | None
    in_force: int
    notices: int
    notices_per_recordation: float | None
    answered: int
    answered_of: int
    answered_share: float | None
