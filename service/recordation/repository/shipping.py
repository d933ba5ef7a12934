"""Ship-safe checks, and cards shown to officers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core.text import N_
from service.recordation.models import CardView, OfficerCard, ShippingCheck
from service.recordation.repository.held import Held


class ShippingChecks(Held[ShippingCheck]):
    """The ship-safe checks one actor may see."""

    model = ShippingCheck
    absent = N_("There is no such check.")


class Cards(Held[OfficerCard]):
    """The officer cards one actor may see: those of goods it sees."""

    model = OfficerCard
    absent = N_("There is no such card.")

    def of(self, goods_id: UUID) -> Sequence[OfficerCard]:
        """Return the cards of goods, the newest first."""
        query = self._visible().where(OfficerCard.goods_id == goods_id)
        return self._session.scalars(query.order_by(OfficerCard.id.desc())).all()

    def views(self, card_ids: Sequence[UUID]) -> dict[UUID, tuple[int, datetime]]:
        """Return how often each card was looked at, and when last."""
        rows = self._session.execute(
            sa.select(CardView.card_id, sa.func.count(), sa.func.max(CardView.at))
            .where(CardView.card_id.in_(card_ids))
            .group_by(CardView.card_id)
        )
        return {row[0]: (row[1], row[2]) for row in rows}


def card_opened_by(session: Session, token_hash: str, now: datetime) -> OfficerCard | None:
    """Return the card a token opens now: neither ended nor revoked."""
    return session.scalar(
        sa.select(OfficerCard).where(
            OfficerCard.token_hash == token_hash,
            OfficerCard.revoked_at.is_(None),
            OfficerCard.expires_at > now,
        )
    )
