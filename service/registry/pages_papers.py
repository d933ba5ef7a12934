"""The page of an organisation's own papers: its business licence."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from service.core.db import Db, DbSession
from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.identity.repository import Tenants
from service.registry.documents import PAPERS
from service.registry.holdings import Papers
from service.registry.schemas.rights import PaperForm
from service.registry.uploads import take_upload
from service.registry.usecases.files import note_file
from service.registry.usecases.papers import add_organisation_paper
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303
Reader = Annotated[Actor, Depends(require(Permission.RIGHT_READ))]
Writer = Annotated[Actor, Depends(require(Permission.RIGHT_WRITE))]
KINDS = [Option(kind.value, paper.label) for kind, paper in PAPERS.items() if not paper.rights]


@router.get("/organisation/papers")
def papers(request: Request, actor: Reader, session: DbSession) -> Response:
    """Show the papers of one's organisation."""
    return _page(request, session, actor, Form.blank())


@router.post("/organisation/papers")
def add(request: Request, actor: Writer, database: Db, sent: PostedForm) -> Response:
    """Take a paper in: first the file, then the row, so that hashing holds no lock."""
    try:
        body = read_form(PaperForm, sent)
        file = _file_of(sent)
        state = request.app.state
        stored, media_type = take_upload(state.files, file.file, state.settings)
        with database.write() as session:
            own = Tenants(session, actor).get(actor.organisation_id)
            name = file.filename or "file"
            row = note_file(session, actor, stored, name=name, media_type=media_type)
            values = body.model_dump(include={"number", "issued_on"})
            add_organisation_paper(
                session, actor, own.id, kind=body.kind, file_id=row.id, values=values
            )
    except Problem as problem:
        form = Form.after(problem, sent)
        with database.read() as session:
            return _page(request, session, actor, form, status=problem.status)
    return RedirectResponse("/organisation/papers", SEE_OTHER)


def _file_of(sent: FormData) -> UploadFile:
    file = sent.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        detail = N_("Choose a file.")
        raise Invalid(detail, errors=[FieldError("file", detail)])
    return file


def _page(
    request: Request, session: Session, actor: Actor, form: Form, *, status: int = 200
) -> Response:
    organisation = Tenants(session, actor).get(actor.organisation_id)
    return page(
        request,
        "registry/papers.html",
        status=status,
        form=form,
        organisation=organisation,
        rows=Papers(session, actor).of_organisation(organisation.id),
        paper_names={kind: paper.label for kind, paper in PAPERS.items()},
        kinds=KINDS,
        writes=actor.can(Permission.RIGHT_WRITE),
        limit_bytes=request.app.state.settings.upload_bytes,
    )
