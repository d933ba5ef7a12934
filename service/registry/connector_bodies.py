"""Bodies of connectors and refreshes."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.registry.connectors import Connector
from service.registry.domain import RefreshState
from service.registry.models import ConnectorMemory, Refresh


class NoteOut(BaseModel):
    """A remark; `values` fill the `{name}` places of `text`."""

    text: str
    values: dict[str, str]


class RefreshOut(BaseModel):
    """One look at an office."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    connector: str
    state: RefreshState
    requests: int
    records: int
    done: int
    total: int | None
    imports: list[UUID]
    notes: list[NoteOut]
    failure: dict[str, Any] | None
    started_at: datetime
    updated_at: datetime
    ended_at: datetime | None
    again_at: datetime | None


class ConnectorOut(BaseModel):
    """One way to an office; `ready` false: its register is not searched by it."""

    name: str
    office: str
    label: str
    ready: bool
    needs: list[str]
    """Settings that hold its credentials; never their values."""
    how: str
    every_seconds: int
    checked_at: datetime | None
    latest: RefreshOut | None

    @classmethod
    def of(cls, one: Connector, known: ConnectorMemory, latest: Refresh | None) -> "ConnectorOut":
        """Return the body of a connector."""
        return cls(
            name=one.name,
            office=one.office,
            label=one.label,
            ready=one.ready,
            needs=list(one.needs),
            how=one.how,
            every_seconds=int(one.every.total_seconds()),
            checked_at=known.checked_at,
            latest=RefreshOut.model_validate(latest) if latest else None,
        )


class CasesIn(BaseModel):
    """Cases that TSDR keeps current."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"numbers": ["76044902", "74631225"]}]}
    )

    numbers: Annotated[list[str], Field(min_length=1, max_length=5000, title=N_("Serial numbers"))]


class CasesOut(BaseModel):
    """All cases that are kept current, and the refresh that asks for the new ones."""

    numbers: list[str]
    refresh: UUID


class PaperOut(BaseModel):
    """One document of a case."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    mailed_on: str
    pages: int


class CasesForm(BaseModel):
    """What the page of TSDR sends: numbers, one a line or parted by commas."""

    numbers: Annotated[str, Field(min_length=1, max_length=60_000, title=N_("Serial numbers"))]
