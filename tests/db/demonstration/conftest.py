"""A demonstration made from nothing: once on SQLite and once on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest

from service.core.db import Database
from service.core.settings import Settings
from service.demonstration.making import make
from tests.cluster import Cluster

ROWS = 12
"""The products of the enterprise that signs in: one for each way a screening can end."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished demonstration."""

    settings: Settings
    database: Database
    passwords: dict[str, str]

    def again(self) -> dict[str, str]:
        """Run it once more."""
        return make(self.settings, self.database, rows=ROWS)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def blank(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Settings of an installation with no table at all."""
    home = tmp_path_factory.mktemp("home")
    if request.param == "sqlite":
        yield Settings(home=home)
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = f"t_{uuid4().hex}"
    yield Settings(home=home, database_url=cluster.empty(name))
    cluster.drop(name)


@pytest.fixture(scope="module")
def made(blank: Settings) -> Iterator[Made]:
    database = Database(blank)
    yield Made(blank, database, make(blank, database, rows=ROWS))
    database.dispose()
