"""Bodies of products."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from service.core.text import N_
from service.registry.domain import BrandRole
from service.registry.schemas.fields import Name, Place, Several, Text, hs_code, market_code


class ProductIn(BaseModel):
    """A product to ship."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "sku": "EB-20",
                    "name_zh": "电动自行车",
                    "name_en": "electric bicycle",
                    "brands": ["雅迪", "YADEA"],
                    "brand_role": "own",
                    "hs_codes": ["8711.60"],
                    "markets": ["US", "DE"],
                }
            ]
        },
    )

    sku: Annotated[str, Field(min_length=1, max_length=64, title=N_("SKU"))]
    name_zh: Annotated[Name, Field(title=N_("Name in Chinese"))] = ""
    name_en: Annotated[Name, Field(title=N_("Name in English"))] = ""
    brands: Annotated[
        list[Name], Several, Field(min_length=1, max_length=10, title=N_("Brand names"))
    ]
    brand_role: Annotated[BrandRole, Field(title=N_("Your role"))] = BrandRole.OWN
    hs_codes: Annotated[
        list[Annotated[str, BeforeValidator(hs_code)]],
        Several,
        Field(max_length=50, title=N_("HS codes")),
    ] = []
    goods: Annotated[list[Name], Several, Field(max_length=50, title=N_("Other goods"))] = []
    markets: Annotated[
        list[Annotated[str, BeforeValidator(market_code)]],
        Several,
        Field(max_length=40, title=N_("Target markets")),
    ] = []
    origin: Annotated[str, Field(pattern=r"^[A-Z]{2}$", title=N_("Origin"))] = "CN"
    exit_port: Annotated[Place, Field(title=N_("Port of exit"))] = ""
    transit: Annotated[list[Place], Several, Field(max_length=20, title=N_("Transit"))] = []
    warehouses: Annotated[
        list[Place], Several, Field(max_length=20, title=N_("Overseas warehouses"))
    ] = []
    customs_mode: Annotated[
        str, Field(pattern=r"^(|0110|9610|9710|9810|1039)$", title=N_("Customs mode"))
    ] = ""
    note: Annotated[Text, Field(title=N_("Note"))] = ""

    @model_validator(mode="after")
    def _named(self) -> "ProductIn":
        if not self.name_zh and not self.name_en:
            raise ValueError(N_("Give the product a name in Chinese or in English."))
        return self

    def values(self) -> dict[str, Any]:
        """Return the columns of the product."""
        route = {"origin", "exit_port", "transit", "warehouses", "customs_mode"}
        plain = self.model_dump(exclude={*route, "pictures"})
        several = {name: tuple(plain[name]) for name in ("brands", "hs_codes", "goods", "markets")}
        return {**plain, **several, "route": self.model_dump(include=route)}


class ProductBody(ProductIn):
    """A product, with its pictures (ids of files sent before)."""

    pictures: Annotated[list[UUID], Field(max_length=20)] = []


class Route(BaseModel):
    """How the product travels."""

    origin: str = "CN"
    exit_port: str = ""
    transit: list[str] = []
    warehouses: list[str] = []
    customs_mode: str = ""


class ProductOut(BaseModel):
    """A product as stored; `version` is its ETag."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID
    sku: str
    name_zh: str
    name_en: str
    brands: list[str]
    brand_role: BrandRole
    hs_codes: list[str]
    goods: list[str]
    markets: list[str]
    route: Route
    note: str
    pictures: list[UUID] = []
    version: int
    created_at: datetime
    updated_at: datetime
