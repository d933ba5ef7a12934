"""Bodies of rights, their papers and files, and of whom a thing is shown to."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from service.core.text import N_
from service.registry.domain import DocumentKind, RightKind, RightStatus
from service.registry.holdings import Shown
from service.registry.schemas.fields import STRICT, Name, Office, Several, Text


class ShareIn(BaseModel):
    """The station to show it to."""

    model_config = STRICT

    organisation_id: UUID


class ShareForm(BaseModel):
    """What the form that shares a thing sends."""

    station: Annotated[UUID, Field(title=N_("Station"))]


class ShareOut(BaseModel):
    """A station that sees it, since when."""

    organisation_id: UUID
    name_zh: str
    name_en: str
    shared_at: datetime

    @classmethod
    def of(cls, shown: Shown) -> "ShareOut":
        """Return what is told of a share."""
        return cls(
            organisation_id=shown.organisation.id,
            name_zh=shown.organisation.name_zh,
            name_en=shown.organisation.name_en,
            shared_at=shown.shared_at,
        )


class RightIn(BaseModel):
    """A right, from the fields of its paper. Of a trade secret only this metadata is kept."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "design",
                    "status": "in_force",
                    "title": "电动车车架",
                    "territory": "CN",
                    "number": "ZL202330000000.0",
                }
            ]
        },
    )

    kind: Annotated[RightKind, Field(title=N_("Kind of right"))]
    status: Annotated[RightStatus, Field(title=N_("Status"))]
    title: Annotated[str, Field(min_length=1, max_length=1000, title=N_("Title"))]
    title_en: Annotated[str, Field(max_length=1000, title=N_("Title in English"))] = ""
    territory: Annotated[Office, Field(title=N_("Territory"))] = "CN"
    number: Annotated[str, Field(max_length=64, title=N_("Number"))] = ""
    application_number: Annotated[str, Field(max_length=64, title=N_("Application number"))] = ""
    holder: Annotated[Text, Field(title=N_("Holder"))] = ""
    creators: Annotated[list[Name], Several, Field(max_length=100, title=N_("Creators"))] = []
    classification: Annotated[str, Field(max_length=1000, title=N_("Classification"))] = ""
    filed_on: Annotated[date | None, Field(title=N_("Filing date"))] = None
    priority_on: Annotated[date | None, Field(title=N_("Priority date"))] = None
    granted_on: Annotated[date | None, Field(title=N_("Date of grant"))] = None
    completed_on: Annotated[date | None, Field(title=N_("Completed on"))] = None
    published_on: Annotated[date | None, Field(title=N_("First published on"))] = None
    expires_on: Annotated[date | None, Field(title=N_("Expiry date"))] = None
    fees_paid_until: Annotated[date | None, Field(title=N_("Fees paid until"))] = None
    note: Annotated[Text, Field(title=N_("Note"))] = ""

    @model_validator(mode="after")
    def _in_order(self) -> "RightIn":
        days = [day for day in (self.filed_on, self.granted_on, self.expires_on) if day]
        if days != sorted(days):
            raise ValueError(N_("Filing, grant and expiry do not follow each other: look again."))
        return self

    def values(self) -> dict[str, Any]:
        """Return the columns of the right."""
        return {**self.model_dump(), "creators": tuple(self.creators)}


class DocumentIn(BaseModel):
    """A paper from the drawer: the file sent before, and what stands on it."""

    model_config = STRICT

    kind: DocumentKind
    file_id: UUID
    number: Annotated[str, Field(max_length=64)] = ""
    issued_on: date | None = None


class PaperForm(BaseModel):
    """What the page of an organisation's papers sends besides the file."""

    kind: Annotated[DocumentKind, Field(title=N_("Kind of paper"))]
    number: Annotated[str, Field(max_length=64, title=N_("Number on the paper"))] = ""
    issued_on: Annotated[date | None, Field(title=N_("Issued on"))] = None


class DocumentOut(DocumentIn):
    """A kept paper."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    added_at: datetime


class RightOut(RightIn):
    """A right as stored; `version` is its ETag."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID
    version: int
    created_at: datetime
    updated_at: datetime


class FileOut(BaseModel):
    """A stored file."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    stored_at: datetime
