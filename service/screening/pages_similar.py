"""The search for similar marks, as a station clerk makes it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from service.core.db import Db, DbSession
from service.core.errors import Problem
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry.domain import DEAD, MarkStatus
from service.registry.registers import Registers
from service.screening.clues import clues_of
from service.screening.similar_schemas import SimilarForm, SimilarOut
from service.screening.usecases.resembling import find_similar
from service.screening.wording import MISSING_WORDS
from service.screening.words import CLOSENESS_TAGS
from service.ui.forms import Form, PostedForm, read_form
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.tags import STATUSES
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
NAVIGATION = (
    Entry("/similar-marks", N_("Similar marks"), Group.SCREENING, Permission.SCREENING_RUN.value),
)
LIVE = tuple(Option(one.value, STATUSES[one.value].label) for one in MarkStatus if one not in DEAD)
Runner = Annotated[Actor, Depends(require(Permission.SCREENING_RUN))]


@router.get("/similar-marks")
def form_page(request: Request, actor: Runner, session: DbSession) -> Response:  # noqa: ARG001
    """Show the form."""
    return _page(request, session, Form.blank())


@router.post("/similar-marks")
def search(
    request: Request, actor: Runner, database: Db, session: DbSession, sent: PostedForm
) -> Response:
    """Show what is found; neither it nor what was asked stands in an address, a log or a table."""
    state, form, found, status = request.app.state, Form.blank(), None, 200
    try:
        asked = read_form(SimilarForm, sent)
        form = Form.blank(**{name: sent.get(name) for name in SimilarForm.model_fields})
        found = find_similar(database, state.settings, state.finder, actor, asked)
    except Problem as problem:
        form, status = Form.after(problem, sent), problem.status
    return _page(request, session, form, found, status=status)


def _page(
    request: Request,
    session: Session,
    form: Form,
    found: SimilarOut | None = None,
    *,
    status: int = 200,
) -> Response:
    return page(
        request,
        "screening/similar.html",
        status=status,
        form=form,
        found=found,
        loaded=[fact.office for fact in Registers(session).all()],
        statuses=LIVE,
        tags_of=CLOSENESS_TAGS,
        faults=MISSING_WORDS,
        clues=clues_of,
    )
