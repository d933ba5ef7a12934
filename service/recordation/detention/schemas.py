"""Bodies of detentions: what comes in from forms and programs, and what goes out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from service.core.text import N_
from service.recordation.detention.domain import (
    ContactKind,
    CostKind,
    Disposal,
    Ground,
    Mode,
    Service,
    Side,
)
from service.recordation.detention.entries import PaperEntry, StepEntry
from service.recordation.detention.papers import PaperKind
from service.recordation.detention.places import known_zone, moment_there, zone_of
from service.rules.authorities import RightKind

Line = Annotated[str, Field(max_length=200)]
Number = Annotated[str, Field(max_length=100)]
Long = Annotated[str, Field(max_length=4000)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=2)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", title=N_("Currency"))]
Mail = Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")]
PAPER: dict[str, Any] = {
    "kind": "status_request",
    "number": "锡关知〔2026〕12号",
    "served_at": "2026-09-30T16:40:00+08:00",
    "service": "receipt",
}


class GoodsValues(BaseModel):
    """What is known of the goods and of why they are held."""

    mode: Annotated[Mode, Field(title=N_("What made customs act"))] = Mode.EX_OFFICIO
    office: Annotated[Line, Field(title=N_("Customs house"))] = ""
    member_state: Annotated[str, Field(pattern=r"^$|^[A-Z]{2}$", title=N_("Member state"))] = ""
    time_zone: Annotated[
        str,
        AfterValidator(known_zone),
        Field(max_length=40, title=N_("Time zone of the place")),
    ] = ""
    """Empty: the zone of the authority, in the EU that of the member state."""
    declaration_no: Annotated[
        str, Field(max_length=64, title=N_("Number of the customs declaration"))
    ] = ""
    consignor: Annotated[Line, Field(title=N_("Consignor"))] = ""
    consignee: Annotated[Line, Field(title=N_("Consignee"))] = ""
    goods: Annotated[str, Field(min_length=1, max_length=500, title=N_("The goods"))]
    quantity: Annotated[Number, Field(title=N_("Quantity"))] = ""
    goods_value: Annotated[Amount | None, Field(title=N_("Value of the goods"))] = None
    currency: Currency = "CNY"
    mark_used: Annotated[Line, Field(title=N_("Mark on the goods"))] = ""
    right_kind: Annotated[RightKind, Field(title=N_("Kind of right"))] = RightKind.TRADEMARK
    right_text: Annotated[
        str, Field(max_length=300, title=N_("The right and its holder, as the paper names them"))
    ] = ""
    ground: Annotated[Ground | None, Field(title=N_("What the goods are said to be"))] = None
    perishable: Annotated[bool, Field(title=N_("Perishable"))] = False
    small_consignment: Annotated[bool, Field(title=N_("Small consignment"))] = False


class PaperValues(BaseModel):
    """A paper that was served; the moment in the time of its place."""

    kind: Annotated[PaperKind, Field(title=N_("Paper served"))]
    number: Annotated[Number, Field(title=N_("Number of the paper served"))] = ""
    issued_on: Annotated[date | None, Field(title=N_("Date of the paper"))] = None
    service: Annotated[Service, Field(title=N_("How it was served"))] = Service.RECEIPT
    stated_due: Annotated[date | None, Field(title=N_("Last day printed on it"))] = None
    note: Annotated[Long, Field(title=N_("Note"))] = ""


class PaperIn(PaperValues):
    """A paper that was served, to the minute, with its zone."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [PAPER]})

    served_at: Annotated[AwareDatetime, Field(title=N_("Served at"))]

    def entry(self) -> PaperEntry:
        """Return what the use case takes."""
        return PaperEntry(**{name: getattr(self, name) for name in PaperIn.model_fields})


class PaperForm(PaperValues):
    """The same as a form sends it: the time as read off a clock on the wall."""

    served_at: Annotated[datetime, Field(title=N_("Served at"))]

    def entry_in(self, zone: str) -> PaperEntry:
        """Return what the use case takes; `zone`: of the clock the time was read off."""
        values = {name: getattr(self, name) for name in PaperForm.model_fields}
        return PaperEntry(**{**values, "served_at": moment_there(self.served_at, zone)})


class DetentionIn(GoodsValues):
    """Goods that are held, with the first paper."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "authority": "gacc",
                    "side": "holder",
                    "mode": "ex_officio",
                    "office": "上海海关",
                    "goods": "电动自行车 electric bicycles",
                    "quantity": "200",
                    "goods_value": "180000",
                    "declaration_no": "222920260000012345",
                    "paper": PAPER,
                }
            ]
        },
    )

    authority: Annotated[str, Field(max_length=32, title=N_("Authority"))]
    side: Annotated[Side, Field(title=N_("We stand on the side of"))]
    paper: PaperIn
    asset_id: UUID | None = None
    owner_id: UUID | None = None
    """The exporter a station or customs enters it for."""

    def values(self) -> dict[str, Any]:
        """Return the columns of the detention."""
        return self.model_dump(exclude={"paper", "owner_id"})


class DetentionForm(GoodsValues, PaperForm):
    """The one short form: goods and paper together."""

    authority: Annotated[str, Field(max_length=32, title=N_("Authority"))]
    our_side: Annotated[Side, Field(title=N_("We stand on the side of"))]
    asset_id: Annotated[UUID | None, Field(title=N_("Our own right"))] = None
    owner_id: Annotated[UUID | None, Field(title=N_("Enterprise"))] = None

    def entry(self) -> PaperEntry:
        """Return the paper as the use case takes it, by the clock of the place."""
        return self.entry_in(zone_of(self))

    def values(self) -> dict[str, Any]:
        """Return the columns of the detention."""
        names = (*GoodsValues.model_fields, "authority", "asset_id")
        return {**{name: getattr(self, name) for name in names}, "side": self.our_side}


class ChangeIn(GoodsValues):
    """The particulars as they shall be."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"goods": "bicycles", "quantity": "200"}]}
    )


class StepValues(BaseModel):
    """What goes with a step."""

    note: Annotated[Long, Field(title=N_("Note"))] = ""
    receipt: Annotated[Line, Field(title=N_("Receipt number or proof"))] = ""
    security_amount: Annotated[Amount | None, Field(title=N_("Security"))] = None
    guarantee_number: Annotated[Number, Field(title=N_("Number of the general guarantee"))] = ""
    liability_read: Annotated[bool, Field(title=N_("I have read the warning"))] = False
    disposal: Annotated[Disposal, Field(title=N_("What became of the goods"))] = Disposal.NONE


class StepIn(StepValues):
    """A step to take."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "event": "apply",
                    "when": "2026-10-09",
                    "receipt": "收文回执 88",
                    "security_amount": "90000",
                    "liability_read": True,
                }
            ]
        },
    )

    event: Annotated[str, Field(max_length=32)]
    when: AwareDatetime | date | None = None

    def entry(self) -> StepEntry:
        """Return what the use case takes."""
        return StepEntry(when=self.when, **{n: getattr(self, n) for n in StepValues.model_fields})


class StepForm(StepValues):
    """The same as a form sends it."""

    event: Annotated[str, Field(max_length=32)] = ""
    version: int = 0
    when: Annotated[date | None, Field(title=N_("Day of the event"))] = None

    def entry(self) -> StepEntry:
        """Return what the use case takes."""
        return StepEntry(when=self.when, **{n: getattr(self, n) for n in StepValues.model_fields})


class ContactIn(BaseModel):
    """Somebody who is asked."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"kind": "customs", "name": "王关员", "phone": "021-0000"}]
        },
    )

    kind: Annotated[ContactKind, Field(title=N_("Who it is"))]
    name: Annotated[str, Field(min_length=1, max_length=100, title=N_("Name"))]
    phone: Annotated[str, Field(max_length=60, title=N_("Telephone"))] = ""
    mail: Annotated[Mail, Field(title=N_("E-mail"))] = ""
    hours: Annotated[Number, Field(title=N_("Hours"))] = ""


class AnswerIn(BaseModel):
    """That somebody was asked; with an answer, that they have answered."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"answer": "假冒，建议扣留"}]}
    )

    answer: Annotated[Long, Field(title=N_("Answer"))] = ""


class InspectionIn(BaseModel):
    """When and where the goods can be seen."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"at": "2026-10-08T10:00:00+08:00", "place": "洋山港查验区"}]
        },
    )

    at: Annotated[AwareDatetime, Field(title=N_("Time"))]
    place: Annotated[str, Field(min_length=1, max_length=300, title=N_("Place of inspection"))]


class InspectionForm(BaseModel):
    """The same as a form sends it."""

    at: Annotated[datetime, Field(title=N_("Time"))]
    place: Annotated[str, Field(min_length=1, max_length=300, title=N_("Place of inspection"))]


class CostIn(BaseModel):
    """A cost, a fine or a security."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"kind": "storage", "amount": "1200.00"}]},
    )

    kind: Annotated[CostKind, Field(title=N_("Kind of cost"))]
    amount: Annotated[Amount, Field(title=N_("Amount"))]
    currency: Currency = "CNY"
    paid_on: Annotated[date | None, Field(title=N_("Paid on"))] = None
    returned_on: Annotated[date | None, Field(title=N_("Came back or was used on"))] = None
    note: Annotated[str, Field(max_length=300, title=N_("Note"))] = ""


class SettleIn(BaseModel):
    """When a cost was paid, and when a security came back or was used."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"returned_on": "2026-12-01"}]}
    )

    paid_on: Annotated[date | None, Field(title=N_("Paid on"))] = None
    returned_on: Annotated[date | None, Field(title=N_("Came back or was used on"))] = None
