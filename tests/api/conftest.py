"""The application under test, on both databases."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from service.core.settings import Settings
from service.main import create_app


@pytest.fixture
def app(settings: Settings) -> Iterator[FastAPI]:
    """The whole application on a database of its own."""
    app = create_app(settings)
    yield app
    app.state.database.dispose()
