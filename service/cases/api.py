"""Deadlines, calendar years and feeds as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from service.cases.books import book_of
from service.cases.models import Deadline
from service.cases.repository import Deadlines, Years
from service.cases.schemas import ActIn, DeadlineOut, FeedIn, FeedOut, NewFeedOut, YearIn, YearOut
from service.cases.usecases.acting import act_on_deadline
from service.cases.usecases.feeding import feeds_of, make_feed, revoke_feed
from service.cases.usecases.years import enter_year
from service.core.db import DbSession
from service.core.etags import check_match, set_tag
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.rules.book import RuleBook

router = APIRouter(prefix="/api/v1", tags=["deadlines"], route_class=OnceRoute)
Reader = Annotated[Actor, Depends(require(Permission.DEADLINE_READ))]
Writer = Annotated[Actor, Depends(require(Permission.DEADLINE_WRITE))]
Keeper = Annotated[Actor, Depends(require(Permission.CALENDAR_MANAGE))]


def book_of_request(session: DbSession) -> RuleBook:
    """Return the rule library with the calendar years entered here."""
    return book_of(session)


@router.get("/deadlines")
def deadlines(actor: Reader, session: DbSession, mine: bool = False) -> list[DeadlineOut]:
    """List what runs or was missed, those without a date first, then the earliest."""
    rows = Deadlines(session, actor).due(mine=mine)
    return [DeadlineOut.model_validate(row) for row in rows]


@router.get("/deadlines/{deadline_id}")
def deadline(
    deadline_id: UUID, response: Response, actor: Reader, session: DbSession
) -> DeadlineOut:
    """Give a deadline with all its date rests on; its ETag is needed to act on it."""
    return _answer(response, Deadlines(session, actor).get(deadline_id))


@router.post("/deadlines/{deadline_id}/acts")
def act(
    deadline_id: UUID,
    body: ActIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> DeadlineOut:
    """Meet, confirm, extend, pause, resume, fix, correct or waive a deadline."""
    row = Deadlines(session, actor).get(deadline_id)
    check_match(request, row.version)
    values = body.model_dump()
    return _answer(
        response, act_on_deadline(session, actor, deadline_id, version=row.version, **values)
    )


@router.get("/calendar-years")
def years(_: Keeper, session: DbSession) -> list[YearOut]:
    """List the calendar years entered here."""
    return [YearOut.model_validate(row) for row in Years(session).all()]


@router.put("/calendar-years/{calendar}/{year}")
def put_year(calendar: str, year: int, body: YearIn, actor: Keeper, session: DbSession) -> YearOut:
    """Enter or correct a year; every open date is then reckoned again."""
    row = enter_year(session, actor, calendar=calendar, year=year, **body.model_dump())
    return YearOut.model_validate(row)


@router.get("/calendar-feeds")
def feeds(actor: Reader, session: DbSession) -> list[FeedOut]:
    """List one's own calendar feeds."""
    return [FeedOut.model_validate(row) for row in feeds_of(session, actor)]


@router.post("/calendar-feeds", status_code=201)
def add_feed(body: FeedIn, actor: Reader, session: DbSession) -> NewFeedOut:
    """Make a calendar feed; its path is shown this once."""
    row, path = make_feed(session, actor, body.scope)
    return NewFeedOut(id=row.id, scope=row.scope, created_at=row.created_at, path=path)


@router.delete("/calendar-feeds/{feed_id}", status_code=204)
def end_feed(feed_id: UUID, actor: Reader, session: DbSession) -> None:
    """End a calendar feed of one's own."""
    revoke_feed(session, actor, feed_id)


def _answer(response: Response, row: Deadline) -> DeadlineOut:
    set_tag(response, row.version)
    return DeadlineOut.model_validate(row)
