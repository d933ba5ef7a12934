"""Clients of the application under test: by session cookie as a browser, by key as a program."""

import atexit
import functools
import re
from contextlib import ExitStack
from datetime import timedelta
from typing import Any, cast

import httpx2 as httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from service.core import clock
from service.core.db import Database
from service.identity.guard import COOKIE
from service.identity.models import ApiKey, SignIn
from service.identity.permissions import GRANTS
from service.identity.secrets import new_token, token_hash
from tests.builders import Someone
from tests.page import Page

BASE = "http://127.0.0.1:8000"


def session_of(database: Database, someone: Someone) -> tuple[str, str]:
    """Open a session without the slow password hash; return cookie token and CSRF token."""
    token, csrf = new_token(), new_token()
    now = clock.now()
    with database.write() as session:
        session.add(
            SignIn(
                token_hash=token_hash(token),
                person_id=someone.person_id,
                csrf_token=csrf,
                created_at=now,
                seen_at=now,
                expires_at=now + timedelta(hours=1),
            )
        )
    return token, csrf


def key_of(database: Database, someone: Someone) -> str:
    """Make an API key with all that the person's role grants."""
    secret = new_token("mp_")
    with database.write() as session:
        session.add(
            ApiKey(
                person_id=someone.person_id,
                name="test",
                key_hash=token_hash(secret),
                scopes=sorted(p.value for p in GRANTS[someone.actor.role]),
                created_at=clock.now(),
            )
        )
    return secret


class InProcess(httpx.BaseTransport):
    """Calls the application on one event loop that all clients of a test process share.

    Starlette's client starts a loop and its threads anew for every request, which takes longer than
    most answers do.
    """

    def __init__(self, app: FastAPI) -> None:
        self._transport = httpx.ASGITransport(
            app, raise_app_exceptions=False, client=("testclient", 50000)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and read the whole answer."""
        return _loop().call(self._answer, request)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = await self._transport.handle_async_request(request)
        body = b"".join([part async for part in cast(httpx.AsyncByteStream, answer.stream)])
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=httpx.ByteStream(body)
        )


_at_exit = ExitStack()
atexit.register(_at_exit.close)


@functools.cache
def _loop() -> BlockingPortal:
    return _at_exit.enter_context(start_blocking_portal("asyncio"))


def client_of(app: FastAPI, **options: Any) -> httpx.Client:
    """Return a client of the application; an exception in it is answered as it is in a server."""
    return httpx.Client(transport=InProcess(app), base_url=BASE, follow_redirects=True, **options)


class Browser:
    """Fetches pages as a signed-in person; every page it sees is held to the strict reader."""

    def __init__(
        self, app: FastAPI, someone: Someone | None = None, *, language: str = "en"
    ) -> None:
        self.client = client_of(app)
        self.client.headers["Accept-Language"] = language
        self.language = language
        self.csrf = ""
        if someone is not None:
            token, self.csrf = session_of(app.state.database, someone)
            self.client.cookies.set(COOKIE, token)

    def get(self, path: str, *, status: int = 200) -> Page:
        """Open a page; it must have this status and no fault."""
        return self._read(self.client.get(path, follow_redirects=False), status)

    def post(self, path: str, *, status: int = 303, **fields: Any) -> httpx.Response:
        """Send a form with the session's CSRF token; return the raw answer of this status."""
        response = self.client.post(
            path, data={"csrf_token": self.csrf, **fields}, follow_redirects=False
        )
        assert response.status_code == status, _seen(response)
        if "text/html" in response.headers.get("content-type", ""):
            self._read(response, status)
        return response

    def send(self, path: str, *, status: int = 200, **fields: Any) -> Page:
        """Send a form and read the page it answers with."""
        return self._read(self.post(path, status=status, **fields), status)

    def _read(self, response: httpx.Response, status: int) -> Page:
        assert response.status_code == status, _seen(response)
        page = Page(response.text)
        faults = page.faults()
        assert not faults, "\n".join(faults)
        return page


def _seen(response: httpx.Response) -> str:
    """Return the words of a page, for a failure a person reads."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))[-600:]


class Program:
    """Calls the API with a key."""

    def __init__(self, app: FastAPI, someone: Someone | None = None) -> None:
        self.client = client_of(app)
        if someone is not None:
            key = key_of(app.state.database, someone)
            self.client.headers["Authorization"] = f"Bearer {key}"

    def call(
        self, method: str, path: str, *, status: int | None = None, **options: Any
    ) -> httpx.Response:
        """Call a route; when `status` is given the answer must have it."""
        response = self.client.request(method, path, follow_redirects=False, **options)
        if status is not None:
            assert response.status_code == status, response.text[:2000]
        return response
