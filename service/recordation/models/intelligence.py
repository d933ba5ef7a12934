"""Table of leads on infringing goods. Restricted: see `repository.Leads`."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, UtcDateTime, new_id
from service.recordation.domain import Infringement, Reliability, SuspectRole
from service.registry.models.columns import Codes


class Intelligence(Base):
    """A lead: who, with what goods, by which way, and how far it is to be trusted 侵权线索."""

    __tablename__ = "infringement_intelligence"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    """Who wrote it down; nobody else's exporter ever sees it."""
    asset_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recordation_asset.id"), index=True)
    suspect: Mapped[str] = mapped_column(sa.String(200))
    role: Mapped[SuspectRole] = mapped_column(Choice(SuspectRole))
    goods: Mapped[str] = mapped_column(sa.String(300), default="")
    """Name of the goods as declared."""
    ports: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    route: Mapped[str] = mapped_column(sa.String(300), default="")
    price: Mapped[str] = mapped_column(sa.String(60), default="")
    features: Mapped[str] = mapped_column(sa.Text, default="")
    infringement: Mapped[Infringement] = mapped_column(Choice(Infringement))
    decision: Mapped[str] = mapped_column(sa.String(300), default="")
    """An earlier decision or judgment."""
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    reliability: Mapped[Reliability] = mapped_column(Choice(Reliability))
    evidence_file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[UUID | None]
