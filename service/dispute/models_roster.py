"""The institutions of a station: the roster that says whom a track may go to, and as what."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, new_id
from service.dispute.domain import ContactKind


class StationContact(Base):
    """An institution the station works with: resident in the park, or outside."""

    __tablename__ = "station_contact"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    """The station."""
    body_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    """The body's own organisation here, to which tracks are referred; None: it has no account."""
    kind: Mapped[ContactKind] = mapped_column(Choice(ContactKind))
    name: Mapped[str] = mapped_column(sa.String(200))
    service: Mapped[str] = mapped_column(sa.String(200), default="")
    """What it does, in its own words."""
    person: Mapped[str] = mapped_column(sa.String(200), default="")
    contact: Mapped[str] = mapped_column(sa.String(200), default="")
    accreditation: Mapped[str] = mapped_column(sa.String(100), default="")
    """Number under which it may give appraisal opinions 鉴定资质编号; empty: it may not."""
    accredited_by: Mapped[str] = mapped_column(sa.String(200), default="")
    accredited_until: Mapped[date | None]
    """Its last day."""
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so
