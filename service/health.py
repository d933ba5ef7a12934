"""Is the process alive, and may it be sent requests? For load balancers; tells nothing else."""

import threading
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from service.core.console import NotMigrated, check_migrated
from service.core.db import Database
from service.matching.index import warm
from service.registry.finder import Finder, IndexBuilding

router = APIRouter(prefix="/health", tags=["health"])


class Readiness:
    """What must be done before this process answers searches: kernels compiled, index open."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self.warm_seconds: float | None = None
        self._thread = threading.Thread(target=self._warm, name="warm", daemon=True)

    def start(self) -> None:
        """Begin to warm up beside the first requests."""
        self._thread.start()

    def _warm(self) -> None:
        self.warm_seconds = warm()

    def waits_for(self, database: Database) -> str:
        """Say what is not ready yet; empty means that all is."""
        if self.warm_seconds is None:
            return "kernels"
        try:
            check_migrated(database)
            self._finder.ready()
        except NotMigrated:
            return "database"
        except IndexBuilding:
            return "index"
        return ""


@router.get("/live")
def live() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "live"}


@router.get("/ready")
def ready(request: Request) -> Response:
    """Say whether searches can be answered at once; 503 names what is waited for."""
    state = request.app.state
    waits = state.readiness.waits_for(state.database)
    if waits:
        return JSONResponse(
            {"status": "starting", "waits_for": waits},
            HTTPStatus.SERVICE_UNAVAILABLE,
            {"Retry-After": "5"},
        )
    return JSONResponse({"status": "ready"})
