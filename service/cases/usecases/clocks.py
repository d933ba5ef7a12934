"""What befalls a clock: met, waived, stopped, extended, confirmed, its trigger corrected."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from service.cases.books import book_of
from service.cases.domain import Effect, Origin, Status
from service.cases.errors import ClockRunsOn, MissedStays
from service.cases.models import Deadline
from service.cases.reckoning import (
    ZONE,
    Reckoned,
    end_of,
    local_day,
    nth_open_day,
    open_days,
    read_day,
    reckon,
)
from service.cases.usecases.correcting import carry_on
from service.cases.usecases.deadlines import due_text, put_answer, set_due, tell_of
from service.cases.usecases.standing import ALIVE, RUNNING, not_settled, reason_of, settle
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.permissions import Actor
from service.rules.book import RuleBook
from service.rules.errors import FactRefused

Trigger = date | datetime
GRACE = timedelta(minutes=1)
"""A period ends with its last minute."""


def meet_deadline(
    session: Session,
    actor: Actor,
    deadline: Deadline,
    *,
    when: Trigger | None = None,
    proof: str = "",
) -> None:
    """Note that what was due was done. Done after the last moment, it stays marked as missed.

    `when`: Day or moment of the act; now where it is not given.
    `proof`: What proves it.

    Raises:
        DeadlineSettled: it is met or waived already.
        Invalid: the act lies in the future.
    """
    not_settled(deadline, ALIVE)
    when = when or clock.now()
    if _moment(when, deadline) > clock.now() and local_day(when) > local_day(clock.now()):
        detail = N_("That day is still to come.")
        raise Invalid(detail, errors=[FieldError("when", detail)])
    late = is_late(deadline, when)
    if late and deadline.missed_at is None:
        deadline.missed_at = deadline.due_at
    settle(deadline, Status.MET, actor=actor, when=when, reason=proof)
    verb = "deadline.met_late" if late else "deadline.met"
    tell_of(session, actor, deadline, verb, note=proof)


def is_late(deadline: Deadline, when: Trigger) -> bool:
    """Say whether an act of that day or moment was too late."""
    if deadline.due_at is None or deadline.due_on is None:
        return False
    if not isinstance(when, datetime):
        return when > deadline.due_on
    return _moment(when, deadline) > deadline.due_at + GRACE


def _moment(when: Trigger, deadline: Deadline) -> datetime:
    if isinstance(when, datetime) and when.tzinfo:
        return when
    return end_of(local_day(when), deadline.time_zone or ZONE)


def miss(session: Session, deadline: Deadline) -> None:
    """Mark a clock whose last moment has passed."""
    settle(deadline, Status.MISSED)
    tell_of(session, None, deadline, "deadline.missed")


def waive(
    session: Session, actor: Actor, deadline: Deadline, *, reason: str, by_move: bool = False
) -> None:
    """Say that nothing need be done any more.

    `by_move`: A step of the table made it needless: the step is the reason.

    Raises:
        DeadlineSettled: it is met or waived already.
        MissedStays: it is fatal and missed: what comes too late is recorded as late, not waived.
        Invalid: no reason is given.
    """
    if deadline.status is Status.MISSED and deadline.effect is not Effect.AWAITED:
        raise MissedStays(N_("Record what was done as late, with its day."))
    not_settled(deadline, ALIVE)
    reason = reason if by_move else reason_of(reason)
    settle(deadline, Status.WAIVED, actor=actor, reason=reason)
    tell_of(session, actor, deadline, "deadline.waived", note=reason)


def pause(
    session: Session, actor: Actor, deadline: Deadline, *, reason: str, on: Trigger | None = None
) -> None:
    """Stop a clock of our own while it is not our turn.

    Raises:
        ClockRunsOn: it is a clock of the law, and no rule that lets it stop was researched.
        DeadlineSettled: it does not run.
    """
    if deadline.effect is not Effect.INTERNAL:
        raise ClockRunsOn(
            N_("The law as researched lets nobody stop it. If a paper does, fix the day it names.")
        )
    not_settled(deadline, frozenset({Status.OPEN}))
    day = local_day(on or clock.now())
    deadline.pauses = [*deadline.pauses, {"from": day.isoformat(), "to": "", "reason": reason}]
    deadline.status, deadline.warn_at = Status.PAUSED, None
    tell_of(session, actor, deadline, "deadline.paused", note=reason)


def resume(
    session: Session, actor: Actor, deadline: Deadline, *, on: Trigger | None = None
) -> None:
    """Let a stopped clock run on: it ends as many days later as were left when it stopped.

    Raises:
        DeadlineSettled: it is not stopped.
    """
    due_on = not_settled(deadline, frozenset({Status.PAUSED}), dated=True)
    *earlier, last = deadline.pauses
    stopped, day = date.fromisoformat(last["from"]), local_day(on or clock.now())
    book = book_of(session)
    if deadline.facts.get("working") == "yes":
        due = nth_open_day(day, open_days(stopped, due_on, book), book)
    else:
        due = due_on + max(day - stopped, timedelta())
    deadline.pauses = [*earlier, {**last, "to": day.isoformat()}]
    deadline.status = Status.OPEN
    set_due(deadline, due, book)
    tell_of(session, actor, deadline, "deadline.resumed")


def extend(
    session: Session,
    actor: Actor,
    deadline: Deadline,
    *,
    reason: str,
    until: date | None = None,
) -> None:
    """Extend a clock: a rule's by its next step, one of our own or a stated one to a day.

    Raises:
        ClockRunsOn: the rule knows no (further) extension.
        DeadlineSettled: it does not run.
        Invalid: no reason or no later day is given.
    """
    due_on = not_settled(deadline, RUNNING, dated=True)
    reason = reason_of(reason)
    before, book = due_text(deadline), book_of(session)
    if deadline.origin is Origin.RULE:
        _extend_by_rule(deadline, book)
    else:
        _check_later(until, due_on)
        set_due(deadline, until or due_on, book)
    tell_of(session, actor, deadline, "deadline.extended", note=reason, before=before)
    carry_on(session, actor, deadline)


def _extend_by_rule(deadline: Deadline, book: RuleBook) -> None:
    granted = int(deadline.facts.get("extension", "0")) + 1
    facts = {**deadline.facts, "extension": str(granted)}
    try:
        answer = reckon(deadline.rule_id, read_day(deadline.trigger), facts, book)
    except FactRefused:
        answer = Reckoned()
    later = answer.computed is not None and answer.computed.due > (deadline.due_on or date.max)
    if deadline.effect is not Effect.EXTENDABLE or not later:
        raise ClockRunsOn(N_("The rule knows no further extension."))
    deadline.facts = facts
    put_answer(deadline, answer, book)


def confirm(session: Session, actor: Actor, deadline: Deadline) -> None:
    """Note that a person has checked the computed date and stands by it.

    Raises:
        DeadlineSettled: there is no date to confirm.
    """
    not_settled(deadline, frozenset(Status), dated=True)
    deadline.confirmed_at, deadline.confirmed_by = clock.now(), actor.person_id
    tell_of(session, actor, deadline, "deadline.confirmed")


def _check_later(until: date | None, due: date) -> None:
    if until is None or until <= due:
        detail = N_("Give a day after the present last day.")
        raise Invalid(detail, errors=[FieldError("until", detail)])
