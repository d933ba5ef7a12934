"""Addresses that strangers chose: only public ones, judged where the connection is made."""

import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from service.core.public_http import (
    AddressRefused,
    PublicTransport,
    is_public,
    judged_address,
    public_client,
)

REFUSED = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1",
    "::", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "2002:7f00:1::", "2002:0a00:0001::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "2001:db8::1",
]  # fmt: skip
PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_passes(address: str) -> None:
    assert is_public(address)


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def found(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        led = (host,) if host[0].isdigit() else addresses  # a number leads to itself
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in led]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "8.8.8.8", "10.0.0.1")

    with pytest.raises(AddressRefused):
        judged_address("rebinding.example.com", 443)


def test_a_name_that_leads_nowhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch)

    with pytest.raises(AddressRefused):
        judged_address("nowhere.example.com", 443)


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://localhost/"])
def test_nothing_private_is_called_by_its_number_or_name(url: str) -> None:
    with public_client() as http, pytest.raises(AddressRefused):
        http.post(url)


def test_only_https_is_called() -> None:
    with public_client() as http, pytest.raises(AddressRefused, match="https"):
        http.get("http://8.8.8.8/")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=erp.test",
         "-addext", "subjectAltName=DNS:erp.test"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder


@contextmanager
def https_server(certificate: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")

    def answer() -> None:
        connection, _ = listener.accept()
        with context.wrap_socket(connection, server_side=True) as wire:
            wire.recv(65536)
            wire.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=answer, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(timeout=5)


def test_the_connection_goes_to_the_judged_address_and_the_name_is_still_checked(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []

    def judge(address: str) -> bool:
        judged.append(address)
        resolving(monkeypatch, "10.0.0.1")  # what the name leads to a moment later
        return True

    with https_server(certificate) as port:
        resolving(monkeypatch, "127.0.0.1")
        context = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
        with public_client(PublicTransport(judge, context)) as http:
            assert http.post(f"https://erp.test:{port}/").status_code == 204

    assert judged == ["127.0.0.1"]
