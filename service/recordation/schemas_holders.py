"""Bodies of right holders, representatives and mandates as JSON."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from service.recordation.domain import ContactRole, HolderKind, Scope
from service.recordation.schemas import AgentIn, MandateIn


class AgentBody(AgentIn):
    """A representative, with the file of its power of attorney."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"authority": "gacc", "name": "无锡某知识产权代理所"}]},
    )

    poa_file_id: UUID | None = None


class MandateBody(MandateIn):
    """A mandate, with the file of the power of attorney where it is one to file."""

    poa_file_id: UUID | None = None


class ContactOut(BaseModel):
    """Somebody customs can reach."""

    model_config = ConfigDict(from_attributes=True)

    role: ContactRole
    name: str
    phone: str
    mail: str
    language: str
    hours: str


class HolderOut(BaseModel):
    """A right holder with its contacts; `version` is its ETag."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID
    name_zh: str
    name_en: str
    kind: HolderKind
    country: str
    address_zh: str
    address_en: str
    uscc: str
    eori: str
    iec: str
    tax_id: str
    customs_code: str
    credit_level: str
    affiliates: list[str]
    version: int
    contacts: list[ContactOut] = []


class AgentOut(BaseModel):
    """A representative before one authority, or before all where `authority` is empty."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID
    authority: str
    name: str
    address: str
    phone: str
    mail: str
    valid_to: date | None
    poa_file_id: UUID | None


class MandateOut(BaseModel):
    """What an exporter lets another organisation do for it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID
    to_id: UUID
    scope: Scope
    valid_from: date
    valid_to: date | None
    revoked_at: datetime | None
