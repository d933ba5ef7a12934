"""The one function that moves a status of the base: timeline and audit in the same transaction."""

from typing import Any

from sqlalchemy.orm import Session

from service.cases.errors import MoveIncomplete, MoveNotReady
from service.cases.moves import Movable, Move
from service.core import clock
from service.core.errors import FieldError, Stale
from service.core.text import N_
from service.identity.auditing import note as audit
from service.identity.permissions import Actor
from service.station.base.models import BaseStep
from service.station.base.ways import Way


def check_version(thing: Any, version: int) -> None:
    """Raise `Stale` where the thing was changed since the caller read it."""
    if thing.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=thing.version)


def take_step(
    session: Session,
    actor: Actor,
    thing: Movable,
    way: Way,
    event: str,
    *,
    version: int,
    note: str = "",
) -> Move:
    """Take a step: all of it or nothing. That the thing is the actor's was asked before.

    Raises:
        MoveNotAllowed, PermissionDenied: no such step from here, or not for this role.
        Stale: somebody changed the thing meanwhile.
        MoveIncomplete: the step asks for a note.
        MoveNotReady: something is missing; each is named with the way to it.
    """
    row = way.table.find(thing.status, event)
    actor.need(row.permission)
    check_version(thing, version)
    if row.needs_note and not note.strip():
        raise MoveIncomplete(N_("Say why."), errors=[FieldError("note", N_("Say why."))])
    missing = way.missing(session, thing, event)
    if missing:
        raise MoveNotReady(
            missing[0].text,
            errors=[FieldError("", each.text, dict(each.values)) for each in missing],
            missing=[each.href for each in missing],
            **dict(missing[0].values),
        )
    thing.status = row.target
    session.add(
        BaseStep(
            kind=way.table.name,
            thing_id=thing.id,
            event=event,
            source=row.source,
            target=row.target,
            note=note.strip()[:10_000],
            at=clock.now(),
            actor_id=actor.person_id,
        )
    )
    session.flush()
    audit(session, actor, f"{way.table.name}.{event}", (way.table.name, thing.id))
    return row
