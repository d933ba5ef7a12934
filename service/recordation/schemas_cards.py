"""Bodies of officer cards."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.core.types import ToldOnce

LONGEST = 366
"""Days a card may be open."""


class CardIn(BaseModel):
    """A card to open to an office."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"office": "上海洋山海关 Yangshan Customs", "days": 90}]},
    )

    office: Annotated[str, Field(min_length=1, max_length=200, title=N_("For which office"))]
    days: Annotated[int, Field(ge=1, le=LONGEST, title=N_("Open for days"))] = 90


class CardOut(BaseModel):
    """A card, without its address."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    goods_id: UUID
    office: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class NewCardOut(CardOut):
    """A card just made: its address is shown this once."""

    path: ToldOnce
