"""Reports that were issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.report.models import StationReport
from service.report.repository.reach import Reach


@dataclass(frozen=True, slots=True)
class Issued:
    """The issued reports of the stations whose figures an actor sees."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[StationReport]:
        query = sa.select(StationReport)
        if self.actor.reads_all:
            return query
        seen = [one.id for one in Reach(self.session, self.actor).all()]
        return query.where(StationReport.station_id.in_(seen))

    def get(self, report_id: UUID) -> StationReport:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(StationReport.id == report_id))
        if row is None:
            raise NotFound(N_("There is no such report."))
        return row

    def page(self, cursor: Cursor) -> tuple[Sequence[StationReport], str | None]:
        """Return some of them, the newest first."""
        query = newest_first(self._visible(), StationReport.id, cursor)
        return cut(list(self.session.scalars(query)), cursor)

    def editions(self, station_id: UUID, period: str) -> int:
        """Return how many there are of a station and period; who asks next waits for the commit."""
        self.session.execute(
            sa.select(Organisation.id).where(Organisation.id == station_id).with_for_update()
        )
        return self.session.scalars(
            sa.select(sa.func.count())
            .select_from(StationReport)
            .where(StationReport.station_id == station_id, StationReport.period == period)
        ).one()

    def add(self, row: StationReport) -> StationReport:
        """Store a new one."""
        self.session.add(row)
        self.session.flush()
        return row
