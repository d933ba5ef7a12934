"""Bodies of evidence."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.cases.domain import (
    Audience,
    CopyOf,
    Custody,
    Destination,
    EvidenceKind,
    Obtained,
    Scan,
)
from service.core.text import N_

Name = Annotated[str, Field(max_length=80)]


class EvidenceForm(BaseModel):
    """What is said of a file as it is taken in; the file goes along."""

    title: Annotated[str, Field(min_length=1, max_length=200, title=N_("Title"))]
    purpose: Annotated[str, Field(max_length=4000, title=N_("What it proves"))] = ""
    kind: Annotated[EvidenceKind, Field(title=N_("Kind of evidence"))]
    obtained: Annotated[Obtained, Field(title=N_("How it was obtained"))]
    source: Annotated[str, Field(max_length=4000, title=N_("Source"))] = ""
    copy_of: Annotated[CopyOf, Field(title=N_("What the file is"))] = CopyOf.ORIGINAL
    original_id: Annotated[UUID | None, Field(title=N_("Original"))] = None
    audience: Annotated[Audience, Field(title=N_("Who may see it"))] = Audience.ALL
    part_id: Annotated[UUID | None, Field(title=N_("Track"))] = None


class EvidenceOut(BaseModel):
    """A piece of evidence, without its content."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    thread_id: UUID
    part_id: UUID
    audience: Audience
    number: int
    title: str
    purpose: str
    kind: EvidenceKind
    obtained: Obtained
    source: str
    copy_of: CopyOf
    original_id: UUID | None
    sha256: str
    size: int
    media_type: str
    name: str
    scan: Scan
    seal: str
    events: int
    head: str
    added_at: datetime


class CustodyOut(BaseModel):
    """One link of a custody chain."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    event: Custody
    at: datetime
    actor_id: UUID | None
    detail: dict[str, Any]
    sha256: str
    hash: str


class VerifiedOut(BaseModel):
    """Whether content and chain hold; `faults` says what does not."""

    whole: bool
    faults: list[str]


class CustodyIn(BaseModel):
    """Something that happened to an item outside this service, or that it is sealed."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"event": "transferred", "to": "梁溪区人民法院"}]},
    )

    event: Annotated[Custody, Field(title=N_("What happened"))]
    source: Annotated[str, Field(max_length=200, title=N_("Handed over by"))] = ""
    to: Annotated[str, Field(max_length=200, title=N_("Received by"))] = ""
    place: Annotated[str, Field(max_length=200, title=N_("Place"))] = ""
    purpose: Annotated[str, Field(max_length=200, title=N_("Purpose"))] = ""
    seal: Annotated[str, Field(max_length=64, title=N_("Number of the seal"))] = ""


class BundleIn(BaseModel):
    """Which evidence goes into a bundle, and for whom."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"evidence": [], "destination": "domestic", "recipient": "梁溪区人民法院"}]
        },
    )

    evidence: Annotated[list[UUID], Field(max_length=1000, title=N_("Evidence"))]
    destination: Annotated[Destination, Field(title=N_("Where it goes"))]
    recipient: Annotated[str, Field(max_length=200, title=N_("Recipient"))] = ""


class CheckIn(BaseModel):
    """The check before evidence goes to a court or authority abroad: words to each point."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "evidence": [],
                    "recipient": "U.S. District Court",
                    "answers": {"state_secrets": "none: public listings only"},
                }
            ]
        },
    )

    evidence: Annotated[list[UUID], Field(max_length=1000)]
    recipient: Annotated[str, Field(max_length=200)]
    answers: dict[Name, Annotated[str, Field(max_length=2000)]]
