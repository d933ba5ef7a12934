"""The dependency every request passes: who is it, does it come from our page, is it too fast.

Fail-closed: a cookie session may change nothing without its CSRF token, and no unsafe request
without an API key is accepted from another site, whichever route it asks for.
"""

import hmac
import time
from collections import OrderedDict
from threading import Lock
from urllib.parse import urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from service.core.db import SAFE_METHODS, database_of
from service.core.errors import NotSignedIn, TooMany
from service.core.settings import Settings
from service.core.text import N_
from service.identity.errors import CrossSite
from service.identity.permissions import Permission
from service.identity.usecases.signing_in import Proof, recognise_key, recognise_session
from service.ui.navigation import Viewer
from service.ui.render import CSRF_FIELD

COOKIE = "markpass_session"
CSRF_HEADER = "x-csrf-token"
MINUTE = 60.0


class RateLimit:
    """Requests a minute by caller, in this process: a bucket that refills steadily."""

    def __init__(self, per_minute: int, *, callers: int = 10_000) -> None:
        """Allow `per_minute` each; the least recent of more than `callers` are forgotten."""
        self._per_minute = per_minute
        self._callers = callers
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, caller: str, *, at: float | None = None) -> float:
        """Take one; return 0, or the seconds to wait when there is none left."""
        now = time.monotonic() if at is None else at
        with self._lock:
            left, since = self._buckets.pop(caller, (float(self._per_minute), now))
            left = min(self._per_minute, left + (now - since) * self._per_minute / MINUTE)
            wait = 0.0 if left >= 1 else (1 - left) * MINUTE / self._per_minute
            self._buckets[caller] = (left if wait else left - 1, now)
            if len(self._buckets) > self._callers:
                self._buckets.popitem(last=False)
        return wait


async def guard(request: Request) -> None:
    """Put `actor`, `viewer` and `csrf_token` on the request's state, or refuse it.

    Raises:
        NotSignedIn: an API key that is unknown, expired or revoked.
        CrossSite: an unsafe request from elsewhere or without its token.
        TooMany: over the rate limit.
    """
    proof = await run_in_threadpool(_recognise, request)
    limit: RateLimit = request.app.state.rate_limit
    caller = proof.bucket if proof else f"address:{request.client.host if request.client else ''}"
    if wait := limit.take(caller):
        raise TooMany(N_("Try again in {retry_after} seconds."), retry_after=int(wait) + 1)
    if request.method not in SAFE_METHODS and not (proof and proof.by_key):
        _check_site(request)
        if proof:
            await _check_token(request, proof.csrf_token)
    if proof is None:
        return
    request.state.actor = proof.actor
    request.state.csrf_token = proof.csrf_token
    request.state.viewer = Viewer(
        name=proof.name,
        organisation=proof.organisation,
        permissions=frozenset(p.value for p in Permission if proof.actor.can(p)),
        compact=not proof.actor.role.value.startswith("exporter"),
        language=proof.language or None,
    )


def _recognise(request: Request) -> Proof | None:
    database, settings = database_of(request), _settings(request)
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme:
        proof = recognise_key(database, key.strip()) if scheme.lower() == "bearer" else None
        if proof is None:
            raise NotSignedIn(N_("This API key is unknown, expired or revoked."))
        return proof
    token = request.cookies.get(COOKIE)
    return recognise_session(database, settings, token) if token else None


def _check_site(request: Request) -> None:
    """Let through what the browser says is our own page (Fetch Metadata, else Origin)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        ours = site in {"same-origin", "none"}
    else:
        origin = request.headers.get("origin")
        ours = origin is None or _place(origin) == request.headers.get("host")
    if not ours:
        raise CrossSite(N_("Open our own page and try again."))


def _place(origin: str) -> str | None:
    """Return host and port of an origin, None where it is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


async def _check_token(request: Request, expected: str) -> None:
    given = request.headers.get(CSRF_HEADER)
    if given is None and "form" in request.headers.get("content-type", ""):
        given = str((await request.form()).get(CSRF_FIELD, ""))
    if not hmac.compare_digest((given or "").encode(), expected.encode()):
        raise CrossSite(N_("Reload the page and send the form again."))


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings
