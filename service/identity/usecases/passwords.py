"""Passwords: setting them, one-time links for who has none, changing one's own."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.errors import NotSignedIn
from service.core.settings import Settings
from service.core.text import N_
from service.identity.auditing import note
from service.identity.errors import LinkClosed, OwnAccount
from service.identity.links import LINK_LIFE
from service.identity.models import PasswordLink, Person, SignIn
from service.identity.permissions import Actor, Permission
from service.identity.repository import People, Proofs
from service.identity.secrets import hash_password, new_token, token_hash
from service.identity.usecases.signing_in import prove


def set_password(session: Session, actor: Actor, person_id: UUID, *, password: str) -> None:
    """Set a password: one's own, or another's where the actor manages people. Ends its sessions."""
    if person_id != actor.person_id:
        actor.need(Permission.PERSON_MANAGE)
    _set(session, actor, People(session, actor).get(person_id), hash_password(password))


def make_password_link(session: Session, actor: Actor, person: Person) -> str:
    """Return the token of a one-time link by which the person sets a password.

    The old password, earlier links and all sessions of the person end now; whoever makes the link
    never learns the new password.

    Raises:
        OwnAccount: one changes one's own password with the old one.
    """
    actor.need(Permission.PERSON_MANAGE)
    if person.id == actor.person_id:
        raise OwnAccount(N_("Change your own password on the page My account."))
    person.password_hash = ""
    session.flush()
    for table in (SignIn, PasswordLink):
        session.execute(sa.delete(table).where(table.person_id == person.id))
    token, now = new_token(), clock.now()
    session.add(
        PasswordLink(
            token_hash=token_hash(token),
            person_id=person.id,
            created_at=now,
            expires_at=now + LINK_LIFE,
        )
    )
    note(session, actor, "person.link_made", ("person", person.id))
    return token


def use_password_link(database: Database, *, token: str, password: str) -> None:
    """Set the password of whom the link was made for; it works once.

    Raises:
        LinkClosed: used, replaced, wrong or old, or the person is locked.
        WeakPassword: choose another; the link goes on working.
    """
    with database.read() as session:
        _person_of(session, token)
    hashed = hash_password(password)
    with database.write() as session:
        link, person = _person_of(session, token)
        session.delete(link)
        _set(session, Actor(person.id, person.organisation_id, person.role), person, hashed)


def change_own_password(
    database: Database,
    settings: Settings,
    actor: Actor,
    *,
    current: str,
    password: str,
    address: str,
) -> None:
    """Change one's own password; all one's sessions end, also the one that asked.

    Raises:
        TooManyTries, WrongPassword: as for signing in, and counted with it.
        WeakPassword: choose another.
    """
    actor.need(Permission.ACCOUNT_EDIT)
    with database.read() as session:
        if actor.person_id is None:
            raise NotSignedIn(N_("Sign in first"))
        login = People(session, actor).get(actor.person_id).login or ""
    person = prove(database, settings, login=login, password=current, address=address)
    hashed = hash_password(password)
    with database.write() as session:
        _set(session, actor, People(session, actor).get(person.id), hashed)


def _person_of(session: Session, token: str) -> tuple[PasswordLink, Person]:
    found = Proofs(session).password_link(token_hash(token), clock.now())
    if found is None:
        raise LinkClosed(N_("Ask whoever manages your people for a new one."))
    return found


def _set(session: Session, actor: Actor, person: Person, hashed: str) -> None:
    person.password_hash = hashed
    session.flush()
    session.execute(sa.delete(SignIn).where(SignIn.person_id == person.id))
    note(session, actor, "person.password_set", ("person", person.id))
