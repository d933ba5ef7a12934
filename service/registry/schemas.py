"""Bodies of the registry API."""

import re
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from service.core.text import N_
from service.registry.domain import (
    BrandRole,
    CustomsRecord,
    DocumentKind,
    EditionScope,
    EditionState,
    GoodsClass,
    MarkKind,
    MarkRecord,
    MarkStatus,
    Party,
    RemarkKind,
    RightKind,
    RightStatus,
)
from service.registry.records import StoredMark
from service.rules.markets import market

STRICT = ConfigDict(extra="forbid")
Office = Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["CN"])]
Text = Annotated[str, Field(max_length=4096)]


class PartyOut(BaseModel):
    """An owner or representative."""

    name: Annotated[str, Field(min_length=1, max_length=4096)]
    country: Annotated[str, Field(max_length=2)] = ""
    address: Text = ""
    identifier: Text = ""


class ClassOut(BaseModel):
    """Goods of one Nice class; 0 where the register gives none."""

    nice: Annotated[int, Field(ge=0, le=45)]
    goods: str = ""
    subgroups: list[str] = []


class CustomsOut(BaseModel):
    """A recordation with a customs authority."""

    authority: Annotated[str, Field(max_length=64)]
    number: Text = ""
    expires_on: date | None = None
    authorised_users: list[str] = []


class MarkIn(BaseModel):
    """A mark entered by hand."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "text": "雅迪 YADEA",
                    "status": "registered",
                    "classes": [{"nice": 12, "goods": "electric bicycles"}],
                    "owners": [{"name": "Demo Vehicles Co., Ltd.", "country": "CN"}],
                }
            ]
        },
    )

    text: Text
    kind: MarkKind = MarkKind.WORD
    status: MarkStatus = MarkStatus.UNKNOWN
    office_status: Text = ""
    application_number: Text = ""
    registration_number: Text = ""
    filed_on: date | None = None
    published_on: date | None = None
    publication_issue: Text = ""
    registered_on: date | None = None
    expires_on: date | None = None
    priority_on: date | None = None
    classes: Annotated[list[ClassOut], Field(max_length=46)] = []
    owners: Annotated[list[PartyOut], Field(max_length=100)] = []
    representatives: Annotated[list[PartyOut], Field(max_length=100)] = []
    translation: Text = ""
    transliteration: Text = ""
    image_ref: Text = ""
    madrid_number: Text = ""
    designations: Annotated[list[Office], Field(max_length=250)] = []
    customs_records: Annotated[list[CustomsOut], Field(max_length=100)] = []
    updated_on: date | None = None

    def record(self, office: str, number: str) -> MarkRecord:
        """Return the record that this body tells of a number."""
        values = self.model_dump(
            exclude={"classes", "owners", "representatives", "designations", "customs_records"}
        )
        return MarkRecord(
            office=office,
            number=number,
            classes=tuple(
                GoodsClass(one.nice, one.goods, tuple(one.subgroups)) for one in self.classes
            ),
            owners=tuple(Party(**one.model_dump()) for one in self.owners),
            representatives=tuple(Party(**one.model_dump()) for one in self.representatives),
            designations=tuple(self.designations),
            customs_records=tuple(
                CustomsRecord(
                    one.authority, one.number, one.expires_on, tuple(one.authorised_users)
                )
                for one in self.customs_records
            ),
            **values,
        )


class MarkOut(BaseModel):
    """A mark of a loaded register."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    office: str
    number: str
    text: str
    kind: MarkKind
    status: MarkStatus
    office_status: str
    live: bool
    lapses_on: date | None
    application_number: str
    registration_number: str
    filed_on: date | None
    published_on: date | None
    publication_issue: str
    registered_on: date | None
    expires_on: date | None
    priority_on: date | None
    classes: list[ClassOut]
    owners: list[PartyOut]
    representatives: list[PartyOut]
    translation: str
    transliteration: str
    image_ref: str
    madrid_number: str
    designations: list[str]
    customs_records: list[CustomsOut]
    updated_on: date | None
    change: int

    @classmethod
    def of(cls, mark: StoredMark, on: date) -> "MarkOut":
        """Return what is told of a mark on a day."""
        record = mark.record
        own = {"id", "live", "lapses_on", "change", "classes", "owners", "representatives"}
        own |= {"customs_records", "designations"}
        plain = {name: getattr(record, name) for name in cls.model_fields if name not in own}
        return cls(
            id=mark.id,
            change=mark.change,
            live=mark.is_live(on),
            lapses_on=mark.lapses_on,
            classes=[ClassOut.model_validate(one, from_attributes=True) for one in record.classes],
            owners=[PartyOut.model_validate(one, from_attributes=True) for one in record.owners],
            representatives=[
                PartyOut.model_validate(one, from_attributes=True) for one in record.representatives
            ],
            customs_records=[
                CustomsOut.model_validate(one, from_attributes=True)
                for one in record.customs_records
            ],
            designations=list(record.designations),
            **plain,
        )


def split(value: Any) -> Any:
    """Read a list that may come as texts with several values, one a line or split by `;`."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        return value
    parts = [part.strip() for one in value for part in re.split(r"[;；\n]", one)]
    return list(dict.fromkeys(part for part in parts if part))


def hs_code(value: str) -> str:
    """Return an HS code without spaces; raise for what is none."""
    code = value.replace(" ", "")
    if not re.fullmatch(r"\d{4}\.?\d{0,2}\.?\d{0,2}\.?\d{0,5}", code):
        raise ValueError(N_("An HS code has four or more digits, such as 8711.60."))
    return code


def market_code(value: str) -> str:
    """Return the code of a market named by code or name."""
    return market(value).code


Several = BeforeValidator(split)
Name = Annotated[str, Field(max_length=500)]
Place = Annotated[str, Field(max_length=100)]


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


class ShareIn(BaseModel):
    """Whom to show it to."""

    model_config = STRICT

    organisation_id: UUID


class RightIn(BaseModel):
    """A right, from the fields of its paper. Of a trade secret only this metadata is kept."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "design",
                    "status": "in_force",
                    "title": "电动车车架",
                    "territory": "CN",
                    "number": "ZL202330000000.0",
                }
            ]
        },
    )

    kind: RightKind
    status: RightStatus
    title: Annotated[str, Field(min_length=1, max_length=1000)]
    title_en: Annotated[str, Field(max_length=1000)] = ""
    territory: Office = "CN"
    number: Annotated[str, Field(max_length=64)] = ""
    application_number: Annotated[str, Field(max_length=64)] = ""
    holder: Text = ""
    creators: Annotated[list[Name], Field(max_length=100)] = []
    classification: Annotated[str, Field(max_length=1000)] = ""
    filed_on: date | None = None
    priority_on: date | None = None
    granted_on: date | None = None
    completed_on: date | None = None
    published_on: date | None = None
    expires_on: date | None = None
    fees_paid_until: date | None = None
    note: Text = ""

    def values(self) -> dict[str, Any]:
        """Return the columns of the right."""
        return {**self.model_dump(), "creators": tuple(self.creators)}


class DocumentIn(BaseModel):
    """A paper from the drawer: the file sent before, and what stands on it."""

    model_config = STRICT

    kind: DocumentKind
    file_id: UUID
    number: Annotated[str, Field(max_length=64)] = ""
    issued_on: date | None = None


class PaperForm(BaseModel):
    """What the page of an organisation's papers sends besides the file."""

    kind: Annotated[DocumentKind, Field(title=N_("Kind of paper"))]
    number: Annotated[str, Field(max_length=64, title=N_("Number on the paper"))] = ""
    issued_on: Annotated[date | None, Field(title=N_("Issued on"))] = None


class DocumentOut(DocumentIn):
    """A kept paper."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    added_at: datetime


class RightOut(RightIn):
    """A right as stored; `version` is its ETag."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    organisation_id: UUID
    version: int
    created_at: datetime
    updated_at: datetime


class FileOut(BaseModel):
    """A stored file."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    stored_at: datetime


class GapOut(BaseModel):
    """Why a register is not complete."""

    code: str
    reason: str
    values: dict[str, Any]


class RegisterOut(BaseModel):
    """What a register is worth today."""

    office: str
    name_zh: str
    name_en: str
    state: EditionState
    as_of: date | None
    age_days: int | None
    fresh: bool
    gaps: list[GapOut]
    total: int
    live: int
    updated_at: datetime


class EditionOut(BaseModel):
    """What one import brought for one office."""

    model_config = ConfigDict(from_attributes=True)

    office: str
    state: EditionState
    dated: date | None
    added: int
    changed: int
    unchanged: int
    older: int
    withdrawn: int
    absent: int


class RemarkOut(BaseModel):
    """A record left out, or one that went in with a remark."""

    model_config = ConfigDict(from_attributes=True)

    kind: RemarkKind
    place: str
    code: str
    reason: str
    values: dict[str, str]


class ImportOut(BaseModel):
    """An import: how far it is, and what it brought."""

    id: UUID
    file_name: str
    format: str
    scope: EditionScope
    state: EditionState
    already: bool = False
    read: int
    rejected: int
    noted: dict[str, int]
    done_bytes: int
    size_bytes: int
    failure: dict[str, Any] | None
    editions: list[EditionOut]
    started_at: datetime
    finished_at: datetime | None
