from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from service.core.db import Database
from service.core.migrate import current, differences, downgrade, newest, upgrade
from service.core.settings import Settings
from tests.cluster import Cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        database = Database(Settings(home=tmp_path))
        yield database
        database.dispose()
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = f"t_{uuid4().hex}"
    database = Database(Settings(home=tmp_path, database_url=cluster.empty(name)))
    yield database
    database.dispose()
    cluster.drop(name)


def test_migrations_go_up_down_and_up_again_and_then_equal_the_models(blank: Database) -> None:
    upgrade(blank)
    downgrade(blank, to="base")
    upgrade(blank)

    assert current(blank) == newest()
    assert differences(blank) == []


def test_upgrading_twice_changes_nothing(blank: Database) -> None:
    upgrade(blank)

    assert upgrade(blank) == (newest(), newest())
