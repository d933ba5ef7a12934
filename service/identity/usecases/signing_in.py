"""Sign in, stay signed in, sign out."""

from dataclasses import dataclass
from datetime import datetime

from service.core import audit, clock
from service.core.db import Database
from service.core.settings import Settings
from service.core.text import N_
from service.identity.errors import TooManyTries, WrongPassword
from service.identity.models import ApiKey, Organisation, Person, SignIn, SignInTry
from service.identity.permissions import Actor, Permission, Role
from service.identity.repository import Proofs
from service.identity.secrets import new_token, password_fits, token_hash

SEEN_EVERY_SECONDS = 300
"""How often a session's last use is written: a request must not take the write lock each time."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Who is calling, as found from a cookie or a key."""

    actor: Actor
    name: str
    organisation: str
    language: str
    demonstration: bool
    csrf_token: str = ""
    """Empty for a key, which needs none."""
    bucket: str = ""
    """What the rate limit counts by."""

    @property
    def by_key(self) -> bool:
        """Say whether an API key proved it: no browser sends one by itself, as it does a cookie."""
        return self.actor.scopes is not None


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: `token` goes into the cookie and is kept nowhere."""

    token: str
    person_id: str


def sign_in(
    database: Database,
    settings: Settings,
    *,
    login: str,
    password: str,
    address: str,
    replaces: str = "",
) -> Opened:
    """Open a session; the one `replaces` names ends, so that a planted cookie is worth nothing.

    Raises:
        TooManyTries: this login or address failed too often within the window.
        WrongPassword: no such login, or another password.
    """
    person = prove(database, settings, login=login, password=password, address=address)
    now = clock.now()
    token = new_token()
    with database.write() as session:
        if replaces and (old := session.get(SignIn, token_hash(replaces))):
            session.delete(old)
        session.add(
            SignIn(
                token_hash=token_hash(token),
                person_id=person.id,
                csrf_token=new_token(),
                created_at=now,
                seen_at=now,
                expires_at=now + min(settings.session_idle, settings.session_life),
            )
        )
        audit.record(
            session,
            "session.opened",
            subject=("person", person.id),
            actor_id=person.id,
            organisation_id=person.organisation_id,
        )
    return Opened(token, str(person.id))


def prove(
    database: Database, settings: Settings, *, login: str, password: str, address: str
) -> Person:
    """Return whose login and password these are.

    A try is counted before the password is looked at, and taken back when it was right: tries sent
    at once cannot outrun the count. The slow hash runs outside any transaction.

    Raises:
        TooManyTries, WrongPassword: as `sign_in`.
    """
    now = clock.now()
    keys = [token_hash(f"login:{login}"), token_hash(f"address:{address}")]
    tries = [SignInTry(key_hash=key, at=now) for key in keys]
    with database.write() as session:
        proofs = Proofs(session)
        proofs.lock_tries(keys)
        if proofs.tries_since(keys, now - settings.sign_in_window) >= settings.sign_in_tries:
            raise TooManyTries(
                N_("Wait {minutes} minutes and try again."),
                minutes=int(settings.sign_in_window.total_seconds() // 60),
                retry_after=int(settings.sign_in_window.total_seconds()),
            )
        session.add_all(tries)
        person = proofs.person_of_login(login)
    if not password_fits(password, person.password_hash if person else None):
        raise WrongPassword(N_("Check the login and the password."))
    assert person is not None
    with database.write() as session:
        Proofs(session).forget_tries([row.id for row in tries])
    return person


def sign_out(database: Database, token: str) -> None:
    """End a session; an unknown one is no error."""
    with database.write() as session:
        if row := session.get(SignIn, token_hash(token)):
            session.delete(row)


def recognise_session(database: Database, settings: Settings, token: str) -> Proof | None:
    """Return who holds this session cookie, if it lives; its idle time begins again."""
    now = clock.now()
    with database.read() as session:
        found = Proofs(session).sign_in(token_hash(token), now)
        if found is None:
            return None
        row, person = found
        organisation = session.get_one(Organisation, person.organisation_id)
    if (now - row.seen_at).total_seconds() > SEEN_EVERY_SECONDS:
        ends = min(now + settings.session_idle, row.created_at + settings.session_life)
        with database.write() as session:
            if living := session.get(SignIn, row.token_hash):
                living.seen_at, living.expires_at = now, ends
    return _proof(person, organisation, csrf_token=row.csrf_token, bucket=row.token_hash)


def recognise_key(database: Database, key: str) -> Proof | None:
    """Return whom this API key stands for, cut down to its scopes, if it is valid."""
    now = clock.now()
    with database.read() as session:
        found = Proofs(session).key(token_hash(key), now)
        if found is None:
            return None
        row, person = found
        organisation = session.get_one(Organisation, person.organisation_id)
    if row.used_at is None or (now - row.used_at).total_seconds() > SEEN_EVERY_SECONDS:
        with database.write() as session:
            if living := session.get(ApiKey, row.id):
                living.used_at = now
    scopes = frozenset(Permission(scope) for scope in row.scopes)
    return _proof(person, organisation, scopes=scopes, until=row.expires_at, bucket=row.key_hash)


def _proof(
    person: Person,
    organisation: Organisation,
    *,
    scopes: frozenset[Permission] | None = None,
    until: datetime | None = None,
    csrf_token: str = "",
    bucket: str = "",
) -> Proof:
    return Proof(
        actor=Actor(
            person_id=person.id,
            organisation_id=person.organisation_id,
            role=person.role,
            scopes=scopes,
            reads_all=person.role is Role.AUDITOR,
            until=until,
        ),
        name=person.name,
        organisation=organisation.name_zh,
        language=person.language,
        demonstration=person.demonstration,
        csrf_token=csrf_token,
        bucket=bucket,
    )
