"""People: adding, changing, locking, erasing."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, NotSignedIn
from service.core.text import N_
from service.identity.auditing import note
from service.identity.errors import LastKeeper, LoginTaken, OwnAccount, RoleUnfit
from service.identity.models import ApiKey, PasswordLink, Person, SignIn
from service.identity.permissions import GRANTS, ROLES_OF, Actor, Permission, Role
from service.identity.repository import Organisations, People
from service.identity.secrets import hash_password

ERASED = "—"


def add_person(
    session: Session,
    actor: Actor,
    *,
    organisation_id: UUID,
    login: str,
    name: str,
    role: Role,
    password: str | None,
    email: str = "",
    demonstration: bool = False,
) -> Person:
    """Add somebody who can sign in; without a password, once they have used a `PasswordLink`.

    Raises:
        PermissionDenied: the actor manages no people.
        NotFound: the organisation is not the actor's own (an operator manages all).
        RoleUnfit: the organisation's kind does not have the role.
        LoginTaken, WeakPassword: choose another.
    """
    actor.need(Permission.PERSON_MANAGE)
    organisation = Organisations(session).get(
        organisation_id
        if actor.can(Permission.ORGANISATION_MANAGE)
        else actor.organisation_id or organisation_id
    )
    _check_role(session, organisation.id, role)
    if session.scalar(sa.select(Person.id).where(Person.login == login)):
        raise _taken()
    row = Person(
        organisation_id=organisation.id,
        login=login,
        name=name,
        email=email,
        role=role,
        password_hash=hash_password(password) if password is not None else "",
        demonstration=demonstration,
        created_at=clock.now(),
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError:  # somebody else took it since the question above
        raise _taken() from None
    note(session, actor, "person.added", ("person", row.id), role=role.value)
    return row


def _taken() -> LoginTaken:
    detail = N_("Choose another login.")
    return LoginTaken(detail, errors=[FieldError("login", detail)])


def change_person(
    session: Session, actor: Actor, person: Person, *, name: str, email: str, role: Role
) -> None:
    """Change a person's name, address and role. A new role holds from the next request on.

    Raises:
        RoleUnfit: the organisation's kind does not have the role.
        OwnAccount, LastKeeper: the role would change, and must not.
    """
    actor.need(Permission.PERSON_MANAGE)
    if role is not person.role:
        _check_role(session, person.organisation_id, role)
        _check_keepers(session, actor, person)
        note(
            session,
            actor,
            "person.role_changed",
            ("person", person.id),
            before=person.role.value,
            role=role.value,
        )
    if (name, email) != (person.name, person.email):
        note(session, actor, "person.changed", ("person", person.id))
    person.name, person.email, person.role = name, email, role
    session.flush()


def lock_person(session: Session, actor: Actor, person: Person) -> None:
    """Keep a person out: sessions, keys and one-time links stop working at once.

    Raises:
        OwnAccount: nobody locks themselves.
        LastKeeper: nobody would be left who manages these people.
    """
    actor.need(Permission.PERSON_MANAGE)
    if not person.active:
        return
    _check_keepers(session, actor, person)
    person.active = False
    _end(session, person, SignIn, PasswordLink)
    note(session, actor, "person.locked", ("person", person.id))


def unlock_person(session: Session, actor: Actor, person: Person) -> None:
    """Let a locked person in again, with the password they had."""
    actor.need(Permission.PERSON_MANAGE)
    if not person.active:
        person.active = True
        note(session, actor, "person.unlocked", ("person", person.id))


def choose_language(session: Session, actor: Actor, language: str) -> None:
    """Keep the language the actor is spoken to in; empty: as the browser asks."""
    actor.need(Permission.ACCOUNT_EDIT)
    if actor.person_id is None:
        raise NotSignedIn(N_("Sign in first"))
    person = People(session, actor).get(actor.person_id)
    person.language = language
    note(session, actor, "person.language_chosen", ("person", person.id), language=language)


def erase_person(session: Session, actor: Actor, person: Person) -> None:
    """Remove what names a person: login, name, address, password, sessions, keys, links.

    The id stays in the audit chain and on records, where it no longer leads to anybody.

    Raises:
        OwnAccount: an administrator is erased by another one, or from the console.
    """
    actor.need(Permission.PERSON_ERASE)
    if person.id == actor.person_id:
        raise OwnAccount(N_("Ask somebody else who manages people."))
    person.login, person.name, person.email, person.password_hash = None, ERASED, "", ""
    person.language = ""
    person.active, person.erased_at = False, clock.now()
    _end(session, person, SignIn, ApiKey, PasswordLink)
    note(session, actor, "person.erased", ("person", person.id))


def _end(session: Session, person: Person, *tables: type[SignIn | ApiKey | PasswordLink]) -> None:
    session.flush()
    for table in tables:
        session.execute(sa.delete(table).where(table.person_id == person.id))


def _check_role(session: Session, organisation_id: UUID, role: Role) -> None:
    roles = ROLES_OF[Organisations(session).get(organisation_id).kind]
    if role not in roles:
        detail, fitting = N_("Choose one of: {roles}."), ", ".join(sorted(roles))
        raise RoleUnfit(
            detail, roles=fitting, errors=[FieldError("role", detail, {"roles": fitting})]
        )


def _check_keepers(session: Session, actor: Actor, person: Person) -> None:
    if person.id == actor.person_id:
        raise OwnAccount(N_("Ask somebody else who manages people."))
    keeps = Permission.PERSON_MANAGE in GRANTS[person.role] and person.active
    if keeps and len(People(session, actor).keepers(person)) < 2:
        raise LastKeeper(N_("Give somebody else this role first."))
