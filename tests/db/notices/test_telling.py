"""Who is told, by which channel, and when: in the caller's transaction, and once."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from service.core import clock
from service.core.db import Database
from service.core.jobs.models import JobRow
from service.identity.models import Organisation, Person
from service.identity.permissions import Permission, Role
from service.notices.domain import Channel
from service.notices.hours import Hours
from service.notices.models import Delivery
from service.notices.repository import Inbox
from service.notices.topics import Topic
from service.notices.usecases.choosing import choose_topics, set_hours
from tests.builders import Someone, make_person
from tests.db.notices.telling import tell

SATURDAY = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


@pytest.fixture
def owner(database: Database) -> Someone:
    someone = make_person(database, Role.EXPORTER_OWNER)
    with database.write() as session:
        session.get_one(Person, someone.person_id).email = "owner@example.com"
    return someone


def deliveries(database: Database) -> list[Delivery]:
    with database.read() as session:
        return list(session.scalars(sa.select(Delivery).order_by(Delivery.channel)))


def jobs(database: Database) -> int:
    with database.read() as session:
        count = sa.select(sa.func.count()).where(JobRow.name == "notice.send")
        return session.scalars(count).one()


def test_what_is_told_twice_is_there_once(database: Database, owner: Someone) -> None:
    for _ in range(2):
        with database.write() as session:
            tell(session, people=[owner.person_id])

    assert [row.channel for row in deliveries(database)] == [Channel.EMAIL, Channel.INBOX]
    assert jobs(database) == 1


def test_a_rollback_forgets_it(database: Database, owner: Someone) -> None:
    def tell_and_fail() -> None:
        with database.write() as session:
            tell(session, people=[owner.person_id])
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        tell_and_fail()

    assert deliveries(database) == []
    assert jobs(database) == 0


def test_those_who_hold_the_permission_are_told(database: Database, owner: Someone) -> None:
    with database.read() as session:
        house = session.get_one(Organisation, owner.organisation_id)
    staff = make_person(database, Role.EXPORTER_STAFF, organisation=house)
    make_person(database, Role.EXPORTER_OWNER)
    with database.write() as session:
        left = make_person_left(session, house)
        tell(
            session,
            organisation_id=house.id,
            permission=Permission.PERSON_MANAGE,
            people=[staff.person_id, left],
        )

    inboxes = [row.person_id for row in deliveries(database) if row.channel is Channel.INBOX]
    assert set(inboxes) == {owner.person_id, staff.person_id}


def make_person_left(session: sa.orm.Session, house: Organisation) -> object:
    row = Person(
        organisation_id=house.id,
        login="left",
        name="x",
        role=Role.EXPORTER_OWNER,
        active=False,
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return row.id


@pytest.mark.parametrize(("urgent", "due"), [(False, MONDAY), (True, SATURDAY)])
def test_email_waits_for_working_hours_unless_it_is_urgent(
    database: Database, owner: Someone, urgent: bool, due: datetime
) -> None:
    with clock.at(SATURDAY), database.write() as session:
        tell(session, people=[owner.person_id], urgent=urgent)

    email, inbox = deliveries(database)
    assert (email.due_at, inbox.due_at) == (due, SATURDAY)


def test_the_hours_are_those_of_the_persons_organisation(
    database: Database, owner: Someone
) -> None:
    with database.write() as session:
        set_hours(session, owner.actor, Hours("Asia/Dubai", "cn", "06:00", "12:00"))
    with clock.at(SATURDAY), database.write() as session:
        tell(session, people=[owner.person_id])

    assert deliveries(database)[0].due_at == datetime(2026, 11, 30, 2, 0, tzinfo=UTC)


def test_who_wants_no_mail_of_a_topic_has_it_in_the_inbox_only(
    database: Database, owner: Someone
) -> None:
    with database.write() as session:
        choose_topics(session, owner.actor, [Topic.DEADLINE_NEAR])
        tell(session, people=[owner.person_id])

    assert [row.channel for row in deliveries(database)] == [Channel.INBOX]
    with database.read() as session:
        assert Inbox(session, owner.actor).unread() == 1
