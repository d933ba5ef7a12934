"""The clock stands still, and files have a place."""

from collections.abc import Iterator

import pytest

from service.core import clock
from service.core.db import Database
from service.core.files import Files
from service.core.settings import Settings
from tests.recordation import NOW, Shop, make_shop


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Hold the clock."""
    with clock.at(NOW):
        yield


@pytest.fixture
def files(settings: Settings) -> Files:
    """Where files are kept."""
    return Files(settings.files_folder)


@pytest.fixture
def shop(database: Database, files: Files) -> Shop:
    """An exporter with one right, complete for every form."""
    return make_shop(database, files)
