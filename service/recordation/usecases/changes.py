"""The duty to tell changes: what was filed is held against what is true, and the task opens."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Status
from service.cases.models import Deadline
from service.cases.usecases.clocks import waive
from service.cases.usecases.deadlines import open_deadline
from service.cases.usecases.telling import tell
from service.cases.words import name_verbs
from service.core import clock
from service.core.text import N_
from service.identity.permissions import Actor
from service.recordation.domain import TaskStatus
from service.recordation.models import ChangeTask, Filing, FilingRound
from service.recordation.repository import Filings
from service.recordation.usecases.cases import case_of, thread_of
from service.recordation.usecases.snapshots import differences
from service.registry.domain import RightStatus

name_verbs(
    {
        "change.noticed": N_("What was filed is no longer true: {fields}."),
        "change.needless": N_("What is true is again what was filed."),
    }
)
RUNNING = frozenset({Status.OPEN, Status.PAUSED})


def notice_changes(
    session: Session, actor: Actor, asset_ids: Sequence[UUID], *, on: date | None = None
) -> list[ChangeTask]:
    """Open, bring up to date or close the duty of every filing in force of these rights.

    `on`: Day of the change, from which the period counts; today where it is not given.
    """
    found = []
    for asset_id in asset_ids:
        for filing in Filings(session, actor).live(asset_id):
            task = notice(session, actor, filing, on=on)
            found += [task] if task else []
    return found


def notice(
    session: Session, actor: Actor, filing: Filing, *, on: date | None = None
) -> ChangeTask | None:
    """Compare one filing with the truth; return its open duty."""
    filings = Filings(session, actor)
    filed = in_force(filings.rounds(filing.id))
    if filed is None:
        return None
    case = case_of(session, actor, filing)
    found = differences(filed.snapshot, case)
    task = filings.open_task(filing.id)
    lapse = case.substance.asset.status is not RightStatus.IN_FORCE
    if task is None:
        return _open(session, actor, filing, found, lapse, on) if found else None
    if not found:
        close_needless(session, actor, filing, task)
        return None
    if found != task.differences:
        task.differences = found
        _told(session, actor, filing, found)
    if lapse and not task.lapse:
        task.lapse = True
        task.deadline_id = _clock(session, actor, filing, task, on or clock.today())
    session.flush()
    return task


def in_force(rounds: Sequence[FilingRound]) -> FilingRound | None:
    """Return the last of what was sent that the authority has granted."""
    return next((one for one in reversed(rounds) if one.granted), None)


def _open(
    session: Session,
    actor: Actor,
    filing: Filing,
    found: list[dict[str, Any]],
    lapse: bool,
    on: date | None,
) -> ChangeTask:
    day = on or clock.today()
    task = ChangeTask(
        filing_id=filing.id,
        status=TaskStatus.OPEN,
        happened_on=day,
        lapse=lapse,
        differences=found,
        opened_at=clock.now(),
    )
    session.add(task)
    session.flush()
    _told(session, actor, filing, found)
    task.deadline_id = _clock(session, actor, filing, task, day)
    session.flush()
    return task


def _clock(
    session: Session, actor: Actor, filing: Filing, task: ChangeTask, day: date
) -> UUID | None:
    """Start the clock of the authority's duty; where no rule was researched, there is none."""
    duty = case_of(session, actor, filing).authority.change
    if duty is None:
        return None
    rule = (duty.lapse if task.lapse else None) or duty.rule
    thread = thread_of(session, actor, filing)
    event = f"change:{task.id}"
    deadline = open_deadline(session, actor, thread, rule, trigger=day, event=event)
    return deadline.id


def _told(session: Session, actor: Actor, filing: Filing, found: list[dict[str, Any]]) -> None:
    tell(
        session,
        actor,
        thread_of(session, actor, filing),
        "change.noticed",
        href=f"/filings/{filing.id}#changes",
        fields=names_of(found),
    )


def names_of(found: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return which fields differ, as one text in each language."""
    return {
        "zh": "、".join(row["label"]["zh"] for row in found),
        "en": ", ".join(row["label"]["en"] for row in found),
    }


def close_needless(session: Session, actor: Actor, filing: Filing, task: ChangeTask) -> None:
    """Close a duty whose reason is gone."""
    task.status, task.settled_at = TaskStatus.NEEDLESS, clock.now()
    for deadline in clocks_of(session, task):
        waive(session, actor, deadline, reason="", by_move=True)
    tell(session, actor, thread_of(session, actor, filing), "change.needless")
    session.flush()


def clocks_of(session: Session, task: ChangeTask) -> list[Deadline]:
    """Return the clocks of a duty that still run."""
    rows = Filings.clocks(session, task)
    return [row for row in rows if row.status in RUNNING]
