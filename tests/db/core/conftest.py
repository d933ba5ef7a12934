from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from service.core import audit, clock
from service.core.backup import make
from service.core.db import Database
from service.core.files import Files
from service.core.settings import Settings
from service.identity.models import Organisation
from service.identity.permissions import OrganisationKind
from tests.cluster import Cluster
from tests.db.core.archives import CONTENT
from tests.db.core.processes import put


@pytest.fixture
def made(settings: Settings, database: Database, tmp_path: Path) -> Path:
    """A backup of an installation with a name that needs quoting, audit rows, a job and a file."""
    with database.write() as session:
        above = Organisation(
            kind=OrganisationKind.BUREAU, name_zh="无锡\t局\n\\N", created_at=clock.now()
        )
        session.add(above)
        session.flush()
        below = Organisation(
            kind=OrganisationKind.EXPORTER,
            name_zh="雅迪",
            parent_id=above.id,
            created_at=clock.now(),
        )
        session.add(below)
        for number in range(3):
            audit.record(session, "thing.happened", subject=("thing", number), size=number)
    put(database, "test.steps", count=1)
    Files(settings.files_folder).put([CONTENT], limit=1000)
    path = tmp_path / "backup.zip"
    make(settings, database, path)
    return path


@pytest.fixture
def other(
    settings: Settings, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Settings, Database]]:
    """An installation of the same kind where nothing stands yet."""
    home = tmp_path / "other"
    home.mkdir()
    url, cluster, name = "", None, f"t_{uuid4().hex}"
    if settings.database_url:
        cluster = request.getfixturevalue("cluster")
        assert isinstance(cluster, Cluster)
        url = cluster.empty(name)
    there = Settings(home=home, database_url=url)
    database = Database(there)
    yield there, database
    database.dispose()
    if cluster:
        cluster.drop(name)
