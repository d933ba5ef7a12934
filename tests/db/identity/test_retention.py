from datetime import timedelta

import sqlalchemy as sa

from service.core import clock
from service.core.db import Database
from service.core.settings import Settings
from service.identity.models import SignIn, SignInTry
from service.identity.repository import Proofs
from tests.builders import make_person
from tests.client import session_of


def test_ended_sessions_and_old_tries_are_forgotten_and_living_ones_kept(
    database: Database, settings: Settings
) -> None:
    someone = make_person(database)
    session_of(database, someone)
    old = clock.now() - timedelta(days=60)
    with clock.at(old):
        session_of(database, someone)
        with database.write() as session:
            session.add(SignInTry(key_hash="x", at=clock.now()))

    with database.write() as session:
        gone = Proofs(session).forget_old(
            sessions_before=clock.now() - settings.retention_sessions,
            tries_before=clock.now() - settings.sign_in_window,
            replays_before=clock.now(),
        )

    assert gone == 2
    with database.read() as session:
        assert session.scalars(sa.select(sa.func.count()).select_from(SignIn)).one() == 1
