"""Pages of people: who may sign in, their roles, locks and one-time links; one's own account."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from service.core.db import Db, DbSession
from service.core.errors import Problem, Stale
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.links import password_link
from service.identity.models import Organisation, Person
from service.identity.names import ROLE_NAMES
from service.identity.permissions import (
    ROLES_OF,
    Actor,
    Permission,
    current_actor_or_none,
    require,
)
from service.identity.repository import Organisations, People, Tenants
from service.identity.schemas_people import LinkForm, LinkMade, PersonChange, PersonIn
from service.identity.usecases.passwords import make_password_link, use_password_link
from service.identity.usecases.people import (
    add_person,
    change_person,
    erase_person,
    lock_person,
    unlock_person,
)
from service.ui.forms import Form, PostedForm, id_of, read_form, version_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
Manager = Annotated[Actor, Depends(require(Permission.PERSON_MANAGE))]
Eraser = Annotated[Actor, Depends(require(Permission.PERSON_ERASE))]
SEE_OTHER = 303


@router.get("/people")
def people(
    request: Request,
    actor: Manager,
    session: DbSession,
    cursor: CursorOfQuery,
    organisation: UUID | None = None,
) -> Response:
    """List the people one manages."""
    rows, following = People(session, actor).page(cursor, organisation_id=organisation)
    return page(
        request,
        "identity/people.html",
        people=rows,
        next=following,
        role_names=ROLE_NAMES,
        organisation=organisation or actor.organisation_id,
        names=Organisations(session).names({row.organisation_id for row in rows}),
    )


@router.get("/people/new")
def new(
    request: Request, actor: Manager, session: DbSession, organisation: UUID | None = None
) -> Response:
    """Show the form of a new person."""
    form = Form.blank(organisation_id=organisation or actor.organisation_id)
    return _new(request, session, actor, form)


@router.post("/people")
def add(request: Request, actor: Manager, session: DbSession, sent: PostedForm) -> Response:
    """Add a person and show the link by which they set a password, this once."""
    try:
        body = read_form(PersonIn, sent)
        where = body.organisation_id or actor.organisation_id
        assert where is not None
        values = body.model_dump(exclude={"organisation_id"})
        with session.begin_nested():
            row = add_person(session, actor, organisation_id=where, password=None, **values)
    except Problem as problem:
        return _new(request, session, actor, Form.after(problem, sent), status=problem.status)
    token = make_password_link(session, actor, row)
    session.flush()
    return _person(request, session, row, made=password_link(str(request.base_url), token))


@router.get("/people/{person_id}")
def person(person_id: UUID, request: Request, actor: Manager, session: DbSession) -> Response:
    """Show a person with all that can be done."""
    return _person(request, session, People(session, actor).get(person_id))


@router.post("/people/{person_id}")
def change(
    person_id: UUID, request: Request, actor: Manager, session: DbSession, sent: PostedForm
) -> Response:
    """Change a person, unless somebody else has changed them meanwhile."""
    row = People(session, actor).get(person_id)
    try:
        if version_of(sent) != row.version:
            raise Stale(N_("Somebody changed this person meanwhile. Open the page again."))
        body = read_form(PersonChange, sent)
        with session.begin_nested():
            change_person(session, actor, row, **body.model_dump())
    except Problem as problem:
        form = Form.after(problem, sent)
        return _person(request, session, row, form=form, status=problem.status)
    return RedirectResponse("/people", SEE_OTHER)


@router.post("/people/{person_id}/lock")
def lock(person_id: UUID, request: Request, actor: Manager, session: DbSession) -> Response:
    """Keep a person out, at once."""
    return _done(request, session, actor, person_id, lock_person)


@router.post("/people/{person_id}/unlock")
def unlock(person_id: UUID, request: Request, actor: Manager, session: DbSession) -> Response:
    """Let a locked person in again."""
    return _done(request, session, actor, person_id, unlock_person)


@router.post("/people/{person_id}/link")
def link(person_id: UUID, request: Request, actor: Manager, session: DbSession) -> Response:
    """End a person's password and show the link by which they set another, this once."""
    row = People(session, actor).get(person_id)
    try:
        token = make_password_link(session, actor, row)
    except Problem as problem:
        return _refused(request, session, row, problem)
    session.flush()
    return _person(request, session, row, made=password_link(str(request.base_url), token))


@router.post("/people/{person_id}/erase")
def erase(person_id: UUID, request: Request, actor: Eraser, session: DbSession) -> Response:
    """Remove what names a person."""
    return _done(request, session, actor, person_id, erase_person)


@router.get("/password")
def password_page(request: Request, token: str = "") -> Response:
    """Show the form behind a one-time link."""
    return page(request, "identity/password.html", form=Form.blank(token=token))


@router.post("/password")
def set_by_link(request: Request, database: Db, sent: PostedForm) -> Response:
    """Set the password and lead to the door."""
    try:
        use_password_link(database, **read_form(LinkForm, sent).model_dump())
    except Problem as problem:
        form = Form.after(problem, sent)
        return page(request, "identity/password.html", status=problem.status, form=form)
    return RedirectResponse("/sign-in", SEE_OTHER)


def _done(
    request: Request,
    session: Session,
    actor: Actor,
    person_id: UUID,
    step: Callable[[Session, Actor, Person], None],
) -> Response:
    """Do one step to a person; a refusal is told on their page."""
    row = People(session, actor).get(person_id)
    try:
        step(session, actor, row)
    except Problem as problem:
        return _refused(request, session, row, problem)
    return RedirectResponse("/people", SEE_OTHER)


def _refused(request: Request, session: Session, row: Person, problem: Problem) -> Response:
    form = replace(_filled(row), errors=Form.after(problem, FormData()).errors)
    return _person(request, session, row, form=form, status=problem.status)


def _filled(row: Person) -> Form:
    return Form.blank(name=row.name, email=row.email, role=row.role.value)


def _person(
    request: Request,
    session: Session,
    row: Person,
    *,
    form: Form | None = None,
    made: LinkMade | None = None,
    status: int = 200,
) -> Response:
    organisation = Organisations(session).get(row.organisation_id)
    actor = current_actor_or_none(request)
    own = actor is not None and actor.person_id == row.id
    return page(
        request,
        "identity/person.html",
        status=status,
        form=form or _filled(row),
        person=row,
        organisation=organisation,
        made=made,
        roles=_roles(organisation),
        own=own,
    )


def _new(
    request: Request, session: Session, actor: Actor, form: Form, *, status: int = 200
) -> Response:
    """Show the form of a person of one organisation."""
    where = Tenants(session, actor).get(id_of(form.value("organisation_id")))
    return page(
        request,
        "identity/person_new.html",
        status=status,
        form=form,
        organisation=where,
        roles=_roles(where),
    )


def _roles(organisation: Organisation) -> list[Option]:
    """Return the roles of an organisation's kind, in the order of `Role`."""
    fitting = ROLES_OF[organisation.kind]
    return [Option(role.value, label) for role, label in ROLE_NAMES.items() if role in fitting]
