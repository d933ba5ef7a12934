"""Bodies of follow-ups."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.station.domain import FollowWay, Rating


class FollowUpIn(BaseModel):
    """What a visitor said afterwards."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "on": "2026-11-20",
                    "way": "phone",
                    "spoke_with": "李经理",
                    "rating": "satisfied",
                    "note": "协议已履行。",
                }
            ]
        },
    )

    on: Annotated[date, Field(title=N_("Day"))]
    way: Annotated[FollowWay, Field(title=N_("How they were asked"))]
    spoke_with: Annotated[str, Field(min_length=1, max_length=200, title=N_("Whom you asked"))]
    rating: Annotated[Rating | None, Field(title=N_("Rating"))] = None
    note: Annotated[str, Field(max_length=10_000, title=N_("What they said"))] = ""


class FollowUpOut(BaseModel):
    """A follow-up as it was noted."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    on: date
    way: FollowWay
    spoke_with: str
    rating: Rating | None
    note: str
    made_at: datetime
    made_by: UUID | None
