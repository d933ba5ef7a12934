"""Locking, roles, one-time links and passwords."""

from datetime import timedelta
from uuid import UUID

import pytest

from service.core import clock
from service.core.db import Database
from service.core.settings import Settings
from service.identity.errors import (
    LastKeeper,
    LinkClosed,
    OwnAccount,
    RoleUnfit,
    TooManyTries,
    WeakPassword,
    WrongPassword,
)
from service.identity.links import LINK_LIFE
from service.identity.models import Organisation, PasswordLink, Person
from service.identity.permissions import Actor, Role, console
from service.identity.repository import People
from service.identity.usecases.passwords import (
    change_own_password,
    make_password_link,
    use_password_link,
)
from service.identity.usecases.people import (
    change_person,
    erase_person,
    lock_person,
    unlock_person,
)
from service.identity.usecases.signing_in import recognise_key, recognise_session, sign_in
from tests.builders import PASSWORD, Someone, make_person, make_person_with_password
from tests.client import key_of, session_of

NEW = "an entirely new sentence"


def lock(database: Database, actor: Actor, person_id: UUID) -> None:
    with database.write() as session:
        lock_person(session, actor, People(session, actor).get(person_id))


def promote(database: Database, actor: Actor, person_id: UUID, role: Role) -> None:
    with database.write() as session:
        row = People(session, actor).get(person_id)
        change_person(session, actor, row, name=row.name, email=row.email, role=role)


def colleague(database: Database, owner: Someone, role: Role = Role.EXPORTER_STAFF) -> Someone:
    with database.read() as session:
        organisation = session.get_one(Organisation, owner.organisation_id)
    return make_person(database, role, organisation=organisation)


def link(database: Database, actor: Actor, person_id: UUID) -> str:
    with database.write() as session:
        return make_password_link(session, actor, People(session, actor).get(person_id))


def test_a_locked_person_is_out_at_once_and_back_when_unlocked(
    settings: Settings, database: Database
) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)
    staff = colleague(database, owner)
    token, _ = session_of(database, staff)
    key = key_of(database, staff)

    lock(database, owner.actor, staff.person_id)
    assert recognise_session(database, settings, token) is None
    assert recognise_key(database, key) is None

    with database.write() as session:
        unlock_person(session, owner.actor, People(session, owner.actor).get(staff.person_id))
    assert recognise_session(database, settings, token) is None
    assert recognise_key(database, key) is not None


def test_nobody_locks_or_demotes_themselves(database: Database) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)
    colleague(database, owner, Role.EXPORTER_OWNER)

    with pytest.raises(OwnAccount):
        lock(database, owner.actor, owner.person_id)
    with pytest.raises(OwnAccount):
        promote(database, owner.actor, owner.person_id, Role.EXPORTER_STAFF)
    with pytest.raises(OwnAccount):
        link(database, owner.actor, owner.person_id)


def test_no_administrator_erases_themselves(database: Database) -> None:
    admin = make_person(database, Role.ADMINISTRATOR)

    with database.write() as session, pytest.raises(OwnAccount):
        erase_person(session, admin.actor, People(session, admin.actor).get(admin.person_id))


@pytest.mark.parametrize("role", [Role.EXPORTER_OWNER, Role.STATION_LEAD, Role.ADMINISTRATOR])
def test_the_last_who_manages_people_stays(database: Database, role: Role) -> None:
    other = {Role.EXPORTER_OWNER: Role.EXPORTER_STAFF, Role.STATION_LEAD: Role.STATION_CLERK}
    last = make_person(database, role)
    make_person(database, Role.EXPORTER_OWNER)

    with pytest.raises(LastKeeper):
        lock(database, console(), last.person_id)
    with pytest.raises(LastKeeper):
        promote(database, console(), last.person_id, other.get(role, Role.AUDITOR))

    colleague(database, last, role)
    lock(database, console(), last.person_id)


def test_a_locked_keeper_is_no_keeper(database: Database) -> None:
    first = make_person(database, Role.EXPORTER_OWNER)
    second = colleague(database, first, Role.EXPORTER_OWNER)
    lock(database, console(), second.person_id)

    with pytest.raises(LastKeeper):
        lock(database, console(), first.person_id)
    lock(database, console(), second.person_id)


def test_a_new_role_fits_the_organisation(database: Database) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)
    staff = colleague(database, owner)

    with pytest.raises(RoleUnfit):
        promote(database, owner.actor, staff.person_id, Role.STATION_LEAD)
    promote(database, owner.actor, staff.person_id, Role.EXPORTER_OWNER)

    with database.read() as session:
        assert session.get_one(Person, staff.person_id).role is Role.EXPORTER_OWNER


def test_a_link_sets_the_password_once(settings: Settings, database: Database) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)
    staff = colleague(database, owner)
    old, _ = session_of(database, staff)

    token = link(database, owner.actor, staff.person_id)
    assert recognise_session(database, settings, old) is None
    with pytest.raises(WeakPassword):
        use_password_link(database, token=token, password="short")
    use_password_link(database, token=token, password=NEW)

    assert enter(database, settings, staff.login, NEW)
    with pytest.raises(LinkClosed):
        use_password_link(database, token=token, password=NEW)


def test_making_a_link_ends_the_old_password(settings: Settings, database: Database) -> None:
    someone = make_person_with_password(database)

    link(database, console(), someone.person_id)

    with pytest.raises(WrongPassword):
        enter(database, settings, someone.login, PASSWORD)


@pytest.fixture
def closed(database: Database, request: pytest.FixtureRequest) -> str:
    """The token of a link that no longer works, for one reason or another."""
    staff = make_person(database)
    if request.param == "old":
        with clock.at(clock.now() - LINK_LIFE - timedelta(seconds=1)):
            token = link(database, console(), staff.person_id)
    else:
        token = link(database, console(), staff.person_id)
    if request.param == "replaced":
        link(database, console(), staff.person_id)
    if request.param == "locked":
        lock(database, console(), staff.person_id)
    if request.param == "erased":
        with database.write() as session:
            erase_person(session, console(), People(session, console()).get(staff.person_id))
    return "wrong" if request.param == "wrong" else token


@pytest.mark.parametrize("closed", ["old", "replaced", "locked", "erased", "wrong"], indirect=True)
def test_a_link_that_is_closed_sets_nothing(database: Database, closed: str) -> None:
    with pytest.raises(LinkClosed):
        use_password_link(database, token=closed, password=NEW)


def test_erasing_takes_links_along(database: Database) -> None:
    staff = make_person(database)
    link(database, console(), staff.person_id)

    with database.write() as session:
        erase_person(session, console(), People(session, console()).get(staff.person_id))

    with database.read() as session:
        assert session.query(PasswordLink).count() == 0


def test_one_changes_ones_password_with_the_old_one(settings: Settings, database: Database) -> None:
    someone = make_person_with_password(database)
    token, _ = session_of(database, someone)

    change_own_password(
        database, settings, someone.actor, current=PASSWORD, password=NEW, address="1"
    )

    assert recognise_session(database, settings, token) is None
    assert enter(database, settings, someone.login, NEW)


def test_a_stolen_session_does_not_try_passwords_for_ever(
    settings: Settings, database: Database
) -> None:
    few = settings.model_copy(update={"sign_in_tries": 2})
    someone = make_person_with_password(database)
    asked = {"current": "wrong", "password": NEW, "address": "1"}

    for _ in range(2):
        with pytest.raises(WrongPassword):
            change_own_password(database, few, someone.actor, **asked)
    with pytest.raises(TooManyTries):
        change_own_password(database, few, someone.actor, **asked | {"current": PASSWORD})


def enter(database: Database, settings: Settings, login: str, password: str) -> str:
    return sign_in(database, settings, login=login, password=password, address="2").token
