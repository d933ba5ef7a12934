"""Bodies of the intake desk."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from service.core.text import N_
from service.dispute.domain import DisputeKind, RightKind, ServiceLine, Side
from service.station.domain import Channel, Conflict, Finance, Likeness

Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=10_000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[list[Name], Field(max_length=50)]
EXAMPLE: JsonDict = {
    "channel": "counter",
    "service_line": "mediation",
    "title": "Mark of an electric three-wheeler used by a stranger",
    "visitor": "无锡演示车业有限公司",
    "contact": "0510-0000000",
    "side": "holder",
    "dispute_kind": "infringement",
    "right_kind": "trademark",
    "marks": ["演示"],
    "opponents": ["Acme Trading LLC"],
}


class IntakeValues(BaseModel):
    """What is asked at the desk."""

    channel: Annotated[Channel, Field(title=N_("By which way it came"))]
    service_line: Annotated[ServiceLine, Field(title=N_("Service"))]
    finance: Annotated[Finance | None, Field(title=N_("Financial service"))] = None
    title: Annotated[str, Field(min_length=1, max_length=180, title=N_("Title"))]
    facts: Annotated[Long, Field(title=N_("What happened"))] = ""
    visitor: Annotated[Name, Field(title=N_("Visitor"))]
    contact: Annotated[Short, Field(title=N_("How to reach the visitor"))] = ""
    side: Annotated[Side, Field(title=N_("We act for"))]
    dispute_kind: Annotated[DisputeKind, Field(title=N_("Kind of dispute"))]
    right_kind: Annotated[RightKind, Field(title=N_("Kind of right"))]
    jurisdiction: Annotated[str, Field(min_length=2, max_length=8, title=N_("Country or body"))] = (
        "CN"
    )
    rights: Annotated[Names, Field(title=N_("Rights involved"))] = []
    marks: Annotated[Names, Field(title=N_("Marks"))] = []
    references: Annotated[Names, Field(title=N_("Numbers others gave it"))] = []
    goods_at_risk: Annotated[Long, Field(title=N_("Shipments at risk"))] = ""
    urgent: Annotated[bool, Field(title=N_("Urgent"))] = False


class IntakeChange(IntakeValues):
    """What is known of an intake now; a new other side is added to its parties."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    opponents: Annotated[Names, Field(title=N_("Other side"))] = []


class IntakeIn(IntakeChange):
    """A matter to take in."""

    owner_id: UUID | None = None
    """The enterprise, where it has an account; a walk-in matter belongs to the station."""
    station_id: UUID | None = None
    """For who is no station: where it goes; else to the station that serves them."""


class IntakeForm(IntakeValues):
    """The same as a page sends it; `side` is the id of another part of every page."""

    side: Side = Side.NEUTRAL
    our_side: Annotated[Side, Field(title=N_("We act for"))]
    rights: list[str] = []
    marks: list[str] = []
    references: list[str] = []
    owner_id: Annotated[UUID | None, Field(title=N_("Enterprise"))] = None
    station_id: Annotated[UUID | None, Field(title=N_("Station"))] = None
    version: int = 0


class IntakeOut(IntakeValues):
    """An intake as it stands."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    number: str
    """On the visitor's receipt."""
    status: str
    case_number: str = ""
    """Once it became a case: its number, under the same id."""
    passed_to: str
    conflict: Conflict | None
    conflict_note: str
    """What the check says; told to who works the desk only."""
    received_at: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    version: int
    steps: list[str] = []
    """The events that can follow."""


class IntakeMove(BaseModel):
    """A step of an intake."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"event": "ask_papers", "note": "请补交授权委托书"}]},
    )

    event: Annotated[str, Field(max_length=32, title=N_("Step"))]
    note: Annotated[Long, Field(title=N_("Note"))] = ""
    day: Annotated[str, Field(max_length=40, title=N_("Day of the event"))] = ""
    proof: Annotated[Short, Field(title=N_("What proves the event"))] = ""
    passed_to: Annotated[Short, Field(title=N_("Passed on to"))] = ""


class IntakeMoveForm(IntakeMove):
    """The same as a page sends it."""

    model_config = ConfigDict(extra="ignore")

    version: int


class PromoteIn(BaseModel):
    """What a case is for, and whose, where that is known better than at the desk."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"service_line": "mediation"}]}
    )

    service_line: Annotated[ServiceLine | None, Field(title=N_("Service"))] = None
    owner_id: Annotated[UUID | None, Field(title=N_("Enterprise"))] = None


class ClearIn(BaseModel):
    """Why what the check found does not stand in the way."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"note": "同名不同人,已核对统一社会信用代码"}]},
    )

    note: Annotated[str, Field(min_length=1, max_length=10_000, title=N_("Reason"))]


class LikelyOut(BaseModel):
    """Another matter that is like this one; which one it is is told to who may open it."""

    likeness: Likeness
    thread_id: UUID | None
    number: str
    href: str
    ours: str
    theirs: str
    similarity: float
