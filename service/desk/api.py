"""The desk as JSON: my day, the team's queue, the calendar, search."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from service.core.db import DbSession
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.desk.domain import Group
from service.desk.schemas import (
    AssignedOut,
    AssignIn,
    EntryOut,
    FoundOut,
    PartOut,
    WaitingOut,
)
from service.desk.usecases.calendar import entries_of
from service.desk.usecases.day import my_day
from service.desk.usecases.queue import assign_many, team_queue
from service.desk.usecases.searching import search
from service.identity.permissions import Actor, Permission, current_actor, require
from service.identity.replay import OnceRoute

router = APIRouter(prefix="/api/v1", tags=["desk"], route_class=OnceRoute)
Signed = Annotated[Actor, Depends(current_actor)]
Lead = Annotated[Actor, Depends(require(Permission.CASE_ASSIGN))]
Reader = Annotated[Actor, Depends(require(Permission.DEADLINE_READ))]
LONGEST = timedelta(days=366)


@router.get("/desk/day")
def day(actor: Signed, session: DbSession) -> list[PartOut]:
    """Give the parts of the caller's day: due, waiting, new, to renew."""
    return [PartOut.model_validate(part) for part in my_day(session, actor)]


@router.get("/desk/queue")
def queue(actor: Lead, session: DbSession) -> list[WaitingOut]:
    """List the open matters of the caller's station: nobody's first, then by person."""
    return [
        WaitingOut(
            thread_id=one.thread.id,
            version=one.thread.version,
            number=one.thread.number,
            handler_id=one.thread.handler_id,
            next_due=one.next_due,
            overdue=one.overdue,
        )
        for hands in team_queue(session, actor)
        for one in hands.rows
    ]


@router.post("/desk/queue/assignments")
def assignments(body: AssignIn, actor: Lead, session: DbSession) -> list[AssignedOut]:
    """Hand matters to a person; each line is answered by itself."""
    wanted = [(one.thread_id, one.version) for one in body.matters]
    return [
        AssignedOut.model_validate(one)
        for one in assign_many(session, actor, body.person_id, wanted)
    ]


@router.get("/desk/calendar")
def calendar(
    actor: Reader,
    session: DbSession,
    first: Annotated[date, Query(description="First day.")],
    last: Annotated[date, Query(description="Last day, at most a year after the first.")],
    mine: bool = False,
) -> list[EntryOut]:
    """List last days, mediation meetings and inspections between two days."""
    if not first <= last <= first + LONGEST:
        detail = N_("The last day must be within a year after the first.")
        raise Invalid(detail, errors=[FieldError("last", detail)])
    found = entries_of(session, actor, first, last, mine=mine)
    return [EntryOut.model_validate(one) for on in sorted(found) for one in found[on]]


@router.get("/search")
def search_all(
    actor: Signed,
    session: DbSession,
    q: Annotated[str, Query(max_length=200, description="Between 2 and 100 characters.")],
    group: Annotated[list[Group] | None, Query(description="Only these groups.")] = None,
) -> list[FoundOut]:
    """Search cases, parties, documents, filings and marks the caller may see, by group."""
    found = search(session, actor, q, tuple(group or Group))
    return [FoundOut.model_validate(one) for one in found]
