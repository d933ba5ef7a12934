"""All SQL of connectors and their refreshes. They are the installation's, not a tenant's."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core.errors import NotFound
from service.core.jobs.models import insert_unless_there
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.registry.domain import RefreshState
from service.registry.models import ConnectorMemory, Refresh

UNFINISHED = (RefreshState.RUNNING, RefreshState.WAITING)


class Refreshes:
    """Every look at an office, and what each connector remembers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def memory(self, connector: str, *, lock: bool = False) -> ConnectorMemory:
        """Return what a connector knows; an empty memory is made when `lock` is asked for."""
        if lock:
            insert_unless_there(
                self._session, ConnectorMemory, name=connector, memory={}, checked_at=None
            )
        row = self._session.get(ConnectorMemory, connector, with_for_update=lock)
        return row or ConnectorMemory(name=connector, memory={}, checked_at=None)

    def get(self, refresh_id: UUID) -> Refresh:
        """Return a refresh; raise `NotFound` if there is none."""
        row = self._session.get(Refresh, refresh_id)
        if row is None:
            raise NotFound(N_("There is no such refresh."))
        return row

    def latest(self, connector: str) -> Refresh | None:
        """Return the last refresh of a connector, whatever became of it."""
        query = sa.select(Refresh).where(Refresh.connector == connector)
        return self._session.scalar(query.order_by(Refresh.id.desc()).limit(1))

    def page(self, connector: str, cursor: Cursor) -> tuple[Sequence[Refresh], str | None]:
        """Return some refreshes of a connector, newest first."""
        query = sa.select(Refresh).where(Refresh.connector == connector)
        query = newest_first(query, Refresh.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)

    def write(self, refresh_id: UUID, **values: Any) -> None:
        """Change a refresh."""
        statement = sa.update(Refresh).where(Refresh.id == refresh_id).values(**values)
        self._session.execute(statement)
