"""All SQL of the demonstration."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.identity.models import Organisation, Person
from service.recordation.detention.models import Detention
from service.registry.models import Product
from service.report.models import StationReport
from service.screening.models import Screening
from service.station.base.models import Event


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the demonstration made in this database."""

    session: Session

    def exists(self) -> bool:
        """Say whether the district is in: it comes in one transaction, whole or not at all."""
        return self.session.scalar(sa.select(sa.exists().where(Organisation.demonstration))) is True

    def strangers(self) -> bool:
        """Say whether there are organisations that the demonstration did not make."""
        return (
            self.session.scalar(sa.select(sa.exists().where(~Organisation.demonstration))) is True
        )

    def people(self) -> Mapping[str, Person]:
        """Return the demonstration people who can still sign in, by login."""
        query = sa.select(Person).where(Person.demonstration, Person.active)
        return {row.login: row for row in self.session.scalars(query) if row.login}

    def enterprises(self) -> Mapping[str, UUID]:
        """Return the demonstration enterprises: organisation by credit code."""
        query = sa.select(Organisation.uscc, Organisation.id).where(Organisation.demonstration)
        return {row.uscc: row.id for row in self.session.execute(query) if row.uscc}

    def station(self) -> UUID:
        """Return the station of the park: the one with a body above it."""
        query = sa.select(Organisation.id).where(
            Organisation.demonstration, Organisation.parent_id.is_not(None)
        )
        return self.session.scalars(query).one()

    def at_customs(self) -> bool:
        """Say whether the demonstration at customs is in: it comes in one transaction."""
        query = sa.select(Detention.id).join(
            Organisation, Organisation.id == Detention.organisation_id
        )
        found = self.session.scalar(query.where(Organisation.demonstration).limit(1))
        return found is not None

    def at_base(self) -> bool:
        """Say whether the demonstration at the base is in: it comes in one transaction."""
        query = sa.select(Event.id).join(Organisation, Organisation.id == Event.station_id)
        found = self.session.scalar(query.where(Organisation.demonstration).limit(1))
        return found is not None

    def product(self, organisation_id: UUID | None, sku: str) -> UUID:
        """Return a product of an organisation by its SKU."""
        query = sa.select(Product.id).where(
            Product.organisation_id == organisation_id, Product.sku == sku
        )
        return self.session.scalars(query).one()

    def worked(self) -> bool:
        """Say whether the station's invented work is in: it comes in one transaction."""
        return (
            self.session.scalar(sa.select(sa.exists().where(StationReport.id.is_not(None)))) is True
        )

    def screened(self) -> Mapping[tuple[UUID, str], UUID]:
        """Return the first screening of each product, by organisation and SKU."""
        query = (
            sa.select(Screening.organisation_id, Screening.reference, Screening.id)
            .join(Organisation, Organisation.id == Screening.organisation_id)
            .where(Organisation.demonstration, Screening.reference != "")
            .order_by(Screening.id.desc())
        )
        return {(row.organisation_id, row.reference): row.id for row in self.session.execute(query)}
