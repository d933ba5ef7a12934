"""Bodies of the desk."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.desk.domain import Group, Kind


class RowOut(BaseModel):
    """A line of a part of the day."""

    model_config = ConfigDict(from_attributes=True)

    title: str
    texts: dict[str, str]
    href: str
    on: date | None
    late: bool
    note: str


class PartOut(BaseModel):
    """A part of the day; `total` counts what the caller may see, shown here or not."""

    model_config = ConfigDict(from_attributes=True)

    key: str
    rows: list[RowOut]
    total: int
    href: str


class WaitingOut(BaseModel):
    """An open matter; its version is sent back to assign it."""

    thread_id: UUID
    version: int
    number: str
    handler_id: UUID | None
    next_due: datetime | None
    overdue: int


class AssignOne(BaseModel):
    """A matter and the version that was read of it."""

    model_config = ConfigDict(extra="forbid")

    thread_id: UUID
    version: int


class AssignIn(BaseModel):
    """Matters to hand to one person."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "person_id": "01999999-0000-7000-8000-000000000001",
                    "matters": [
                        {"thread_id": "01999999-0000-7000-8000-000000000002", "version": 1}
                    ],
                }
            ]
        },
    )

    person_id: Annotated[UUID, Field(title=N_("Person"))]
    matters: Annotated[list[AssignOne], Field(min_length=1, max_length=200)]


class HandForm(BaseModel):
    """The same as a form sends it: each matter as `id:version`."""

    person: Annotated[UUID, Field(title=N_("Person"))]
    matter: list[str] = []


class AssignedOut(BaseModel):
    """What became of one matter; `problem` is a problem code, empty where it was done."""

    model_config = ConfigDict(from_attributes=True)

    thread_id: UUID
    done: bool
    problem: str
    detail: str


class EntryOut(BaseModel):
    """An entry of the calendar."""

    model_config = ConfigDict(from_attributes=True)

    kind: Kind
    on: date
    at: datetime | None
    title: dict[str, str]
    href: str
    settled: bool
    provisional: bool


class HitOut(BaseModel):
    """One thing that was found."""

    model_config = ConfigDict(from_attributes=True)

    title: str
    href: str
    note: str


class FoundOut(BaseModel):
    """The hits of a group; `more`: there are others."""

    model_config = ConfigDict(from_attributes=True)

    group: Group
    hits: list[HitOut]
    more: bool
