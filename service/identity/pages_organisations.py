"""Pages of organisations: one's own, and for who manages them the list, adding and changing."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.core.errors import Problem, Stale
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.domain import BRANCHES_OF, LINKS, Link
from service.identity.models import Organisation
from service.identity.names import BRANCH_NAMES, KIND_NAMES, LINK_NAMES
from service.identity.permissions import Actor, OrganisationKind, Permission, require
from service.identity.repository import Organisations, Tenants
from service.identity.schemas_people import OrganisationChange, OrganisationIn
from service.identity.usecases.organisations import (
    LINK_FIELDS,
    add_organisation,
    change_organisation,
)
from service.ui.forms import Form, PostedForm, read_form, version_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
Reader = Annotated[Actor, Depends(require(Permission.ORGANISATION_READ))]
Editor = Annotated[Actor, Depends(require(Permission.ORGANISATION_EDIT))]
Manager = Annotated[Actor, Depends(require(Permission.ORGANISATION_MANAGE))]
SEE_OTHER = 303


@router.get("/organisation")
def own(request: Request, actor: Reader, session: DbSession, *, saved: bool = False) -> Response:
    """Show one's own organisation; who may changes it here."""
    return _shown(
        request, session, actor, Tenants(session, actor).get(actor.organisation_id), saved
    )


@router.get("/organisations")
def organisations(
    request: Request,
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    kind: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """List the organisations one sees."""
    known = OrganisationKind(kind) if kind in tuple(OrganisationKind) else None
    rows, following = Tenants(session, actor).page(cursor, kind=known, text=q.strip())
    return page(
        request,
        "identity/organisations.html",
        rows=rows,
        next=following,
        form=Form.blank(kind=kind, q=q),
        kinds=[Option(one.value, label) for one, label in KIND_NAMES.items()],
        kind_names=KIND_NAMES,
        branch_names=BRANCH_NAMES,
    )


@router.get("/organisations/new")
def new(
    request: Request, actor: Manager, session: DbSession, kind: OrganisationKind | None = None
) -> Response:
    """Ask for the kind of a new organisation, and then for its particulars."""
    return _form(request, session, actor, kind, Form.blank(country="CN"))


@router.post("/organisations")
def add(request: Request, actor: Manager, session: DbSession, sent: PostedForm) -> Response:
    """Add an organisation."""
    try:
        body = read_form(OrganisationIn, sent)
        with session.begin_nested():
            row = add_organisation(session, actor, kind=body.kind, **body.values())
    except Problem as problem:
        kind = str(sent.get("kind", ""))
        known = OrganisationKind(kind) if kind in tuple(OrganisationKind) else None
        form = Form.after(problem, sent)
        return _form(request, session, actor, known, form, status=problem.status)
    return RedirectResponse(f"/organisations/{row.id}?saved=yes", SEE_OTHER)


@router.get("/organisations/{organisation_id}")
def organisation(
    organisation_id: UUID,
    request: Request,
    actor: Reader,
    session: DbSession,
    *,
    saved: bool = False,
) -> Response:
    """Show an organisation; who may changes it here."""
    return _shown(request, session, actor, Tenants(session, actor).get(organisation_id), saved)


@router.post("/organisations/{organisation_id}")
def change(
    organisation_id: UUID, request: Request, actor: Editor, session: DbSession, sent: PostedForm
) -> Response:
    """Change an organisation, unless somebody else has changed it meanwhile."""
    row = Tenants(session, actor).get(organisation_id)
    try:
        if version_of(sent) != row.version:
            raise Stale(N_("Somebody changed this organisation meanwhile. Open it again."))
        values = read_form(OrganisationChange, sent).values()
        with session.begin_nested():  # the page is answered after a refusal: nothing half done
            change_organisation(session, actor, row, _sent_only(actor, row, values))
    except Problem as problem:
        form = Form.after(problem, sent)
        return _form(request, session, actor, row.kind, form, row, status=problem.status)
    own_one = row.id == actor.organisation_id
    where = "/organisation" if own_one else f"/organisations/{row.id}"
    return RedirectResponse(f"{where}?saved=yes", SEE_OTHER)


def _sent_only(actor: Actor, row: Organisation, values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the form does not show to who manages no organisations."""
    if actor.can(Permission.ORGANISATION_MANAGE):
        return values
    hidden = {*LINK_FIELDS.values(), *(["uscc"] if row.uscc else [])}
    return {name: value for name, value in values.items() if name not in hidden}


def _shown(
    request: Request, session: Session, actor: Actor, row: Organisation, saved: bool
) -> Response:
    if actor.can(Permission.ORGANISATION_EDIT):
        columns = OrganisationChange.model_fields
        form = Form.blank(**{name: getattr(row, name) for name in columns})
        return _form(request, session, actor, row.kind, form, row, saved=saved)
    return page(
        request,
        "identity/organisation.html",
        row=row,
        kind_names=KIND_NAMES,
        branch_names=BRANCH_NAMES,
        links=_links_of(session, row),
        sees_all=actor.reads_all,
    )


def _links_of(session: Session, row: Organisation) -> list[tuple[str, str]]:
    """Return how the organisation stands to others: label and name."""
    found = {link: row.linked(link) for link in Link}
    names = Organisations(session).names(key for key in found.values() if key)
    return [(LINK_NAMES[link], names[key]) for link, key in found.items() if key]


def _form(
    request: Request,
    session: Session,
    actor: Actor,
    kind: OrganisationKind | None,
    form: Form,
    row: Organisation | None = None,
    *,
    status: int = 200,
    saved: bool = False,
) -> Response:
    manages = actor.can(Permission.ORGANISATION_MANAGE)
    return page(
        request,
        "identity/organisation_form.html",
        status=status,
        form=form,
        row=row,
        kind=kind,
        saved=saved,
        kinds=[Option(one.value, label) for one, label in KIND_NAMES.items()],
        kind_names=KIND_NAMES,
        branches=[Option(one.value, BRANCH_NAMES[one]) for one in BRANCHES_OF.get(kind, ())]
        if kind
        else [],
        links=_choices(session, kind, row) if manages and kind else [],
        told=[] if manages or row is None else _links_of(session, row),
        uscc_fixed=bool(row and row.uscc and not manages),
        manages=manages,
    )


def _choices(
    session: Session, kind: OrganisationKind, row: Organisation | None
) -> list[tuple[str, str, list[Option]]]:
    """Return for each link of this kind: field, label, and the organisations it may lead to."""
    return [
        (
            LINK_FIELDS[link],
            LINK_NAMES[link],
            [
                Option(str(one.id), one.name_zh, data=True)
                for one in Organisations(session).of_kind(ends.target)
                if row is None or one.id != row.id
            ],
        )
        for link, ends in LINKS.items()
        if ends.source is kind
    ]
