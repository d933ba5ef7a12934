"""Pages of the rule library, of calendar years, and the feed itself."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.cases.books import book_of
from service.cases.repository import Years
from service.cases.schemas import YearForm
from service.cases.usecases.feeding import read_feed
from service.cases.usecases.years import enter_year
from service.core import clock
from service.core.db import DbSession
from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.identity.permissions import Actor, Permission, current_actor, require
from service.rules.coverage import coverage
from service.rules.schema import Text
from service.ui.forms import Form, PostedForm, read_form
from service.ui.i18n import language_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303
CALENDAR = "cn"
SPLIT = re.compile(r"[\s,;，；、]+")
Keeper = Annotated[Actor, Depends(require(Permission.CALENDAR_MANAGE))]


@router.get("/rules", dependencies=[Depends(current_actor)])
def rules_page(
    request: Request,
    session: DbSession,
    where: Annotated[str, Query(max_length=8)] = "",
    area: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Show what the rules cover, how sure they are, how old, and what is left out and why."""
    book, key = book_of(session), "zh" if language_of(request).value.startswith("zh") else "en"
    known = where in {placed.jurisdiction for placed in book.placed.values()}
    found = coverage(book, clock.today(), jurisdiction=where if known else None, area=area or None)
    words = book.words
    return page(
        request,
        "cases/rules.html",
        form=Form.blank(where=where, area=area),
        found=found,
        shown=bool(known or area),
        unknown=bool(where) and not known,
        said=lambda text: getattr(text, key),
        places=[
            Option(code, getattr(t, key), data=True) for code, t in words.jurisdictions.items()
        ],
        areas=_options(words.areas, key),
    )


def _options(texts: Mapping[str, Text], key: str) -> list[Option]:
    return [Option(code, getattr(text, key), data=True) for code, text in texts.items()]


@router.get("/calendar-years")
def years_page(request: Request, _: Keeper, session: DbSession) -> Response:
    """Show the calendar years entered here, and the form for one more."""
    return _years(request, session, Form.blank(year=clock.today().year + 1))


def _years(request: Request, session: Session, form: Form, *, status: int = 200) -> Response:
    shipped = book_of(session).calendars.entry(CALENDAR).years
    return page(
        request,
        "cases/years.html",
        status=status,
        form=form,
        entered=Years(session).all(),
        known=sorted(year.year for year in shipped),
    )


@router.post("/calendar-years")
def add_year(request: Request, actor: Keeper, session: DbSession, sent: PostedForm) -> Response:
    """Enter a year; every open date is then reckoned again."""
    try:
        body = read_form(YearForm, sent)
        enter_year(
            session,
            actor,
            calendar=CALENDAR,
            year=body.year,
            notice=body.notice,
            url=body.url,
            closed=_days("closed", body.closed),
            working=_days("working", body.working),
        )
    except Problem as problem:
        return _years(request, session, Form.after(problem, sent), status=problem.status)
    return RedirectResponse("/calendar-years", SEE_OTHER)


def _days(field: str, text: str) -> list[date]:
    try:
        return [date.fromisoformat(part) for part in SPLIT.split(text) if part]
    except ValueError:
        detail = N_("Enter a date as year-month-day, such as 2026-01-31.")
        raise Invalid(detail, errors=[FieldError(field, detail)]) from None


@router.get("/calendars/{token}.ics")
def feed(request: Request, token: str, session: DbSession) -> Response:
    """Give the calendar a token opens, to whoever holds the token."""
    body = read_feed(session, token, str(request.base_url).rstrip("/"))
    return Response(
        body, media_type="text/calendar", headers={"Cache-Control": "private, no-store"}
    )
