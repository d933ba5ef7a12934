"""All SQL of evidence, behind the filter of `cases.sight`."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from service.cases.models import Thread
from service.cases.models_evidence import CustodyEvent, Evidence, ExportCheck
from service.cases.repository import Rows
from service.core.text import N_


class Items(Rows[Evidence]):
    """The evidence one actor may see."""

    model = Evidence
    absent = N_("There is no such evidence.")

    def next_number(self, thread_id: UUID) -> int:
        """Return the next number within a thread; whoever asks next waits until this is stored."""
        self._session.execute(sa.select(Thread.id).where(Thread.id == thread_id).with_for_update())
        last = self._session.scalar(
            sa.select(sa.func.max(Evidence.number)).where(Evidence.thread_id == thread_id)
        )
        return (last or 0) + 1

    def chain(self, item: Evidence) -> Sequence[CustodyEvent]:
        """Return what happened to an item, in order."""
        return self._session.scalars(
            sa.select(CustodyEvent)
            .where(CustodyEvent.evidence_id == item.id)
            .order_by(CustodyEvent.number)
        ).all()

    def checks(self, thread_id: UUID) -> Sequence[ExportCheck]:
        """Return the recorded checks of a thread, newest first."""
        return self._session.scalars(
            sa.select(ExportCheck)
            .where(ExportCheck.thread_id == thread_id)
            .order_by(ExportCheck.id.desc())
        ).all()
