from datetime import timedelta

from service.core import clock
from service.core.db import Database
from service.core.settings import Settings
from service.registry.domain import RefreshState
from service.registry.refreshes import Refreshes
from service.registry.usecases.scheduling import refresh_due
from tests.db.registry.online.conftest import Asking


def due(database: Database, settings: Settings, after: timedelta) -> list[str]:
    with database.write() as session:
        return refresh_due(session, settings, clock.now() + after)


def end(database: Database, name: str, state: RefreshState) -> None:
    with database.write() as session:
        row = Refreshes(session).latest(name)
        assert row is not None
        row.state, row.ended_at = state, clock.now()


def test_only_connectors_with_credentials_are_due_and_none_twice(
    database: Database, settings: Settings, asking: Asking
) -> None:
    nothing = due(database, settings, timedelta(0))
    first = due(database, asking("http://127.0.0.1:9"), timedelta(0))
    again = due(database, asking("http://127.0.0.1:9"), timedelta(days=3))

    assert (nothing, first, again) == ([], ["euipo", "tsdr"], [])


def test_a_connector_is_due_after_its_rhythm_and_sooner_after_a_failure(
    database: Database, asking: Asking
) -> None:
    settings = asking("http://127.0.0.1:9")
    due(database, settings, timedelta(0))
    end(database, "euipo", RefreshState.DONE)
    end(database, "tsdr", RefreshState.FAILED)

    assert due(database, settings, timedelta(minutes=59)) == []
    assert due(database, settings, timedelta(minutes=61)) == ["tsdr"]
    assert due(database, settings, timedelta(hours=24)) == ["euipo"]
