"""Bodies of organisations and people, in the interface and on pages."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from service.core.text import N_
from service.core.types import ToldOnce
from service.identity.domain import Branch
from service.identity.permissions import OrganisationKind, Role
from service.ui.i18n import Language

PARTICULARS: JsonDict = {
    "name_zh": "无锡示例车业有限公司",
    "name_en": "Wuxi Example Vehicles Co., Ltd.",
    "uscc": "9199000000000001X0",
    "customs_code": "3202960001",
    "address": "无锡市锡山区示例路1号",
    "branch": "vehicle_maker",
}


class OrganisationChange(BaseModel):
    """The particulars of an organisation; what is left out becomes empty."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        json_schema_extra={"examples": [PARTICULARS]},
    )

    name_zh: Annotated[str, Field(min_length=1, max_length=200, title=N_("Name in Chinese"))]
    name_en: Annotated[str, Field(max_length=200, title=N_("Name in English"))] = ""
    branch: Annotated[Branch | None, Field(title=N_("What it is"))] = None
    uscc: Annotated[str, Field(max_length=40, title=N_("Unified social credit code"))] = ""
    customs_code: Annotated[str, Field(max_length=40, title=N_("Customs registration code"))] = ""
    eori: Annotated[str, Field(max_length=40, title=N_("EORI number"))] = ""
    iec: Annotated[str, Field(max_length=40, title=N_("Importer-Exporter Code (India)"))] = ""
    tax_number: Annotated[str, Field(max_length=30, title=N_("Tax number abroad"))] = ""
    country: Annotated[str, Field(max_length=40, title=N_("Country"))] = "CN"
    address: Annotated[str, Field(max_length=500, title=N_("Address"))] = ""
    address_en: Annotated[str, Field(max_length=500, title=N_("Address in English"))] = ""
    park: Annotated[str, Field(max_length=200, title=N_("Park"))] = ""
    parent_id: Annotated[UUID | None, Field(title=N_("Protection centre above it"))] = None
    operator_id: Annotated[UUID | None, Field(title=N_("Park management centre that runs it"))] = (
        None
    )
    supervisor_id: Annotated[UUID | None, Field(title=N_("Bureau that guides it"))] = None
    served_by_id: Annotated[UUID | None, Field(title=N_("Station that serves it"))] = None

    def values(self) -> dict[str, Any]:
        """Return the columns."""
        return self.model_dump(exclude={"kind"})


class OrganisationIn(OrganisationChange):
    """An organisation to add."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        json_schema_extra={"examples": [PARTICULARS | {"kind": "exporter"}]},
    )

    kind: Annotated[OrganisationKind, Field(title=N_("Kind of organisation"))]


class OrganisationOut(BaseModel):
    """An organisation with its particulars."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: OrganisationKind
    name_zh: str
    name_en: str
    branch: Branch | None
    uscc: str | None
    customs_code: str
    eori: str
    iec: str
    tax_number: str
    country: str
    address: str
    address_en: str
    park: str
    parent_id: UUID | None
    operator_id: UUID | None
    supervisor_id: UUID | None
    served_by_id: UUID | None
    version: int
    created_at: datetime


class PersonChange(BaseModel):
    """What can be changed of a person."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        json_schema_extra={"examples": [{"name": "王芳", "role": "exporter_staff"}]},
    )

    name: Annotated[str, Field(min_length=1, max_length=200, title=N_("Name"))]
    email: Annotated[str, Field(max_length=254, title=N_("E-mail address"))] = ""
    role: Annotated[Role, Field(title=N_("Role"))]


class PersonIn(PersonChange):
    """A person to add."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        json_schema_extra={
            "examples": [{"login": "wangfang", "name": "王芳", "role": "exporter_staff"}]
        },
    )

    login: Annotated[str, Field(min_length=1, max_length=200, title=N_("Login"))]
    organisation_id: Annotated[
        UUID | None,
        Field(title=N_("Organisation"), description="One's own, unless one manages them all."),
    ] = None


class PersonOut(BaseModel):
    """A person, without any secret."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID
    login: str | None
    name: str
    email: str
    language: str
    role: Role
    active: bool
    version: int
    created_at: datetime


class LinkMade(BaseModel):
    """A one-time link by which a person sets a password: shown this once."""

    link: ToldOnce
    expires_at: datetime


class PersonMade(PersonOut):
    """A new person, and the link by which they set their password."""

    link: LinkMade


class PasswordChange(BaseModel):
    """One's own password, the old one and the new one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"current": "correct horse battery", "password": "a longer sentence"}]
        },
    )

    current: Annotated[str, Field(max_length=1000, title=N_("Present password"))]
    password: Annotated[str, Field(max_length=1000, title=N_("New password"))]


class LanguageChange(BaseModel):
    """The language one is spoken to in; none: as the browser asks."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"language": "en"}]})

    language: Annotated[Language | None, Field(title=N_("Language"))] = None


class LinkForm(BaseModel):
    """What the page of a one-time link sends."""

    token: Annotated[str, Field(max_length=200, title=N_("Token"))]
    password: Annotated[str, Field(max_length=1000, title=N_("New password"))]
