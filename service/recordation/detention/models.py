"""Tables of detentions: goods that are held, the papers that came, who is asked, what it costs."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column

from service.cases.models import Thread
from service.core.db import Base
from service.core.types import Choice, UtcDateTime, new_id
from service.recordation.detention.domain import (
    ContactKind,
    CostKind,
    Disposal,
    Ground,
    Mode,
    Service,
    Side,
)
from service.recordation.detention.papers import PaperKind
from service.rules.authorities import RightKind

Money = sa.Numeric(18, 2)


class Detention(Base):
    """Goods held by one customs authority, seen from one side. Its id is that of its thread."""

    __tablename__ = "detention"

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("thread.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    authority: Mapped[str] = mapped_column(sa.String(32), index=True)
    side: Mapped[Side] = mapped_column(Choice(Side))
    mode: Mapped[Mode] = mapped_column(Choice(Mode))
    status: Mapped[str] = mapped_column(sa.String(32), index=True)
    asset_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("recordation_asset.id"), index=True)
    """The right, where it is one of the owner's own."""
    office: Mapped[str] = mapped_column(sa.String(200), default="")
    """Customs house that holds the goods."""
    member_state: Mapped[str] = mapped_column(sa.String(2), default="")
    time_zone: Mapped[str] = mapped_column(sa.String(40), default="")
    """IANA name, where the place has another than the authority; see `places.zone_of`."""
    declaration_no: Mapped[str] = mapped_column(sa.String(64), default="")
    consignor: Mapped[str] = mapped_column(sa.String(200), default="")
    consignee: Mapped[str] = mapped_column(sa.String(200), default="")
    goods: Mapped[str] = mapped_column(sa.String(500))
    quantity: Mapped[str] = mapped_column(sa.String(100), default="")
    goods_value: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str] = mapped_column(sa.String(3), default="CNY")
    mark_used: Mapped[str] = mapped_column(sa.String(200), default="")
    right_kind: Mapped[RightKind] = mapped_column(Choice(RightKind), default=RightKind.TRADEMARK)
    right_text: Mapped[str] = mapped_column(sa.String(300), default="")
    """The right and its holder, as the papers name them."""
    ground: Mapped[Ground | None] = mapped_column(Choice(Ground))
    perishable: Mapped[bool] = mapped_column(default=False)
    small_consignment: Mapped[bool] = mapped_column(default=False)
    security_amount: Mapped[Decimal | None] = mapped_column(Money)
    guarantee_number: Mapped[str] = mapped_column(sa.String(100), default="")
    """Number of the general guarantee 总担保, where it stands for a single security."""
    liability_read: Mapped[bool] = mapped_column(default=False)
    inspection_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    inspection_place: Mapped[str] = mapped_column(sa.String(300), default="")
    disposal: Mapped[Disposal] = mapped_column(Choice(Disposal), default=Disposal.NONE)
    waits_since: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """Since when customs waits for this side's answer; None while it does not."""
    escalated: Mapped[int] = mapped_column(default=0)
    """How many levels were told that nobody has answered."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    case_id: Mapped[UUID | None] = column_property(
        sa.select(Thread.case_id)
        .where(Thread.id == id)  # noqa: A003  the column above
        .correlate_except(Thread)
        .scalar_subquery()
    )
    """The dispute case it is part of, as its thread says."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class DetentionPaper(Base):
    """A paper that was served, with the minute and the way of service."""

    __tablename__ = "detention_paper"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    detention_id: Mapped[UUID] = mapped_column(sa.ForeignKey("detention.id"), index=True)
    kind: Mapped[PaperKind] = mapped_column(Choice(PaperKind))
    number: Mapped[str] = mapped_column(sa.String(100), default="")
    issued_on: Mapped[date | None]
    served_at: Mapped[datetime] = mapped_column(UtcDateTime)
    service: Mapped[Service] = mapped_column(Choice(Service))
    stated_due: Mapped[date | None]
    """The last day as it is printed on the paper."""
    note: Mapped[str] = mapped_column(sa.Text, default="")
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by: Mapped[UUID | None]


class DetentionContact(Base):
    """Somebody who is asked about the goods, when they were asked and when they answered."""

    __tablename__ = "detention_contact"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    detention_id: Mapped[UUID] = mapped_column(sa.ForeignKey("detention.id"), index=True)
    kind: Mapped[ContactKind] = mapped_column(Choice(ContactKind))
    name: Mapped[str] = mapped_column(sa.String(100))
    phone: Mapped[str] = mapped_column(sa.String(60), default="")
    mail: Mapped[str] = mapped_column(sa.String(254), default="")
    hours: Mapped[str] = mapped_column(sa.String(100), default="")
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(sa.Text, default="")


class DetentionCost(Base):
    """One cost of a detention; of a security also the day it came back."""

    __tablename__ = "detention_cost"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    detention_id: Mapped[UUID] = mapped_column(sa.ForeignKey("detention.id"), index=True)
    kind: Mapped[CostKind] = mapped_column(Choice(CostKind))
    amount: Mapped[Decimal] = mapped_column(Money)
    currency: Mapped[str] = mapped_column(sa.String(3), default="CNY")
    paid_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
