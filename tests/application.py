"""The application under test: made anew for each test, with the routes of one made before.

FastAPI works out what each of our hundreds of routes needs at the first request to an application,
which takes longer than most tests do; the routes themselves know nothing of an installation.
"""

import functools
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

from fastapi import FastAPI
from starlette.routing import BaseRoute

from service import main
from service.core.settings import Settings


def make_app(settings: Settings, *, run_jobs: bool = True) -> FastAPI:
    """Build the application for an installation."""
    with patch.object(main, "ROUTERS", ()):
        app = main.create_app(settings, run_jobs=run_jobs)
    app.router.routes = _routes()
    app.openapi = _description  # type: ignore[method-assign]
    return app


@functools.cache
def _any() -> FastAPI:
    return main.create_app(Settings(home=Path(tempfile.mkdtemp())), run_jobs=False)


def _routes() -> list[BaseRoute]:
    return _any().router.routes


@functools.cache
def _description() -> dict[str, Any]:
    return _any().openapi()
