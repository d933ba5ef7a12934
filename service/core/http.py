"""The one way to the outside: an httpx client that gives up in time and says who is asking."""

from datetime import timedelta

import httpx

from service import __version__

CONNECT = timedelta(seconds=5)
READ = timedelta(seconds=20)
RETRIES = 2
"""Of the connection only: a request that was sent is never repeated unasked."""


def client(*, read: timedelta = READ, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Return a client; close it, or use it in a `with` block.

    Args:
        read: The longest silence while an answer comes. Connecting has five seconds.
        transport: What carries the requests; tests pass `httpx.MockTransport`.
    """
    return httpx.Client(
        timeout=httpx.Timeout(read.total_seconds(), connect=CONNECT.total_seconds()),
        headers={"User-Agent": f"markpass/{__version__}"},
        follow_redirects=False,
        transport=transport or httpx.HTTPTransport(retries=RETRIES),
    )
