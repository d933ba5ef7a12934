"""People as JSON: adding, changing, locking, one-time links, erasing; one's own account."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from service.core.db import Db, DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.identity.links import password_link
from service.identity.models import Person
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.identity.repository import People
from service.identity.schemas_people import (
    LanguageChange,
    LinkMade,
    PasswordChange,
    PersonChange,
    PersonIn,
    PersonMade,
    PersonOut,
)
from service.identity.usecases.passwords import change_own_password, make_password_link
from service.identity.usecases.people import (
    add_person,
    change_person,
    choose_language,
    erase_person,
    lock_person,
    unlock_person,
)

router = APIRouter(route_class=OnceRoute)
Manager = Annotated[Actor, Depends(require(Permission.PERSON_MANAGE))]
Eraser = Annotated[Actor, Depends(require(Permission.PERSON_ERASE))]
Holder = Annotated[Actor, Depends(require(Permission.ACCOUNT_EDIT))]


@router.get("/people")
def people(
    actor: Manager,
    session: DbSession,
    cursor: CursorOfQuery,
    organisation_id: UUID | None = None,
) -> Page[PersonOut]:
    """List the people one manages, newest first."""
    rows, following = People(session, actor).page(cursor, organisation_id=organisation_id)
    return Page(items=[PersonOut.model_validate(row) for row in rows], next=following)


@router.post("/people", status_code=201)
def add(
    body: PersonIn, request: Request, response: Response, actor: Manager, session: DbSession
) -> PersonMade:
    """Add a person. The link by which they set a password is in this answer and nowhere else."""
    values = body.model_dump(exclude={"organisation_id"})
    where = body.organisation_id or actor.organisation_id
    assert where is not None
    row = add_person(session, actor, organisation_id=where, password=None, **values)
    token = make_password_link(session, actor, row)
    response.headers["Location"] = f"/api/v1/people/{row.id}"
    made = password_link(str(request.base_url), token)
    return PersonMade(**_answer(session, response, row).model_dump(), link=made)


@router.get("/people/{person_id}")
def person(person_id: UUID, response: Response, actor: Manager, session: DbSession) -> PersonOut:
    """Give a person; the ETag is needed to change them."""
    return _answer(session, response, People(session, actor).get(person_id))


@router.put("/people/{person_id}")
def change(
    person_id: UUID,
    body: PersonChange,
    request: Request,
    response: Response,
    actor: Manager,
    session: DbSession,
) -> PersonOut:
    """Change name, address and role of a person whose `If-Match` is current."""
    row = People(session, actor).get(person_id)
    check_match(request, row.version)
    change_person(session, actor, row, **body.model_dump())
    return _answer(session, response, row)


@router.post("/people/{person_id}/lock")
def lock(person_id: UUID, response: Response, actor: Manager, session: DbSession) -> PersonOut:
    """Keep a person out: sessions and keys stop working at once."""
    row = People(session, actor).get(person_id)
    lock_person(session, actor, row)
    return _answer(session, response, row)


@router.post("/people/{person_id}/unlock")
def unlock(person_id: UUID, response: Response, actor: Manager, session: DbSession) -> PersonOut:
    """Let a locked person in again."""
    row = People(session, actor).get(person_id)
    unlock_person(session, actor, row)
    return _answer(session, response, row)


@router.post("/people/{person_id}/link", status_code=201)
def link(person_id: UUID, request: Request, actor: Manager, session: DbSession) -> LinkMade:
    """End a person's password and give the one-time link by which they set another."""
    token = make_password_link(session, actor, People(session, actor).get(person_id))
    return password_link(str(request.base_url), token)


@router.delete("/people/{person_id}", status_code=204)
def erase(person_id: UUID, actor: Eraser, session: DbSession) -> None:
    """Remove what names a person; a bare id stays on records and in the audit chain."""
    erase_person(session, actor, People(session, actor).get(person_id))


@router.put("/me/password", status_code=204)
def own_password(body: PasswordChange, request: Request, actor: Holder, database: Db) -> None:
    """Change one's own password; all one's sessions end."""
    change_own_password(
        database,
        request.app.state.settings,
        actor,
        current=body.current,
        password=body.password,
        address=request.client.host if request.client else "",
    )


@router.put("/me/language", status_code=204)
def own_language(body: LanguageChange, actor: Holder, session: DbSession) -> None:
    """Choose the language one is spoken to in."""
    choose_language(session, actor, body.language.value if body.language else "")


def _answer(session: Session, response: Response, row: Person) -> PersonOut:
    session.flush()
    set_tag(response, row.version)
    return PersonOut.model_validate(row)
