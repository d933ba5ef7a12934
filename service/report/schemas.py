"""Bodies of the report."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.report.domain import At, Dimension
from service.report.measures import How, Part, Source


class Told(BaseModel):
    """A text in both languages."""

    zh: str
    en: str


class MeasureOut(BaseModel):
    """A measure: what it is called and how it is counted."""

    key: str
    part: Part
    name: Told
    meaning: Told
    how: How
    rows: Source
    tables: list[str]
    whole: str
    by: list[Dimension]


class FigureOut(BaseModel):
    """A figure of a period; `value` is null where there is nothing to divide or to measure."""

    model_config = ConfigDict(from_attributes=True)

    count: int = Field(description="Rows behind it.")
    value: float | None = Field(description="The count, a share in [0, 1], or a median of days.")
    whole: int | None = Field(description="Of a share: rows of the whole.")


class CountOut(BaseModel):
    """One line of a breakdown."""

    key: str
    count: int


class LineOut(BaseModel):
    """A measure over the periods of the report."""

    measure: str
    figures: Mapping[At, FigureOut]
    by: Mapping[Dimension, list[CountOut]]


class PeriodOut(BaseModel):
    """A period with its first and last day in Asia/Shanghai."""

    period: str
    first: date
    last: date


class ReportOut(BaseModel):
    """The report of some stations."""

    periods: Mapping[At, PeriodOut]
    stations: Mapping[UUID, str]
    narrowed: Mapping[Dimension, str]
    made_at: datetime
    lines: list[LineOut]


class RowOut(BaseModel):
    """One row behind a figure that the caller may open."""

    id: UUID
    thread_id: UUID | None = Field(description="Its matter; null for what the base does.")
    number: str
    title: str
    href: str
    person: str
    said: str


class RowsOut(BaseModel):
    """The rows behind a figure: `total` is the figure, `hidden` of them may not be opened."""

    measure: str
    total: int
    hidden: int
    items: list[RowOut]
    next: str | None


class StepOut(BaseModel):
    """A step of a matter with its day."""

    on: date
    verb: str
    source: str
    target: str


class EntryOut(BaseModel):
    """A line of the work ledger."""

    thread_id: UUID
    number: str
    on: date
    title: str
    way: str
    service_line: str
    market: str
    industry: str
    park: str
    parties: list[str]
    steps: list[StepOut]
    outcome: str
    person: str


class LedgerOut(BaseModel):
    """A page of the work ledger."""

    total: int
    hidden: int
    items: list[EntryOut]
    next: str | None


class IssueIn(BaseModel):
    """A report to issue."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"period": "2026-10"}]}
    )

    period: Annotated[str, Field(min_length=4, max_length=8, title=N_("Period"))]
    reason: Annotated[str, Field(max_length=2000, title=N_("What it corrects"))] = ""


class IssuedOut(BaseModel):
    """An issued report; `figures` as they were, with the keys of their rows, where one is read."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    station_id: UUID
    period: str
    edition: int
    reason: str
    snapshot_hash: str
    issued_at: datetime
    issued_by: UUID | None


class IssuedWhole(IssuedOut):
    """An issued report with its snapshot."""

    snapshot: dict[str, Any]
