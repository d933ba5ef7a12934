"""Pages of rights: entered from what is in the drawer, with the paper kept beside."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from service.core.db import DbSession
from service.core.errors import FieldError, Problem, Stale
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry.documents import PAPERS, RIGHT_NAMES
from service.registry.domain import DocumentKind, RightKind, RightStatus
from service.registry.holdings import Rights, Shares
from service.registry.models import Right
from service.registry.pages_files import chosen, sent_file
from service.registry.pages_shares import add_share_pages
from service.registry.right_forms import ASKED, STATUS_NAMES, STATUS_OF_PAPER, papers_of
from service.registry.schemas.rights import RightIn
from service.registry.usecases.rights import (
    add_document,
    add_right,
    archive_right,
    change_right,
    check_paper,
)
from service.registry.usecases.sharing import stations
from service.ui.forms import Form, PostedForm, read_form, version_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303
RightReader = Annotated[Actor, Depends(require(Permission.RIGHT_READ))]
RightWriter = Annotated[Actor, Depends(require(Permission.RIGHT_WRITE))]
add_share_pages(router, Rights.kind, Rights.check_own, Permission.RIGHT_WRITE)

STATUSES = [Option(status.value, name) for status, name in STATUS_NAMES.items()]


class PaperForm(BaseModel):
    """What is typed from a paper besides the fields of its right."""

    paper: Annotated[DocumentKind, Field(title=N_("Kind of paper"))]
    paper_number: Annotated[str, Field(max_length=64, title=N_("Number of the paper"))] = ""
    issued_on: Annotated[date | None, Field(title=N_("Date of the paper"))] = None

    def values(self) -> dict[str, object]:
        """Return the columns of the paper."""
        return {"number": self.paper_number, "issued_on": self.issued_on}


@router.get("/rights")
def rights(
    request: Request, actor: RightReader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List the rights one may see."""
    rows, following = Rights(session, actor).listed(cursor)
    return page(
        request,
        "registry/rights.html",
        rows=rows,
        next=following,
        names=RIGHT_NAMES,
        statuses=STATUS_NAMES,
        writes=actor.can(Permission.RIGHT_WRITE),
    )


@router.get("/rights/new")
def new(
    request: Request,
    actor: RightWriter,  # noqa: ARG001  the permission is the point
    kind: RightKind | None = None,
    paper: DocumentKind | None = None,
) -> Response:
    """Ask what is in the drawer; then show the form of that kind of right."""
    if kind is None:
        drawer = [(right, papers_of(right)) for right in RightKind]
        return page(
            request, "registry/drawer.html", drawer=drawer, names=RIGHT_NAMES, papers=PAPERS
        )
    if paper is not None:
        check_paper(kind, paper)
    suggested = STATUS_OF_PAPER.get(paper, RightStatus.IN_FORCE) if paper else None
    form = Form.blank(territory="CN", status=suggested, paper=paper)
    return _form_page(request, form, kind)


@router.post("/rights")
def add(request: Request, actor: RightWriter, session: DbSession, sent: PostedForm) -> Response:
    """Add a right, and the paper it was typed from."""
    kind = _kind(sent)
    try:
        with session.begin_nested():  # the page is answered after a refusal: nothing half done
            row = add_right(session, actor, read_form(RightIn, sent).values())
            if sent.get("paper") or chosen(sent, "file"):
                _keep_paper(request, session, actor, sent, row)
    except Problem as problem:
        return _form_page(request, Form.after(problem, sent), kind, status=problem.status)
    return RedirectResponse(f"/rights/{row.id}", SEE_OTHER)


@router.get("/rights/{right_id}")
def right(request: Request, right_id: UUID, actor: RightReader, session: DbSession) -> Response:
    """Show a right with its papers."""
    return _right_page(request, session, actor, right_id, Form.blank())


@router.get("/rights/{right_id}/edit")
def edit(request: Request, right_id: UUID, actor: RightWriter, session: DbSession) -> Response:
    """Show the form of a right that is there."""
    row = Rights(session, actor).own(right_id)
    values = RightIn.model_validate(row, from_attributes=True).model_dump(mode="json")
    values["creators"] = "\n".join(row.creators)
    return _form_page(request, Form.blank(**values), row.kind, row)


@router.post("/rights/{right_id}")
def change(
    request: Request, right_id: UUID, actor: RightWriter, session: DbSession, sent: PostedForm
) -> Response:
    """Change a right, unless somebody else has changed it meanwhile."""
    row = Rights(session, actor).own(right_id)
    try:
        _check_version(row, sent)
        with session.begin_nested():
            change_right(session, actor, row, read_form(RightIn, sent).values())
    except Problem as problem:
        return _form_page(request, Form.after(problem, sent), row.kind, row, status=problem.status)
    return RedirectResponse(f"/rights/{row.id}", SEE_OTHER)


@router.post("/rights/{right_id}/archive")
def archive(right_id: UUID, actor: RightWriter, session: DbSession, sent: PostedForm) -> Response:
    """Take a right out of the lists."""
    row = Rights(session, actor).own(right_id)
    _check_version(row, sent)
    archive_right(session, actor, row)
    return RedirectResponse("/rights", SEE_OTHER)


@router.post("/rights/{right_id}/papers")
def add_paper(
    request: Request, right_id: UUID, actor: RightWriter, session: DbSession, sent: PostedForm
) -> Response:
    """Keep one more paper beside a right."""
    row = Rights(session, actor).own(right_id)
    try:
        with session.begin_nested():
            _keep_paper(request, session, actor, sent, row)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _right_page(request, session, actor, right_id, form, status=problem.status)
    return RedirectResponse(f"/rights/{right_id}#papers", SEE_OTHER)


def _kind(sent: FormData) -> RightKind:
    """Return the kind whose form was sent; a form of ours always names one."""
    try:
        return RightKind(str(sent.get("kind", "")))
    except ValueError:
        return RightKind.TRADEMARK


def _keep_paper(
    request: Request, session: Session, actor: Actor, sent: FormData, right: Right
) -> None:
    """Store the file of a form and keep it as the paper that the form tells of."""
    told = read_form(PaperForm, sent)
    try:
        check_paper(right.kind, told.paper)
    except Problem as problem:
        problem.errors = (FieldError("paper", problem.errors[0].message),)
        raise
    file = sent_file(request, session, actor, sent, "file")
    add_document(
        session,
        actor,
        right.id,
        kind=told.paper,
        file_id=file.id,
        values=told.values(),
    )


def _check_version(row: Right, sent: FormData) -> None:
    if version_of(sent) != row.version:
        raise Stale(N_("Somebody changed this right meanwhile. Open it again."))


def _options(kinds: list[DocumentKind]) -> list[Option]:
    return [Option(kind.value, PAPERS[kind].label) for kind in kinds]


def _form_page(
    request: Request,
    form: Form,
    kind: RightKind,
    right: Right | None = None,
    *,
    status: int = 200,
) -> Response:
    return page(
        request,
        "registry/right_form.html",
        status=status,
        form=form,
        kind=kind,
        right=right,
        asked=ASKED[kind],
        name=RIGHT_NAMES[kind],
        statuses=STATUSES,
        papers=_options(papers_of(kind)),
        limit_bytes=request.app.state.settings.upload_bytes,
    )


def _right_page(
    request: Request,
    session: Session,
    actor: Actor,
    right_id: UUID,
    form: Form,
    *,
    status: int = 200,
) -> Response:
    row = Rights(session, actor).get(right_id)
    mine = row.organisation_id == actor.organisation_id and actor.can(Permission.RIGHT_WRITE)
    return page(
        request,
        "registry/right.html",
        status=status,
        form=form,
        right=row,
        mine=mine and row.archived_at is None,
        asked=ASKED[row.kind],
        name=RIGHT_NAMES[row.kind],
        statuses=STATUS_NAMES,
        papers=Rights(session, actor).documents(row.id),
        paper_names=PAPERS,
        paper_kinds=_options(papers_of(row.kind)),
        stations=stations(session) if mine else (),
        shared=Shares(session, actor).of(Rights.kind, row.id) if mine else (),
        limit_bytes=request.app.state.settings.upload_bytes,
    )
