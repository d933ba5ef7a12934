"""A client of the gallery application."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.unit.ui.gallery import make_app


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A browser without scripts, cookies kept for one test."""
    with TestClient(make_app()) as client:
        yield client
