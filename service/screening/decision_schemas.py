"""Bodies of decisions and of papers to be got."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.screening.domain import (
    DecisionKind,
    DecisionScope,
    DecisionState,
    PaperKind,
    Reopening,
)

Reason = Annotated[str, Field(min_length=3, max_length=2000, title=N_("Reason"))]


class DecisionForm(BaseModel):
    """What the page *Decide on a hit* sends."""

    screening_id: UUID
    hit_id: Annotated[str, Field(max_length=10)]
    kind: Annotated[DecisionKind, Field(title=N_("Decision on the hit"))]
    reason: Reason
    scope: Annotated[DecisionScope, Field(title=N_("Holds for"))] = DecisionScope.PAIR
    market: Annotated[str, Field(max_length=10, title=N_("Market"))] = ""
    expires_on: Annotated[date | None, Field(title=N_("Stands until"))] = None


class DecisionIn(DecisionForm):
    """A decision on a hit of a screening."""

    model_config = ConfigDict(extra="forbid")

    file_id: UUID | None = Field(default=None, description="Evidence, sent to `/files` before.")


class DecisionOut(BaseModel):
    """A decision as it stands now."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    screening_id: UUID | None
    person_id: UUID | None
    name: str
    office: str
    number: str
    text: str
    kind: DecisionKind
    reason: str
    scope: DecisionScope
    market: str
    file_id: UUID | None
    expires_on: date | None
    state: DecisionState
    reopened_for: list[Reopening]
    created_at: datetime
    ended_at: datetime | None


class PaperOut(BaseModel):
    """A paper that is to be got, or was."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: PaperKind
    office: str
    number: str
    text: str
    created_at: datetime
    done_at: datetime | None
    file_id: UUID | None


class PaperDone(BaseModel):
    """The file in which a paper is."""

    model_config = ConfigDict(extra="forbid")

    file_id: UUID
