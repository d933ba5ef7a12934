"""The whole application in a real browser, on SQLite: what people do, not what routes answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from service.core.migrate import upgrade
from service.core.settings import Settings
from service.main import create_app
from service.matching.index import warm
from tests.browsing import served
from tests.register import load


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """An application with a small register."""
    home: Path = tmp_path_factory.mktemp("journeys")
    app = create_app(Settings(home=home, rate_per_minute=10_000), run_jobs=False)
    upgrade(app.state.database)
    load(app.state.database, app.state.settings)
    warm()
    return app


@pytest.fixture(scope="session")
def address(house: FastAPI) -> Iterator[str]:
    """Where the application is served."""
    with served(house) as address:
        yield address


@pytest.fixture(params=["zh-CN", "en-GB"])
def tab(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Page]:
    """A fresh browser tab in one of the two languages; any script error fails the test."""
    context = chromium.new_context(base_url=address, locale=request.param)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda message: faults.append(message.text) if message.type == "error" else None,
    )
    yield page
    context.close()
    assert [fault for fault in faults if "422" not in fault and "404" not in fault] == []
