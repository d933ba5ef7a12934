"""Calling addresses that strangers chose: HTTPS to public networks only, whatever a name says.

A name is looked up once, every address it has is judged, and the connection goes to one of those
that were judged: what the name leads to a moment later does not matter. It holds for each
connection, so also for each redirect that a caller follows.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import httpcore
import httpx

from service.core.http import client

READ = timedelta(seconds=10)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Judge = Callable[[str], bool]


class AddressRefused(Exception):
    """The host is in a private network, or nowhere."""


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public Internet, whichever way it is written."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class _JudgedBackend(httpcore.SyncBackend):
    """Connects to addresses that were judged, and to none that was not."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Open a connection to a judged address of `host`."""
        address = judged_address(host, port, self._judge)
        return super().connect_tcp(address, port, timeout, local_address, socket_options)

    def connect_unix_socket(self, *_args: Any, **_kwargs: Any) -> httpcore.NetworkStream:
        """Refuse: nothing on this machine is called."""
        raise AddressRefused("a socket of this machine")


def judged_address(host: str, port: int, judge: Judge = is_public) -> str:
    """Return an address of `host`, all of whose addresses the judge lets pass.

    Raises:
        AddressRefused: the name leads nowhere, or one of its addresses is refused.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefused(f"{host} is not known") from None
    addresses = [str(info[4][0]) for info in found]
    if not addresses or not all(map(judge, addresses)):
        raise AddressRefused(f"{host} is not a public address")
    return addresses[0]


class PublicTransport(httpx.HTTPTransport):
    """HTTPS to judged addresses.

    Args:
        judge: Says of an IP address whether it may be called; tests let their own pass.
        context: Whom we trust to name hosts.
    """

    def __init__(self, judge: Judge = is_public, context: ssl.SSLContext | None = None) -> None:
        context = context or ssl.create_default_context()
        super().__init__(verify=context)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, network_backend=_JudgedBackend(judge)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; raise `AddressRefused` for anything but HTTPS."""
        if request.url.scheme != "https":
            raise AddressRefused("only https addresses are called")
        return super().handle_request(request)


def public_client(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Return a client for addresses that strangers chose; redirects are the caller's to follow."""
    return client(read=READ, transport=transport or PublicTransport())
