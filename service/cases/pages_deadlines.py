"""Pages of deadlines: what is due, why, and what happened to it."""

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.cases.asking import countable, facts_for
from service.cases.books import book_of
from service.cases.domain import ACT_NAMES, FeedScope
from service.cases.models import Deadline
from service.cases.reckoning import local_day
from service.cases.repository import Deadlines, Threads
from service.cases.schemas import ActForm, FeedIn
from service.cases.showing import (
    GAP_NAMES,
    badge_tags,
    computed_view,
    deadline_view,
    localised,
    month_of,
    tags_of,
    thread_path,
)
from service.cases.usecases.acting import act_on_deadline, acts_for
from service.cases.usecases.feeding import feeds_of, make_feed, revoke_feed
from service.core import clock
from service.core.db import DbSession
from service.core.errors import FieldError, Problem
from service.core.text import N_
from service.identity.permissions import Actor, Permission, current_actor, require
from service.rules.book import FactWord
from service.rules.evaluator import compute
from service.rules.reading import read_trigger
from service.rules.wire import computed_out
from service.ui.forms import Form, PostedForm, read_form
from service.ui.i18n import language_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303
Reader = Annotated[Actor, Depends(require(Permission.DEADLINE_READ))]
Writer = Annotated[Actor, Depends(require(Permission.DEADLINE_WRITE))]
Signed = Annotated[Actor, Depends(current_actor)]
SOON = timedelta(days=7)
FACT = "fact."
YES_NO = {"yes": Option("yes", N_("yes")), "no": Option("no", N_("no"))}


@router.get("/deadlines")
def deadlines_page(
    request: Request, actor: Reader, session: DbSession, whose: str = "", days: int = 0
) -> Response:
    """List what is due: missed and without a date first, then by day."""
    until = clock.now() + timedelta(days=min(days, 3660)) if days > 0 else None
    rows = Deadlines(session, actor).due(until=until, mine=whose == FeedScope.MINE)
    threads = Threads(session, actor).titles(row.thread_id for row in rows)
    language = language_of(request)
    return page(
        request,
        "cases/deadlines.html",
        form=Form.blank(whose=whose, days=days or ""),
        rows=rows,
        groups=_groups(rows),
        threads=threads,
        path_of=thread_path,
        title_of=lambda row: localised(row.title, language),
        tags_of=tags_of,
        badges_of=lambda row: badge_tags((row.computed or {}).get("badges", ()), language),
    )


def _groups(rows: Sequence[Deadline]) -> list[tuple[str, list[Deadline]]]:
    today = local_day(clock.now())
    groups: dict[str, list[Deadline]] = {
        N_("Missed"): [],
        N_("Without a date"): [],
        N_("Within seven days"): [],
        N_("Later"): [],
    }
    missed, without, soon, later = groups
    for row in rows:
        if row.due_on is None:
            groups[without].append(row)
        elif row.due_on < today:
            groups[missed].append(row)
        else:
            groups[soon if row.due_on <= today + SOON else later].append(row)
    return [(name, found) for name, found in groups.items() if found]


@router.get("/deadlines/calendar")
def calendar_page(
    request: Request,
    actor: Reader,
    session: DbSession,
    month: Annotated[str, Query(pattern=r"^(20\d\d-(0[1-9]|1[0-2]))?$")] = "",
    whose: str = "",
) -> Response:
    """Show a month."""
    today = local_day(clock.now())
    first = date.fromisoformat(f"{month}-01") if month else today.replace(day=1)
    language = language_of(request)
    rows = Deadlines(session, actor).due(mine=whose == FeedScope.MINE)
    return page(
        request,
        "cases/calendar.html",
        first=first,
        before=(first - timedelta(days=1)).strftime("%Y-%m"),
        after=(first + timedelta(days=32)).strftime("%Y-%m"),
        weeks=calendar.Calendar().monthdatescalendar(first.year, first.month),
        by_day=month_of(rows, first),
        today=today,
        title_of=lambda row: localised(row.title, language),
        tags_of=tags_of,
        whose=whose,
    )


@router.get("/deadlines/compute")
def compute_page(request: Request, _: Signed, session: DbSession) -> Response:
    """Compute a date and say why; nothing is stored."""
    book, language = book_of(session), language_of(request)
    sent = {name: value.strip() for name, value in request.query_params.items()}
    rule, trigger = sent.get("rule", ""), sent.get("trigger", "")
    facts = {
        name.removeprefix(FACT): value
        for name, value in sent.items()
        if name.startswith(FACT) and value
    }
    form, view, computed, status = Form.blank(**sent), None, None, 200
    if rule and trigger:
        try:
            computed = compute(rule, read_trigger(trigger), facts, book=book)
            view = computed_view(computed, computed_out(computed), language)
        except Problem as problem:
            wrong = str(problem.members.get("fact", ""))
            field = "trigger" if wrong == "trigger" else f"{FACT}{wrong}" if wrong else "rule"
            errors = (FieldError(field, problem.detail, dict(problem.members)),)
            form, status = Form(form.values, errors), problem.status
    zh = language.value.startswith("zh")
    return page(
        request,
        "cases/compute.html",
        status=status,
        form=form,
        view=view,
        computed=computed,
        rules=[
            Option(key, f"{place} · {one if zh else other}", data=True)
            for key, place, one, other in countable(book)
        ],
        facts=facts_for(rule, book),
        words_of=lambda word: word.words.zh if zh else word.words.en,
        options_of=_options,
        prefix=FACT,
    )


def _options(word: FactWord) -> list[Option]:
    return [YES_NO.get(value) or Option(value, value, data=True) for value in word.values]


@router.get("/deadlines/feeds")
def feeds_page(request: Request, actor: Reader, session: DbSession) -> Response:
    """Show one's calendar feeds."""
    return _feeds(request, actor, session)


def _feeds(request: Request, actor: Actor, session: Session, path: str = "") -> Response:
    base = str(request.base_url).rstrip("/")
    return page(
        request,
        "cases/feeds.html",
        form=Form.blank(scope=FeedScope.MINE.value),
        feeds=feeds_of(session, actor),
        address=f"{base}{path}" if path else "",
    )


@router.post("/deadlines/feeds")
def add_feed(request: Request, actor: Reader, session: DbSession, sent: PostedForm) -> Response:
    """Make a feed and show its address this once."""
    _, path = make_feed(session, actor, read_form(FeedIn, sent).scope)
    return _feeds(request, actor, session, path)


@router.post("/deadlines/feeds/{feed_id}/revoke")
def end_feed(feed_id: UUID, actor: Reader, session: DbSession) -> Response:
    """End a feed."""
    revoke_feed(session, actor, feed_id)
    return RedirectResponse("/deadlines/feeds", SEE_OTHER)


@router.get("/deadlines/{deadline_id}")
def deadline_page(
    request: Request, deadline_id: UUID, actor: Reader, session: DbSession
) -> Response:
    """Show a deadline, why it is that date, and what can be done."""
    return _deadline(request, actor, session, deadline_id)


def _deadline(
    request: Request,
    actor: Actor,
    session: Session,
    deadline_id: UUID,
    *,
    form: Form | None = None,
    status: int = 200,
) -> Response:
    row = Deadlines(session, actor).get(deadline_id)
    threads, language = Threads(session, actor), language_of(request)
    thread = threads.get(row.thread_id)
    sight = threads.sight(thread)
    writes = actor.can(Permission.DEADLINE_WRITE) and (sight.writes or row.part_id in sight.written)
    acts = acts_for(row) if writes and thread.closed_at is None else ()
    return page(
        request,
        "cases/deadline.html",
        status=status,
        row=row,
        thread=thread,
        path=thread_path(thread),
        view=deadline_view(row, language),
        tags=tags_of(row),
        gap=GAP_NAMES.get(row.gap, ""),
        acts=[(act.value, ACT_NAMES[act]) for act in acts],
        form=form or Form.blank(version=row.version),
    )


@router.post("/deadlines/{deadline_id}")
def act(
    request: Request, deadline_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Note what happened to a deadline."""
    Deadlines(session, actor).get(deadline_id)
    try:
        body = read_form(ActForm, sent)
        with session.begin_nested():  # the page is answered after a refusal: nothing half done
            act_on_deadline(session, actor, deadline_id, **body.model_dump())
    except Problem as problem:
        session.expire_all()
        return _deadline(
            request,
            actor,
            session,
            deadline_id,
            form=Form.after(problem, sent),
            status=problem.status,
        )
    return RedirectResponse(f"/deadlines/{deadline_id}", SEE_OTHER)
