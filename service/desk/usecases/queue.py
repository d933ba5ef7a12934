"""The team's queue, by person, and handing many matters out at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.repository import Threads
from service.cases.usecases.threads import assign
from service.core import clock
from service.core.errors import NotFound, Problem, Stale
from service.core.text import N_
from service.desk.domain import Assigned
from service.desk.repository import Queue, Waiting
from service.identity.models import Person
from service.identity.permissions import Actor, Permission


@dataclass(frozen=True, slots=True)
class Hands:
    """What one person works on; `person` None: what nobody has yet."""

    person: Person | None
    rows: Sequence[Waiting]
    overdue: int


def team_queue(session: Session, actor: Actor) -> list[Hands]:
    """Return the open matters by person: nobody's first, then who has most overdue.

    Raises:
        PermissionDenied: the actor hands nothing out.
    """
    actor.need(Permission.CASE_ASSIGN)
    queue = Queue(session, actor)
    rows, people = queue.rows(clock.now()), {row.id: row for row in queue.people()}
    mine: dict[UUID | None, list[Waiting]] = {None: []}
    mine |= {key: [] for key in people}
    for row in rows:
        key = row.thread.handler_id
        mine[key if key in people else None].append(row)
    hands = [
        Hands(people[key] if key else None, found, sum(one.overdue > 0 for one in found))
        for key, found in mine.items()
    ]
    return sorted(hands, key=lambda one: (one.person is not None, -one.overdue, -len(one.rows)))


def assign_many(
    session: Session, actor: Actor, person_id: UUID, wanted: Sequence[tuple[UUID, int]]
) -> list[Assigned]:
    """Hand matters to a person: each by itself, so that one refused leaves the others done.

    `wanted`: Id of the thread and the version that was read of it.

    Raises:
        PermissionDenied: the actor hands nothing out.
    """
    actor.need(Permission.CASE_ASSIGN)
    return [_assigned(session, actor, person_id, key, version) for key, version in wanted]


def _assigned(
    session: Session, actor: Actor, person_id: UUID, thread_id: UUID, version: int
) -> Assigned:
    try:
        with session.begin_nested():
            thread = Threads(session, actor).to_change(thread_id)
            if actor.organisation_id not in {thread.station_id or thread.organisation_id}:
                raise NotFound(N_("There is no such matter."))
            if thread.version != version:
                raise Stale(
                    N_("Somebody changed this meanwhile. Open it again."), version=thread.version
                )
            assign(session, actor, thread, person_id)
    except Problem as problem:
        session.expire_all()
        return Assigned(str(thread_id), False, problem.code, problem.detail, dict(problem.members))
    return Assigned(str(thread_id), True)
