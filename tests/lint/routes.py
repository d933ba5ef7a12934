"""What the routes of the application ask of their callers, read from the application itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from service.core.db import session_of_request
from service.core.settings import Settings
from service.identity.permissions import Permission, current_actor
from tests.application import make_app

SIGNED_IN = "signed in"
OPEN = "open"


@dataclass(frozen=True, slots=True, order=True)
class Access:
    """One method of one address, and what it takes to call it."""

    method: str
    path: str
    needs: tuple[str, ...]
    """Permissions; `signed in` where anybody who is will do; `open` for everybody."""
    in_schema: bool
    """Whether it is part of the described interface."""


def application(home: Path) -> FastAPI:
    """Return the whole application, without a database behind it and without jobs."""
    return make_app(Settings(home=home), run_jobs=False)


def every_access(app: FastAPI) -> list[Access]:
    """Return what every route asks, by address."""
    found = []
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        needs = tuple(dict.fromkeys(_needs(dependant))) if dependant else ()
        shown = bool(getattr(route, "include_in_schema", False)) and dependant is not None
        for method in sorted(set(route.methods or ()) - {"HEAD"}):
            found.append(Access(method, str(route.path), needs or (OPEN,), shown))
    return sorted(found)


def _needs(dependant: Dependant) -> Iterator[str]:
    for part in dependant.dependencies:
        permission = getattr(part.call, "permission", None)
        if isinstance(permission, Permission):
            yield permission.value
        elif part.call is current_actor:
            yield SIGNED_IN
        else:
            yield from _needs(part)


def uses_session(dependant: Dependant) -> bool:
    """Say whether a route works in the session of the request."""
    return dependant.call is session_of_request or any(map(uses_session, dependant.dependencies))
