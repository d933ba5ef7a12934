"""Tables of the substance, entered once: right, holder, agents, contacts, authorised users."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import BigKey, Choice, UtcDateTime, new_id
from service.recordation.domain import ContactRole, HolderKind, LicenceKind, Relation, Way
from service.registry.domain import RightStatus
from service.registry.models.columns import Codes
from service.rules.authorities import RightKind


class Holder(Base):
    """A right holder 权利人, as its papers name it."""

    __tablename__ = "recordation_holder"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    name_zh: Mapped[str] = mapped_column(sa.String(200), default="")
    name_en: Mapped[str] = mapped_column(sa.String(200), default="")
    kind: Mapped[HolderKind] = mapped_column(Choice(HolderKind), default=HolderKind.ENTITY)
    country: Mapped[str] = mapped_column(sa.String(2), default="CN")
    address_zh: Mapped[str] = mapped_column(sa.String(500), default="")
    address_en: Mapped[str] = mapped_column(sa.String(500), default="")
    uscc: Mapped[str] = mapped_column(sa.String(18), default="")
    eori: Mapped[str] = mapped_column(sa.String(17), default="")
    iec: Mapped[str] = mapped_column(sa.String(10), default="")
    tax_id: Mapped[str] = mapped_column(sa.String(30), default="")
    customs_code: Mapped[str] = mapped_column(sa.String(10), default="")
    credit_level: Mapped[str] = mapped_column(sa.String(60), default="")
    """Credit level with customs 企业信用等级, such as 高级认证."""
    affiliates: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class Contact(Base):
    """A person of the holder whom customs can reach."""

    __tablename__ = "recordation_contact"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    holder_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recordation_holder.id"), index=True)
    role: Mapped[ContactRole] = mapped_column(Choice(ContactRole))
    name: Mapped[str] = mapped_column(sa.String(100))
    phone: Mapped[str] = mapped_column(sa.String(60), default="")
    mail: Mapped[str] = mapped_column(sa.String(254), default="")
    language: Mapped[str] = mapped_column(sa.String(60), default="")
    hours: Mapped[str] = mapped_column(sa.String(100), default="")

    __table_args__ = (sa.UniqueConstraint("holder_id", "role"),)


class Agent(Base):
    """A representative before one authority, or before all where `authority` is empty."""

    __tablename__ = "recordation_agent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    authority: Mapped[str] = mapped_column(sa.String(32), default="")
    name: Mapped[str] = mapped_column(sa.String(200))
    address: Mapped[str] = mapped_column(sa.String(500), default="")
    phone: Mapped[str] = mapped_column(sa.String(60), default="")
    mail: Mapped[str] = mapped_column(sa.String(254), default="")
    poa_file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    valid_to: Mapped[date | None]
    """Last day of the power of attorney."""

    __table_args__ = (sa.UniqueConstraint("organisation_id", "authority"),)


class Asset(Base):
    """A right as it is put on record: taken from the registry, completed for the forms."""

    __tablename__ = "recordation_asset"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    holder_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("recordation_holder.id"))
    right_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("ip_right.id"), index=True)
    mark_id: Mapped[int | None] = mapped_column(BigKey, sa.ForeignKey("mark.id"), index=True)
    """Where it was taken from; both empty for one entered by hand."""
    kind: Mapped[RightKind] = mapped_column(Choice(RightKind))
    title: Mapped[str] = mapped_column(sa.Text)
    territory: Mapped[str] = mapped_column(sa.String(2))
    """Where it is protected: an office's code by WIPO ST.3."""
    office: Mapped[str] = mapped_column(sa.String(200), default="")
    number: Mapped[str] = mapped_column(sa.String(64), default="")
    filed_on: Mapped[date | None]
    registered_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    status: Mapped[RightStatus] = mapped_column(Choice(RightStatus))
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the legal status was last checked, and where."""
    check_source: Mapped[str] = mapped_column(sa.String(200), default="")
    classes: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    goods_text: Mapped[str] = mapped_column(sa.Text, default="")
    disclaimers: Mapped[str] = mapped_column(sa.Text, default="")
    colour_claim: Mapped[str] = mapped_column(sa.String(500), default="")
    madrid_number: Mapped[str] = mapped_column(sa.String(64), default="")
    designations: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    image_file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class OfficeRenewal(Base):
    """A renewal of the right itself at its office, which the recordation waits for."""

    __tablename__ = "office_renewal"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    asset_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recordation_asset.id"), index=True)
    old_end: Mapped[date]
    applied_on: Mapped[date]
    number: Mapped[str] = mapped_column(sa.String(64), default="")
    certified_on: Mapped[date | None]
    """Day of the certificate; None while the office decides."""
    new_end: Mapped[date | None]
    certificate_file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))

    __table_args__ = (sa.UniqueConstraint("asset_id", "old_end"),)


class AuthorisedUser(Base):
    """Somebody who may put the right on goods or carry them: 合法使用人."""

    __tablename__ = "authorised_user"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    asset_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recordation_asset.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    name_en: Mapped[str] = mapped_column(sa.String(200), default="")
    uscc: Mapped[str] = mapped_column(sa.String(18), default="")
    customs_code: Mapped[str] = mapped_column(sa.String(10), default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="CN")
    relation: Mapped[Relation] = mapped_column(Choice(Relation))
    licence: Mapped[LicenceKind] = mapped_column(Choice(LicenceKind), default=LicenceKind.NONE)
    territory: Mapped[str] = mapped_column(sa.String(200), default="")
    goods_scope: Mapped[str] = mapped_column(sa.Text, default="")
    direction: Mapped[Way] = mapped_column(Choice(Way), default=Way.EXPORT)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """None: until the right ends."""
    single_shipment: Mapped[bool] = mapped_column(default=False)
    contract_no: Mapped[str] = mapped_column(sa.String(64), default="")
    quantity: Mapped[str] = mapped_column(sa.String(64), default="")
    proof_file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class CustomsEntry(Base):
    """Whether an authorised user stands in the system of an authority: no row, not entered."""

    __tablename__ = "customs_entry"

    user_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("authorised_user.id", ondelete="CASCADE"), primary_key=True
    )
    authority: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    entered_on: Mapped[date]
    removed_on: Mapped[date | None]
