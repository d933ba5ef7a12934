"""Bodies of marks."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from service.registry.domain import (
    CustomsRecord,
    GoodsClass,
    MarkKind,
    MarkRecord,
    MarkStatus,
    Party,
)
from service.registry.records import StoredMark
from service.registry.schemas.fields import Office, Text


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
