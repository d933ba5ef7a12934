"""Matters between a station and the protection centre above it: up, and down again."""

from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience
from service.cases.models import Thread
from service.cases.repository import Threads
from service.cases.usecases.telling import tell
from service.cases.usecases.threads import hand_to_station, let_in
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.domain import Link
from service.identity.models import Organisation
from service.identity.permissions import Actor, Permission
from service.identity.repository import Organisations
from service.station.domain import Direction
from service.station.errors import NoWayUp
from service.station.repository import Stations

VERBS = {Direction.UP: "station.passed_up", Direction.DOWN: "station.passed_down"}


def pass_matter(
    session: Session,
    actor: Actor,
    thread_id: UUID,
    direction: Direction,
    *,
    note: str,
    station_id: UUID | None = None,
) -> Thread:
    """Pass a matter up to the centre, or down to one of its stations; who had it goes on reading.

    Raises:
        PermissionDenied: the actor's station does not handle the matter.
        NoWayUp: nobody stands above, or that station is none of the centre's.
        Invalid: no reason is given.
    """
    actor.need(Permission.CASE_ACCEPT)
    thread = Threads(session, actor).to_change(thread_id)
    if not note.strip():
        detail = N_("Say why.")
        raise Invalid(detail, errors=[FieldError("note", detail)])
    goal = _goal(session, actor, thread, direction, station_id)
    before = thread.station_id
    if before is not None:
        _leave_to_read(session, actor, thread, before)
    told = {"organisation": str(goal.id)}
    tell(session, actor, thread, VERBS[direction], note=note.strip(), organisation=told)
    if thread.organisation_id == before:
        thread.organisation_id = goal.id  # a walk-in matter belongs to the station that has it
    hand_to_station(session, actor, thread, goal.id)
    session.flush()
    return thread


def _leave_to_read(session: Session, actor: Actor, thread: Thread, station_id: UUID) -> None:
    """Let who had the matter go on reading; nobody of them writes in it any more."""
    people = {one.id for one in Stations(session, actor).people(station_id)}
    for grant in Threads(session, actor).grants(thread):
        if grant.person_id in people:
            grant.writes = False
    let_in(session, actor, thread, organisation_id=station_id, audience=Audience.STAFF)


def _goal(
    session: Session, actor: Actor, thread: Thread, direction: Direction, station_id: UUID | None
) -> Organisation:
    organisations = Organisations(session)
    own = organisations.get(actor.organisation_id) if actor.organisation_id else None
    if own is None or thread.station_id != own.id:
        raise NoWayUp(N_("Only the station that handles the matter passes it on."))
    if direction is Direction.UP:
        if own.parent_id is None:
            raise NoWayUp(N_("No protection centre stands above this station."))
        return organisations.get(own.parent_id)
    below = {one.id: one for one in organisations.linked_to(own.id, Link.PARENT)}
    goal = below.get(station_id) if station_id else None
    if goal is None:
        detail = N_("Choose one of the stations below the centre.")
        raise NoWayUp(detail, errors=[FieldError("station_id", detail)])
    return goal
