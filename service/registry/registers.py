"""What each register is worth: state, freshness, editions, imports and their remarks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.registry.domain import EditionState, RemarkKind
from service.registry.editions import Gap
from service.registry.models import Edition, ImportRemark, ImportRun, Register
from service.rules.markets import Office
from service.rules.markets import office as office_of


@dataclass(frozen=True, slots=True)
class RegisterFact:
    """One register as it stands today."""

    office: Office
    state: EditionState
    as_of: date | None
    age_days: int | None
    """Days since `as_of`; None where the date is not known."""
    gaps: tuple[Gap, ...]
    total: int
    live: int
    updated_at: datetime

    @property
    def complete(self) -> bool:
        """Say whether it is loaded in full and without a gap."""
        return self.state is EditionState.COMPLETE

    @property
    def fresh(self) -> bool:
        """Say whether it is young enough for the rhythm of its office."""
        return self.age_days is not None and -1 <= self.age_days <= self.office.stale_after_days


class Registers:
    """All registers that were ever loaded; a missing one was never loaded."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[RegisterFact]:
        """Return every loaded register by office."""
        rows = self._session.scalars(sa.select(Register).order_by(Register.office))
        return [_fact(row) for row in rows]

    def get(self, office: str) -> RegisterFact:
        """Return one register; raise `NotFound` if it was never loaded."""
        row = self._session.get(Register, office.upper())
        if row is None:
            raise NotFound(N_("This register was never loaded."))
        return _fact(row)

    def editions(self, office: str, limit: int = 50) -> Sequence[Edition]:
        """Return the newest editions of an office."""
        return self._session.scalars(
            sa.select(Edition)
            .where(Edition.office == office.upper())
            .order_by(Edition.id.desc())
            .limit(limit)
        ).all()


def _fact(row: Register) -> RegisterFact:
    return RegisterFact(
        office=office_of(row.office),
        state=row.state,
        as_of=row.as_of,
        age_days=None if row.as_of is None else (clock.today() - row.as_of).days,
        gaps=tuple(Gap(gap["code"], gap["reason"], dict(gap["values"])) for gap in row.gaps),
        total=row.total,
        live=row.live,
        updated_at=row.updated_at,
    )


class Imports:
    """All imports, running and done."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, run_id: UUID) -> ImportRun:
        """Return an import; raise `NotFound` if there is none."""
        run = self._session.get(ImportRun, run_id)
        if run is None:
            raise NotFound(N_("There is no such import."))
        return run

    def page(self, cursor: Cursor) -> tuple[Sequence[ImportRun], str | None]:
        """Return some imports, newest first."""
        query = newest_first(sa.select(ImportRun), ImportRun.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)

    def remarks(
        self, run_id: UUID, kind: RemarkKind, cursor: Cursor
    ) -> tuple[Sequence[ImportRemark], str | None]:
        """Return some rejects or notes of an import, the last first."""
        self.get(run_id)
        query = sa.select(ImportRemark).where(
            ImportRemark.run_id == run_id, ImportRemark.kind == kind
        )
        query = newest_first(query, ImportRemark.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)
