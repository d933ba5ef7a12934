"""All SQL of recordation behind one filter: one's own rows, and those one has a mandate for."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from service.cases.models import Deadline
from service.core import clock
from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.models import Organisation, Person
from service.identity.permissions import Actor
from service.recordation.domain import KEPT, LIVE, FilingStatus, Scope, TaskStatus
from service.recordation.errors import MandateMissing
from service.recordation.models import (
    Agent,
    Asset,
    AssetGoods,
    AuthorisedUser,
    ChangeTask,
    Contact,
    CustomsEntry,
    FeatureReader,
    FeatureView,
    Filing,
    FilingPaper,
    FilingRound,
    Goods,
    GoodsFeature,
    GoodsPicture,
    Holder,
    Intelligence,
    Mandate,
    OfficeRenewal,
)
from service.registry.models import StoredFile

Owned = TypeVar("Owned", Holder, Agent, Asset, AuthorisedUser, Goods, Filing)
ENDED = (
    FilingStatus.REFUSED,
    FilingStatus.WITHDRAWN,
    FilingStatus.CANCELLED,
    FilingStatus.DEREGISTERED,
    FilingStatus.EXPIRED,
)


def in_force(scope: Scope | None = None) -> sa.ColumnElement[bool]:
    """Return the condition on `Mandate` that it holds today, for filing or for either."""
    today = clock.today()
    where = [
        Mandate.revoked_at.is_(None),
        Mandate.valid_from <= today,
        sa.or_(Mandate.valid_to.is_(None), Mandate.valid_to >= today),
    ]
    if scope is not None:
        where.append(Mandate.scope == scope)
    return sa.and_(*where)


class _Held(Generic[Owned]):
    """Rows of one organisation, seen by it and by those it gave a mandate that was not revoked."""

    model: type[Owned]
    absent: str

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Owned]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(self.model)
        if self._actor.reads_all:
            return query
        mine = self._actor.organisation_id
        entrusted = sa.select(Mandate.organisation_id).where(
            Mandate.to_id == mine, Mandate.revoked_at.is_(None)
        )
        owner = self.model.organisation_id
        return query.where(sa.or_(owner == mine, owner.in_(entrusted)))

    def get(self, row_id: UUID) -> Owned:
        """Return the row; absent and foreign ones raise `NotFound` alike."""
        row = self._session.scalar(self._visible().where(self.model.id == row_id))
        if row is None:
            raise NotFound(self.absent)
        return row

    def to_change(self, row_id: UUID) -> Owned:
        """Return a row the actor may change: its own, or under a power of attorney in force.

        Raises:
            NotFound: absent or foreign.
            MandateMissing: seen by mandate, and none to file is in force.
        """
        row = self.get(row_id)
        check_acts_for(self._session, self._actor, row.organisation_id)
        return row

    def all(self, *wheres: sa.ColumnElement[bool]) -> Sequence[Owned]:
        """Return the rows, the oldest first."""
        return self._session.scalars(self._visible().where(*wheres).order_by(self.model.id)).all()

    def page(
        self, cursor: Cursor, *wheres: sa.ColumnElement[bool]
    ) -> tuple[Sequence[Owned], str | None]:
        """Return some rows, newest first, and the cursor of the next page."""
        query: sa.Select[Any] = newest_first(self._visible().where(*wheres), self.model.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)

    def add(self, row: Owned) -> Owned:
        """Store a new row."""
        self._session.add(row)
        self._session.flush()
        return row


def may_act_for(session: Session, actor: Actor, organisation_id: UUID) -> bool:
    """Say whether the actor is of that organisation, or may file for it today."""
    if actor.organisation_id == organisation_id:
        return True
    mandate = session.scalar(
        sa.select(Mandate.id).where(
            Mandate.organisation_id == organisation_id,
            Mandate.to_id == actor.organisation_id,
            in_force(Scope.FILE),
        )
    )
    return mandate is not None


def check_acts_for(session: Session, actor: Actor, organisation_id: UUID) -> None:
    """Raise `MandateMissing` unless `may_act_for`."""
    if not may_act_for(session, actor, organisation_id):
        raise MandateMissing(
            N_("No power of attorney of this exporter is in force. Ask it for a new one.")
        )


def usable_file(session: Session, actor: Actor, file_id: UUID, owner: UUID) -> StoredFile:
    """Return a file for a thing of `owner`: the owner's, if the actor acts for it, or one's own.

    Raises:
        NotFound: absent, or neither.
    """
    houses = {actor.organisation_id} | ({owner} if may_act_for(session, actor, owner) else set())
    row = session.get(StoredFile, file_id)
    if row is None or row.organisation_id not in houses:
        raise NotFound(N_("There is no such file."))
    return row


class Holders(_Held[Holder]):
    """The right holders one actor may see."""

    model = Holder
    absent = N_("There is no such right holder.")

    def contacts(self, holder_ids: Sequence[UUID]) -> Sequence[Contact]:
        """Return the contacts of holders."""
        return self._session.scalars(
            sa.select(Contact).where(Contact.holder_id.in_(holder_ids)).order_by(Contact.role)
        ).all()


class Agents(_Held[Agent]):
    """The representatives one actor may see."""

    model = Agent
    absent = N_("There is no such representative.")

    def before(self, organisation_id: UUID, authority: str) -> Agent | None:
        """Return who represents an organisation before an authority: its own, else the general."""
        rows = self.all(
            Agent.organisation_id == organisation_id, Agent.authority.in_((authority, ""))
        )
        return max(rows, key=lambda row: row.authority, default=None)


class Assets(_Held[Asset]):
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


class Users(_Held[AuthorisedUser]):
    """The authorised users one actor may see."""

    model = AuthorisedUser
    absent = N_("There is no such authorised user.")

    def entries(self, user_ids: Sequence[UUID]) -> dict[tuple[UUID, str], CustomsEntry]:
        """Return what stands in the systems of the authorities, by user and authority."""
        rows = self._session.scalars(
            sa.select(CustomsEntry).where(CustomsEntry.user_id.in_(user_ids))
        )
        return {(row.user_id, row.authority): row for row in rows}


class GoodsShelf(_Held[Goods]):
    """The goods one actor may see."""

    model = Goods
    absent = N_("There are no such goods.")

    def of_asset(self, asset_id: UUID) -> Sequence[Goods]:
        """Return the goods that bear a right."""
        linked = sa.select(AssetGoods.goods_id).where(AssetGoods.asset_id == asset_id)
        return self.all(Goods.id.in_(linked), Goods.archived_at.is_(None))

    def assets_of(self, goods_id: UUID) -> set[UUID]:
        """Return the rights that goods bear."""
        return set(
            self._session.scalars(
                sa.select(AssetGoods.asset_id).where(AssetGoods.goods_id == goods_id)
            )
        )

    def features(self, goods_ids: Sequence[UUID]) -> Sequence[GoodsFeature]:
        """Return the features of goods, in order."""
        return self._session.scalars(
            sa.select(GoodsFeature)
            .where(GoodsFeature.goods_id.in_(goods_ids))
            .order_by(GoodsFeature.goods_id, GoodsFeature.position)
        ).all()

    def pictures(self, goods_ids: Sequence[UUID]) -> Sequence[GoodsPicture]:
        """Return the pictures of goods, in order."""
        return self._session.scalars(
            sa.select(GoodsPicture)
            .where(GoodsPicture.goods_id.in_(goods_ids))
            .order_by(GoodsPicture.goods_id, GoodsPicture.position)
        ).all()

    def readers(self, goods_id: UUID) -> Sequence[tuple[FeatureReader, str]]:
        """Return who may see the hidden features, with their names."""
        rows = self._session.execute(
            sa.select(FeatureReader, Person.name)
            .join(Person, Person.id == FeatureReader.person_id)
            .where(FeatureReader.goods_id == goods_id)
            .order_by(FeatureReader.granted_at)
        )
        return [(row[0], row[1]) for row in rows]

    def views(self, goods_id: UUID, limit: int = 100) -> Sequence[tuple[FeatureView, str]]:
        """Return who looked at the hidden features, the last first."""
        rows = self._session.execute(
            sa.select(FeatureView, Person.name)
            .outerjoin(Person, Person.id == FeatureView.person_id)
            .where(FeatureView.goods_id == goods_id)
            .order_by(FeatureView.id.desc())
            .limit(limit)
        )
        return [(row[0], row[1] or "") for row in rows]


class Filings(_Held[Filing]):
    """The filings one actor may see."""

    model = Filing
    absent = N_("There is no such filing.")

    def unfinished(self, asset_id: UUID, authority: str) -> Filing | None:
        """Return the filing of a right with an authority that is not over."""
        return self._session.scalar(
            self._visible().where(
                Filing.asset_id == asset_id,
                Filing.authority == authority,
                Filing.status.not_in(ENDED),
            )
        )

    def of_assets(self, asset_ids: Sequence[UUID]) -> Sequence[Filing]:
        """Return the filings of rights, the newest first."""
        return self._session.scalars(
            self._visible().where(Filing.asset_id.in_(asset_ids)).order_by(Filing.id.desc())
        ).all()

    def live(self, asset_id: UUID) -> Sequence[Filing]:
        """Return the filings in force of a right."""
        return self.all(Filing.asset_id == asset_id, Filing.status.in_(LIVE))

    def kept(self) -> Sequence[Filing]:
        """Return every filing that is granted or in force, by the day it ends."""
        query = self._visible().where(Filing.status.in_(KEPT))
        return self._session.scalars(query.order_by(Filing.expires_on, Filing.id)).all()

    def rounds(self, filing_id: UUID) -> Sequence[FilingRound]:
        """Return what was sent, in order."""
        return self._session.scalars(
            sa.select(FilingRound)
            .where(FilingRound.filing_id == filing_id)
            .order_by(FilingRound.number)
        ).all()

    def papers(self, filing_id: UUID) -> Sequence[tuple[FilingPaper, StoredFile]]:
        """Return the documents that are there, with their files."""
        rows = self._session.execute(
            sa.select(FilingPaper, StoredFile)
            .join(StoredFile, StoredFile.id == FilingPaper.file_id)
            .where(FilingPaper.filing_id == filing_id)
            .order_by(FilingPaper.key, FilingPaper.added_at, FilingPaper.file_id)
        )
        return [(row[0], row[1]) for row in rows]

    def tasks(self, *wheres: sa.ColumnElement[bool]) -> Sequence[tuple[ChangeTask, Filing]]:
        """Return duties to tell changes, the oldest first."""
        seen = self._visible().subquery()
        rows = self._session.execute(
            sa.select(ChangeTask, Filing)
            .join(Filing, Filing.id == ChangeTask.filing_id)
            .where(Filing.id.in_(sa.select(seen.c.id)), *wheres)
            .order_by(ChangeTask.happened_on, ChangeTask.id)
        )
        return [(row[0], row[1]) for row in rows]

    def open_task(self, filing_id: UUID) -> ChangeTask | None:
        """Return the open duty of a filing."""
        return self._session.scalar(
            sa.select(ChangeTask).where(
                ChangeTask.filing_id == filing_id, ChangeTask.status == TaskStatus.OPEN
            )
        )

    @staticmethod
    def clocks(session: Session, task: ChangeTask) -> Sequence[Deadline]:
        """Return the clocks of a duty to tell a change."""
        return session.scalars(
            sa.select(Deadline).where(
                Deadline.thread_id == task.filing_id, Deadline.event == f"change:{task.id}"
            )
        ).all()


class Leads:
    """Leads on infringing goods: shown to the organisation that wrote them down, and to no other.

    What a liaison or a station gathers is never shown to an exporter; what an exporter wrote is
    shown to those it gave a mandate, since they file it.
    """

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Intelligence]:
        query = sa.select(Intelligence)
        if self._actor.reads_all:
            return query
        mine = self._actor.organisation_id
        entrusted = sa.select(Mandate.organisation_id).where(
            Mandate.to_id == mine, Mandate.revoked_at.is_(None)
        )
        return query.where(
            sa.or_(
                Intelligence.organisation_id == mine,
                Intelligence.organisation_id.in_(entrusted),
            )
        )

    def of(self, asset_ids: Sequence[UUID]) -> Sequence[Intelligence]:
        """Return the leads on rights, the newest first."""
        return self._session.scalars(
            self._visible()
            .where(Intelligence.asset_id.in_(asset_ids))
            .order_by(Intelligence.id.desc())
        ).all()

    def page(self, cursor: Cursor) -> tuple[Sequence[Intelligence], str | None]:
        """Return some leads, the newest first."""
        query: sa.Select[Any] = newest_first(self._visible(), Intelligence.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)


class Mandates:
    """What exporters let others do, seen from both ends."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Mandate]:
        mine = self._actor.organisation_id
        query = sa.select(Mandate)
        if self._actor.reads_all:
            return query
        return query.where(sa.or_(Mandate.organisation_id == mine, Mandate.to_id == mine))

    def all(self) -> Sequence[tuple[Mandate, str, str]]:
        """Return the mandates with the names of giver and receiver, newest first."""
        giver, taker = aliased(Organisation), aliased(Organisation)
        seen = self._visible().subquery()
        rows = self._session.execute(
            sa.select(Mandate, giver.name_zh, taker.name_zh)
            .join(giver, giver.id == Mandate.organisation_id)
            .join(taker, taker.id == Mandate.to_id)
            .where(Mandate.id.in_(sa.select(seen.c.id)))
            .order_by(Mandate.id.desc())
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def given(self, mandate_id: UUID) -> Mandate:
        """Return a mandate the actor's organisation gave."""
        row = self._session.scalar(
            self._visible().where(
                Mandate.id == mandate_id, Mandate.organisation_id == self._actor.organisation_id
            )
        )
        if row is None:
            raise NotFound(N_("There is no such mandate."))
        return row

    def held(self, organisation_id: UUID) -> Sequence[Mandate]:
        """Return the mandates an exporter gave that were not revoked."""
        return self._session.scalars(
            sa.select(Mandate).where(
                Mandate.organisation_id == organisation_id, Mandate.revoked_at.is_(None)
            )
        ).all()

    def exporters(self) -> Sequence[Organisation]:
        """Return the exporters the actor may file for today, and its own organisation."""
        allowed = sa.select(Mandate.organisation_id).where(
            Mandate.to_id == self._actor.organisation_id, in_force(Scope.FILE)
        )
        return self._session.scalars(
            sa.select(Organisation)
            .where(
                sa.or_(Organisation.id == self._actor.organisation_id, Organisation.id.in_(allowed))
            )
            .order_by(Organisation.name_zh)
        ).all()


def may_see_hidden(session: Session, actor: Actor, goods: Goods, today: date) -> bool:
    """Say whether an actor may see the hidden features of goods: a person who was named."""
    if actor.person_id is None:
        return False
    reader = session.get(FeatureReader, (goods.id, actor.person_id))
    return reader is not None and (reader.until is None or reader.until >= today)
