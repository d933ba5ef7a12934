"""Equivalents: what stations entered, with the form for another."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.core.errors import Problem
from service.core.pagination import Cursor, CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.screening.equivalent_schemas import EquivalentIn
from service.screening.equivalents import Equivalents
from service.screening.usecases.entering import enter_equivalent, withdraw_equivalent
from service.screening.words import EQUIVALENCE_WORDS, STRENGTH_WORDS
from service.ui.forms import Form, PostedForm, read_form
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
NAVIGATION = (
    Entry("/equivalents", N_("Equivalents"), Group.SCREENING, Permission.EQUIVALENT_READ.value),
)
SEE_OTHER = 303
Reader = Annotated[Actor, Depends(require(Permission.EQUIVALENT_READ))]
Writer = Annotated[Actor, Depends(require(Permission.EQUIVALENT_WRITE))]


@router.get("/equivalents")
def list_page(
    request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List what stations entered."""
    return _list(request, actor, session, cursor, Form.blank())


def _list(
    request: Request,
    actor: Actor,
    session: Session,
    cursor: Cursor,
    form: Form,
    *,
    status: int = HTTPStatus.OK,
) -> Response:
    rows, following = Equivalents(session, actor).page(cursor)
    return page(
        request,
        "screening/equivalents.html",
        status=status,
        form=form,
        rows=rows,
        next=following,
        writes=actor.can(Permission.EQUIVALENT_WRITE),
        station=actor.organisation_id,
        relation_words=EQUIVALENCE_WORDS,
        strength_words=STRENGTH_WORDS,
        relations=[Option(one.value, word) for one, word in EQUIVALENCE_WORDS.items()],
        strengths=[Option(one.value, word) for one, word in STRENGTH_WORDS.items()],
    )


@router.post("/equivalents")
def enter(
    request: Request, actor: Writer, session: DbSession, cursor: CursorOfQuery, sent: PostedForm
) -> Response:
    """Enter an equivalent."""
    try:
        enter_equivalent(session, actor, read_form(EquivalentIn, sent))
    except Problem as problem:
        form = Form.after(problem, sent)
        return _list(request, actor, session, cursor, form, status=problem.status)
    return RedirectResponse("/equivalents", SEE_OTHER)


@router.post("/equivalents/{equivalent_id}/withdraw")
def withdraw(equivalent_id: UUID, actor: Writer, session: DbSession) -> Response:
    """Withdraw one that the station entered."""
    withdraw_equivalent(session, actor, equivalent_id)
    return RedirectResponse("/equivalents", SEE_OTHER)
