"""Opening clocks: by a rule, by a standard of our own, or with a day printed on a paper."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.books import book_of
from service.cases.domain import Audience, Effect, Gap, Origin, Status
from service.cases.models import Deadline, Thread
from service.cases.reckoning import (
    ZONE,
    Reckoned,
    Standard,
    both,
    effect_of,
    end_of,
    frozen,
    local_day,
    of_standard,
    read_day,
    reckon,
    title_of,
    warning_moments,
)
from service.cases.repository import Clocks
from service.cases.usecases.standing import settle
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.permissions import Actor
from service.rules.book import RuleBook

Trigger = date | datetime


def open_deadline(
    session: Session,
    actor: Actor,
    thread: Thread,
    rule_id: str,
    *,
    trigger: Trigger,
    event: str,
    facts: Mapping[str, str] | None = None,
    part_id: UUID | None = None,
    proof: str = "",
    effect: Effect | None = None,
    audience: Audience = Audience.ALL,
    after: Deadline | None = None,
) -> Deadline:
    """Start the clock of a rule; for the same rule and event, return the one that runs already.

    A rule nobody researched, or a fact that is missing, gives a row that says so, without a date.

    `trigger`: Day or moment of the event; with `after`, that deadline's due day instead.
    `event`: Name of the trigger event, unique for each time it happens.
    `proof`: What proves the event.
    `effect`: None: as the kind of the rule says.
    `after`: The deadline whose due day starts this one; when it moves, this moves too.

    Raises:
        FactRefused, DateBeforeTrigger: a fact or day the rules do not take.
    """
    if after is not None and after.due_on is not None:
        trigger = after.due_on
    book = book_of(session)
    deadline = Deadline(
        **_common(thread, part_id, event, trigger, proof, audience),
        origin=Origin.RULE,
        rule_id=rule_id,
        facts=dict(facts or {}),
        effect=effect or effect_of(rule_id, book),
        title=title_of(rule_id, book),
        explanation={},
        after_id=after.id if after else None,
    )
    if same := Clocks(session).same(deadline):
        return same
    put_answer(deadline, reckon(rule_id, trigger, deadline.facts, book), book)
    return _started(session, actor, thread, deadline)


def open_standard(
    session: Session,
    actor: Actor,
    thread: Thread,
    standard: Standard,
    *,
    trigger: Trigger,
    event: str,
    part_id: UUID | None = None,
    proof: str = "",
    audience: Audience = Audience.ALL,
) -> Deadline:
    """Start the clock of a standard of our own, which can be stopped and extended."""
    book = book_of(session)
    deadline = Deadline(
        **_common(thread, part_id, event, trigger, proof, audience),
        origin=Origin.STANDARD,
        rule_id=standard.key,
        facts={"working": "yes" if standard.working else "no"},
        effect=Effect.INTERNAL,
        title=both(standard.title),
        explanation=both(standard.basis),
    )
    if same := Clocks(session).same(deadline):
        return same
    set_due(deadline, of_standard(standard, trigger, book), book)
    return _started(session, actor, thread, deadline)


def open_stated(
    session: Session,
    actor: Actor,
    thread: Thread,
    *,
    title: Mapping[str, str],
    due: Trigger,
    event: str,
    trigger: Trigger | None = None,
    part_id: UUID | None = None,
    proof: str = "",
    effect: Effect = Effect.FATAL,
    audience: Audience = Audience.ALL,
    zone: str = ZONE,
) -> Deadline:
    """Start a clock whose last day an authority printed on a paper, or a meeting was set for.

    `title`: What is due, as `{"zh": …, "en": …}`.
    `due`: The last day, or the moment.
    `proof`: The paper; asked for where the effect is fatal.
    `zone`: IANA name of the time the day ends in.

    Raises:
        Invalid: a fatal day without the paper that states it, or a day before its event.
    """
    trigger = trigger or clock.now()
    if effect is Effect.FATAL and not proof.strip():
        detail = N_("Name the paper on which this day is printed.")
        raise Invalid(detail, errors=[FieldError("proof", detail)])
    if local_day(due, zone) < local_day(trigger, zone):
        detail = N_("The last day lies before the event.")
        raise Invalid(detail, errors=[FieldError("due", detail)])
    deadline = Deadline(
        **_common(thread, part_id, event, trigger, proof, audience),
        origin=Origin.STATED,
        rule_id=f"stated:{event}"[:80],
        time_zone=zone,
        facts={},
        effect=effect,
        title=dict(title),
        explanation={},
        confirmed_at=clock.now(),
        confirmed_by=actor.person_id,
    )
    if same := Clocks(session).same(deadline):
        return same
    set_due(deadline, due, book_of(session))
    return _started(session, actor, thread, deadline)


def _common(
    thread: Thread,
    part_id: UUID | None,
    event: str,
    trigger: Trigger,
    proof: str,
    audience: Audience,
) -> dict[str, Any]:
    return {
        "thread_id": thread.id,
        "part_id": part_id or thread.id,
        "event": event,
        "trigger": trigger.isoformat(),
        "proof": proof,
        "audience": audience,
        "status": Status.OPEN,
        "gap": Gap.NONE,
        "gap_reason": {},
        "warnings": [],
        "pauses": [],
        "created_at": clock.now(),
    }


def _started(session: Session, actor: Actor, thread: Thread, deadline: Deadline) -> Deadline:
    Clocks(session).add(deadline)
    verb = "deadline.opened" if deadline.due_on else "deadline.without_date"
    tell_of(session, actor, deadline, verb, thread=thread)
    return deadline


def tell_of(
    session: Session,
    actor: Actor | None,
    deadline: Deadline,
    verb: str,
    *,
    thread: Thread | None = None,
    note: str = "",
    before: str = "",
) -> None:
    """Note in the timeline what befell a deadline."""
    tell(
        session,
        actor,
        thread or Clocks(session).thread(deadline),
        verb,
        part_id=deadline.part_id,
        audience=deadline.audience,
        note=note,
        href=f"/deadlines/{deadline.id}",
        title=deadline.title,
        due=due_text(deadline),
        before=before,
    )


def due_text(deadline: Deadline) -> str:
    """Return the due day as timelines keep it; empty where there is none."""
    return deadline.due_on.isoformat() if deadline.due_on else ""


def put_answer(deadline: Deadline, answer: Reckoned, book: RuleBook) -> None:
    """Write a rule's answer into a deadline: the date and all it rests on, or the gap."""
    deadline.gap, deadline.gap_reason = answer.gap, answer.reason
    computed = answer.computed
    if computed is None:
        deadline.due_on = deadline.due_at = deadline.warn_at = None
        deadline.warnings = []
        if answer.gap is Gap.NOT_APPLICABLE:
            settle(deadline, Status.WAIVED, reason=str(answer.reason.get("message", "")))
        return
    deadline.rule_version, deadline.calendar = computed.rule_version, computed.calendar
    deadline.title, deadline.explanation = both(computed.title), both(computed.explanation)
    deadline.computed, deadline.provisional = frozen(computed), computed.provisional
    deadline.time_zone = computed.time_zone
    deadline.due_on, deadline.due_at = computed.due, computed.due_at
    set_warnings(deadline, book, first=computed.alarm_on)


def set_due(deadline: Deadline, due: Trigger, book: RuleBook) -> None:
    """Give a deadline a day (to its last minute) or a moment, and its warnings."""
    zone = deadline.time_zone or ZONE
    deadline.time_zone = zone
    deadline.due_on = local_day(due, zone)
    deadline.due_at = (
        due if isinstance(due, datetime) and due.tzinfo else end_of(deadline.due_on, zone)
    )
    set_warnings(deadline, book)


def set_warnings(deadline: Deadline, book: RuleBook, *, first: date | None = None) -> None:
    """Work out anew when to warn."""
    if deadline.due_at is None:
        return
    start = read_day(deadline.trigger)
    moment = start if isinstance(start, datetime) and start.tzinfo else end_of(local_day(start))
    moments = warning_moments(moment, deadline.due_at, clock.now(), book, first=first)
    deadline.warnings = [each.isoformat() for each in moments]
    deadline.warn_at = moments[0] if moments else None
