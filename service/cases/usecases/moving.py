"""The one function that moves a status: timeline, audit and clocks in the same transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from service.cases.announcing import announce_move
from service.cases.domain import Effect, Status
from service.cases.errors import MoveIncomplete, MoveNotReady
from service.cases.models import Deadline, Thread, TimelineEntry
from service.cases.moves import Movable, Move, Step, Table, missing_for
from service.cases.repository import Clocks, Threads
from service.cases.usecases.clocks import meet_deadline, pause, resume, waive
from service.cases.usecases.deadlines import open_deadline, open_standard
from service.cases.usecases.standing import ALIVE
from service.cases.usecases.telling import tell
from service.core.errors import FieldError, Stale
from service.core.text import N_
from service.identity.permissions import Actor

Trigger = date | datetime


def move(
    session: Session,
    actor: Actor,
    thread: Thread,
    thing: Movable,
    table: Table,
    event: str,
    *,
    version: int,
    when: Trigger | None = None,
    note: str = "",
    proof: str = "",
    facts: Mapping[str, str] | None = None,
    values: Mapping[str, Any] | None = None,
) -> TimelineEntry:
    """Take a step: change the status, note it, start and stop its clocks. All of it or nothing.

    `thing`: The filing, detention or track; its id is the thread's or that of a part.
    `version`: What the caller read; another one means that somebody was faster.
    `when`: Day or moment of the event, from which clocks count.
    `proof`: What proves the event: receipt of service, number, evidence id.
    `facts`: For the rules of the clocks.
    `values`: For the guards: whatever else was entered with the step.

    Raises:
        NotFound, PermissionDenied, ThreadClosed: not the actor's to move.
        MoveNotAllowed: no such step from here.
        Stale: somebody changed the thing meanwhile.
        MoveIncomplete: the day or a note is missing.
        MoveNotReady: a guard misses something; each is named with the way to it.
    """
    row = table.find(thing.status, event)
    actor.need(row.permission)
    Threads(session, actor).to_change(thread.id, thing.id)
    if thing.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=thing.version)
    facts, values = dict(facts or {}), dict(values or {})
    _check_entries(row, when, note)
    step = Step(session, actor, thread, thing, row, when, note, facts, values)
    _check_ready(step, table)
    thing.status = row.target
    session.flush()
    entry = tell(
        session,
        actor,
        thread,
        f"{table.name}.{event}",
        part_id=thing.id,
        audience=row.audience,
        source=row.source,
        target=row.target,
        note=note,
        day=when.isoformat() if when else "",
    )
    _stop_clocks(step)
    _start_clocks(step, proof)
    announce_move(session, actor, thread, entry, table, row)
    return entry


def _check_entries(row: Move, when: Trigger | None, note: str) -> None:
    errors = []
    if row.asks_when and when is None:
        errors.append(FieldError("when", N_("Give the day of the event: clocks count from it.")))
    if row.needs_note and not note.strip():
        errors.append(FieldError("note", N_("Say why.")))
    if errors:
        raise MoveIncomplete(errors[0].message, errors=errors)


def _check_ready(step: Step, table: Table) -> None:
    missing = missing_for(step, table)
    if missing:
        raise MoveNotReady(
            missing[0].text,
            errors=[FieldError("", each.text, dict(each.values)) for each in missing],
            missing=[each.href for each in missing],
            **dict(missing[0].values),
        )


def _stop_clocks(step: Step) -> None:
    session, actor, row = step.session, step.actor, step.move
    for deadline in Clocks(session).of_part(step.thread.id, step.thing.id):
        status, ours = deadline.status, deadline.effect is Effect.INTERNAL
        if status not in ALIVE:
            continue
        if _named(deadline, row.stops):
            meet_deadline(session, actor, deadline, when=step.when, proof=step.note)
        elif status is not Status.MISSED and _named(deadline, row.drops):
            waive(session, actor, deadline, reason=step.note, by_move=True)
        elif status is Status.OPEN and ours and _named(deadline, row.pauses):
            pause(session, actor, deadline, reason=step.note, on=step.when)
        elif status is Status.PAUSED and _named(deadline, row.resumes):
            resume(session, actor, deadline, on=step.when)


def _named(deadline: Deadline, rules: tuple[str, ...]) -> bool:
    """Say whether a clock is one of these: by its rule, or by the beginning before a star."""
    return any(
        deadline.rule_id == rule or (rule.endswith("*") and deadline.rule_id.startswith(rule[:-1]))
        for rule in rules
    )


def _start_clocks(step: Step, proof: str) -> None:
    for each in step.move.starts:
        if step.when is None or (each.when is not None and not each.when(step.thing)):
            continue
        shared: dict[str, Any] = {
            "trigger": step.when,
            "event": f"{step.move.event}:{step.when.isoformat()}"[:80],
            "part_id": step.thing.id,
            "proof": proof,
            "audience": each.audience,
        }
        if each.standard:
            open_standard(step.session, step.actor, step.thread, each.standard, **shared)
        else:
            open_deadline(
                step.session,
                step.actor,
                step.thread,
                each.rule,
                facts={**step.facts, **each.facts},
                effect=each.effect,
                **shared,
            )
