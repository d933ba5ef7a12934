"""Bodies of consultations, messages, the roster, guidance and people of a matter."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.cases.domain import Audience, Confidentiality
from service.core.text import N_
from service.dispute.domain import ContactKind
from service.rules.schema import Text
from service.station.domain import Direction, FindingState, Specialty

Short = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Long = Annotated[str, Field(max_length=10_000)]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class AnswerIn(BaseModel):
    """An answer to a visitor: own words, guidance, or both."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"guidance": ["us-schedule-a"], "language": "zh"}]},
    )

    text: Annotated[str, Field(max_length=20_000, title=N_("Answer"))] = ""
    guidance: Annotated[list[Short], Field(max_length=10, title=N_("Guidance"))] = []
    language: Annotated[str, Field(pattern=r"^(zh|en)$", title=N_("Language"))] = "zh"


class AnswerOut(BaseModel):
    """An answer as it was given."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    text: str
    guidance: list[dict[str, Any]]
    made_at: datetime


class FindingOut(BaseModel):
    """Something read from a message."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    evidence_id: UUID
    sender: str
    field: str
    value: str
    excerpt: str
    state: FindingState


class MessageOut(BaseModel):
    """A message taken in: the sealed original, and what is proposed from it."""

    evidence_id: UUID
    sha256: str
    seal: str
    findings: list[FindingOut]


class FindingIn(BaseModel):
    """What is decided of a proposal; a value corrects what was read."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"confirmed": True, "value": ""}]}
    )

    confirmed: bool
    value: Annotated[str, Field(max_length=300, title=N_("Value"))] = ""


class FactOut(BaseModel):
    """What one rule says, with its source."""

    model_config = ConfigDict(from_attributes=True)

    rule_id: str
    text: Text
    basis: str
    source: str
    checked: date
    sure: bool


class GuidanceOut(BaseModel):
    """One entry of the knowledge base."""

    id: str
    market: str
    topic: str
    title: Text
    text: Text
    facts: list[FactOut]
    checked: date
    """The oldest day on which any of it was checked."""


class GuidanceRow(BaseModel):
    """An entry in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    market: str
    topic: str
    title: Text
    checked: date


class Duty(BaseModel):
    """Hours on one day of the week, in the station's time."""

    model_config = ConfigDict(extra="forbid")

    day: Annotated[int, Field(ge=1, le=7)]
    opens: Clock
    closes: Clock


class ExpertIn(BaseModel):
    """Somebody on the roster."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "王芳",
                    "specialties": ["trademark", "overseas"],
                    "languages": ["zh", "en"],
                    "duty": [{"day": 1, "opens": "09:00", "closes": "12:00"}],
                }
            ]
        },
    )

    name: Annotated[Name, Field(title=N_("Name"))]
    person_id: Annotated[UUID | None, Field(title=N_("Account"))] = None
    institution: Annotated[Short, Field(title=N_("Institution"))] = ""
    contact: Annotated[Short, Field(title=N_("Contact"))] = ""
    specialties: Annotated[list[Specialty], Field(max_length=20, title=N_("Specialties"))] = []
    languages: Annotated[
        list[Annotated[str, Field(pattern=r"^[A-Za-z-]{2,12}$")]],
        Field(max_length=20, title=N_("Languages")),
    ] = ["zh"]
    duty: Annotated[list[Duty], Field(max_length=21, title=N_("Duty hours"))] = []
    capacity: Annotated[int, Field(ge=0, le=500, title=N_("Open matters at most"))] = 10
    interests: Annotated[list[Name], Field(max_length=200, title=N_("Acts for"))] = []
    active: Annotated[bool, Field(title=N_("Active"))] = True


class ExpertOut(ExpertIn):
    """An expert as the roster has them."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID
    version: int


class ContactIn(BaseModel):
    """An institution the station works with."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"kind": "resident", "name": "某律师事务所"},
                {
                    "kind": "outside",
                    "name": "某知识产权鉴定中心",
                    "accreditation": "示例〔2026〕7号",
                    "accredited_by": "某行业协会",
                    "accredited_until": "2028-12-31",
                },
            ]
        },
    )

    kind: Annotated[ContactKind, Field(title=N_("Kind"))]
    name: Annotated[Name, Field(title=N_("Name"))]
    body_id: Annotated[UUID | None, Field(title=N_("Account"))] = None
    service: Annotated[Short, Field(title=N_("What it does"))] = ""
    person: Annotated[Short, Field(title=N_("Person"))] = ""
    contact: Annotated[Short, Field(title=N_("Contact"))] = ""
    accreditation: Annotated[str, Field(max_length=100, title=N_("Number of accreditation"))] = ""
    """Under which it may give appraisal opinions; the three are given together or not at all."""
    accredited_by: Annotated[Short, Field(title=N_("Accredited by"))] = ""
    accredited_until: Annotated[date | None, Field(title=N_("Accredited until"))] = None
    """The last day."""
    active: Annotated[bool, Field(title=N_("Active"))] = True


class ContactOut(ContactIn):
    """An institution as it is kept."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID
    version: int


class StationOut(BaseModel):
    """A station and who stands around it."""

    id: UUID
    name_zh: str
    name_en: str
    park: str
    operator: str
    """The park's management centre that runs it."""
    supervisor: str
    """The bureau that guides it."""
    parent: str
    """The city's protection centre above it."""
    experts: int
    residents: int
    outside: int


class NoteIn(BaseModel):
    """A note of the bureau."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "请核对送达日期。"}]}
    )

    text: Annotated[str, Field(min_length=1, max_length=10_000, title=N_("Note"))]
    reply_by: Annotated[date | None, Field(title=N_("Reply by"))] = None


class NoteOut(BaseModel):
    """A note, and when the station read it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    text: str
    reply_by: date | None
    made_at: datetime
    read_at: datetime | None
    reply: str
    replied_at: datetime | None


class ReadIn(BaseModel):
    """What the station answers to a note, if anything."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reply": ""}]})

    reply: Annotated[Long, Field(title=N_("Reply"))] = ""


class AssignIn(BaseModel):
    """Who works on a matter."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"person_id": "0193f0c2-0000-7000-8000-000000000000"}]},
    )

    person_id: Annotated[UUID, Field(title=N_("Person"))]


class SecrecyIn(BaseModel):
    """Who of the station sees a matter."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"confidentiality": "named"}]}
    )

    confidentiality: Annotated[Confidentiality, Field(title=N_("Confidentiality"))]


class LetInIn(BaseModel):
    """Somebody to be let into a matter: one person, or one organisation."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"organisation_id": "0193f0c2-0000-7000-8000-000000000000"}]
        },
    )

    organisation_id: Annotated[UUID | None, Field(title=N_("Organisation"))] = None
    person_id: Annotated[UUID | None, Field(title=N_("Person"))] = None
    audience: Annotated[Audience, Field(title=N_("What they may read"))] = Audience.ALL
    writes: Annotated[bool, Field(title=N_("May write"))] = False


class PassIn(BaseModel):
    """A matter passed between a station and the centre above it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"direction": "up", "note": "涉及海外诉讼"}]},
    )

    direction: Annotated[Direction, Field(title=N_("Direction"))]
    note: Annotated[str, Field(min_length=1, max_length=10_000, title=N_("Reason"))]
    station_id: Annotated[UUID | None, Field(title=N_("Station"))] = None


class StandingOut(BaseModel):
    """One expert beside a matter."""

    id: UUID
    person_id: UUID | None
    name: str
    load: int
    capacity: int
    on_duty: bool
    free: bool
    in_conflict: bool


class MatterPeople(BaseModel):
    """Who works on a matter and who was let in."""

    handler_id: UUID | None
    station_id: UUID | None
    confidentiality: Confidentiality
    grants: list["GrantOut"]


class GrantOut(BaseModel):
    """Somebody let into a matter, or into one part of it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID | None
    person_id: UUID | None
    part_id: UUID | None
    audience: Audience
    writes: bool
