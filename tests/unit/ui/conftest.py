"""A client of the gallery application, and a browser on it."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.browsing import served
from tests.unit.ui.gallery import make_app


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A browser without scripts, cookies kept for one test."""
    with TestClient(make_app()) as client:
        yield client


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the gallery application."""
    with served(make_app()) as address:
        yield address
