"""Reading the registers: marks, their owners, and what each register is worth.

Marks are public: everybody who may read marks sees all of them. What organisations hold stands in
`holdings`, behind the tenant filter.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.registry.domain import MarkStatus, PartyRole
from service.registry.goods import RawGoods, read_goods
from service.registry.grace import is_live, live_clause
from service.registry.models import (
    ChangeCounter,
    Mark,
    MarkCustoms,
    MarkParty,
    Party,
)
from service.registry.prepared import NAME_KEY, TEXT_KEY, fold, fold_name
from service.registry.records import StoredMark, read_records

STREAM_CHUNK = 5000


class SignRow(NamedTuple):
    """What matching needs of a mark."""

    id: int
    text: str
    translation: str
    transliteration: str
    office: str
    status: MarkStatus
    class_mask: int
    """Bit n for Nice class n, bit 0 for goods without a class."""
    expires_on: date | None
    filed_on: date | None
    priority_on: date | None
    change: int
    designations: tuple[str, ...]
    goods: RawGoods

    def is_live(self, on: date) -> bool:
        """Say whether the mark counts as live on a day."""
        return is_live(self.office, self.status, self.expires_on, on)


_SIGN = (
    Mark.id,
    Mark.text,
    Mark.translation,
    Mark.transliteration,
    Mark.office,
    Mark.status,
    Mark.class_mask,
    Mark.expires_on,
    Mark.filed_on,
    Mark.priority_on,
    Mark.change,
    Mark.designations,
)


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """What a list of marks is narrowed to; empty means all."""

    office: str = ""
    number: str = ""
    text: str = ""
    """Beginning of the words, in any case and width."""
    nice: int | None = None
    status: MarkStatus | None = None
    owner: str = ""
    """Beginning of the owner's name, however the register spells it."""
    live: bool | None = None


class Marks:
    """All marks of all loaded registers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, office: str, number: str) -> StoredMark:
        """Return a mark by its office and number.

        Raises:
            NotFound: No loaded register has it.
        """
        mark_id = self._session.scalars(
            sa.select(Mark.id).where(Mark.office == office.upper(), Mark.number == number)
        ).one_or_none()
        return self.by_id(mark_id or 0)

    def by_id(self, mark_id: int) -> StoredMark:
        """Return a mark by its key; raise `NotFound` if there is none."""
        found = self.details([mark_id]).get(mark_id)
        if found is None:
            raise NotFound(N_("No loaded register holds this mark."))
        return found

    def details(self, ids: Sequence[int]) -> dict[int, StoredMark]:
        """Return whole marks by key: four queries for each thousand."""
        return read_records(self._session, ids)

    def page(self, wanted: MarkFilter, cursor: Cursor) -> tuple[list[StoredMark], str | None]:
        """Return some marks, the last stored first, and the cursor of the next page."""
        query = newest_first(sa.select(Mark.id).where(*_conditions(wanted)), Mark.id, cursor)
        rows, following = cut(list(self._session.execute(query).all()), cursor)
        found = self.details([row.id for row in rows])
        return [found[row.id] for row in rows], following

    def live(
        self, offices: Sequence[str] | None = None, *, on: date | None = None
    ) -> Iterator[SignRow]:
        """Yield every mark that is live on a day (today), in order of the keys.

        On a large register use `stream_live`, which keeps its transactions short.
        """
        after = 0
        while chunk := self._live_chunk(after, offices, on or clock.today()):
            after, rows = chunk
            yield from rows

    def _live_chunk(
        self, after: int, offices: Sequence[str] | None, on: date
    ) -> tuple[int, list[SignRow]] | None:
        query = sa.select(*_SIGN).where(live_clause(on), Mark.id > after)
        if offices is not None:
            query = query.where(Mark.office.in_(list(offices)))
        rows = self._session.execute(query.order_by(Mark.id).limit(STREAM_CHUNK)).all()
        signs = self._signs(rows)
        return (signs[-1].id, [sign for sign in signs if sign.is_live(on)]) if signs else None

    def changed_since(self, number: int, limit: int = STREAM_CHUNK) -> list[SignRow]:
        """Return marks changed after this change number, live or not, in order of change.

        A mark that changed twice comes once, with its latest number. No mark is missed: see
        `newest_change`.
        """
        query = sa.select(*_SIGN).where(Mark.change > number).order_by(Mark.change).limit(limit)
        return self._signs(self._session.execute(query))

    def _signs(self, rows: Iterable[Any]) -> list[SignRow]:
        found = list(rows)
        goods = read_goods(self._session, [row[0] for row in found])
        return [SignRow._make((*row, goods.get(row[0], ()))) for row in found]

    def newest_change(self) -> int:
        """Return the highest change number there is; every lower one is visible by now."""
        return self._session.scalars(sa.select(ChangeCounter.number)).one()

    def count(self) -> int:
        """Return how many marks are stored, live or not."""
        return self._session.scalars(sa.select(sa.func.count()).select_from(Mark)).one()

    def count_up_to(self, bound: int) -> int | None:
        """Return how many marks are stored, or None where there are more than `bound`."""
        return self.changes_up_to(-1, bound)

    def changes_up_to(self, number: int, bound: int) -> int | None:
        """Count the marks changed after a change number; None for more than `bound`."""
        some = sa.select(Mark.id).where(Mark.change > number).limit(bound + 1).subquery()
        count = self._session.scalars(sa.select(sa.func.count()).select_from(some)).one()
        return None if count > bound else count

    def database_id(self) -> UUID:
        """Return the id of this database, to which derived data is bound."""
        return self._session.scalars(sa.select(ChangeCounter.database_id)).one()

    def owned_by(self, name: str) -> frozenset[int]:
        """Return the keys of the marks with an owner whose name begins so, in any spelling."""
        return frozenset(self._session.scalars(_owned(name)))

    def recorded_with(self, authority: str, ids: Sequence[int]) -> set[int]:
        """Return those of the marks that are recorded with a customs authority."""
        query = sa.select(MarkCustoms.mark_id).where(
            MarkCustoms.authority == authority, MarkCustoms.mark_id.in_(list(ids))
        )
        return set(self._session.scalars(query))


def _conditions(wanted: MarkFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.office:
        conditions.append(Mark.office == wanted.office.upper())
    if wanted.number:
        conditions.append(Mark.number == wanted.number)
    if wanted.text:
        conditions += _begins(Mark.text_key, fold(wanted.text)[:TEXT_KEY])
    if wanted.nice is not None:
        conditions.append(Mark.class_mask.op("&")(1 << wanted.nice) != 0)
    if wanted.status is not None:
        conditions.append(Mark.status == wanted.status)
    if fold_name(wanted.owner):
        conditions.append(Mark.id.in_(_owned(wanted.owner)))
    if wanted.live is not None:
        clause = live_clause(clock.today())
        conditions.append(clause if wanted.live else sa.not_(clause))
    return conditions


def _owned(name: str) -> sa.Select[int]:
    """Select the marks with an owner whose name begins so."""
    return (
        sa.select(MarkParty.mark_id)
        .join(Party, Party.id == MarkParty.party_id)
        .where(
            MarkParty.role == PartyRole.OWNER,
            *_begins(Party.name_key, fold_name(name)[:NAME_KEY]),
        )
    )


def _begins(
    column: orm.InstrumentedAttribute[str], key: str
) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Return the range of texts that begin with `key`; unlike LIKE, both databases index it."""
    return column >= key, column < key + chr(sys.maxunicode)


def stream_live(
    database: Database, offices: Sequence[str] | None = None, *, on: date | None = None
) -> Iterator[SignRow]:
    """Yield every mark live on a day (today), each chunk in a short read transaction of its own.

    Marks changed meanwhile may come in either state: ask `changed_since` from the number that
    `newest_change` gave before the stream began.
    """
    day, after = on or clock.today(), 0
    while True:
        with database.read() as session:
            chunk = Marks(session)._live_chunk(after, offices, day)  # noqa: SLF001  same module
        if chunk is None:
            return
        after, rows = chunk
        yield from rows
