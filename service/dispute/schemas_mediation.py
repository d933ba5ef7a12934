"""Bodies of mediation: meetings, confidential proposals, the agreement."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from service.core.text import N_
from service.dispute.schemas import STRICT, Amount, Long, Short


class AttendeeIn(BaseModel):
    """Who comes to a meeting."""

    model_config = STRICT

    name: Short
    acts_for: Short = ""
    identity_checked: bool = False


class SessionIn(BaseModel):
    """A meeting to set."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"at": "2026-10-20T09:00:00+08:00", "place": "301 室"}]},
    )

    at: Annotated[AwareDatetime, Field(title=N_("Time"))]
    place: Annotated[str, Field(min_length=1, max_length=300, title=N_("Place"))]
    attendees: Annotated[list[AttendeeIn], Field(max_length=50)] = []


class RecordIn(BaseModel):
    """The record of a meeting that was held."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"record": "…", "attendees": [{"name": "王芳", "identity_checked": True}]}]
        },
    )

    record: Annotated[Long, Field(title=N_("Record"))]
    recording_agreed: Annotated[bool, Field(title=N_("Recording was agreed to"))] = False
    attendees: Annotated[list[AttendeeIn], Field(max_length=50)]


class SessionOut(BaseModel):
    """A meeting."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    at: datetime
    place: str
    attendees: list[dict[str, object]]
    record: str
    held: bool


class ProposalIn(BaseModel):
    """A confidential proposal."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"by": "申请人", "text": "…"}]}
    )

    by: Annotated[str, Field(min_length=1, max_length=200, title=N_("Proposed by"))]
    text: Annotated[str, Field(min_length=1, max_length=10_000, title=N_("Proposal"))]
    amount: Annotated[Amount | None, Field(title=N_("Amount"))] = None


class ProposalOut(ProposalIn):
    """A proposal as it is kept."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID


class AgreementIn(BaseModel):
    """What the parties agree on."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"clauses": "一、…", "oral": False}]}
    )

    clauses: Annotated[str, Field(min_length=1, max_length=50_000, title=N_("Clauses"))]
    amount: Annotated[Amount | None, Field(title=N_("Amount"))] = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", title=N_("Currency"))] = "CNY"
    perform_by: Annotated[date | None, Field(title=N_("Perform by"))] = None
    oral: Annotated[bool, Field(title=N_("Oral agreement"))] = False


class AgreementOut(AgreementIn):
    """The agreement and who signed it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    number: str
    signatures: list[UUID]
    signed_on: date | None


class SignIn(BaseModel):
    """A signature that was given."""

    model_config = STRICT

    party: Annotated[UUID, Field(title=N_("Party"))]
    on: Annotated[date, Field(title=N_("Signed on"))]
