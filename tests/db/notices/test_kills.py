"""A kill at any moment of sending loses nothing, and what comes twice has the same name."""

import signal
from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from service.core import clock
from service.core.db import Database
from service.core.settings import Settings
from service.identity.models import Person
from service.notices.domain import Channel, DeliveryState
from service.notices.models import Delivery, Endpoint
from tests.builders import make_person
from tests.children import ending
from tests.db.core.processes import until
from tests.db.notices.processes import log_of, process
from tests.db.notices.telling import tell


@pytest.fixture
def told(database: Database) -> Sequence[Delivery]:
    """An e-mail and a webhook that wait."""
    someone = make_person(database)
    with database.write() as session:
        session.get_one(Person, someone.person_id).email = "a@example.com"
        session.add(
            Endpoint(
                organisation_id=someone.organisation_id,
                url="https://erp.example.com/",
                topics=["watch.alert"],
                secret="whsec_AAAA",
                created_at=clock.now(),
            )
        )
    with database.write() as session:
        tell(session, organisation_id=someone.organisation_id, urgent=True)
    return waiting(database)


def waiting(database: Database) -> Sequence[Delivery]:
    with database.read() as session:
        query = sa.select(Delivery).where(Delivery.state == DeliveryState.WAITING)
        return session.scalars(query.order_by(Delivery.channel)).all()


def killed(settings: Settings, moment: str) -> None:
    with process(settings, moment) as worker:
        assert ending(worker) == -signal.SIGKILL


def test_nothing_is_lost_and_what_comes_twice_has_the_same_name(
    database: Database, settings: Settings, told: Sequence[Delivery]
) -> None:
    assert [row.channel for row in told] == [Channel.EMAIL, Channel.WEBHOOK]

    killed(settings, "before sending")
    killed(settings, "after sending")
    with process(settings, "never"):
        until(lambda: not waiting(database))

    email, webhook = told
    log = log_of(settings).read_text().split()
    assert set(log) == {f"<{email.id}@localhost>", str(webhook.id)}
    assert 3 <= len(log) <= 4  # one or both were sent and not noted before the kill
    assert [file.name for file in settings.mail_folder.glob("*.eml")] == [f"{email.id}.eml"]
