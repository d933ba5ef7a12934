"""A real browser for the tests marked `browser`: Chromium by Playwright, and axe-core in it.

Chromium is the one MARKPASS_CHROMIUM names, or `chromium` on the path. Where there is none these
tests are not collected; where MARKPASS_CHROMIUM is set (CI) they must run.
"""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.types import ASGIApp

CHROMIUM = "MARKPASS_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = files("axe_playwright_python") / "axe.min.js"
_START_SECONDS = 10


def chromium_path() -> str | None:
    """Return where Chromium is, or None."""
    named = os.environ.get(CHROMIUM)
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def leave_out_without_chromium(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take browser tests out of the collection where there is no Chromium."""
    if chromium_path():
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    items[:] = [item for item in items if not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run; a test opens a context of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an application on a free port of this machine and yield its address."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + _START_SECONDS
    while not server.started:
        if time.monotonic() > until:
            raise TimeoutError("the application did not start")
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(_START_SECONDS)


def violations(page: Page) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA and its own good practice, one line each."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    options: dict[str, Any] = {"runOnly": STANDARDS}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{found['id']}: {node['html'][:200]} – {node['failureSummary']}"
        for found in result["violations"]
        for node in found["nodes"]
    ]
