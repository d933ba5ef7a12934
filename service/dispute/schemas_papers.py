"""Bodies of the papers of cases, their signatures, templates, and the volume."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.dispute.schemas import STRICT, Long, Short
from service.ui.documents.pairs import Told

VersionNumber = Annotated[int, Path(ge=1, le=1_000_000)]
Typed = Annotated[dict[Short, Long], Field(max_length=20)]


class KindOut(BaseModel):
    """A kind of document: what is typed for it, what the case must say, who signs."""

    model_config = ConfigDict(from_attributes=True)

    key: str
    title: dict[str, str]
    tracks: list[str]
    """Kinds of track it belongs to; none: the case as a whole."""
    asks: list[dict[str, object]]
    required: list[str]
    signs: list[str]


class PaperIn(BaseModel):
    """A document to make."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"kind": "aid_application", "told": "both", "entries": {"aid_wanted": "指导应诉"}}
            ]
        },
    )

    kind: Annotated[str, Field(max_length=40, title=N_("Case document"))]
    track_id: UUID | None = None
    told: Annotated[Told, Field(title=N_("Language of the document"))] = Told.BOTH
    entries: Typed = {}


class VersionIn(BaseModel):
    """A document to make again."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"told": "zh", "entries": {"aid_wanted": "指导应诉"}}]},
    )

    told: Annotated[Told, Field(title=N_("Language of the document"))] = Told.BOTH
    entries: Typed = {}


class SignatureOut(BaseModel):
    """Who must sign, and when and by which paper they did."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    role: str
    name: str
    signed_on: date | None
    proof: str


class VersionOut(BaseModel):
    """One version: the hashes of its two files, and who signs it."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    told: Told
    entries: dict[str, str]
    template: str
    pdf: str
    word: str
    made_at: datetime
    made_by: UUID | None
    signatures: list[SignatureOut] = []


class PaperOut(BaseModel):
    """A document with its versions, newest first."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    thread_id: UUID
    part_id: UUID
    kind: str
    name: str
    made_at: datetime
    versions: list[VersionOut] = []


class SignatureIn(BaseModel):
    """A signature that was given."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "signature_id": "01999999-0000-7000-8000-000000000000",
                    "on": "2026-10-20",
                    "proof": "证据3：签字原件",
                }
            ]
        },
    )

    signature_id: UUID
    on: Annotated[date, Field(title=N_("Signed on"))]
    proof: Annotated[str, Field(min_length=1, max_length=200, title=N_("By which paper"))]


class TemplateOut(BaseModel):
    """A Word template of our own in force."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    sha256: str
    name: str
    uploaded_at: datetime


class LackingOut(BaseModel):
    """A document the volume asks for and does not hold."""

    kind: str
    track_id: UUID | None
    title: dict[str, str]


class VolumeOut(BaseModel):
    """What the volume of a case would hold now."""

    documents: list[UUID]
    evidence: list[UUID]
    missing: list[LackingOut]


class PaperForm(BaseModel):
    """A document as a form asks for it."""

    model_config = STRICT

    kind: Annotated[str, Field(max_length=40, title=N_("Case document"))]
    track_id: UUID | None = None
    told: Annotated[Told, Field(title=N_("Language of the document"))] = Told.BOTH
