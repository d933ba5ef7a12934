"""Decide on a hit; what was decided, and which papers are to be got."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, NoReturn
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from service.core.db import Db, DbSession
from service.core.errors import Invalid, Problem
from service.core.files import Stored
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry.uploads import take_upload
from service.registry.usecases.files import note_file
from service.rules.markets import market
from service.screening import words
from service.screening.decision_schemas import DecisionForm
from service.screening.domain import DecisionKind, DecisionScope
from service.screening.remembered import Decisions, Papers, names_of
from service.screening.schemas import ScreeningOut
from service.screening.usecases.deciding import Ruling, decide, hit_of, withdraw_decision
from service.screening.usecases.papers import settle_paper
from service.screening.usecases.screening import fetch_screening
from service.ui.forms import NOBODY, Form, PostedForm, id_of, read_form
from service.ui.i18n import Language, language_of
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
NAVIGATION = (
    Entry("/decisions", N_("Decisions"), Group.SCREENING, Permission.DECISION_READ.value),
)
SEE_OTHER = 303
Reader = Annotated[Actor, Depends(require(Permission.DECISION_READ))]
Writer = Annotated[Actor, Depends(require(Permission.DECISION_WRITE))]


@router.get("/decisions")
def list_page(
    request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List decisions, and the papers to be got."""
    return _list(request, actor, session, cursor)


def _list(
    request: Request,
    actor: Actor,
    session: Session,
    cursor: CursorOfQuery,
    form: Form | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> Response:
    rows, following = Decisions(session, actor).page(cursor)
    return page(
        request,
        "screening/decisions.html",
        status=status,
        form=form or Form.blank(),
        rows=rows,
        next=following,
        names=names_of(session, {row.person_id for row in rows}),
        papers=Papers(session, actor).all(),
        words=words,
        limit=request.app.state.settings.upload_bytes,
    )


@router.get("/decisions/new")
def new_page(
    request: Request, actor: Writer, session: DbSession, screening: UUID, hit: str = ""
) -> Response:
    """Show the form for a decision on a hit."""
    return _form(request, actor, session, screening, hit, Form.blank(scope="pair"))


def _form(
    request: Request,
    actor: Actor,
    session: Session,
    screening_id: UUID,
    hit_id: str,
    form: Form,
    *,
    status: int = HTTPStatus.OK,
) -> Response:
    answer = ScreeningOut.model_validate_json(fetch_screening(session, actor, screening_id))
    hit = hit_of(answer, hit_id)
    chinese = language_of(request) is Language.ZH_HANS
    names = {code: market(code).name for code in hit.markets}
    return page(
        request,
        "screening/decide.html",
        status=status,
        form=form,
        hit=hit,
        screening_id=screening_id,
        kinds=_options(words.DECISION_WORDS),
        scopes=_options(words.SCOPE_WORDS),
        markets=[
            Option(code, name.zh if chinese else name.en, data=True) for code, name in names.items()
        ],
        limit=request.app.state.settings.upload_bytes,
    )


def _options(table: Mapping[DecisionKind, str] | Mapping[DecisionScope, str]) -> list[Option]:
    return [Option(key.value, label) for key, label in table.items()]


@router.post("/decisions")
def make(request: Request, actor: Writer, database: Db, sent: PostedForm) -> Response:
    """Decide on a hit, with its evidence."""
    try:
        body = read_form(DecisionForm, sent)
        values = body.model_dump(exclude={"screening_id", "hit_id"})
        evidence = _stored(request, sent)
        with database.write() as session:
            ruling = Ruling(**values, file_id=evidence and _noted(session, actor, *evidence))
            decide(session, actor, body.screening_id, body.hit_id, ruling)
    except Problem as problem:
        with database.read() as session:
            return _refused(request, actor, session, sent, problem)
    return RedirectResponse(f"/screenings/{body.screening_id}#hit-{body.hit_id}", SEE_OTHER)


def _refused(
    request: Request, actor: Actor, session: Session, sent: FormData, problem: Problem
) -> Response:
    screening_id = id_of(sent.get("screening_id"))
    if screening_id == NOBODY:
        raise problem
    form, hit_id = Form.after(problem, sent), str(sent.get("hit_id", ""))
    return _form(request, actor, session, screening_id, hit_id, form, status=problem.status)


def _none_sent() -> NoReturn:
    raise Invalid(N_("Choose the file of the paper."))


Evidence = tuple[Stored, str, str]
"""A stored file, its name and its media type."""


def _stored(request: Request, sent: FormData) -> Evidence | None:
    """Store the file of a form, if it has one; no lock is held meanwhile."""
    upload = sent.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        return None
    state = request.app.state
    stored, media_type = take_upload(state.files, upload.file, state.settings)
    return stored, upload.filename, media_type


def _noted(session: Session, actor: Actor, stored: Stored, name: str, media_type: str) -> UUID:
    return note_file(session, actor, stored, name=name, media_type=media_type).id


@router.post("/decisions/{decision_id}/withdraw")
def withdraw(decision_id: UUID, actor: Writer, session: DbSession) -> Response:
    """Take a decision back."""
    withdraw_decision(session, actor, decision_id)
    return RedirectResponse("/decisions", SEE_OTHER)


@router.post("/papers/{paper_id}/got")
def got(
    request: Request,
    paper_id: UUID,
    actor: Writer,
    database: Db,
    cursor: CursorOfQuery,
    sent: PostedForm,
) -> Response:
    """Note that a paper was got, with its file."""
    try:
        with database.read() as session:
            Papers(session, actor).get(paper_id)
        paper = _stored(request, sent) or _none_sent()
        with database.write() as session:
            settle_paper(session, actor, paper_id, _noted(session, actor, *paper))
    except Invalid as problem:
        form = Form.after(problem, sent)
        with database.read() as session:
            return _list(request, actor, session, cursor, form, status=problem.status)
    return RedirectResponse("/decisions", SEE_OTHER)
