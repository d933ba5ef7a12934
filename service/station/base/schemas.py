"""Bodies of events and their sheets."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from service.cases.reckoning import ZONE
from service.core.text import N_
from service.station.base.domain import MARKS, EventKind, Source

YEARS = range(2000, 2101)


def moment(value: datetime) -> datetime:
    """Return a moment in UTC; without a zone it was Beijing's."""
    if value.year not in YEARS:
        raise ValueError(N_("Enter a date between 2000 and 2100."))
    local = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(ZONE))
    return local.astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(moment)]
Title = Annotated[str, Field(min_length=1, max_length=180, title=N_("Title"))]
Long = Annotated[str, Field(max_length=10_000)]
Mark = Annotated[int, Field(ge=MARKS.start, le=MARKS.stop - 1, title=N_("Satisfaction"))]
EXAMPLE: JsonDict = {
    "kind": "salon",
    "title": "关企沙龙：电动车出口的知识产权海关保护",
    "place": "园区路演厅",
    "starts_at": "2026-12-03T14:00:00+08:00",
    "ends_at": "2026-12-03T16:30:00+08:00",
    "hosts": ["园区知识产权维权工作站"],
}


class EventIn(BaseModel):
    """An event as it is planned; a time without a zone is Beijing's."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    kind: Annotated[EventKind, Field(title=N_("Kind"))]
    title: Title
    about: Annotated[Long, Field(title=N_("About the event"))] = ""
    place: Annotated[str, Field(min_length=1, max_length=300, title=N_("Venue"))]
    hosts: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=200)]],
        Field(max_length=20, title=N_("Hosts")),
    ] = []
    body_ids: Annotated[list[UUID], Field(max_length=50, title=N_("Bodies taking part"))] = []
    starts_at: Annotated[Moment, Field(title=N_("Begins"))]
    ends_at: Annotated[Moment, Field(title=N_("Ends at"))]
    hours: Annotated[
        Decimal | None,
        Field(ge=0, le=200, max_digits=4, decimal_places=1, title=N_("Hours that count")),
    ] = None
    seats: Annotated[int | None, Field(ge=1, le=10_000, title=N_("Seats"))] = None


class EventForm(EventIn):
    """The same as a page sends it: one host a line, and the version that was read."""

    model_config = ConfigDict(extra="ignore")

    hosts: list[str] = []
    host_lines: Annotated[str, Field(max_length=4_000, title=N_("Hosts"))] = ""
    version: int = 1

    def values(self) -> dict[str, object]:
        """Return what is planned."""
        lines = [line.strip()[:200] for line in self.host_lines.splitlines() if line.strip()]
        told = self.model_dump(exclude={"host_lines", "version"})
        return told | {"hosts": lines[:20]}


class EventOut(BaseModel):
    """An event and its sheet counted."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    station_id: UUID
    kind: EventKind
    status: str
    title: str
    about: str
    place: str
    hosts: list[str]
    body_ids: list[UUID] = []
    starts_at: datetime
    ends_at: datetime
    hours: Decimal
    seats: int | None
    signed_up: int = 0
    was_there: int = 0
    enterprises: int = 0
    rated: int = 0
    satisfaction: float | None = None
    version: int


class StepIn(BaseModel):
    """A step by its name, and why where it asks for that."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"event": "hold"}]})

    event: Annotated[str, Field(max_length=32, title=N_("Step"))]
    note: Annotated[Long, Field(title=N_("Note"))] = ""


class StepForm(StepIn):
    """The same as a page sends it."""

    model_config = ConfigDict(extra="ignore")

    version: int = 0


class LineIn(BaseModel):
    """Somebody on the sheet of an event."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"name": "李静", "company": "某贸易公司", "phone": "13800000000"}]
        },
    )

    name: Annotated[str, Field(min_length=1, max_length=100, title=N_("Name"))]
    organisation_id: Annotated[UUID | None, Field(title=N_("Enterprise"))] = None
    company: Annotated[str, Field(max_length=200, title=N_("Organisation"))] = ""
    phone: Annotated[str, Field(max_length=60, title=N_("Telephone"))] = ""
    present: Annotated[bool, Field(title=N_("Was there"))] = True
    satisfaction: Mark | None = None
    remark: Annotated[str, Field(max_length=2_000, title=N_("Remark"))] = ""


class LineChange(BaseModel):
    """Whether somebody was there, and what they thought of it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"present": True}]})

    present: Annotated[bool, Field(title=N_("Was there"))] = False
    satisfaction: Mark | None = None
    remark: Annotated[str, Field(max_length=2_000, title=N_("Remark"))] = ""


class LineOut(BaseModel):
    """A line of the sheet."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID | None
    name: str
    company: str
    phone: str
    source: Source
    signed_in_at: datetime | None
    satisfaction: int | None
    remark: str


class SignUpIn(BaseModel):
    """Signing up for an event."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"phone": "13800000000"}]}
    )

    phone: Annotated[str, Field(max_length=60, title=N_("Telephone"))] = ""


class RatingIn(BaseModel):
    """What somebody thought of an event, 5 the best."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"satisfaction": 5}]})

    satisfaction: Mark
    remark: Annotated[str, Field(max_length=2_000, title=N_("Remark"))] = ""


class MaterialOut(BaseModel):
    """A file of an event."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    shown: bool
    added_at: datetime


class RejectOut(BaseModel):
    """A row that was left out, and why."""

    row: int
    name: str
    errors: list[str]


class ImportedOut(BaseModel):
    """What an import brought; `again` were on the sheet already."""

    added: int
    again: int
    rejects: list[RejectOut]
