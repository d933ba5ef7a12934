"""Asks a clamd virus scanner about a file before it is kept.

Where a scanner is set, nothing is taken in that it has not called clean: one that is silent or
refuses keeps the file out, as a virus does.
"""

import socket
import struct
from typing import BinaryIO

from service.core.errors import FieldError, Invalid, TooLarge, Unavailable
from service.core.text import N_

WAIT = 30.0
"""Seconds for each answer and each chunk."""
CHUNK = 1 << 16
SLOWEST = 4 << 20
"""Bytes a second a scanner is given for a file, beyond `WAIT`: one of 200 MiB has 80 s."""
LONGEST = 1 << 12
"""Bytes of an answer; clamd's are one short line."""
BEYOND = "INSTREAM size limit exceeded. ERROR"
"""What clamd answers to more bytes than its StreamMaxLength."""


class FileInfected(Invalid):
    """The virus scanner found something in the file."""

    code = "evidence-infected"
    title = N_("The file is infected")


class FileBeyondScanner(TooLarge):
    """The file is larger than the scanner takes: its limit is below that of uploads."""

    code = "file-beyond-scanner"
    title = N_("Too large for the virus scanner")


class ScannerSilent(Unavailable):
    """A scanner is set, and it did not say that the file is clean."""

    code = "scanner-silent"
    title = N_("The file could not be scanned")


def scanned_clean(content: BinaryIO, clamd: str, *, wait: float = WAIT) -> bool:
    """Ask the scanner at `host:port`; False where none is set, and nothing is asked or read.

    `wait`: Seconds for the connection, each chunk and, with those of `SLOWEST`, the answer.

    Raises:
        FileInfected: it names a virus.
        FileBeyondScanner: the file is larger than it takes.
        ScannerSilent: it cannot be reached, does not answer in time, or refuses.
    """
    if not clamd:
        return False
    host, _, port = clamd.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=wait) as link:
            answer = _asked(link, content, wait)
    except (OSError, ValueError) as error:
        raise _silent(type(error).__name__) from None
    if answer.endswith(" FOUND"):
        name = answer.removesuffix(" FOUND").removeprefix("stream:").strip()
        detail = N_("The scanner found “{virus}” in it.")
        errors = [FieldError("file", detail, {"virus": name})]
        raise FileInfected(detail, errors=errors, virus=name)
    if answer == BEYOND:
        detail = N_("The virus scanner takes no file this large, so the file was not taken.")
        raise FileBeyondScanner(detail, errors=[FieldError("file", detail)])
    if answer != "stream: OK":
        raise _silent(answer)
    return True


def _silent(reason: str) -> ScannerSilent:
    detail = N_("The virus scanner did not answer, so the file was not taken.")
    return ScannerSilent(detail, errors=[FieldError("file", detail)], reason=reason[:200])


def _asked(link: socket.socket, content: BinaryIO, wait: float) -> str:
    """Send a file by clamd's INSTREAM: chunks with their length before them, then a zero.

    A file over its StreamMaxLength is refused while it is still being sent: the answer is read then
    too, for it says why.
    """
    sent = 0
    try:
        link.sendall(b"zINSTREAM\0")
        while chunk := content.read(CHUNK):
            link.sendall(struct.pack("!L", len(chunk)) + chunk)
            sent += len(chunk)
        link.settimeout(wait + sent / SLOWEST)
        link.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return _line(link)
    return _line(link)


def _line(link: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST and (part := link.recv(LONGEST)):
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
