"""Bodies of cases and tracks."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from service.core.text import N_
from service.dispute.domain import (
    DisputeKind,
    GoodsOutcome,
    Outcome,
    PartyRole,
    RightKind,
    ServiceLine,
    Side,
    Source,
    TrackKind,
)

STRICT = ConfigDict(extra="forbid")
Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=10_000)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=2)]


class PartyIn(BaseModel):
    """A party; of its identity number only the end is kept."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"role": "respondent", "name": "Acme Trading LLC"}]},
    )

    role: Annotated[PartyRole, Field(title=N_("Role of the party"))]
    name: Annotated[str, Field(min_length=1, max_length=200, title=N_("Name of the party"))]
    identity: Annotated[Short, Field(title=N_("Identity number"))] = ""
    address: Annotated[Long, Field(title=N_("Address for service"))] = ""
    electronic_service: Annotated[bool, Field(title=N_("Agrees to electronic service"))] = False
    representative: Annotated[Short, Field(title=N_("Representative"))] = ""
    special_authority: Annotated[
        bool, Field(title=N_("The representative may settle and waive"))
    ] = False
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$", title=N_("Country"))] = "CN"


class PartyOut(PartyIn):
    """A party as it is kept."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID


class CaseValues(BaseModel):
    """What a case is about."""

    title: Annotated[str, Field(min_length=1, max_length=180, title=N_("Title"))]
    service_line: Annotated[ServiceLine, Field(title=N_("Service"))]
    side: Annotated[Side, Field(title=N_("We act for"))]
    dispute_kind: Annotated[DisputeKind, Field(title=N_("Kind of dispute"))]
    right_kind: Annotated[RightKind, Field(title=N_("Kind of right"))]
    source: Annotated[Source, Field(title=N_("Where it came from"))]
    jurisdiction: Annotated[str, Field(min_length=2, max_length=8, title=N_("Country or body"))] = (
        "CN"
    )
    rights: Annotated[list[Short], Field(max_length=50, title=N_("Rights involved"))] = []
    venue: Annotated[Short, Field(title=N_("Forum"))] = ""
    facts: Annotated[Long, Field(title=N_("What happened"))] = ""
    urgent: Annotated[bool, Field(title=N_("Urgent"))] = False
    amount: Annotated[Amount | None, Field(title=N_("Amount in dispute"))] = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", title=N_("Currency"))] = "CNY"
    goods_at_risk: Annotated[Long, Field(title=N_("Shipments at risk"))] = ""


class CaseChange(BaseModel):
    """What is known of a case now; its kind, side and source stay as it was opened."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"facts": "货物在汉堡被扣", "rights": ["CN 1234567"]}]},
    )

    rights: Annotated[list[Short], Field(max_length=50, title=N_("Rights involved"))] = []
    venue: Annotated[Short, Field(title=N_("Forum"))] = ""
    facts: Annotated[Long, Field(title=N_("What happened"))] = ""
    amount: Annotated[Amount | None, Field(title=N_("Amount in dispute"))] = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", title=N_("Currency"))] = "CNY"
    goods_at_risk: Annotated[Long, Field(title=N_("Shipments at risk"))] = ""


def _lines(value: object) -> object:
    """Return what a text field of several lines sends, one line each."""
    if not isinstance(value, list):
        return value
    return [line.strip() for text in value for line in str(text).splitlines() if line.strip()]


class CaseAbout(CaseChange):
    """The same as a form sends it: rights one a line."""

    rights: Annotated[
        list[Short], BeforeValidator(_lines), Field(max_length=50, title=N_("Rights involved"))
    ] = []


class CaseForm(CaseValues):
    """The same as a form sends it; `side` is the id of another part of every page."""

    side: Side = Side.NEUTRAL
    our_side: Annotated[Side, Field(title=N_("We act for"))]


class CaseOwner(BaseModel):
    """The exporter a station opens a case for."""

    owner_id: UUID | None = None


class CaseIn(CaseValues):
    """A case to open, with its parties."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "YADEA held at the port",
                    "service_line": "legal_service",
                    "side": "accused",
                    "dispute_kind": "customs_hold",
                    "right_kind": "trademark",
                    "source": "customs",
                    "parties": [{"role": "respondent", "name": "Acme Trading LLC"}],
                }
            ]
        },
    )

    parties: Annotated[list[PartyIn], Field(max_length=50)] = []
    owner_id: UUID | None = None
    """The enterprise a station opens the case for."""
    station_id: UUID | None = None


class CaseOut(CaseValues):
    """A case as it stands."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    number: str = ""
    status: str
    outcome: Outcome | None
    outcome_reason: str
    goods_outcome: GoodsOutcome
    received_at: datetime
    version: int


class MoveIn(BaseModel):
    """A step: its event, the day of it, a note, its proof and facts for the rules."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"event": "accept", "day": "2026-09-30", "note": ""}]},
    )

    event: Annotated[str, Field(max_length=32, title=N_("Step"))]
    day: Annotated[str, Field(max_length=40, title=N_("Day of the event"))] = ""
    note: Annotated[Long, Field(title=N_("Note"))] = ""
    proof: Annotated[Short, Field(title=N_("What proves the event"))] = ""
    facts: Annotated[dict[Short, Short], Field(max_length=40)] = {}


class MoveForm(BaseModel):
    """The same as a form sends it."""

    event: Annotated[str, Field(max_length=32, title=N_("Step"))]
    day: Annotated[str, Field(max_length=40, title=N_("Day of the event"))] = ""
    note: Annotated[Long, Field(title=N_("Note"))] = ""
    proof: Annotated[Short, Field(title=N_("What proves the event"))] = ""
    version: int


class TrackIn(BaseModel):
    """A track to open."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"kind": "mediation", "detail": {"mediation_kind": "peoples"}}]
        },
    )

    kind: Annotated[TrackKind, Field(title=N_("Way"))]
    detail: Annotated[dict[Short, Short], Field(max_length=20)] = {}
    body_name: Annotated[Short, Field(title=N_("Body"))] = ""
    body_id: UUID | None = None


class TrackChange(BaseModel):
    """What is known of a track now."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"detail": {"mediator": "王芳"}, "number": ""}]},
    )

    detail: Annotated[dict[Short, Short], Field(max_length=20)] = {}
    body_name: Annotated[Short, Field(title=N_("Body"))] = ""
    number: Annotated[str, Field(max_length=64, title=N_("Number at the body"))] = ""
    result: Annotated[Long, Field(title=N_("Result"))] = ""
    cost: Annotated[Amount | None, Field(title=N_("Cost"))] = None
    subsidy: Annotated[Amount | None, Field(title=N_("Aid granted"))] = None


class TrackOut(BaseModel):
    """A track as it stands."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: TrackKind
    status: str
    body_name: str
    number: str
    detail: dict[str, str]
    result: str
    cost: Decimal | None
    subsidy: Decimal | None
    opened_at: datetime
    version: int
    steps: list[str] = []
    """The events that can follow."""


class ReferIn(BaseModel):
    """The outside body a track is referred to."""

    model_config = STRICT

    body_id: Annotated[UUID, Field(title=N_("Body"))]


class OutcomeIn(BaseModel):
    """How a case ended."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"outcome": "settled", "goods": "returned"}]},
    )

    outcome: Annotated[Outcome, Field(title=N_("Outcome"))]
    reason: Annotated[Long, Field(title=N_("Reason"))] = ""
    goods: Annotated[GoodsOutcome, Field(title=N_("What became of the goods"))] = GoodsOutcome.NONE
    cost: Annotated[Amount | None, Field(title=N_("Cost"))] = None
    performed_on: Annotated[date | None, Field(title=N_("Performed on"))] = None


class FromFound(BaseModel):
    """A title for the case opened from what was found; what is found names itself otherwise."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"title": "YADEA"}]})

    title: Annotated[str, Field(max_length=180, title=N_("Title"))] = ""


class FromScreening(FromFound):
    """The same of a screening, and the one hit of it that the case is about."""

    hit_id: Annotated[str, Field(max_length=200)] = ""
