import pytest
import sqlalchemy as sa

from service.core.audit import AuditEvent
from service.core.db import Database
from service.core.errors import NotFound, PermissionDenied
from service.core.settings import Settings
from service.identity.errors import LoginTaken, RoleUnfit, SetupClosed, WeakPassword, WrongPassword
from service.identity.models import Person
from service.identity.permissions import Role, console
from service.identity.repository import People
from service.identity.usecases.passwords import set_password
from service.identity.usecases.people import add_person, erase_person
from service.identity.usecases.setup import complete_setup, open_setup
from service.identity.usecases.signing_in import sign_in
from tests.builders import PASSWORD, Someone, make_organisation, make_person


def add(database: Database, by: Someone, role: Role, login: str = "neu", **more: object) -> Person:
    values = {"password": PASSWORD, "name": "王五", "organisation_id": by.organisation_id, **more}
    with database.write() as session:
        return add_person(session, by.actor, login=login, role=role, **values)  # type: ignore[arg-type]


def test_an_owner_adds_people_to_their_own_organisation_whatever_is_asked(
    database: Database,
) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)
    foreign = make_organisation(database)

    person = add(database, owner, Role.EXPORTER_STAFF, organisation_id=foreign.id)

    assert person.organisation_id == owner.organisation_id


def test_staff_manage_nobody(database: Database) -> None:
    with pytest.raises(PermissionDenied):
        add(database, make_person(database, Role.EXPORTER_STAFF), Role.EXPORTER_STAFF)


def test_an_exporter_has_no_station_clerk(database: Database) -> None:
    with pytest.raises(RoleUnfit):
        add(database, make_person(database, Role.EXPORTER_OWNER), Role.STATION_CLERK)


def test_a_login_belongs_to_one_person(database: Database) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)
    add(database, owner, Role.EXPORTER_STAFF)

    with pytest.raises(LoginTaken):
        add(database, owner, Role.EXPORTER_STAFF)


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaaaa"])
def test_a_weak_password_is_refused(database: Database, password: str) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)

    with pytest.raises(WeakPassword):
        add(database, owner, Role.EXPORTER_STAFF, password=password)


def test_people_of_other_organisations_do_not_exist_for_an_owner(database: Database) -> None:
    owner, stranger = (make_person(database, Role.EXPORTER_OWNER) for _ in range(2))

    with database.read() as session, pytest.raises(NotFound):
        People(session, owner.actor).get(stranger.person_id)


def test_erasing_removes_what_names_a_person_and_keeps_the_bare_id(database: Database) -> None:
    person = make_person(database)

    with database.write() as session:
        erase_person(session, console(), People(session, console()).get(person.person_id))

    with database.read() as session:
        left = session.get_one(Person, person.person_id)
        assert (left.login, left.email, left.password_hash, left.active) == (None, "", "", False)
        assert "张三" not in left.name
        verbs = session.scalars(sa.select(AuditEvent.verb)).all()
        assert "person.erased" in verbs


def test_an_owner_erases_nobody(database: Database) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)

    with database.write() as session, pytest.raises(PermissionDenied):
        erase_person(session, owner.actor, People(session, owner.actor).get(owner.person_id))


def test_a_new_password_takes_the_old_one_out_of_use(
    database: Database, settings: Settings
) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)
    person = add(database, owner, Role.EXPORTER_STAFF)
    with database.write() as session:
        set_password(session, owner.actor, person.id, password="another good password")

    with pytest.raises(WrongPassword):
        sign_in(database, settings, login="neu", password=PASSWORD, address="x")


def test_the_consoles_token_makes_the_first_administrator_once(database: Database) -> None:
    with database.write() as session:
        token = open_setup(session)
    assert token is not None
    with database.write() as session:
        person = complete_setup(session, token=token, login="root", name="管", password=PASSWORD)
        assert person.role is Role.ADMINISTRATOR

    with database.write() as session, pytest.raises(SetupClosed):
        complete_setup(session, token=token, login="two", name="管", password=PASSWORD)
    with database.write() as session:
        assert open_setup(session) is None


def test_a_made_up_token_opens_no_setup(database: Database) -> None:
    with database.write() as session:
        open_setup(session)

    with database.write() as session, pytest.raises(SetupClosed):
        complete_setup(session, token="guess", login="root", name="管", password=PASSWORD)
