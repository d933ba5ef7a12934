"""Table of contacts with enterprises."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, UtcDateTime, new_id
from service.recordation.outreach.domain import ContactChannel, Result


class OutreachContact(Base):
    """One time an enterprise was called on. Rows are added, never changed."""

    __tablename__ = "outreach_contact"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    """Who called: a station or customs house."""
    enterprise_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    person_id: Mapped[UUID | None]
    on: Mapped[date]
    channel: Mapped[ContactChannel] = mapped_column(Choice(ContactChannel, 16))
    result: Mapped[Result] = mapped_column(Choice(Result, 16))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    again_on: Mapped[date | None]
    """When to call again."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
