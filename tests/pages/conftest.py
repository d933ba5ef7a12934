"""The application under test, on both databases."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from service.core.settings import Settings
from tests.application import make_app


@pytest.fixture
def app(settings: Settings) -> Iterator[FastAPI]:
    """The whole application on a database of its own."""
    app = make_app(settings)
    yield app
    app.state.database.dispose()
