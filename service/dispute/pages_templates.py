"""The page of Word templates of our own: an administrator's."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from service.core.db import Db, DbSession
from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.dispute.papers.kinds import paper_kinds
from service.dispute.repository_papers import Templates
from service.dispute.usecases.papers import kind_of
from service.dispute.usecases.templates import (
    end_template,
    replace_template,
    sent_template,
    try_template,
)
from service.identity.permissions import Actor, Permission, require
from service.ui.documents.vetting import LARGEST
from service.ui.forms import Form, PostedForm
from service.ui.i18n import language_of
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
NAVIGATION = (
    Entry(
        "/document-templates",
        N_("Document templates"),
        Group.ADMINISTRATION,
        Permission.TEMPLATE_MANAGE.value,
    ),
)
SEE_OTHER = 303
Keeper = Annotated[Actor, Depends(require(Permission.TEMPLATE_MANAGE))]


@router.get("/document-templates")
def templates_page(request: Request, _: Keeper, session: DbSession) -> Response:
    """Show which kinds have a template of our own, and the form to put one in force."""
    return _templates(request, session, Form.blank())


def _templates(request: Request, session: Session, form: Form, *, status: int = 200) -> Response:
    key = "zh" if language_of(request).value.startswith("zh") else "en"
    return page(
        request,
        "dispute/templates.html",
        status=status,
        rows=Templates(session).all(),
        kinds=paper_kinds(),
        options=[
            Option(kind.key, kind.title.model_dump()[key], data=True)
            for kind in paper_kinds().values()
        ],
        limit=LARGEST,
        form=form,
    )


@router.post("/document-templates")
def replace(request: Request, actor: Keeper, database: Db, sent: PostedForm) -> Response:
    """Put a template in force; it is looked through and tried first."""
    try:
        kind, file = kind_of(str(sent.get("kind", ""))), sent.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            detail = N_("Choose a file.")
            raise Invalid(detail, errors=[FieldError("file", detail)])
        content = sent_template(file.file, request.app.state.settings)
        try_template(kind, content)
        with database.write() as session:
            files = request.app.state.files
            replace_template(session, files, actor, kind, content, name=file.filename)
    except Problem as problem:
        with database.read() as session:
            return _templates(request, session, Form.after(problem, sent), status=problem.status)
    return RedirectResponse("/document-templates", SEE_OTHER)


@router.post("/document-templates/{template_id}/end")
def end(template_id: UUID, actor: Keeper, session: DbSession) -> Response:
    """Go back to the built-in template."""
    end_template(session, actor, template_id)
    return RedirectResponse("/document-templates", SEE_OTHER)
