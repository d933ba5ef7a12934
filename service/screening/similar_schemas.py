"""Bodies of the search for similar marks."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from service.core.text import N_
from service.registry.domain import MarkStatus
from service.registry.schemas.fields import Office
from service.screening.domain import Closeness
from service.screening.schemas import (
    AxisOut,
    Both,
    MarkOut,
    NotSearchedOut,
    RuleOut,
    SearchedOut,
)

BETWEEN = re.compile(r"[\s,;，；、]+")
MOST = 200
"""Marks that are compared and explained at once."""
Nice = Annotated[int, Field(ge=1, le=45)]
Owner = Annotated[str, Field(max_length=500, description="Beginning of a name, in any spelling.")]


class SimilarIn(BaseModel):
    """A mark, and which marks are looked at; what is left out narrows nothing.

    A mark of which the class or the day is not known passes: it may be meant.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "text": "YADEA",
                    "offices": ["CN", "WO"],
                    "classes": [12],
                    "not_owner": "Yadea Technology",
                    "filed_to": "2024-12-31",
                }
            ]
        },
    )

    text: Annotated[str, Field(min_length=1, max_length=500, title=N_("Mark"))]
    offices: Annotated[list[Office], Field(max_length=250, title=N_("Register"))] = []
    classes: Annotated[list[Nice], Field(max_length=45, title=N_("Nice classes"))] = []
    statuses: Annotated[list[MarkStatus], Field(max_length=20, title=N_("Status"))] = []
    owner: Annotated[Owner, Field(title=N_("Owner begins with"))] = ""
    not_owner: Annotated[Owner, Field(title=N_("Leave out owners beginning with"))] = ""
    filed_from: Annotated[
        date | None, Field(title=N_("Filed from"), description="By priority where it is earlier.")
    ] = None
    filed_to: Annotated[date | None, Field(title=N_("Filed up to"))] = None
    limit: Annotated[int, Field(ge=1, le=MOST, description="Marks shown.")] = 50


class SimilarMark(BaseModel):
    """A mark that is alike, and why."""

    mark: MarkOut
    similarity: float
    closeness: Closeness
    axes: dict[str, AxisOut]
    rules: list[RuleOut]
    counter_evidence: list[RuleOut]
    weak_only: bool
    explanation: Both


class SimilarOut(BaseModel):
    """The marks in force that are like a mark. Of goods and markets it says nothing."""

    input: SimilarIn
    at: datetime
    engine: str
    change: int
    """Every change of a mark up to this number was considered."""
    searched: list[SearchedOut]
    not_searched: list[NotSearchedOut]
    counts: dict[Closeness, int]
    """Of all marks found that pass: exact, whatever `limit` cut."""
    truncated: bool
    marks: list[SimilarMark]


def _several(sent: object) -> object:
    """Read a field in which several values are separated by commas or spaces."""
    if isinstance(sent, list) and all(isinstance(one, str) for one in sent):
        return [part for one in sent for part in BETWEEN.split(one) if part]
    return sent


class SimilarForm(SimilarIn):
    """What the page *Similar marks* sends."""

    model_config = ConfigDict(extra="ignore")

    classes: Annotated[
        list[Nice], BeforeValidator(_several), Field(max_length=45, title=N_("Nice classes"))
    ] = []
