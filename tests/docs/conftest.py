"""The application as the manual tells it."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from tests.lint.routes import application


@pytest.fixture(scope="package")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The whole application; nothing is stored."""
    app = application(tmp_path_factory.mktemp("home"))
    yield app
    app.state.database.dispose()
