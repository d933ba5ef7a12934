"""All SQL of warnings: what they are drafted from, whom they concern, who has read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.sight import sees_thread
from service.core.errors import NotFound, PermissionDenied
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.domain import Link
from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.identity.repository import linked_ids
from service.recordation.detention.models import Detention
from service.recordation.models import Asset
from service.recordation.repository import Assets
from service.registry.holdings import Products
from service.registry.models import Product
from service.registry.owned import marks_of_owners
from service.registry.penalties import party_key
from service.screening.models import Alert, Watch
from service.station.base.concerning import EVERYWHERE, Held
from service.station.base.models import EarlyWarning, WarningRecipient
from service.station.base.repository import own_station, served_by

MOST = 200
"""Squatters offered at most, newest first."""
CLASS, HS = "class:", "hs:"


@dataclass(frozen=True, slots=True)
class Warnings:
    """The warnings one actor may see: its station's, and those that were sent to it."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[EarlyWarning]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(EarlyWarning)
        if self.actor.reads_all:
            return query
        mine = self.actor.organisation_id
        received = sa.select(WarningRecipient.warning_id).where(
            WarningRecipient.organisation_id == mine, WarningRecipient.left_out.is_(False)
        )
        above = sa.or_(
            EarlyWarning.station_id.in_(linked_ids(self.actor, Link.SUPERVISOR)),
            EarlyWarning.station_id.in_(linked_ids(self.actor, Link.PARENT)),
            EarlyWarning.id.in_(received),
        )
        sent = EarlyWarning.sent_at.is_not(None)
        return query.where(sa.or_(EarlyWarning.station_id == mine, sa.and_(sent, above)))

    def get(self, warning_id: UUID) -> EarlyWarning:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(EarlyWarning.id == warning_id))
        if row is None:
            raise NotFound(N_("There is no such warning."))
        return row

    def own(self, warning_id: UUID) -> EarlyWarning:
        """Return one of the actor's own station, to be changed."""
        row = self.get(warning_id)
        if row.station_id != self.actor.organisation_id:
            raise PermissionDenied(N_("It was shown to you to read, not to change."))
        return row

    def page(self, cursor: Cursor) -> tuple[Sequence[EarlyWarning], str | None]:
        """Return some, newest first."""
        query: sa.Select[Any] = newest_first(self._visible(), EarlyWarning.id, cursor)
        return cut(list(self.session.scalars(query)), cursor)

    def recipients(self, row: EarlyWarning) -> Sequence[tuple[WarningRecipient, Organisation]]:
        """Return who is concerned by name: its station all of them, others themselves."""
        query = (
            sa.select(WarningRecipient, Organisation)
            .join(Organisation, Organisation.id == WarningRecipient.organisation_id)
            .where(WarningRecipient.warning_id == row.id)
            .order_by(Organisation.name_zh, Organisation.id)
        )
        if not (self.actor.reads_all or row.station_id == self.actor.organisation_id):
            query = query.where(WarningRecipient.organisation_id == self.actor.organisation_id)
        return [(found[0], found[1]) for found in self.session.execute(query)]

    def read_by(self, row: EarlyWarning) -> tuple[int, int]:
        """Return how many have read a warning, and of how many it was sent to."""
        counts = self.session.execute(
            sa.select(sa.func.count(WarningRecipient.read_at), sa.func.count()).where(
                WarningRecipient.warning_id == row.id, WarningRecipient.left_out.is_(False)
            )
        ).one()
        return counts[0], counts[1]

    def add(self, row: EarlyWarning | WarningRecipient) -> None:
        """Store a new row."""
        self.session.add(row)
        self.session.flush()


def kept_recipients(session: Session, warning_id: UUID) -> Sequence[WarningRecipient]:
    """Return whom a warning goes to: those concerned that no person has taken out."""
    return session.scalars(
        sa.select(WarningRecipient)
        .where(WarningRecipient.warning_id == warning_id, WarningRecipient.left_out.is_(False))
        .order_by(WarningRecipient.organisation_id)
    ).all()


@dataclass(frozen=True, slots=True)
class Sighted:
    """A stranger's mark that a watch met: the facts of the register, not whose watch it was."""

    office: str
    number: str
    text: str
    owner: str
    classes: tuple[int, ...]
    markets: tuple[str, ...]
    published_on: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the people of a station may draft warnings from."""

    session: Session
    actor: Actor

    def squatters(self, since: datetime) -> list[Sighted]:
        """Return marks filed by strangers that watches of the station or its enterprises met.

        The rows are of the public registers; which enterprise watches is not told.
        """
        station = own_station(self.session, self.actor)
        served = sa.select(Organisation.id).where(
            sa.or_(Organisation.served_by_id == station, Organisation.id == station)
        )
        rows = self.session.scalars(
            sa.select(Alert)
            .where(
                Alert.squatting.is_(True),
                Alert.created_at >= since,
                Alert.organisation_id.in_(served),
            )
            .order_by(Alert.id.desc())
            .limit(MOST)
        )
        found: dict[tuple[str, str], Sighted] = {}
        for one in rows:
            found.setdefault(
                (one.office, one.number),
                Sighted(
                    one.office,
                    one.number,
                    one.text,
                    one.owner,
                    tuple(one.classes),
                    tuple(sorted(one.markets)),
                    one.published_on.isoformat() if one.published_on else "",
                ),
            )
        return list(found.values())

    def detentions(self, since: datetime) -> Sequence[Detention]:
        """Return the detentions the actor may see that were entered since then."""
        seen = sa.select(Thread.id).where(sees_thread(self.actor))
        return self.session.scalars(
            sa.select(Detention)
            .where(Detention.id.in_(seen), Detention.created_at >= since)
            .order_by(Detention.id)
        ).all()

    def held(self, station_id: UUID) -> list[Held]:
        """Return what the enterprises of a station hold, and whether the actor may see each."""
        enterprises = served_by(self.session, station_id)
        ids = [one.id for one in enterprises]
        shown = {one.id for one in Products(self.session, self.actor).of_organisations(ids)}
        mandated = {one.id for one in Assets(self.session, self.actor).all()}
        return [
            *self._in_registers(enterprises),
            *(_of_product(row, row.id in shown) for row in self._products(ids)),
            *(_of_asset(row, row.id in mandated) for row in self._assets(ids)),
            *(_of_watch(row) for row in self._watches(ids)),
        ]

    def _in_registers(self, enterprises: Sequence[Organisation]) -> list[Held]:
        owners = {
            party_key(name): one.id
            for one in enterprises
            for name in (one.name_zh, one.name_en)
            if name
        }
        rows = marks_of_owners(self.session, list(owners))
        return [Held(owners[row.owner_key], shown=True, marks=(row.text,)) for row in rows]

    def _products(self, ids: Sequence[UUID]) -> Sequence[Product]:
        return self.session.scalars(
            sa.select(Product).where(
                Product.organisation_id.in_(ids), Product.archived_at.is_(None)
            )
        ).all()

    def _assets(self, ids: Sequence[UUID]) -> Sequence[Asset]:
        return self.session.scalars(sa.select(Asset).where(Asset.organisation_id.in_(ids))).all()

    def _watches(self, ids: Sequence[UUID]) -> Sequence[Watch]:
        query = sa.select(Watch).where(Watch.organisation_id.in_(ids), Watch.ended_at.is_(None))
        return self.session.scalars(query).all()


def _of_product(row: Product, shown: bool) -> Held:
    terms = (*row.hs_codes, *(one.removeprefix(HS) for one in row.goods if one.startswith(HS)))
    return Held(
        row.organisation_id,
        shown,
        tuple(row.brands),
        tuple(row.markets),
        _classes(row.goods),
        terms,
    )


def _of_asset(row: Asset, shown: bool) -> Held:
    territory = (row.territory,) if row.territory else ()
    return Held(row.organisation_id, shown, (row.title,), territory, tuple(row.classes))


def _of_watch(row: Watch) -> Held:
    hs = tuple(one.removeprefix(HS) for one in row.goods if one.startswith(HS))
    markets = tuple(row.markets) or (EVERYWHERE,)
    return Held(row.organisation_id, False, tuple(row.names), markets, _classes(row.goods), hs)


def _classes(goods: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.removeprefix(CLASS) for one in goods if one.startswith(CLASS))
