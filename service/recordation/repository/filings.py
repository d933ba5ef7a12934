"""Filings, what was sent, papers, duties to tell changes."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.models import Deadline
from service.core.text import N_
from service.recordation.domain import KEPT, LIVE, FilingStatus, TaskStatus
from service.recordation.models import (
    Asset,
    ChangeTask,
    Filing,
    FilingPaper,
    FilingRound,
)
from service.recordation.repository.held import Held
from service.registry.models import StoredFile

ENDED = (
    FilingStatus.REFUSED,
    FilingStatus.WITHDRAWN,
    FilingStatus.CANCELLED,
    FilingStatus.DEREGISTERED,
    FilingStatus.EXPIRED,
)


class Filings(Held[Filing]):
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

    def found(self, text: str, limit: int) -> Sequence[Filing]:
        """Return filings whose right, or whose number with the authority, holds a text."""
        rights = sa.select(Asset.id).where(
            sa.or_(
                Asset.title.icontains(text, autoescape=True),
                Asset.number.icontains(text, autoescape=True),
            )
        )
        numbers = [
            column.icontains(text, autoescape=True)
            for column in (Filing.application_no, Filing.recordation_no)
        ]
        query = self._visible().where(sa.or_(Filing.asset_id.in_(rights), *numbers))
        return self._session.scalars(query.order_by(Filing.id.desc()).limit(limit)).all()

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
