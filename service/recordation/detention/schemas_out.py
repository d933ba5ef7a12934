"""What detentions answer with, as JSON."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from service.recordation.detention.domain import Disposal, Service, Side
from service.recordation.detention.papers import PaperKind
from service.recordation.detention.schemas import ContactIn, CostIn, GoodsValues


class SecurityOut(BaseModel):
    """How much is asked, and which rule says so; a general guarantee where one can stand for it."""

    amount: Decimal
    currency: str
    rule_id: str
    basis: str
    confidence: str
    flag: str
    general_guarantee: Decimal | None = None


class PaperOut(BaseModel):
    """A paper as it is kept."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: PaperKind
    number: str
    issued_on: date | None
    served_at: datetime
    service: Service
    stated_due: date | None
    note: str


class ContactOut(ContactIn):
    """A contact as it is kept."""

    model_config = ConfigDict(from_attributes=True, extra="ignore")

    id: UUID
    asked_at: datetime | None
    answered_at: datetime | None
    answer: str


class CostOut(CostIn):
    """A cost as it is kept."""

    model_config = ConfigDict(from_attributes=True, extra="ignore")

    id: UUID


class DetentionOut(GoodsValues):
    """A detention as it stands."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    authority: str
    side: Side
    status: str
    asset_id: UUID | None
    security_amount: Decimal | None
    guarantee_number: str
    inspection_at: datetime | None
    inspection_place: str
    disposal: Disposal
    case_id: UUID | None
    created_at: datetime
    version: int


class WholeDetentionOut(DetentionOut):
    """A detention with its papers, whom it asks, what it costs, and the steps one may take now."""

    papers: list[PaperOut]
    contacts: list[ContactOut]
    costs: list[CostOut]
    steps: list[str]
    papers_next: list[str]
