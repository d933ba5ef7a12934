"""Asking afterwards how it went 回访: what the visitor said, and how content they are."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience, ThreadKind
from service.cases.reckoning import local_day
from service.cases.repository import Threads
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid, NotFound, PermissionDenied
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.station import words
from service.station.models import FollowUp
from service.station.repository import FollowUps

__all__ = ["note_follow_up", "words"]

FOLLOWED = frozenset({ThreadKind.INTAKE, ThreadKind.DISPUTE})


def note_follow_up(
    session: Session, actor: Actor, thread_id: UUID, values: Mapping[str, Any]
) -> FollowUp:
    """Note what a visitor said afterwards; a closed matter takes it too, for then it is asked.

    `values` are columns of `FollowUp`: day, way, with whom, rating, note.

    Raises:
        NotFound: no matter or case, or not the actor's to see.
        PermissionDenied: the actor's station does not handle it.
        Invalid: a day still to come.
    """
    actor.need(Permission.INTAKE_DESK)
    threads = Threads(session, actor)
    thread = threads.get(thread_id)
    sight = threads.sight(thread)
    if thread.kind not in FOLLOWED or not sight.whole:
        raise NotFound(N_("There is no such matter."))
    if not sight.writes:
        raise PermissionDenied(N_("It was shown to you to read, not to change."))
    if values["on"] > local_day(clock.now()):
        detail = N_("That day is still to come.")
        raise Invalid(detail, errors=[FieldError("on", detail)])
    row = FollowUps(session, actor).add(
        FollowUp(
            **values,
            thread_id=thread.id,
            part_id=thread.id,
            audience=Audience.STAFF,
            made_at=clock.now(),
            made_by=actor.person_id,
        )
    )
    name = row.spoke_with
    tell(session, actor, thread, "follow_up.made", audience=Audience.STAFF, name=name)
    return row
