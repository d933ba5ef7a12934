"""Page of published customs penalty decisions: look them up, load a sheet of them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from service.core.db import DbSession
from service.core.errors import FieldError, Invalid, Problem
from service.core.pagination import Cursor, CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry.penalties import Penalties
from service.registry.schemas.penalties import PenaltiesLoaded, PenaltyOut
from service.registry.uploads import store_upload
from service.registry.usecases.penalties import load_penalties
from service.ui.forms import Form, PostedForm
from service.ui.render import page

router = APIRouter()
RegisterReader = Annotated[Actor, Depends(require(Permission.REGISTER_READ))]
Importer = Annotated[Actor, Depends(require(Permission.IMPORT_RUN))]


@router.get("/penalties")
def penalties(
    request: Request,
    actor: RegisterReader,
    session: DbSession,
    cursor: CursorOfQuery,
    mark: Annotated[str, Query(max_length=300)] = "",
    party: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """Look decisions up."""
    return _page(request, session, actor, cursor, Form.blank(mark=mark, party=party))


def _page(
    request: Request,
    session: Session,
    actor: Actor,
    cursor: Cursor,
    form: Form,
    *,
    status: int = 200,
    loaded: PenaltiesLoaded | None = None,
) -> Response:
    rows, following = Penalties(session).page(
        cursor, text=form.value("mark"), party=form.value("party")
    )
    return page(
        request,
        "registry/penalties.html",
        status=status,
        form=form,
        rows=[PenaltyOut.model_validate(row) for row in rows],
        next=following,
        cursor=cursor.after is not None,
        loads=actor.can(Permission.IMPORT_RUN),
        loaded=loaded,
    )


@router.post("/penalties")
def load(request: Request, actor: Importer, session: DbSession, sent: PostedForm) -> Response:
    """Load a sheet of decisions."""
    state, file = request.app.state, sent.get("sheet")
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            detail = N_("Choose a file.")
            raise Invalid(detail, errors=[FieldError("sheet", detail)])
        stored = store_upload(state.files, file.file, state.settings)
        with session.begin_nested():
            found = load_penalties(
                session,
                actor,
                state.settings,
                state.files.path(stored.sha256),
                name=file.filename,
                sha256=stored.sha256,
            )
    except Problem as problem:
        form = Form.after(problem, sent)
        return _page(request, session, actor, Cursor(), form, status=problem.status)
    return _page(request, session, actor, Cursor(), Form.blank(), loaded=found)
