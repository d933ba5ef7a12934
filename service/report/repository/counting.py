"""Counting: how many rows lie behind a figure, and which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.models import Deadline, Thread, TimelineEntry
from service.core.pagination import Cursor, encode, newest_first
from service.dispute.models import Track
from service.identity.models import Person
from service.identity.permissions import Actor
from service.report.domain import Dimension, Scope
from service.report.measures import MEASURES, Source
from service.report.repository.conditions import AMOUNTS, CONDITIONS, SPANS
from service.report.repository.sources import SOURCES, Rows
from service.station.base.models import CheckUp, EarlyWarning, Event, TypicalCase
from service.station.models import FollowUp

AT_ONCE = 500
"""Keys asked for in one statement."""
SAYS: Mapping[Source, tuple[Any, ...]] = {
    Source.TRACK: (Track.kind, Track.status),
    Source.STEP: (Track.kind, TimelineEntry.target),
    Source.CLOCK: (Deadline.title, Deadline.due_at),
    Source.HOLD_CLOCK: (Deadline.title, Deadline.due_at),
    Source.CHECK: (TimelineEntry.verb, TimelineEntry.at),
    Source.FOLLOW_UP: (FollowUp.rating, FollowUp.on),
    Source.EVENT: (Event.id, Event.title, Event.starts_at),
    Source.ATTENDANCE: (Event.id, Event.title, Event.starts_at),
    Source.WARNING: (EarlyWarning.id, EarlyWarning.title, EarlyWarning.sent_at),
    Source.TYPICAL_CASE: (TypicalCase.id, TypicalCase.title, TypicalCase.published_at),
    Source.CHECK_UP: (CheckUp.id, CheckUp.sha256, CheckUp.made_at),
}
"""What is said of a row beside its matter."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One row behind a figure that may be opened."""

    id: UUID
    thread: Thread | None
    """None: it belongs to no matter; `said` then names it."""
    person: str
    said: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows behind figures. Numbers are told of every station in the scope, rows to who may."""

    session: Session

    def _visible(
        self, key: str, scope: Scope, columns: Sequence[Any], rows: Rows | None = None
    ) -> sa.Select[Any]:
        """Start every query here: the stations of the scope, the period, what it is narrowed to."""
        rows = rows or SOURCES[MEASURES[key].source]
        wheres = [rows.station.in_(scope.stations), CONDITIONS[key](scope.period)]
        for dimension, wanted in scope.narrowed.items():
            told: Any = UUID(wanted) if dimension is Dimension.STATION else wanted
            wheres.append(rows.by(dimension) == told)
        return rows.select(*columns).where(*wheres)

    def count(self, key: str, scope: Scope) -> int:
        """Return how many rows there are."""
        query = self._visible(key, scope, [sa.func.count()])
        return int(self.session.scalars(query).one())

    def by(self, key: str, scope: Scope, dimension: Dimension) -> Sequence[tuple[str, int]]:
        """Return how many there are of each key of a dimension, the most first."""
        rows = SOURCES[MEASURES[key].source]
        told = rows.by(dimension).label("told")
        many = sa.func.count().label("many")
        query = self._visible(key, scope, [told, many], rows).group_by(sa.text("told"))
        found = self.session.execute(query.order_by(sa.text("many DESC"), sa.text("told")))
        return [(str(row.told), row.many) for row in found]

    def days(self, key: str, scope: Scope) -> Sequence[float]:
        """Return the days each row took."""
        start, end = SPANS[key]
        found = self.session.execute(self._visible(key, scope, [start, end]))
        return [(row[1] - row[0]).total_seconds() / 86_400 for row in found]

    def amount(self, key: str, scope: Scope) -> float:
        """Return what the rows of a measure come to."""
        total = sa.func.coalesce(sa.func.sum(AMOUNTS[key]), 0)
        return float(self.session.scalars(self._visible(key, scope, [total])).one())

    def ids(self, key: str, scope: Scope) -> Sequence[UUID]:
        """Return the keys of the rows, the newest first."""
        rows = SOURCES[MEASURES[key].source]
        query = self._visible(key, scope, [rows.key], rows).order_by(rows.key.desc())
        return self.session.scalars(query).all()

    def openable(self, key: str, scope: Scope, actor: Actor) -> int:
        """Return how many of the rows an actor may open."""
        opens = SOURCES[MEASURES[key].source].opens(actor)
        query = self._visible(key, scope, [sa.func.count()]).where(opens)
        return int(self.session.scalars(query).one())

    def page(
        self, key: str, scope: Scope, actor: Actor, cursor: Cursor
    ) -> tuple[Sequence[Opened], str | None]:
        """Return some of the rows an actor may open, the newest first."""
        rows = SOURCES[MEASURES[key].source]
        query = self._visible(key, scope, _shown(key, rows), rows)
        return self._page(query.where(rows.opens(actor)), rows, cursor)

    def kept(
        self, key: str, ids: Sequence[UUID], actor: Actor, cursor: Cursor
    ) -> tuple[Sequence[Opened], str | None]:
        """Return some of the rows of these keys that an actor may open, the newest first."""
        rows = SOURCES[MEASURES[key].source]
        after = UUID(str(cursor.after[0])) if cursor.after else None
        found: list[Opened] = []
        left = sorted((one for one in ids if after is None or one < after), reverse=True)
        while left and len(found) <= cursor.limit:
            some, left = left[:AT_ONCE], left[AT_ONCE:]
            query = rows.select(*_shown(key, rows)).where(rows.key.in_(some), rows.opens(actor))
            found.extend(self._read(query.order_by(rows.key.desc()), rows))
        return _cut(found, cursor)

    def openable_of(self, key: str, ids: Sequence[UUID], actor: Actor) -> int:
        """Return how many of the rows of these keys an actor may open."""
        rows = SOURCES[MEASURES[key].source]
        return sum(
            self.session.scalars(
                rows.select(sa.func.count()).where(
                    rows.key.in_(ids[at : at + AT_ONCE]), rows.opens(actor)
                )
            ).one()
            for at in range(0, len(ids), AT_ONCE)
        )

    def _page(
        self, query: sa.Select[Any], rows: Rows, cursor: Cursor
    ) -> tuple[Sequence[Opened], str | None]:
        return _cut(self._read(newest_first(query, rows.key, cursor), rows), cursor)

    def _read(self, query: sa.Select[Any], rows: Rows) -> list[Opened]:
        if rows.thread is not None:
            query = query.outerjoin(Person, Person.id == Thread.handler_id)
        return [
            Opened(row[0], row[1], row[2] or "", tuple(row[3:]))
            for row in self.session.execute(query)
        ]


def _shown(key: str, rows: Rows) -> list[Any]:
    matter: list[Any] = [sa.null().label("matter"), sa.null().label("person")]
    if rows.thread is not None:
        matter = [Thread, Person.name]
    return [rows.key, *matter, *SAYS.get(MEASURES[key].source, ())]


def _cut(found: list[Opened], cursor: Cursor) -> tuple[Sequence[Opened], str | None]:
    if len(found) <= cursor.limit:
        return found, None
    kept = found[: cursor.limit]
    return kept, encode([str(kept[-1].id)])
