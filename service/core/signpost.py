"""Finds the route of an address by its first word, instead of asking every router in turn.

FastAPI asks one router after the other, and each its routes; with hundreds of routes that was a
quarter of the time of a request. The routers stay as they are, and are asked alone whenever the
signpost knows no way: a new route cannot be lost.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from fastapi.routing import iter_route_contexts
from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

INTERFACE = "/api/v1"
_FOUND = "markpass.signpost"


class Signpost(BaseRoute):
    """Stands before the routers of an application and asks those alone that know the first word."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        """Read the addresses of `routes` when the first request comes, as FastAPI does."""
        self._routes = routes

    @cached_property
    def _by_word(self) -> dict[str, list[BaseRoute]]:
        found: dict[str, dict[int, BaseRoute]] = defaultdict(dict)
        for route in self._routes:
            for context in iter_route_contexts([route]):
                found[first_word(context.path or "")][id(route)] = route
        return {word: list(routes.values()) for word, routes in found.items()}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Ask the routers of the first word; one that knows the method goes before all others."""
        partly: tuple[Match, Scope] = (Match.NONE, {})
        for match, child in self._answers(scope):
            if match is Match.FULL:
                return match, child
            if partly[0] is Match.NONE:
                partly = match, child
        return partly

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the router that was found handle the request."""
        await scope[_FOUND].handle(scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """Name no address: the routers do."""
        raise NoMatchFound(name, path_params)

    def _answers(self, scope: Scope) -> Iterator[tuple[Match, Scope]]:
        if scope["type"] != "http":
            return
        for route in self._by_word.get(first_word(scope["path"]), ()):
            match, child = route.matches(scope)
            if match is not Match.NONE:
                yield match, {**child, _FOUND: route}


def first_word(path: str) -> str:
    """Return the first word of an address, of the interface the one after its version."""
    return path.removeprefix(INTERFACE).removeprefix("/").partition("/")[0]
