"""The outermost layer of the web: host names, body sizes, security headers. Plain ASGI.

What it refuses is answered before any route runs, by what it was given for that (`Refuse`).
"""

import re
import secrets
import time
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.core.errors import Malformed, Problem, TooLarge
from service.core.settings import Settings
from service.core.text import N_

log = structlog.get_logger(__name__)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Sent with every answer that does not say otherwise (a page has a policy of its own)."""


Refuse = Callable[[Request, Problem], Response]
"""Answers a problem as every other: problem+json or a page, in both languages."""


SECRET = re.compile(r"[\w-]{40,}")
"""What an address that opens by itself has in its path; no log holds it. Ids are shorter."""


class UnknownHost(Malformed):
    """The Host header names a host that is not ours."""

    code = "unknown-host"
    title = N_("Unknown host")


class Front:
    """Checks the host, bounds the body, adds security headers, gives each request an id."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        settings: Settings,
        refuse: Refuse,
        uploads: Iterable[str] = (),
    ) -> None:
        """Wrap `app`; `uploads` are the path prefixes that may carry a file."""
        self._app = app
        self._refuse = refuse
        self._settings = settings
        self._uploads = tuple(uploads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        state = scope.setdefault("state", {})
        state["request_id"] = secrets.token_hex(8)
        send = _logged(_with_headers(send, state["request_id"]), scope, state["request_id"])
        limit = self._limit(scope["path"])
        try:
            self._check_host(headers)
            self._check_length(headers, limit)
        except (UnknownHost, TooLarge) as problem:
            await self._answer(scope, receive, send, problem)
            return
        if await self._counted(scope, receive, send, limit):
            await self._answer(scope, receive, send, _too_large(limit))

    async def _answer(self, scope: Scope, receive: Receive, send: Send, problem: Problem) -> None:
        """Refuse; the rest of the body is not read, so the connection cannot be used again."""
        response = self._refuse(Request(scope), problem)
        response.headers["Connection"] = "close"
        await response(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send, limit: int) -> bool:
        """Run the application and count what arrives, since a length may be missing or false.

        Past the limit the application sees the caller hang up, and what it says to that is not
        sent; return whether that happened.
        """
        seen = 0
        over = False

        async def bounded() -> Message:
            nonlocal seen, over
            message = await receive()
            seen += len(message.get("body", b""))
            over = over or seen > limit
            return {"type": "http.disconnect"} if over else message

        async def unless_over(message: Message) -> None:
            if not over:
                await send(message)

        try:
            await self._app(scope, bounded, unless_over)
        except Exception:
            if not over:
                raise
        return over

    def _check_host(self, headers: Headers) -> None:
        given = headers.get("host", "")
        try:
            host = urlsplit(f"//{given}").hostname or ""
        except ValueError:  # a bracket without its other half
            host = given
        allowed = {name.strip("[]") for name in self._settings.allowed_hosts}
        if host not in allowed:
            raise UnknownHost(
                N_("This service does not answer for the host {host}. See MARKPASS_ALLOWED_HOSTS."),
                host=host,
            )

    def _limit(self, path: str) -> int:
        if path.startswith(self._uploads):
            return self._settings.upload_bytes
        return self._settings.body_bytes

    def _check_length(self, headers: Headers, limit: int) -> None:
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > limit:
            raise _too_large(limit)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(N_("The request is larger than {limit} bytes."), limit=limit)


def _logged(send: Send, scope: Scope, request_id: str) -> Send:
    """Write one line when an answer begins; never the query, which may hold a brand's name."""
    began = time.perf_counter()

    async def logged(message: Message) -> None:
        if message["type"] == "http.response.start":
            log.info(
                "request",
                method=scope["method"],
                path=SECRET.sub("…", scope["path"]),
                status=int(message["status"]),
                ms=round((time.perf_counter() - began) * 1000, 1),
                request_id=request_id,
            )
        await send(message)

    return logged


def _with_headers(send: Send, request_id: str) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            headers["X-Request-Id"] = request_id
        await send(message)

    return with_headers
