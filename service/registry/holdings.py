"""What organisations hold: products, rights, papers and files, behind the tenant filter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import Invalid, NotFound, PermissionDenied
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.registry.models import Document, Product, ProductPicture, Right, Share, StoredFile

Owned = TypeVar("Owned", Product, Right, StoredFile, Document)


class _Held(Generic[Owned]):
    """Rows of one organisation, seen by it and by those it shared them with."""

    model: type[Owned]
    kind: str
    """Under which a row is shared."""
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
        shared = sa.select(Share.thing_id).where(
            Share.kind == self.kind, Share.organisation_id == mine
        )
        return query.where(sa.or_(self.model.organisation_id == mine, self.model.id.in_(shared)))

    @property
    def mine(self) -> UUID:
        """The actor's own organisation, to which what it adds belongs; `Invalid` without one."""
        if self._actor.organisation_id is None:
            raise Invalid(N_("Say for which organisation."))
        return self._actor.organisation_id

    def get(self, thing_id: UUID) -> Owned:
        """Return the row; absent and foreign ones raise `NotFound` alike."""
        row = self._session.scalar(self._visible().where(self.model.id == thing_id))
        if row is None:
            raise NotFound(self.absent)
        return row

    def own(self, thing_id: UUID) -> Owned:
        """Return a row to be changed: it must be the actor's own, not one shared with it."""
        row = self.get(thing_id)
        if row.organisation_id != self._actor.organisation_id:
            raise PermissionDenied(N_("It was shared with you to read, not to change."))
        return row

    @classmethod
    def check_own(cls, session: Session, actor: Actor, thing_id: UUID) -> None:
        """Raise unless a row is the actor's own: `NotFound`, or `PermissionDenied` if shared."""
        cls(session, actor).own(thing_id)

    def add(self, row: Owned) -> Owned:
        """Store a new row."""
        self._session.add(row)
        self._session.flush()
        return row

    def page(
        self, cursor: Cursor, *narrower: sa.ColumnElement[bool]
    ) -> tuple[Sequence[Owned], str | None]:
        """Return some rows, newest first, and the cursor of the next page."""
        query: sa.Select[Any] = self._visible().where(*narrower)
        query = newest_first(query, self.model.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)


class Products(_Held[Product]):
    """The products one actor may see."""

    model = Product
    kind = "product"
    absent = N_("There is no such product.")

    def listed(self, cursor: Cursor) -> tuple[Sequence[Product], str | None]:
        """Return some products that are not archived, newest first."""
        return self.page(cursor, Product.archived_at.is_(None))

    def of_sku(self, sku: str) -> Product | None:
        """Return the product of an SKU that is not archived: the actor's own before a shared."""
        rows = self._session.scalars(
            self._visible().where(Product.sku == sku, Product.archived_at.is_(None))
        ).all()
        mine = [row for row in rows if row.organisation_id == self._actor.organisation_id]
        return next(iter((*mine, *rows)), None)

    def of_organisations(self, ids: Sequence[UUID]) -> Sequence[Product]:
        """Return the products of organisations that the actor may see, but for archived ones."""
        query = self._visible().where(
            Product.organisation_id.in_(ids), Product.archived_at.is_(None)
        )
        return self._session.scalars(query.order_by(Product.id)).all()

    def pictures(self, products: Sequence[UUID]) -> dict[UUID, list[UUID]]:
        """Return the picture files of products, in order."""
        found: dict[UUID, list[UUID]] = {}
        for row in self._session.execute(
            sa.select(ProductPicture.product_id, ProductPicture.file_id)
            .where(ProductPicture.product_id.in_(list(products)))
            .order_by(ProductPicture.product_id, ProductPicture.position)
        ):
            found.setdefault(row.product_id, []).append(row.file_id)
        return found


class Rights(_Held[Right]):
    """The rights one actor may see."""

    model = Right
    kind = "right"
    absent = N_("There is no such right.")

    def listed(self, cursor: Cursor) -> tuple[Sequence[Right], str | None]:
        """Return some rights that are not archived, newest first."""
        return self.page(cursor, Right.archived_at.is_(None))

    def of_organisation(self, organisation_id: UUID) -> Sequence[Right]:
        """Return the rights of an organisation that the actor may see, but for archived ones."""
        query = self._visible().where(
            Right.organisation_id == organisation_id, Right.archived_at.is_(None)
        )
        return self._session.scalars(query.order_by(Right.id)).all()

    def documents(self, right_id: UUID) -> Sequence[Document]:
        """Return the papers of a right, the last added first."""
        self.get(right_id)
        return self._session.scalars(
            sa.select(Document).where(Document.right_id == right_id).order_by(Document.id.desc())
        ).all()


class Papers(_Held[Document]):
    """The papers one actor may see."""

    model = Document
    kind = "document"
    absent = N_("There is no such paper.")

    def of_organisation(self, organisation_id: UUID) -> Sequence[Document]:
        """Return the papers of an organisation itself, not of its rights, the last first."""
        return self._session.scalars(
            self._visible()
            .where(Document.organisation_id == organisation_id, Document.right_id.is_(None))
            .order_by(Document.id.desc())
        ).all()


class StoredFiles(_Held[StoredFile]):
    """The files one actor may read: its own, and those of rights and products shared with it."""

    model = StoredFile
    kind = "file"
    absent = N_("There is no such file.")

    def _visible(self) -> sa.Select[StoredFile]:
        query = sa.select(StoredFile)
        if self._actor.reads_all:
            return query
        mine = self._actor.organisation_id

        def shared(kind: str) -> sa.Select[UUID]:
            return sa.select(Share.thing_id).where(
                Share.kind == kind, Share.organisation_id == mine
            )

        papers = sa.select(Document.file_id).where(Document.right_id.in_(shared("right")))
        pictures = sa.select(ProductPicture.file_id).where(
            ProductPicture.product_id.in_(shared("product"))
        )
        return query.where(
            sa.or_(
                StoredFile.organisation_id == mine,
                StoredFile.id.in_(papers),
                StoredFile.id.in_(pictures),
            )
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """An organisation that a thing was shown to."""

    organisation: Organisation
    shared_at: datetime


class Shares:
    """Whom things were shown to; that they are the actor's own was asked before."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def of(self, kind: str, thing_id: UUID) -> list[Shown]:
        """Return who sees a thing besides its owner, by name."""
        query = (
            sa.select(Organisation, Share.shared_at)
            .join(Share, Share.organisation_id == Organisation.id)
            .where(Share.kind == kind, Share.thing_id == thing_id)
            .order_by(Organisation.name_zh)
        )
        return [Shown(row[0], row[1]) for row in self._session.execute(query)]

    def show(self, kind: str, thing_id: UUID, organisation_id: UUID) -> bool:
        """Let an organisation see a thing; say whether it did not before."""
        if self._session.get(Share, (kind, thing_id, organisation_id)) is not None:
            return False
        self._session.add(
            Share(
                kind=kind,
                thing_id=thing_id,
                organisation_id=organisation_id,
                shared_by=self._actor.person_id,
                shared_at=clock.now(),
            )
        )
        self._session.flush()
        return True

    def end(self, kind: str, thing_id: UUID, organisation_id: UUID) -> None:
        """Let an organisation no longer see a thing; raise `NotFound` if it did not."""
        row = self._session.get(Share, (kind, thing_id, organisation_id))
        if row is None:
            raise NotFound(N_("It is not shared with that organisation."))
        self._session.delete(row)
        self._session.flush()
