"""Dates that change: another day by hand, a corrected event, a calendar year that came in."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from service.cases.books import book_of
from service.cases.domain import Gap, Origin, Status
from service.cases.models import Deadline
from service.cases.reckoning import both, read_day, reckon
from service.cases.repository import Clocks
from service.cases.usecases.deadlines import due_text, put_answer, set_due, set_warnings, tell_of
from service.cases.usecases.standing import ALIVE, not_settled, reason_of
from service.core import clock
from service.identity.permissions import Actor
from service.rules.changes import recompute
from service.rules.domain import Before

Trigger = date | datetime


def fix_due(
    session: Session, actor: Actor, deadline: Deadline, *, due: Trigger, reason: str
) -> None:
    """Set another day than the computed one, by a paper that says so; the computed one stays.

    Raises:
        Invalid: no reason.
        DeadlineSettled: it is met or waived already.
    """
    not_settled(deadline, ALIVE)
    reason = reason_of(reason)
    before = due_text(deadline)
    deadline.gap, deadline.gap_reason = Gap.NONE, {}
    set_due(deadline, due, book_of(session))
    deadline.confirmed_at, deadline.confirmed_by = clock.now(), actor.person_id
    deadline.reason = reason
    _run_again(deadline)
    tell_of(session, actor, deadline, "deadline.fixed", note=reason, before=before)
    carry_on(session, actor, deadline)


def move_trigger(
    session: Session,
    actor: Actor | None,
    deadline: Deadline,
    *,
    trigger: Trigger,
    reason: str,
    facts: Mapping[str, str] | None = None,
) -> None:
    """Correct the day of the event, or add facts: the date is reckoned anew, and what hangs on it.

    Raises:
        Invalid: no reason.
        DeadlineSettled: it is met or waived, or its day was not reckoned by a rule.
    """
    not_settled(deadline, ALIVE if deadline.origin is Origin.RULE else frozenset())
    reason = reason_of(reason)
    before, book = due_text(deadline), book_of(session)
    joined = {**deadline.facts, **(facts or {})}
    answer = reckon(deadline.rule_id, trigger, joined, book)
    deadline.trigger, deadline.facts = trigger.isoformat(), joined
    deadline.confirmed_at = deadline.confirmed_by = None
    put_answer(deadline, answer, book)
    if deadline.status is not Status.WAIVED:
        _run_again(deadline)
    tell_of(session, actor, deadline, "deadline.moved", note=reason, before=before)
    carry_on(session, actor, deadline)


def reckon_again(session: Session, deadline: Deadline) -> bool:
    """Compute a running date anew with the library as it is now; say whether it moved.

    A moved date is told in the timeline with the reason in both languages, and asks to be confirmed
    again; a provisional date that became firm is told as well.
    """
    book = book_of(session)
    trigger, before = read_day(deadline.trigger), due_text(deadline)
    if deadline.due_on is None or deadline.computed is None:
        put_answer(deadline, reckon(deadline.rule_id, trigger, deadline.facts, book), book)
        if deadline.due_on:
            tell_of(session, None, deadline, "deadline.moved", before=before)
        return deadline.due_on is not None
    stored = Before(
        date.fromisoformat(deadline.computed["due"]), deadline.rule_version, deadline.provisional
    )
    by_hand = deadline.due_on != stored.due
    change = recompute(deadline.rule_id, trigger, deadline.facts, stored, book=book)
    if not (change.moved or change.settled or change.new.rule_version != stored.rule_version):
        return False
    kept = (deadline.due_on, deadline.due_at)
    answer = reckon(deadline.rule_id, trigger, deadline.facts, book)
    put_answer(deadline, answer, book)
    deadline.explanation = both(change.explanation)
    if by_hand:  # a day fixed by a person stands; the reckoning beside it is the new one
        deadline.due_on, deadline.due_at = kept
        set_warnings(deadline, book)
        return False
    if change.moved:
        deadline.confirmed_at = deadline.confirmed_by = None
    verb = "deadline.moved" if change.moved else "deadline.reckoned"
    tell_of(session, None, deadline, verb, before=before)
    if change.moved:
        carry_on(session, None, deadline)
    return change.moved


def carry_on(session: Session, actor: Actor | None, deadline: Deadline) -> None:
    """Move the clocks that start from this one's due day along with it."""
    if deadline.due_on is None:
        return
    for each in Clocks(session).after(deadline):
        if each.status in ALIVE and each.trigger != due_text(deadline):
            reason = f"{deadline.title['zh']} / {deadline.title['en']}: {due_text(deadline)}"
            move_trigger(session, actor, each, trigger=deadline.due_on, reason=reason)


def _run_again(deadline: Deadline) -> None:
    """Let a missed clock run again where its day lies ahead now; that it was missed stays noted."""
    if deadline.status is Status.MISSED and deadline.due_at and deadline.due_at > clock.now():
        deadline.status = Status.OPEN
