"""What a person does to a deadline, whichever face they do it through."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Act, Effect, Gap, Origin, Status
from service.cases.models import Deadline
from service.cases.reckoning import local_day, read_day
from service.cases.repository import Deadlines, Threads
from service.cases.usecases.clocks import confirm, extend, meet_deadline, pause, resume, waive
from service.cases.usecases.correcting import fix_due, move_trigger
from service.core.errors import FieldError, Invalid, Stale
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.rules.reading import read_trigger

Trigger = date | datetime


def act_on_deadline(
    session: Session,
    actor: Actor,
    deadline_id: UUID,
    *,
    act: Act,
    version: int,
    day: str = "",
    reason: str = "",
    facts: Mapping[str, str] | None = None,
) -> Deadline:
    """Do one of `Act` to a deadline the actor may write to.

    Raises:
        NotFound, PermissionDenied, ThreadClosed: not the actor's to change.
        Stale: somebody changed it meanwhile.
        Invalid: the day or the reason is missing or wrong.
        ClockRunsOn, DeadlineSettled, MissedStays: it cannot be done to this clock.
    """
    actor.need(Permission.DEADLINE_WAIVE if act is Act.WAIVE else Permission.DEADLINE_WRITE)
    deadline = Deadlines(session, actor).get(deadline_id)
    Threads(session, actor).to_change(deadline.thread_id, deadline.part_id)
    if deadline.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=version)
    when = read_trigger(day) if day else None
    DOES[act](session, actor, deadline, when, reason, facts or {})
    session.flush()
    return deadline


Doing = Callable[[Session, Actor, Deadline, Trigger | None, str, Mapping[str, str]], None]


def _fix(
    session: Session,
    actor: Actor,
    deadline: Deadline,
    when: Trigger | None,
    reason: str,
    _: Mapping[str, str],
) -> None:
    fix_due(session, actor, deadline, due=_given(when), reason=reason)


def _correct(
    session: Session,
    actor: Actor,
    deadline: Deadline,
    when: Trigger | None,
    reason: str,
    facts: Mapping[str, str],
) -> None:
    trigger = when or (read_day(deadline.trigger) if facts else None)
    move_trigger(session, actor, deadline, trigger=_given(trigger), reason=reason, facts=facts)


def _given(when: Trigger | None) -> Trigger:
    if when is None:
        detail = N_("Give the day.")
        raise Invalid(detail, errors=[FieldError("day", detail)])
    return when


DOES: Mapping[Act, Doing] = {
    Act.MEET: lambda s, a, d, when, why, _: meet_deadline(s, a, d, when=when, proof=why),
    Act.CONFIRM: lambda s, a, d, _when, _why, _: confirm(s, a, d),
    Act.EXTEND: lambda s, a, d, when, why, _: extend(
        s, a, d, reason=why, until=local_day(when) if when else None
    ),
    Act.PAUSE: lambda s, a, d, when, why, _: pause(s, a, d, reason=why, on=when),
    Act.RESUME: lambda s, a, d, when, _why, _: resume(s, a, d, on=when),
    Act.FIX: _fix,
    Act.CORRECT: _correct,
    Act.WAIVE: lambda s, a, d, _when, why, _: waive(s, a, d, reason=why),
}


def acts_for(deadline: Deadline) -> tuple[Act, ...]:
    """Return what can be done to a deadline as it stands."""
    status, ruled = deadline.status, deadline.origin is Origin.RULE
    running = status in {Status.OPEN, Status.PAUSED}
    missed = status is Status.MISSED
    ours = deadline.effect is Effect.INTERNAL
    fits = {
        Act.MEET: running or missed,
        Act.CONFIRM: running and deadline.due_on is not None and deadline.confirmed_at is None,
        Act.EXTEND: running
        and deadline.due_on is not None
        and (not ruled or deadline.effect is Effect.EXTENDABLE),
        Act.PAUSE: status is Status.OPEN and ours,
        Act.RESUME: status is Status.PAUSED,
        Act.FIX: (running or missed) and (ruled or deadline.gap is not Gap.NONE),
        Act.CORRECT: (running or missed) and ruled,
        Act.WAIVE: running or (missed and deadline.effect is Effect.AWAITED),
    }
    return tuple(act for act in Act if fits[act])
