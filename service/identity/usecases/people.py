"""People and organisations: adding, changing, erasing; the first administrator."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.text import N_
from service.identity.auditing import note
from service.identity.errors import LoginTaken, RoleUnfit, SetupClosed
from service.identity.models import ApiKey, Organisation, Person, Setup, SignIn
from service.identity.permissions import (
    ROLES_OF,
    Actor,
    OrganisationKind,
    Permission,
    Role,
    console,
)
from service.identity.repository import Organisations, People, Proofs
from service.identity.secrets import hash_password, new_token, token_hash

SETUP_LIFE = timedelta(hours=24)
ERASED = "—"


def add_organisation(
    session: Session, actor: Actor, *, kind: OrganisationKind, name_zh: str, **details: object
) -> Organisation:
    """Add an organisation; `details` are its other columns."""
    actor.need(Permission.ORGANISATION_MANAGE)
    row = Organisation(kind=kind, name_zh=name_zh, created_at=clock.now(), **details)
    session.add(row)
    session.flush()
    note(session, actor, "organisation.added", ("organisation", row.id), kind=kind.value)
    return row


def add_person(
    session: Session,
    actor: Actor,
    *,
    organisation_id: UUID,
    login: str,
    name: str,
    role: Role,
    password: str,
    email: str = "",
    demonstration: bool = False,
) -> Person:
    """Add somebody who can sign in.

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
    if role not in ROLES_OF[organisation.kind]:
        raise RoleUnfit(
            N_("Choose one of: {roles}."), roles=", ".join(sorted(ROLES_OF[organisation.kind]))
        )
    if session.scalar(sa.select(Person.id).where(Person.login == login)):
        raise LoginTaken(N_("Choose another login."))
    row = Person(
        organisation_id=organisation.id,
        login=login,
        name=name,
        email=email,
        role=role,
        password_hash=hash_password(password),
        demonstration=demonstration,
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    note(session, actor, "person.added", ("person", row.id), role=role.value)
    return row


def erase_person(session: Session, actor: Actor, person: Person) -> None:
    """Remove what names a person: login, name, address, password, sessions, keys.

    The id stays in the audit chain and on records, where it no longer leads to anybody.
    """
    actor.need(Permission.PERSON_ERASE)
    person.login, person.name, person.email, person.password_hash = None, ERASED, "", ""
    person.active, person.erased_at = False, clock.now()
    for table in (SignIn, ApiKey):
        session.execute(sa.delete(table).where(table.person_id == person.id))
    note(session, actor, "person.erased", ("person", person.id))


def set_password(session: Session, actor: Actor, person_id: UUID, *, password: str) -> None:
    """Set a password: one's own, or another's where the actor manages people. Ends its sessions."""
    if person_id != actor.person_id:
        actor.need(Permission.PERSON_MANAGE)
    person = People(session, actor).get(person_id)
    person.password_hash = hash_password(password)
    session.execute(sa.delete(SignIn).where(SignIn.person_id == person.id))
    note(session, actor, "person.password_set", ("person", person.id))


def open_setup(session: Session) -> str | None:
    """Return a fresh one-time token for the first administrator, or None where there is one."""
    if Proofs(session).administrators():
        return None
    now = clock.now()
    session.execute(sa.delete(Setup).where(Setup.used_at.is_(None)))
    token = new_token()
    session.add(Setup(token_hash=token_hash(token), created_at=now, expires_at=now + SETUP_LIFE))
    return token


def complete_setup(session: Session, *, token: str, login: str, name: str, password: str) -> Person:
    """Make the first administrator with the console's token; it works once.

    Raises:
        SetupClosed: wrong, used or old token, or an administrator exists.
    """
    proofs = Proofs(session)
    row = proofs.setup(token_hash(token), clock.now())
    if row is None or proofs.administrators():
        raise SetupClosed(N_("Run `markpass setup` for a new token."))
    row.used_at = clock.now()
    actor = console()
    operator = session.scalars(
        sa.select(Organisation).where(Organisation.kind == OrganisationKind.OPERATOR)
    ).first() or add_organisation(
        session, actor, kind=OrganisationKind.OPERATOR, name_zh="系统运营方", name_en="Operator"
    )
    return add_person(
        session,
        actor,
        organisation_id=operator.id,
        login=login,
        name=name,
        role=Role.ADMINISTRATOR,
        password=password,
    )
