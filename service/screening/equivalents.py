"""Equivalents 对应名称 that station staff enter: the table and all SQL of it.

They are sourced facts of the whole installation, as the shipped table of `matching` is: everybody
who screens reads them, and the station that entered one withdraws it.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.core.db import Base
from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.core.types import Choice, UtcDateTime, new_id
from service.identity.permissions import Actor
from service.matching.meaning import EvidenceRow, Strength
from service.screening.domain import Equivalence

CHUNK = 400


class Equivalent(Base):
    """Two names that somebody entered as one to the public of a market, or as not one."""

    __tablename__ = "equivalent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    """The station that entered it."""
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    name_key: Mapped[str] = mapped_column(sa.String(64), index=True)
    """The same, folded and joined, see `meaning.key_of`."""
    other: Mapped[str] = mapped_column(sa.String(200))
    other_key: Mapped[str] = mapped_column(sa.String(64), index=True)
    relation: Mapped[Equivalence] = mapped_column(Choice(Equivalence))
    market: Mapped[str] = mapped_column(sa.String(10))
    """Code of a market or union, or `*`."""
    dated_on: Mapped[date | None]
    """Of the decision or publication, where the source gives it."""
    strength: Mapped[Strength] = mapped_column(Choice(Strength))
    source: Mapped[str] = mapped_column(sa.String(500))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was withdrawn."""

    def row(self) -> EvidenceRow:
        """Return it as matching reads it."""
        return EvidenceRow(
            id=str(self.id),
            han=self.name,
            latin=self.other,
            relation=self.relation.value,
            market=self.market,
            date=self.dated_on.isoformat() if self.dated_on else "",
            strength=self.strength,
            source=self.source,
        )


class Equivalents:
    """The equivalents in force."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def page(self, cursor: Cursor) -> tuple[Sequence[Equivalent], str | None]:
        """Return some, newest first, whichever station entered them."""
        query = newest_first(_in_force(), Equivalent.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)

    def own(self, equivalent_id: UUID) -> Equivalent:
        """Return one of the actor's station; absent and foreign ones raise `NotFound` alike."""
        query = _in_force().where(Equivalent.id == equivalent_id)
        row = self._session.scalar(
            query.where(Equivalent.organisation_id == self._actor.organisation_id)
        )
        if row is None:
            raise NotFound(N_("There is no such equivalent that your station entered."))
        return row

    def same(self, row: Equivalent) -> bool:
        """Say whether the actor's station has entered the same before."""
        columns = ("name_key", "other_key", "market", "strength", "source", "dated_on")
        query = _in_force().where(Equivalent.organisation_id == self._actor.organisation_id)
        alike = query.filter_by(**{one: getattr(row, one) for one in columns}).limit(1)
        return self._session.scalar(alike) is not None

    def add(self, row: Equivalent) -> Equivalent:
        """Store a new one."""
        self._session.add(row)
        self._session.flush()
        return row


def _in_force() -> sa.Select[Equivalent]:
    return sa.select(Equivalent).where(Equivalent.ended_at.is_(None))


def rows_about(session: Session, keys: Collection[str]) -> list[EvidenceRow]:
    """Return what was entered of names with these keys, the oldest first."""
    asked, found = sorted(keys), dict[UUID, Equivalent]()
    for start in range(0, len(asked), CHUNK):
        part = asked[start : start + CHUNK]
        either = sa.or_(Equivalent.name_key.in_(part), Equivalent.other_key.in_(part))
        found |= {row.id: row for row in session.scalars(_in_force().where(either))}
    return [found[one].row() for one in sorted(found)]
