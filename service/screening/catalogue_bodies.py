"""Bodies of the catalogue API, and what its pages send."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.screening.catalogue_models import CatalogueState
from service.screening.domain import Coverage, Verdict


class CatalogueOut(BaseModel):
    """A catalogue: how far it is and, at the end, how its rows stand."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    state: CatalogueState
    rows: int
    done: int
    rejected: int
    worst: dict[Verdict, int]
    """Rows by their worst verdict; filled when all are done."""
    files: dict[str, str]
    """SHA-256 of the workbook and the report, once they are made."""
    failure: dict[str, Any] | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class InMarketOut(BaseModel):
    """What a row says of one market, in short."""

    verdict: Verdict
    coverage: Coverage
    conflicts: int
    closest: str
    owner: str


class CatalogueRowOut(BaseModel):
    """What became of one row."""

    model_config = ConfigDict(from_attributes=True)

    place: int
    reference: str
    names: list[str]
    verdict: Verdict | None
    markets: dict[str, InMarketOut]
    problem: dict[str, str] | None
    screening_id: UUID | None


class CatalogueForm(BaseModel):
    """What the pages send besides the file: for rows that do not say it themselves."""

    goods: Annotated[str, Field(max_length=6000, title=N_("Goods"))] = ""
    origin: Annotated[str, Field(max_length=100, title=N_("Country of origin"))] = "CN"
    destinations: Annotated[str, Field(max_length=2000, title=N_("Destinations"))] = ""
