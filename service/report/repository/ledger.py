"""The work ledger 工作台账: every matter and case of the period, with what happened in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.models import Thread, TimelineEntry
from service.cases.sight import sees_row
from service.core.pagination import Cursor
from service.dispute.models import DisputeCase, Party
from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.report.domain import Dimension, Scope
from service.report.measures import Source
from service.report.repository.counting import Counts, Opened
from service.report.repository.sources import COMMON, SOURCES
from service.station.models import Intake

LEDGER = "matter.opened"
"""The measure whose rows the ledger lists."""
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows of the ledger an actor may open."""

    session: Session
    actor: Actor

    def _visible(self, scope: Scope, cursor: Cursor) -> tuple[Sequence[Opened], str | None]:
        return Counts(self.session).page(LEDGER, scope, self.actor, cursor)

    def page(self, scope: Scope, cursor: Cursor) -> tuple[Sequence[Opened], str | None]:
        """Return some rows, the newest first."""
        return self._visible(scope, cursor)

    def parties(self, ids: Sequence[UUID]) -> Mapping[UUID, list[Party]]:
        """Return the parties of these matters."""
        return self._gathered(Party, Party.thread_id, ids, Party.id)

    def steps(self, ids: Sequence[UUID]) -> Mapping[UUID, list[TimelineEntry]]:
        """Return the steps of these matters the actor may read, in order."""
        table: type[Any] = TimelineEntry
        seen = (TimelineEntry.target != "", sees_row(self.actor, table))
        return self._gathered(TimelineEntry, TimelineEntry.thread_id, ids, TimelineEntry.at, *seen)

    def intakes(self, ids: Sequence[UUID]) -> Mapping[UUID, Intake]:
        """Return the intakes of these matters."""
        found = self._gathered(Intake, Intake.id, ids, Intake.id)
        return {key: rows[0] for key, rows in found.items()}

    def cases(self, ids: Sequence[UUID]) -> Mapping[UUID, DisputeCase]:
        """Return the cases among these matters."""
        found = self._gathered(DisputeCase, DisputeCase.id, ids, DisputeCase.id)
        return {key: rows[0] for key, rows in found.items()}

    def owners(self, threads: Sequence[Thread]) -> Mapping[UUID, Organisation]:
        """Return the organisations whose matters these are."""
        ids = sorted({one.organisation_id for one in threads})
        found = self._gathered(Organisation, Organisation.id, ids, Organisation.id)
        return {key: rows[0] for key, rows in found.items()}

    def _gathered(
        self, model: type[Any], column: Any, ids: Sequence[UUID], order: Any, *wheres: Any
    ) -> dict[UUID, list[Any]]:
        found: dict[UUID, list[Any]] = {}
        for at in range(0, len(ids), AT_ONCE):
            query = sa.select(model).where(column.in_(ids[at : at + AT_ONCE]), *wheres)
            for row in self.session.scalars(query.order_by(order, model.id)):
                found.setdefault(getattr(row, column.key), []).append(row)
        return found


def keys_of(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, Mapping[Dimension, str]]:
    """Return in which way, line, market, industry and park each of these matters counts."""
    rows = SOURCES[Source.MATTER]
    names = list(COMMON)
    found: dict[UUID, Mapping[Dimension, str]] = {}
    for at in range(0, len(ids), AT_ONCE):
        query = rows.select(rows.key, *COMMON.values())
        for row in session.execute(query.where(rows.key.in_(ids[at : at + AT_ONCE]))):
            found[row[0]] = dict(zip(names, map(str, row[1:]), strict=True))
    return found
