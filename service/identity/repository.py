"""All SQL of identity."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.domain import Link
from service.identity.models import (
    ApiKey,
    Organisation,
    PasswordLink,
    Person,
    Replay,
    Setup,
    SignIn,
    SignInTry,
)
from service.identity.permissions import Actor, OrganisationKind, Permission, Role


@dataclass(frozen=True, slots=True)
class People:
    """The people an actor may see: of the own organisation; an operator sees all."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[Person]:
        query = sa.select(Person).where(Person.erased_at.is_(None))
        if self.actor.reads_all or self.actor.can(Permission.ORGANISATION_MANAGE):
            return query
        return query.where(Person.organisation_id == self.actor.organisation_id)

    def get(self, person_id: UUID) -> Person:
        """Return the person; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(Person.id == person_id))
        if row is None:
            raise NotFound(N_("There is no such person."))
        return row

    def named(self, who: str) -> Person:
        """Return the person with this login or id (command line)."""
        query = self._visible().where(Person.login == who)
        row = self.session.scalar(query)
        if row is None:
            try:
                return self.get(UUID(who))
            except ValueError:
                raise NotFound(N_("Nobody has the login {login}."), login=who) from None
        return row

    def all(self) -> Sequence[Person]:
        """Return everybody in sight, by name."""
        return self.session.scalars(self._visible().order_by(Person.name, Person.id)).all()

    def page(
        self, cursor: Cursor, *, organisation_id: UUID | None = None
    ) -> tuple[Sequence[Person], str | None]:
        """Return some people in sight, of one organisation where it is named, newest first."""
        query = self._visible()
        if organisation_id is not None:
            query = query.where(Person.organisation_id == organisation_id)
        rows = self.session.scalars(newest_first(query, Person.id, cursor)).all()
        return cut(list(rows), cursor)

    def keepers(self, person: Person) -> Sequence[UUID]:
        """Return who can sign in with this person's role beside it, and hold their rows.

        Of the same organisation; administrators of all, since they keep the installation.
        """
        query = sa.select(Person.id).where(Person.role == person.role, Person.active.is_(True))
        if person.role is not Role.ADMINISTRATOR:
            query = query.where(Person.organisation_id == person.organisation_id)
        return self.session.scalars(query.order_by(Person.id).with_for_update()).all()


@dataclass(frozen=True, slots=True)
class Organisations:
    """Organisations are visible to all who are signed in: names only, no content."""

    session: Session

    def get(self, organisation_id: UUID) -> Organisation:
        """Return the organisation or raise `NotFound`."""
        row = self.session.get(Organisation, organisation_id)
        if row is None:
            raise NotFound(N_("There is no such organisation."))
        return row

    def named(self, name: str) -> Organisation | None:
        """Return the organisation of this Chinese or English name or credit code, if there is."""
        fields = (Organisation.name_zh, Organisation.name_en, Organisation.uscc)
        return self.session.scalars(
            sa.select(Organisation)
            .where(sa.or_(*(field == name for field in fields)))
            .order_by(Organisation.id)
        ).first()

    def of_code(self, uscc: str) -> Organisation | None:
        """Return the organisation with this unified social credit code."""
        return self.session.scalar(sa.select(Organisation).where(Organisation.uscc == uscc))

    def names(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        """Return the names of organisations."""
        query = sa.select(Organisation.id, Organisation.name_zh).where(
            Organisation.id.in_(list(ids))
        )
        return {row.id: row.name_zh for row in self.session.execute(query)}

    def of_kind(self, kind: OrganisationKind) -> Sequence[Organisation]:
        """Return the organisations of one kind by name."""
        return self.session.scalars(
            sa.select(Organisation)
            .where(Organisation.kind == kind)
            .order_by(Organisation.name_zh, Organisation.id)
        ).all()

    def linked_to(self, organisation_id: UUID, link: Link) -> Sequence[Organisation]:
        """Return those whose `link` leads to this one: a bureau's stations, a station's firms."""
        return self.session.scalars(
            sa.select(Organisation)
            .where(_column(link) == organisation_id)
            .order_by(Organisation.name_zh, Organisation.id)
        ).all()


@dataclass(frozen=True, slots=True)
class Tenants:
    """The organisations whose particulars an actor sees: its own; an operator sees all."""

    session: Session
    actor: Actor

    def _visible(self) -> sa.Select[Organisation]:
        query = sa.select(Organisation)
        if self.actor.reads_all or self.actor.can(Permission.ORGANISATION_MANAGE):
            return query
        return query.where(Organisation.id == self.actor.organisation_id)

    def get(self, organisation_id: UUID | None) -> Organisation:
        """Return the organisation; absent and foreign ones raise `NotFound` alike."""
        row = self.session.scalar(self._visible().where(Organisation.id == organisation_id))
        if row is None:
            raise NotFound(N_("There is no such organisation."))
        return row

    def page(
        self, cursor: Cursor, *, kind: OrganisationKind | None = None, text: str = ""
    ) -> tuple[Sequence[Organisation], str | None]:
        """Return some organisations, newest first: of a kind, with a text in name or code."""
        query = self._visible()
        if kind is not None:
            query = query.where(Organisation.kind == kind)
        if text:
            fields = (Organisation.name_zh, Organisation.name_en, Organisation.uscc)
            query = query.where(
                sa.or_(*(field.icontains(text, autoescape=True) for field in fields))
            )
        rows = self.session.scalars(newest_first(query, Organisation.id, cursor)).all()
        return cut(list(rows), cursor)


def linked_ids(actor: Actor, link: Link) -> sa.Select[UUID]:
    """Select the ids of the organisations whose `link` leads to the actor's own.

    For the tenant filters of rooms above: `Case.station_id.in_(linked_ids(actor, Link.SUPERVISOR))`
    is what the actor's bureau supervises. Nothing where the actor has no organisation.
    """
    column = _column(link)
    return sa.select(Organisation.id).where(column == actor.organisation_id, column.is_not(None))


def _column(link: Link) -> InstrumentedAttribute[UUID | None]:
    column: InstrumentedAttribute[UUID | None] = getattr(Organisation, f"{link.value}_id")
    return column


@dataclass(frozen=True, slots=True)
class Proofs:
    """Sessions, keys, tries and setup tokens: looked up before anybody is signed in."""

    session: Session

    def person_of_login(self, login: str) -> Person | None:
        """Return the active person with this login."""
        return self.session.scalar(
            sa.select(Person).where(Person.login == login, Person.active.is_(True))
        )

    def sign_in(self, token_hash: str, now: datetime) -> tuple[SignIn, Person] | None:
        """Return a living sign-in and its active person."""
        row = self.session.execute(
            sa.select(SignIn, Person)
            .join(Person, Person.id == SignIn.person_id)
            .where(
                SignIn.token_hash == token_hash, SignIn.expires_at > now, Person.active.is_(True)
            )
        ).first()
        return (row[0], row[1]) if row else None

    def key(self, key_hash: str, now: datetime) -> tuple[ApiKey, Person] | None:
        """Return a valid key and its active person."""
        row = self.session.execute(
            sa.select(ApiKey, Person)
            .join(Person, Person.id == ApiKey.person_id)
            .where(
                ApiKey.key_hash == key_hash,
                ApiKey.revoked_at.is_(None),
                sa.or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now),
                Person.active.is_(True),
            )
        ).first()
        return (row[0], row[1]) if row else None

    def keys_of(self, person_id: UUID) -> Sequence[ApiKey]:
        """Return a person's keys, newest first."""
        return self.session.scalars(
            sa.select(ApiKey).where(ApiKey.person_id == person_id).order_by(ApiKey.id.desc())
        ).all()

    def password_link(self, token_hash: str, now: datetime) -> tuple[PasswordLink, Person] | None:
        """Return a living one-time link and its active person, both held until the commit."""
        row = self.session.execute(
            sa.select(PasswordLink, Person)
            .join(Person, Person.id == PasswordLink.person_id)
            .where(
                PasswordLink.token_hash == token_hash,
                PasswordLink.expires_at > now,
                Person.active.is_(True),
            )
            .with_for_update()
        ).first()
        return (row[0], row[1]) if row else None

    def lock_tries(self, key_hashes: Sequence[str]) -> None:
        """Let one sign-in at a time count the tries under these keys, until the commit.

        SQLite has one writer anyway; PostgreSQL needs a lock, since there may be no row to hold.
        """
        if self.session.get_bind().dialect.name == "postgresql":
            for key in sorted(key_hashes):
                number = int(key[:15], 16)
                self.session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))

    def tries_since(self, key_hashes: Sequence[str], since: datetime) -> int:
        """Count the failed sign-ins under the worst of these keys."""
        counts = self.session.scalars(
            sa.select(sa.func.count())
            .where(SignInTry.key_hash.in_(key_hashes), SignInTry.at > since)
            .group_by(SignInTry.key_hash)
        ).all()
        return max(counts, default=0)

    def forget_tries(self, ids: Sequence[UUID]) -> None:
        """Take back tries that were no failures."""
        self.session.execute(sa.delete(SignInTry).where(SignInTry.id.in_(ids)))

    def administrators(self) -> int:
        """Count the active administrators."""
        return self.session.scalars(
            sa.select(sa.func.count())
            .select_from(Person)
            .where(Person.role == Role.ADMINISTRATOR, Person.active.is_(True))
        ).one()

    def setup(self, token_hash: str, now: datetime) -> Setup | None:
        """Return an unused, living setup token."""
        return self.session.scalar(
            sa.select(Setup).where(
                Setup.token_hash == token_hash, Setup.expires_at > now, Setup.used_at.is_(None)
            )
        )

    def demonstration_people(self) -> int:
        """Count the demonstration accounts that can still sign in."""
        return self.session.scalars(
            sa.select(sa.func.count())
            .select_from(Person)
            .where(Person.demonstration.is_(True), Person.active.is_(True))
        ).one()

    def forget_old(
        self, *, sessions_before: datetime, tries_before: datetime, replays_before: datetime
    ) -> int:
        """Delete ended sessions, old tries and stored answers; return how many rows went."""
        gone = 0
        for statement in (
            sa.delete(SignIn).where(SignIn.expires_at < sessions_before),
            sa.delete(SignInTry).where(SignInTry.at < tries_before),
            sa.delete(PasswordLink).where(PasswordLink.expires_at < sessions_before),
            sa.delete(Replay).where(Replay.created_at < replays_before),
        ):
            gone += cast("sa.CursorResult[Any]", self.session.execute(statement)).rowcount
        return gone


def names_of(
    session: Session, people: Iterable[UUID], organisations: Iterable[UUID] = ()
) -> dict[str, str]:
    """Return what people and organisations are called, by id as text; absent ones are left out."""
    named = (
        sa.select(Person.id, Person.name).where(Person.id.in_(list(people))),
        sa.select(Organisation.id, Organisation.name_zh).where(
            Organisation.id.in_(list(organisations))
        ),
    )
    return {str(key): name for query in named for key, name in session.execute(query)}
