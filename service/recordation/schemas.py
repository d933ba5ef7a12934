"""Bodies of recordation: what comes in from forms and programs, and what goes out."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from service.core.text import N_
from service.recordation.domain import (
    ContactRole,
    FeatureKind,
    HolderKind,
    Infringement,
    LicenceKind,
    Relation,
    Reliability,
    Scope,
    SuspectRole,
    Way,
)
from service.registry.schemas.fields import Several, hs_code

Short = Annotated[str, Field(max_length=60)]
Line = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=4000)]
Names = Annotated[list[Line], Several, Field(max_length=100)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", title=N_("Country"))]
Mail = Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class Body(BaseModel):
    """Strict about names; `values()` are the columns of its row."""

    model_config = ConfigDict(extra="forbid")

    def values(self) -> dict[str, Any]:
        """Return the fields as columns: lists as tuples."""
        found: Mapping[str, Any] = dict(self)
        return {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in found.items()
        }


class AssetIn(Body):
    """What the forms ask of a right beyond the registry."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "雅迪 YADEA",
                    "number": "12345678",
                    "classes": ["12"],
                    "registered_on": "2021-05-21",
                    "expires_on": "2031-05-20",
                }
            ]
        },
    )

    title: Annotated[str, Field(min_length=1, max_length=500, title=N_("Name of the right"))]
    number: Annotated[str, Field(max_length=64, title=N_("Registration number"))] = ""
    office: Annotated[str, Field(max_length=200, title=N_("Office that granted it"))] = ""
    filed_on: Annotated[date | None, Field(title=N_("Filing date"))] = None
    registered_on: Annotated[date | None, Field(title=N_("Date of registration"))] = None
    expires_on: Annotated[date | None, Field(title=N_("End of the right"))] = None
    classes: Annotated[
        list[Annotated[str, Field(pattern=r"^([1-9]|[1-3]\d|4[0-5])$")]],
        Several,
        Field(max_length=45, title=N_("International classes")),
    ] = []
    goods_text: Annotated[Long, Field(title=N_("Goods of the registration"))] = ""
    disclaimers: Annotated[Long, Field(title=N_("Disclaimers"))] = ""
    colour_claim: Annotated[str, Field(max_length=500, title=N_("Colour claim"))] = ""
    madrid_number: Annotated[str, Field(max_length=64, title=N_("Madrid number"))] = ""


class HolderIn(Body):
    """A right holder as its papers name it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name_zh": "无锡某车业有限公司",
                    "name_en": "Wuxi Example Vehicles Co., Ltd.",
                    "uscc": "91320200MA1ABCDE2X",
                }
            ]
        },
    )

    name_zh: Annotated[Line, Field(title=N_("Name in Chinese"))] = ""
    name_en: Annotated[Line, Field(title=N_("Name in English"))] = ""
    kind: HolderKind = HolderKind.ENTITY
    country: Country = "CN"
    address_zh: Annotated[str, Field(max_length=500)] = ""
    address_en: Annotated[str, Field(max_length=500)] = ""
    uscc: Annotated[str, Field(max_length=18, title=N_("Unified social credit code"))] = ""
    eori: Annotated[str, Field(max_length=17, title=N_("EORI number"))] = ""
    iec: Annotated[str, Field(max_length=10)] = ""
    tax_id: Annotated[str, Field(max_length=30)] = ""
    customs_code: Annotated[str, Field(max_length=10)] = ""
    credit_level: Short = ""
    affiliates: Names = []


class ContactIn(Body):
    """Somebody customs can reach."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"role": "after_hours", "name": "李四", "phone": "0510-8000 0000"}]
        },
    )

    role: ContactRole
    name: Annotated[str, Field(min_length=1, max_length=100, title=N_("Name"))]
    phone: Short = ""
    mail: Annotated[Mail, Field(title=N_("E-mail"))] = ""
    language: Short = ""
    hours: Annotated[str, Field(max_length=100)] = ""


class AgentIn(Body):
    """A representative before one authority, or before all."""

    authority: Annotated[str, Field(max_length=32)] = ""
    name: Annotated[
        str, Field(min_length=1, max_length=200, title=N_("Name of the representative"))
    ]
    address: Annotated[str, Field(max_length=500)] = ""
    phone: Short = ""
    mail: Annotated[Mail, Field(title=N_("E-mail"))] = ""
    valid_to: Annotated[date | None, Field(title=N_("Power of attorney valid until"))] = None


class GoodsIn(Body):
    """Goods that bear a right."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name_zh": "电动自行车",
                    "name_en": "electric bicycle",
                    "hs_codes": ["8711.60"],
                    "origin_place": "江苏无锡 Wuxi, Jiangsu",
                }
            ]
        },
    )

    name_zh: Annotated[Line, Field(title=N_("Name in Chinese"))] = ""
    name_en: Annotated[Line, Field(title=N_("Name in English"))] = ""
    model: Line = ""
    hs_codes: Annotated[list[str], Several, Field(max_length=50, title=N_("HS codes"))] = []
    gtin: Annotated[str, Field(pattern=r"^$|^\d{8,14}$", title=N_("Bar code (GTIN)"))] = ""
    sku: Annotated[str, Field(max_length=64)] = ""
    serial_rule: Annotated[str, Field(max_length=300)] = ""
    origin_place: Line = ""
    manufacturers: Names = []
    ports: Names = []
    traders: Names = []
    price_works: Short = ""
    price_customs: Short = ""
    price_retail: Short = ""
    transport: Long = ""
    packaging: Long = ""

    @field_validator("hs_codes")
    @classmethod
    def _codes(cls, codes: list[str]) -> list[str]:
        return [hs_code(code) for code in codes]

    @field_validator("name_en")
    @classmethod
    def _named(cls, name_en: str, info: Any) -> str:
        if not name_en and not info.data.get("name_zh"):
            raise ValueError(N_("A name in Chinese or in English is needed."))
        return name_en


class FeatureIn(Body):
    """A feature of genuine goods."""

    part: Annotated[str, Field(min_length=1, max_length=200, title=N_("Part"))]
    kind: FeatureKind = FeatureKind.OVERT
    description_zh: Long = ""
    description_en: Long = ""
    check_zh: Long = ""
    check_en: Long = ""


class LeadIn(Body):
    """A lead on infringing goods."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"suspect": "某厂", "ports": ["宁波海关"], "reliability": "likely"}]
        },
    )

    suspect: Annotated[str, Field(min_length=1, max_length=200, title=N_("Suspect"))]
    role: SuspectRole = SuspectRole.MAKER
    goods: Annotated[str, Field(max_length=300)] = ""
    ports: Names = []
    route: Annotated[str, Field(max_length=300)] = ""
    price: Short = ""
    features: Long = ""
    infringement: Infringement = Infringement.COUNTERFEIT
    decision: Annotated[str, Field(max_length=300)] = ""
    source: Annotated[str, Field(max_length=300)] = ""
    reliability: Reliability = Reliability.HEARSAY


class UserIn(Body):
    """An authorised user of a right."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "无锡某车业有限公司",
                    "uscc": "91320200MA1ABCDE2X",
                    "relation": "oem",
                    "direction": "export",
                    "valid_from": "2026-01-01",
                    "valid_to": "2027-12-31",
                }
            ]
        },
    )

    name: Annotated[str, Field(min_length=1, max_length=200, title=N_("Name of the user"))]
    name_en: Line = ""
    uscc: Annotated[
        str, Field(pattern=r"^$|^[0-9A-Z]{18}$", title=N_("Unified social credit code"))
    ] = ""
    customs_code: Annotated[
        str, Field(pattern=r"^$|^[0-9A-Z]{10}$", title=N_("Customs registration code"))
    ] = ""
    country: Country = "CN"
    relation: Annotated[Relation, Field(title=N_("Relation"))]
    licence: LicenceKind = LicenceKind.NONE
    territory: Line = ""
    goods_scope: Long = ""
    direction: Way = Way.EXPORT
    valid_from: Annotated[date, Field(title=N_("Valid from"))]
    valid_to: Annotated[date | None, Field(title=N_("Valid until"))] = None
    single_shipment: bool = False
    contract_no: Annotated[str, Field(max_length=64, title=N_("Contract number"))] = ""
    quantity: Annotated[str, Field(max_length=64)] = ""


class MandateIn(Body):
    """What another organisation may do."""

    to_id: Annotated[UUID, Field(title=N_("Organisation"))]
    scope: Scope = Scope.CHECK
    valid_from: Annotated[date, Field(title=N_("Valid from"))]
    valid_to: Annotated[date | None, Field(title=N_("Valid until"))] = None
