"""Bodies of the ship-safe check."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.recordation.shipping import BrandType, Light, Party, PartyStanding
from service.registry.schemas.penalties import PenaltyOut
from service.rules.markets.routes import Passage
from service.screening.domain import BrandRole, Coverage, DetentionRisk, Verdict
from service.screening.schemas import Both, NotSearchedOut, RouteIn, Unicode

Line = Annotated[str, Field(max_length=200)]
Code = Annotated[str, Field(max_length=30)]


class PartyIn(BaseModel):
    """Somebody the declaration names: by name, credit code or customs code."""

    model_config = ConfigDict(extra="forbid")

    name: Line = ""
    code: Code = ""


class ShippingIn(BaseModel):
    """Goods about to be declared for export. What is left out comes from the product."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "names": ["雅迪", "YADEA"],
                    "route": {"origin": "CN", "destinations": ["DE"]},
                    "consignor": {"name": "无锡某车业有限公司", "code": "91320200MA1ABCDE2X"},
                    "maker": {"name": "无锡某车业有限公司"},
                    "declarant": {"name": "无锡某报关有限公司"},
                    "code": "8711600010",
                    "brand_type": "1",
                    "brand": "雅迪",
                    "model": "E20",
                }
            ]
        },
    )

    sku: Annotated[str, Field(max_length=64, title=N_("SKU"))] = ""
    names: Annotated[list[Unicode], Field(max_length=20, title=N_("Names"))] = []
    goods: Annotated[list[Unicode], Field(max_length=100, title=N_("Goods"))] = []
    route: Annotated[RouteIn, Field(title=N_("Route"))] = RouteIn()
    brand_role: BrandRole | None = None
    customs_mode: Annotated[str, Field(max_length=10)] = ""
    consignor: Annotated[
        PartyIn, Field(description="境内收发货人; your own organisation if not given.")
    ] = PartyIn()
    maker: Annotated[PartyIn, Field(description="生产销售单位.")] = PartyIn()
    declarant: Annotated[PartyIn, Field(description="申报单位.")] = PartyIn()
    code: Annotated[Code, Field(title=N_("Commodity code, ten digits"))] = ""
    brand_type: BrandType | None = None
    brand: Annotated[Line, Field(title=N_("Brand"))] = ""
    model: Annotated[Line, Field(title=N_("Model"))] = ""


class ShippingForm(BaseModel):
    """The same as the fields of a page."""

    sku: Annotated[str, Field(max_length=64, title=N_("SKU"))] = ""
    names: Annotated[str, Field(max_length=2000, title=N_("Names"))] = ""
    goods: Annotated[str, Field(max_length=2000, title=N_("Goods"))] = ""
    origin: Annotated[str, Field(max_length=100, title=N_("Country of origin"))] = "CN"
    exit_port: Annotated[str, Field(max_length=100)] = ""
    transit: Annotated[str, Field(max_length=400)] = ""
    destinations: Annotated[str, Field(max_length=400, title=N_("Destinations"))] = ""
    brand_role: BrandRole | None = None
    consignor_name: Line = ""
    consignor_code: Code = ""
    maker_name: Line = ""
    maker_code: Code = ""
    declarant_name: Line = ""
    declarant_code: Code = ""
    code: Annotated[Code, Field(title=N_("Commodity code, ten digits"))] = ""
    brand_type: Annotated[BrandType | None, Field(title=N_("Brand type"))] = None
    brand: Annotated[Line, Field(title=N_("Brand"))] = ""
    model: Annotated[Line, Field(title=N_("Model"))] = ""


class PartyOut(BaseModel):
    """A party as declared."""

    party: Party
    name: str
    code: str


class StandingOut(BaseModel):
    """How a party stands to one recordation."""

    party: Party
    standing: PartyStanding


class RecordedOut(BaseModel):
    """A recordation that customs will compare the shipment with."""

    text: str
    owner: str
    office: str = ""
    number: str = ""
    recordation_number: str
    expires_on: date | None
    ended: bool
    verdict: Verdict
    own: bool
    """From our own filings, not from a loaded list."""
    near: bool = False
    """Of a mark that is only similar to the names asked for: it proves nothing for them."""
    parties: list[StandingOut]
    light: Light


class PlaceOut(BaseModel):
    """One customs territory on the way."""

    territory: str
    name: Both
    authority: Both | None
    passage: Passage
    loaded: bool
    """Whether a list of recordations of that authority is loaded."""
    risk: DetentionRisk
    light: Light
    sentence: Both
    recordations: list[RecordedOut]
    penalties: list[PenaltyOut]
    papers: list[Both]


class MarketLightOut(BaseModel):
    """What the registers of one market say."""

    market: str
    name: Both
    verdict: Verdict
    """Without the marks of one's own and those one is an authorised user of."""
    coverage: Coverage
    light: Light
    sentence: Both


class ElementOut(BaseModel):
    """One element of the declaration that must agree, and what does not."""

    key: str
    label: Both
    value: Both
    warnings: list[Both]


class ShippingOut(BaseModel):
    """One ship-safe check."""

    check_id: UUID
    at: datetime
    screening_id: UUID
    product_id: UUID | None
    sku: str
    names: list[str]
    light: Light
    parties: list[PartyOut]
    places: list[PlaceOut]
    markets: list[MarketLightOut]
    elements: list[ElementOut]
    """Of the Chinese export declaration; empty where the goods do not leave China."""
    papers: list[Both]
    not_searched: list[NotSearchedOut]
    disclaimer: Both


class ShippingLine(BaseModel):
    """A check in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    sku: str
    names: list[str]
    light: Light
    screening_id: UUID
    created_at: datetime
