"""Opening decisions again: their mark changed, their day passed, an answer became worse."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from service.core import clock
from service.core.jobs import JobContext, Queue, job
from service.core.text import N_
from service.identity.permissions import Permission
from service.notices.domain import Message
from service.notices.topics import Topic
from service.notices.usecases.telling import notify
from service.registry.domain import MarkRecord
from service.screening.decided import as_registered, reopenings, rested_of
from service.screening.domain import DecisionState, Reopening
from service.screening.models import Decision
from service.screening.remembered import expired_by, standing_among, standing_on
from service.screening.schemas import ScreeningOut
from service.screening.words import REOPENING_WORDS

BATCH = 200
"""Expired decisions that are opened in one transaction."""


def reopen_changed(session: Session, records: Iterable[MarkRecord]) -> Sequence[Decision]:
    """Open again, of all organisations, what was decided of marks that have materially changed."""
    by_mark = {(record.office, record.number): record for record in records}
    opened = []
    for row in standing_on(session, by_mark) if by_mark else ():
        before = rested_of(row.rested_on)
        now = as_registered(before, by_mark[row.office, row.number])
        today = clock.today()
        why = reopenings(row.scope, before, now, expires_on=row.expires_on, on=today)
        if why:
            _reopen(session, row, why)
            opened.append(row)
    return opened


def reopen_worse(session: Session, answers: Sequence[ScreeningOut]) -> None:
    """Open again what fresh answers show no longer to stand.

    A verdict that is worse for other goods alone is told beside the hit only: what was decided for
    the goods of then may still be right for them.
    """
    notes = {
        hit.decision.decision_id: hit.decision
        for answer in answers
        for hit in answer.hits
        if hit.decision and set(hit.decision.reopened) - {Reopening.VERDICT}
    }
    for row in standing_among(session, notes) if notes else ():
        _reopen(session, row, notes[row.id].reopened)


@job("decision.expire", queue=Queue.UPKEEP, cron="11 * * * *")
def reopen_expired(context: JobContext) -> None:
    """Open again every decision whose last day has passed."""
    more = True
    while more:
        with context.database.write() as session:
            rows = expired_by(session, clock.today(), BATCH)
            for row in rows:
                _reopen(session, row, [Reopening.EXPIRED])
        more = len(rows) == BATCH
        context.check()


def _reopen(session: Session, row: Decision, why: Sequence[Reopening]) -> None:
    row.state, row.reopened_for = DecisionState.REOPENED, [reason.value for reason in why]
    session.flush()
    mark = f"{row.office} {row.number} {row.text}"
    notify(
        session,
        event_id=f"decision.reopened:{row.id}",
        topic=Topic.DECISION_REOPENED,
        title=Message(N_("Decide again on {mark}"), {"mark": mark}),
        text=Message(REOPENING_WORDS[why[0]]),
        link="/decisions",
        subject=("decision", row.id),
        people=[row.person_id] if row.person_id else [],
        organisation_id=row.organisation_id,
        permission=Permission.DECISION_WRITE,
    )
