"""Rows with sensible defaults, for tests to override by keyword."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from service.core import clock
from service.core.db import Database
from service.identity.models import Organisation, Person
from service.identity.permissions import ROLES_OF, Actor, OrganisationKind, Role, console
from service.identity.usecases.organisations import add_organisation
from service.identity.usecases.people import add_person

PASSWORD = "correct horse battery staple"
KIND_OF_ROLE = {role: kind for kind, roles in ROLES_OF.items() for role in roles}


@dataclass(frozen=True, slots=True)
class Someone:
    """A person who can sign in, and the actor they are."""

    actor: Actor
    login: str
    person_id: UUID
    organisation_id: UUID


def make_organisation(
    database: Database, kind: OrganisationKind = OrganisationKind.EXPORTER, **details: object
) -> Organisation:
    """Add an organisation."""
    with database.write() as session:
        name = str(details.pop("name_zh", f"无锡测试{uuid4().hex[:6]}有限公司"))
        return add_organisation(session, console(), kind=kind, name_zh=name, **details)


def make_person(
    database: Database,
    role: Role = Role.EXPORTER_STAFF,
    *,
    organisation: Organisation | None = None,
    login: str | None = None,
) -> Someone:
    """Add a person of this role in `organisation`, or in a new one of the fitting kind.

    The password hash is set later by `sign_in`'s tests only: hashing is slow on purpose.
    """
    organisation = organisation or make_organisation(database, KIND_OF_ROLE[role])
    login = login or f"p{uuid4().hex[:10]}"
    person = Person(
        organisation_id=organisation.id,
        login=login,
        name="张三",
        role=role,
        created_at=clock.now(),
    )
    with database.write() as session:
        session.add(person)
    actor = Actor(person.id, organisation.id, role, reads_all=role is Role.AUDITOR)
    return Someone(actor, login, person.id, organisation.id)


def make_person_with_password(database: Database, role: Role = Role.EXPORTER_STAFF) -> Someone:
    """Add a person who can really sign in with `PASSWORD`."""
    organisation = make_organisation(database, KIND_OF_ROLE[role])
    login = f"p{uuid4().hex[:10]}"
    with database.write() as session:
        person = add_person(
            session,
            console(),
            organisation_id=organisation.id,
            login=login,
            name="李四",
            role=role,
            password=PASSWORD,
        )
    actor = Actor(person.id, organisation.id, role)
    return Someone(actor, login, person.id, organisation.id)
