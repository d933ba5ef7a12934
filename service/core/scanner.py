"""Asks a clamd virus scanner about a file before it is kept.

Where a scanner is set, nothing is taken in that it has not called clean: one that is silent or
refuses keeps the file out, as a virus does.
"""

import socket
import struct
from pathlib import Path

from service.core.errors import FieldError, Invalid, Unavailable
from service.core.text import N_

WAIT = 30.0
"""Seconds for each answer and each chunk."""
CHUNK = 1 << 16
LONGEST = 1 << 12
"""Bytes of an answer; clamd's are one short line."""


class FileInfected(Invalid):
    """The virus scanner found something in the file."""

    code = "evidence-infected"
    title = N_("The file is infected")


class ScannerSilent(Unavailable):
    """A scanner is set, and it did not say that the file is clean."""

    code = "scanner-silent"
    title = N_("The file could not be scanned")


def scanned_clean(path: Path, clamd: str, *, wait: float = WAIT) -> bool:
    """Ask the scanner at `host:port`; False where none is set, and nothing is asked.

    `wait`: Seconds for the connection, each chunk and the answer.

    Raises:
        FileInfected: it names a virus.
        ScannerSilent: it cannot be reached, does not answer in time, or refuses.
    """
    if not clamd:
        return False
    host, _, port = clamd.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=wait) as link:
            answer = _asked(link, path)
    except (OSError, ValueError) as error:
        raise _silent(type(error).__name__) from None
    if answer.endswith(" FOUND"):
        name = answer.removesuffix(" FOUND").removeprefix("stream:").strip()
        detail = N_("The scanner found “{virus}” in it.")
        errors = [FieldError("file", detail, {"virus": name})]
        raise FileInfected(detail, errors=errors, virus=name)
    if answer != "stream: OK":
        raise _silent(answer)
    return True


def _silent(reason: str) -> ScannerSilent:
    detail = N_("The virus scanner did not answer, so the file was not taken.")
    return ScannerSilent(detail, errors=[FieldError("file", detail)], reason=reason[:200])


def _asked(link: socket.socket, path: Path) -> str:
    """Send a file by clamd's INSTREAM: chunks with their length before them, then a zero.

    A file over its StreamMaxLength is refused while it is still being sent: the answer is read then
    too, for it says why.
    """
    try:
        link.sendall(b"zINSTREAM\0")
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                link.sendall(struct.pack("!L", len(chunk)) + chunk)
        link.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return _line(link)
    return _line(link)


def _line(link: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST and (part := link.recv(LONGEST)):
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
