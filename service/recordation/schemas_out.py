"""What recordation answers with, as JSON."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from service.recordation.domain import (
    Infringement,
    Relation,
    Reliability,
    SuspectRole,
    Way,
)
from service.registry.domain import RightStatus


class AssetOut(BaseModel):
    """A right in the recordation substance."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    holder_id: UUID | None
    right_id: UUID | None
    mark_id: int | None
    kind: str
    title: str
    territory: str
    office: str
    number: str
    filed_on: date | None
    registered_on: date | None
    expires_on: date | None
    status: RightStatus
    checked_at: datetime | None
    classes: list[str]
    goods_text: str
    version: int


class GoodsOut(BaseModel):
    """Goods that bear rights."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name_zh: str
    name_en: str
    model: str
    hs_codes: list[str]
    origin_place: str
    manufacturers: list[str]
    version: int


class UserOut(BaseModel):
    """An authorised user, and where it stands with customs."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    asset_id: UUID
    name: str
    uscc: str
    customs_code: str
    relation: Relation
    direction: Way
    valid_from: date
    valid_to: date | None
    single_shipment: bool
    ended_on: date | None


class ListedUserOut(BaseModel):
    """An authorised user with how it stands."""

    user: UserOut
    right: str
    valid: bool
    ends_soon: bool
    missing_at: list[str]


class ImportedOut(BaseModel):
    """What an import of users brought."""

    added: int
    again: int
    rejects: list[dict[str, Any]]


class GapOut(BaseModel):
    """One thing that is missing, and where to put it right."""

    text: str
    label: dict[str, str] | None
    href: str


class ReadinessOut(BaseModel):
    """How far a filing is from complete."""

    score: int
    needed: int
    gaps: list[GapOut]


class RoundOut(BaseModel):
    """What was sent, frozen."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    kind: str
    snapshot_hash: str
    submitted_on: date
    receipt_no: str
    decided_on: date | None
    granted: bool | None


class FilingOut(BaseModel):
    """A filing."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    asset_id: UUID
    authority: str
    procedure: str
    status: str
    states: list[str]
    application_no: str
    received_on: date | None
    recordation_no: str
    effective_on: date | None
    expires_on: date | None
    correction_due: date | None
    reason: str
    follows_id: UUID | None
    version: int


class WholeFilingOut(FilingOut):
    """A filing with what was sent and what can be done."""

    answers: dict[str, Any]
    rounds: list[RoundOut]
    steps: list[str]


class LeadOut(BaseModel):
    """A lead on infringing goods."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    suspect: str
    role: SuspectRole
    goods: str
    ports: list[str]
    features: str
    infringement: Infringement
    reliability: Reliability
    created_at: datetime


class PlanOut(BaseModel):
    """What a filing with one authority would be, if received or granted today."""

    authority: str
    standing: str
    filing_id: UUID | None
    score: int | None
    gaps: int | None
    barred: str | None
    fee: int | None
    currency: str
    fee_rule: str
    decision_by: date | None
    decision_rule: str
    ends_on: date | None
    ends_how: str
    term_rule: str

    @classmethod
    def of(cls, one: Any) -> "PlanOut":
        """Return a plan on the wire."""
        return cls(
            authority=one.authority.code,
            standing=one.authority.standing.value,
            filing_id=one.filing.id if one.filing else None,
            score=one.readiness.score if one.readiness else None,
            gaps=len(one.readiness.gaps) if one.readiness else None,
            barred=one.barred.code if one.barred else None,
            fee=one.fee.amount,
            currency=one.fee.currency,
            fee_rule=one.fee.rule,
            decision_by=one.decision.due,
            decision_rule=one.decision.rule,
            ends_on=one.term.due,
            ends_how=one.term.how.value,
            term_rule=one.term.rule,
        )
