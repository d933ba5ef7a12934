"""All SQL of catalogues."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.permissions import Actor
from service.screening.catalogue_models import UNFINISHED, Catalogue, CatalogueRow
from service.screening.domain import Verdict
from service.screening.models import Screening

PORTION = 100
REJECTED = "rejected"
"""Besides the verdicts: the rows that could not be screened."""


class Catalogues:
    """The catalogues of one organisation, or all for who reads all."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Catalogue]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(Catalogue)
        if self._actor.reads_all:
            return query
        return query.where(Catalogue.organisation_id == self._actor.organisation_id)

    def get(self, catalogue_id: UUID, *, lock: bool = False) -> Catalogue:
        """Return a catalogue; absent and foreign ones raise `NotFound` alike."""
        query = self._visible().where(Catalogue.id == catalogue_id)
        row = self._session.scalar(query.with_for_update() if lock else query)
        if row is None:
            raise NotFound(N_("There is no such catalogue."))
        return row

    def page(self, cursor: Cursor) -> tuple[Sequence[Catalogue], str | None]:
        """Return some catalogues, newest first."""
        query = newest_first(self._visible(), Catalogue.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)

    def unfinished(self) -> int:
        """Return how many of the actor's organisation wait or run."""
        query = sa.select(sa.func.count()).select_from(Catalogue)
        mine = Catalogue.organisation_id == self._actor.organisation_id
        query = query.where(mine, Catalogue.state.in_(UNFINISHED))
        return self._session.scalars(query).one()

    def rows(
        self, catalogue_id: UUID, cursor: Cursor, *, only: str = ""
    ) -> tuple[Sequence[CatalogueRow], str | None]:
        """Return some rows in the order of the sheet.

        Args:
            catalogue_id: Of a catalogue that `get` has shown to be the actor's.
            cursor: Where to go on.
            only: A verdict, or `rejected`: only those rows; empty for all.
        """
        query = sa.select(CatalogueRow).where(CatalogueRow.catalogue_id == catalogue_id)
        if only:
            query = query.where(_only(only))
        if cursor.after:
            after = cursor.after[0]
            query = query.where(CatalogueRow.place > (int(after) if str(after).isdecimal() else 0))
        query = query.order_by(CatalogueRow.place).limit(cursor.limit + 1)
        return cut(list(self._session.scalars(query)), cursor, "place")

    def every_row(self, catalogue_id: UUID, *, only: str = "") -> Iterator[CatalogueRow]:
        """Yield all rows in the order of the sheet, a portion at a time."""
        cursor = Cursor(limit=PORTION)
        while True:
            rows, following = self.rows(catalogue_id, cursor, only=only)
            yield from rows
            if following is None:
                return
            cursor = Cursor(after=[rows[-1].place], limit=PORTION)

    def every_answer(self, catalogue_id: UUID) -> Iterator[tuple[CatalogueRow, bytes | None]]:
        """Yield all rows in order, each with its answer as kept (packed), where it has one."""
        after = 0
        while True:
            query = (
                sa.select(CatalogueRow, Screening.answer)
                .outerjoin(Screening, Screening.id == CatalogueRow.screening_id)
                .where(CatalogueRow.catalogue_id == catalogue_id, CatalogueRow.place > after)
                .order_by(CatalogueRow.place)
                .limit(PORTION)
            )
            found = self._session.execute(query).all()
            if not found:
                return
            yield from ((row, answer) for row, answer in found)
            after = found[-1][0].place

    def places(self, catalogue_id: UUID, among: Collection[int] | None = None) -> set[int]:
        """Return the places of the rows that are done: all, or those among some places."""
        query = sa.select(CatalogueRow.place).where(CatalogueRow.catalogue_id == catalogue_id)
        if among is not None:
            query = query.where(CatalogueRow.place.in_(among))
        return set(self._session.scalars(query))

    def counts(self, catalogue_id: UUID) -> dict[str, int]:
        """Return how many rows have each verdict as their worst, and how many were rejected."""
        query = (
            sa.select(CatalogueRow.verdict, sa.func.count())
            .where(CatalogueRow.catalogue_id == catalogue_id)
            .group_by(CatalogueRow.verdict)
        )
        found = self._session.execute(query).all()
        return {verdict.value if verdict else REJECTED: count for verdict, count in found}

    def write(self, catalogue_id: UUID, **values: Any) -> None:
        """Change a catalogue."""
        self._session.execute(
            sa.update(Catalogue).where(Catalogue.id == catalogue_id).values(**values)
        )


def _only(only: str) -> sa.ColumnElement[bool]:
    if only == REJECTED:
        return CatalogueRow.verdict.is_(None)
    if only in {verdict.value for verdict in Verdict}:
        return CatalogueRow.verdict == Verdict(only)
    return sa.true()
