"""Sending: tried again later and later, given up at last, and swept up when a queue forgot it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from service.core import clock
from service.core.db import Database
from service.core.files import Files
from service.core.jobs import JobContext
from service.core.jobs.models import JobRow
from service.core.settings import Settings
from service.identity.models import Person
from service.identity.permissions import Role
from service.notices import mail
from service.notices.domain import DeliveryState
from service.notices.jobs import forget_old_notices, sweep
from service.notices.models import Delivery, Notice
from service.notices.topics import Topic
from service.notices.usecases import sending
from service.notices.usecases.sending import PAUSES, deliver
from service.notices.usecases.subscribing import remove_endpoint
from service.notices.webhooks import NotDelivered
from tests.builders import Someone, make_person
from tests.db.notices.telling import tell


@pytest.fixture
def someone(database: Database) -> Someone:
    made = make_person(database, Role.EXPORTER_OWNER)
    with database.write() as session:
        session.get_one(Person, made.person_id).email = "a@example.com"
    return made


@pytest.fixture
def mailed(database: Database, someone: Someone) -> UUID:
    with database.write() as session:
        tell(session, people=[someone.person_id], urgent=True)
    return only(database).id


def only(database: Database) -> Delivery:
    with database.read() as session:
        query = sa.select(Delivery).where(Delivery.channel != "inbox")
        return session.scalars(query).one()


def context(database: Database, settings: Settings) -> JobContext:
    return JobContext(uuid4(), database, settings, Files(settings.files_folder), Event())


def queued(database: Database) -> int:
    with database.read() as session:
        return session.scalars(sa.select(sa.func.count()).where(JobRow.name == "notice.send")).one()


def broken(_: Settings) -> mail.Carrier:
    raise ConnectionRefusedError("no mail server")


def test_what_was_sent_is_not_sent_again(
    database: Database, settings: Settings, mailed: UUID
) -> None:
    deliver(database, settings, mailed)
    (file,) = settings.mail_folder.iterdir()
    file.unlink()
    deliver(database, settings, mailed)

    assert list(settings.mail_folder.iterdir()) == []
    assert only(database).state is DeliveryState.SENT


def test_a_failure_is_tried_again_later_and_later_and_given_up_at_last(
    database: Database, settings: Settings, mailed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "carrier", broken)
    waits = []
    for _ in PAUSES:
        deliver(database, settings, mailed)
        waits.append(only(database).due_at - clock.now())
    deliver(database, settings, mailed)

    row = only(database)
    assert (row.state, row.tries) == (DeliveryState.FAILED, len(PAUSES) + 1)
    assert "no mail server" in row.error
    assert [round(wait / timedelta(minutes=1)) for wait in waits] == [
        pause // timedelta(minutes=1) for pause in PAUSES
    ]
    assert queued(database) == 1 + len(PAUSES)


FRIDAY_EVENING = datetime(2026, 11, 27, 9, 59, tzinfo=UTC)
"""A minute before work ends in Shanghai."""
MONDAY_MORNING = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


def test_what_failed_before_work_ended_is_tried_again_when_it_begins(
    database: Database, settings: Settings, someone: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.at(FRIDAY_EVENING):
        with database.write() as session:
            tell(session, people=[someone.person_id])
        with monkeypatch.context() as down:
            down.setattr(mail, "carrier", broken)
            deliver(database, settings, only(database).id)
    row = only(database)
    assert (row.state, row.tries, row.due_at) == (DeliveryState.WAITING, 1, MONDAY_MORNING)

    with clock.at(FRIDAY_EVENING + timedelta(hours=20)):  # a worker that asks on Saturday
        deliver(database, settings, row.id)
    assert (only(database).tries, only(database).due_at) == (1, MONDAY_MORNING)
    assert not settings.mail_folder.exists()

    with clock.at(MONDAY_MORNING):
        deliver(database, settings, row.id)
    assert [file.stem for file in settings.mail_folder.iterdir()] == [str(row.id)]


def test_a_mail_server_that_comes_back_gets_it(
    database: Database, settings: Settings, mailed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as down:
        down.setattr(mail, "carrier", broken)
        deliver(database, settings, mailed)
    deliver(database, settings, mailed)

    assert [file.stem for file in settings.mail_folder.iterdir()] == [str(mailed)]
    assert only(database).error == ""


def test_who_has_left_is_not_written_to(
    database: Database, settings: Settings, someone: Someone, mailed: UUID
) -> None:
    with database.write() as session:
        session.get_one(Person, someone.person_id).active = False
    deliver(database, settings, mailed)

    assert only(database).state is DeliveryState.FAILED
    assert not Path(settings.mail_folder).exists()


def test_what_no_queue_holds_is_swept_up(
    database: Database, settings: Settings, mailed: UUID
) -> None:
    with database.write() as session:
        session.execute(sa.delete(JobRow))
    sweep(context(database, settings))
    assert queued(database) == 0  # it may still be on its way

    with clock.at(clock.now() + timedelta(minutes=11)):
        sweep(context(database, settings))
        sweep(context(database, settings))
    assert queued(database) == 1


def test_an_endpoint_is_told_what_failed_and_nothing_goes_to_a_removed_one(
    database: Database, settings: Settings, someone: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.notices.models import Endpoint

    calls = []

    def refuse(*_: object, **options: object) -> None:
        calls.append(options["content"])
        raise NotDelivered("HTTP 500")

    monkeypatch.setattr(sending, "send_webhook", refuse)
    with database.write() as session:
        endpoint = Endpoint(
            organisation_id=someone.organisation_id,
            url="https://erp.example.com/",
            topics=[Topic.WATCH_ALERT.value],
            secret="whsec_AAAA",
            created_at=clock.now(),
        )
        session.add(endpoint)
        session.flush()
        session.get_one(Person, someone.person_id).email = ""
        tell(session, organisation_id=someone.organisation_id)
    waits = only(database)
    deliver(database, settings, waits.id)
    with database.write() as session:
        assert session.get_one(Endpoint, endpoint.id).error == "HTTP 500"
        remove_endpoint(session, someone.actor, endpoint.id)
    deliver(database, settings, waits.id)

    assert len(calls) == 1
    assert only(database).state is DeliveryState.FAILED


def test_old_notices_are_forgotten(database: Database, settings: Settings, mailed: UUID) -> None:
    with clock.at(clock.now() + settings.retention_notices + timedelta(days=1)):
        forget_old_notices(context(database, settings))

    with database.read() as session:
        assert session.scalars(sa.select(Notice.id)).all() == []
