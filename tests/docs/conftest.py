"""The application as the manual tells it."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from service.ui import problem_pages
from tests.lint.routes import application, every_access


@pytest.fixture(scope="package")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The whole application; nothing is stored."""
    app = application(tmp_path_factory.mktemp("home"))
    if not any(each.path == "/problems" for each in every_access(app)):
        app.include_router(problem_pages.router)
    yield app
    app.state.database.dispose()
