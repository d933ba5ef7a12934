"""Rights, right holders, representatives, authorised users."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from service.core.text import N_
from service.recordation.models import (
    Agent,
    Asset,
    AuthorisedUser,
    Contact,
    CustomsEntry,
    Holder,
    OfficeRenewal,
)
from service.recordation.repository.held import Held


class Holders(Held[Holder]):
    """The right holders one actor may see."""

    model = Holder
    absent = N_("There is no such right holder.")

    def contacts(self, holder_ids: Sequence[UUID]) -> Sequence[Contact]:
        """Return the contacts of holders."""
        return self._session.scalars(
            sa.select(Contact).where(Contact.holder_id.in_(holder_ids)).order_by(Contact.role)
        ).all()


class Agents(Held[Agent]):
    """The representatives one actor may see."""

    model = Agent
    absent = N_("There is no such representative.")

    def before(self, organisation_id: UUID, authority: str) -> Agent | None:
        """Return who represents an organisation before an authority: its own, else the general."""
        rows = self.all(
            Agent.organisation_id == organisation_id, Agent.authority.in_((authority, ""))
        )
        return max(rows, key=lambda row: row.authority, default=None)


class Assets(Held[Asset]):
    """The rights in the recordation substance one actor may see."""

    model = Asset
    absent = N_("There is no such right.")

    def renewals(self, asset_id: UUID) -> Sequence[OfficeRenewal]:
        """Return the renewals of the right at its office, the oldest first."""
        return self._session.scalars(
            sa.select(OfficeRenewal)
            .where(OfficeRenewal.asset_id == asset_id)
            .order_by(OfficeRenewal.old_end)
        ).all()


class Users(Held[AuthorisedUser]):
    """The authorised users one actor may see."""

    model = AuthorisedUser
    absent = N_("There is no such authorised user.")

    def entries(self, user_ids: Sequence[UUID]) -> dict[tuple[UUID, str], CustomsEntry]:
        """Return what stands in the systems of the authorities, by user and authority."""
        rows = self._session.scalars(
            sa.select(CustomsEntry).where(CustomsEntry.user_id.in_(user_ids))
        )
        return {(row.user_id, row.authority): row for row in rows}
