"""Bodies of equivalents."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.matching.meaning import Strength
from service.screening.domain import Equivalence


class EquivalentIn(BaseModel):
    """Two names that are one to the public of a market, or are not, and the source of it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "维科纳",
                    "other": "VELKONA",
                    "relation": "transliteration",
                    "market": "CN",
                    "dated_on": "2026-05-08",
                    "strength": "medium",
                    "source": "Annual report of the owner, page 3",
                }
            ]
        },
    )

    name: Annotated[str, Field(min_length=1, max_length=200, title=N_("Name on the goods"))]
    other: Annotated[str, Field(min_length=1, max_length=200, title=N_("Other name"))]
    relation: Annotated[Equivalence, Field(title=N_("Relation"))]
    market: Annotated[
        str,
        Field(max_length=100, title=N_("Market"), description="Code or name; empty or `*`: all."),
    ] = ""
    dated_on: Annotated[date | None, Field(title=N_("Day of the source"))] = None
    strength: Annotated[Strength, Field(title=N_("Strength"))]
    source: Annotated[str, Field(min_length=1, max_length=500, title=N_("Source"))]


class EquivalentOut(BaseModel):
    """An equivalent in force."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    other: str
    relation: Equivalence
    market: str = Field(description="Code, or `*` for every market.")
    dated_on: date | None
    strength: Strength
    source: str
    organisation_id: UUID = Field(description="The station that entered it.")
    created_at: datetime
