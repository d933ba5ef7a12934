"""Pages of the desk: my day, the team's queue, the calendar, search."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from service.cases.reckoning import local_day
from service.cases.showing import localised, thread_path
from service.core import clock
from service.core.db import DbSession
from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.desk.domain import GROUP_NAMES, KIND_NAMES, Assigned, Found
from service.desk.schemas import HandForm
from service.desk.usecases.calendar import entries_of, weeks_of
from service.desk.usecases.day import my_day
from service.desk.usecases.queue import assign_many, team_queue
from service.desk.usecases.searching import search
from service.identity.permissions import Actor, Permission, current_actor, require
from service.ui.forms import Form, PostedForm, id_of, read_form, version_of
from service.ui.i18n import language_of
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.tags import Shape, Tag, Tone
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
Signed = Annotated[Actor, Depends(current_actor)]
Lead = Annotated[Actor, Depends(require(Permission.CASE_ASSIGN))]
Reader = Annotated[Actor, Depends(require(Permission.DEADLINE_READ))]
NAVIGATION: Sequence[Entry] = (
    Entry("/desk", N_("My day"), Group.WORK, Permission.ACCOUNT_EDIT.value),
    Entry("/desk/queue", N_("Team queue"), Group.WORK, Permission.CASE_ASSIGN.value),
    Entry("/desk/calendar", N_("Calendar"), Group.WORK, Permission.DEADLINE_READ.value),
    Entry("/search", N_("Search"), Group.WORK, Permission.ACCOUNT_EDIT.value),
)


OVERDUE = Tag(N_("Overdue"), Tone.STOP, Shape.SQUARE)


@router.get("/desk")
def day_page(request: Request, actor: Signed, session: DbSession) -> Response:
    """Show my day."""
    language = language_of(request)
    return page(
        request,
        "desk/day.html",
        parts=my_day(session, actor),
        overdue=OVERDUE,
        today=local_day(clock.now()),
        title_of=lambda row: localised(row.texts, language),
    )


@router.get("/desk/queue")
def queue_page(request: Request, actor: Lead, session: DbSession) -> Response:
    """Show the team's queue."""
    return _queue(request, actor, session, Form.blank())


def _queue(
    request: Request,
    actor: Actor,
    session: Session,
    form: Form,
    *,
    results: Sequence[Assigned] = (),
    status: int = 200,
) -> Response:
    hands = team_queue(session, actor)
    people = [one.person for one in hands if one.person]
    return page(
        request,
        "desk/queue.html",
        status=status,
        hands=hands,
        people=[Option(str(one.id), one.name, data=True) for one in people],
        results=results,
        done=sum(one.done for one in results),
        refused={one.thread_id: one for one in results if not one.done},
        path_of=thread_path,
        form=form,
    )


@router.post("/desk/queue")
def assign_page(request: Request, actor: Lead, session: DbSession, sent: PostedForm) -> Response:
    """Hand the chosen matters to a person, and say of each what became of it."""
    try:
        body = read_form(HandForm, sent)
        if not body.matter:
            detail = N_("Choose at least one matter.")
            raise Invalid(detail, errors=[FieldError("", detail)])
    except Problem as problem:
        form = Form.after(problem, sent)
        return _queue(request, actor, session, form, status=problem.status)
    wanted = [_wanted(value) for value in body.matter[:200]]
    results = assign_many(session, actor, body.person, wanted)
    return _queue(request, actor, session, Form.blank(), results=results)


def _wanted(value: str) -> tuple[UUID, int]:
    """Read `id:version` of a ticked line."""
    key, _, version = value.partition(":")
    return id_of(key), version_of({"version": version})


@router.get("/desk/calendar")
def calendar_page(
    request: Request,
    actor: Reader,
    session: DbSession,
    day: Annotated[str, Query(pattern=r"^(20\d\d-\d\d-\d\d)?$")] = "",
    view: Annotated[str, Query(pattern=r"^(month|week)?$")] = "",
    whose: Annotated[str, Query(pattern=r"^(mine)?$")] = "",
) -> Response:
    """Show a month or a week."""
    today = local_day(clock.now())
    at, week = _day(day) if day else today, view == "week"
    weeks = weeks_of(at, week=week)
    language = language_of(request)
    step = timedelta(days=7)
    before = at - step if week else at.replace(day=1) - timedelta(days=1)
    after = at + step if week else (at.replace(day=1) + timedelta(days=32)).replace(day=1)
    return page(
        request,
        "desk/calendar.html",
        weeks=weeks,
        found=entries_of(session, actor, weeks[0][0], weeks[-1][-1], mine=whose == "mine"),
        at=at,
        today=today,
        week=week,
        whose=whose,
        before=before.isoformat(),
        after=after.isoformat(),
        kinds=KIND_NAMES,
        title_of=lambda entry: localised(entry.title, language),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        detail = N_("Enter a date as year-month-day, such as 2026-01-31.")
        raise Invalid(detail, errors=[FieldError("day", detail)]) from None


@router.get("/search")
def search_page(
    request: Request,
    actor: Signed,
    session: DbSession,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Search over all the reader may see."""
    found: Sequence[Found] = ()
    form, status = Form.blank(q=q), 200
    if q.strip():
        try:
            found = search(session, actor, q)
        except Problem as problem:
            form, status = Form(form.values, problem.errors), problem.status
    return page(
        request,
        "desk/search.html",
        status=status,
        form=form,
        q=q.strip(),
        found=found,
        hits=sum(len(one.hits) for one in found),
        names=GROUP_NAMES,
    )
