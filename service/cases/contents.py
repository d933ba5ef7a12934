"""What a file is, told by its content and not by its name; and keeping it, scanned first."""

import email.parser
import email.policy
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import olefile

from service.cases.domain import Scan
from service.cases.errors import FileKindRefused
from service.core.errors import FieldError
from service.core.files import Files, Stored
from service.core.settings import Settings
from service.core.text import N_
from service.core.uploads import receive

HEAD = 4096
SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
)
BRANDS: Mapping[bytes, str] = {
    **dict.fromkeys((b"heic", b"heix", b"mif1", b"heim"), "image/heic"),
    **dict.fromkeys((b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"M4V ", b"qt  "), "video/mp4"),
}
"""Brands of the ISO file format, behind `ftyp`."""
OFFICE = "application/vnd.openxmlformats-officedocument."
PACKAGES: Mapping[str, str] = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
    "OFD.xml": "application/ofd",
}
"""The one member by which a zip package is known."""
MOST_MEMBERS = 10_000
MSG, EML = "application/vnd.ms-outlook", "message/rfc822"
HEADERS = frozenset({"from", "date", "received", "subject", "to", "message-id"})


def media_type_of(path: Path) -> str:
    """Return the media type of a file that is taken as evidence.

    Raises:
        FileKindRefused: it is none of the kinds taken, or not what it pretends to be.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    for offset, signature, media_type in SIGNATURES:
        if head[offset:].startswith(signature):
            return media_type
    if head[4:8] == b"ftyp" and (found := BRANDS.get(head[8:12])):
        return found
    found = _package(path, head) or _message(path, head)
    if found is None:
        detail = N_("Send a PDF, a picture, OFD, Word or Excel file, an e-mail or an MP4 video.")
        raise FileKindRefused(detail, errors=[FieldError("file", detail)])
    return found


def _package(path: Path, head: bytes) -> str | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if len(names) > MOST_MEMBERS or any("vbaProject" in name for name in names):
        return None
    return next((kind for member, kind in PACKAGES.items() if member in names), None)


def _message(path: Path, head: bytes) -> str | None:
    if head.startswith(olefile.MAGIC):
        try:
            with olefile.OleFileIO(path) as ole:
                return MSG if ole.exists("__properties_version1.0") else None
        except (OSError, ValueError, IndexError, struct.error):
            return None
    if b"\x00" in head:
        return None
    parsed = email.parser.BytesHeaderParser(policy=email.policy.compat32).parsebytes(head)
    found = {name.lower() for name in parsed} & HEADERS
    return EML if len(found) > 1 and "from" in found else None


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was stored, told apart and scanned."""

    stored: Stored
    media_type: str
    scan: Scan


def keep_file(settings: Settings, files: Files, stream: BinaryIO) -> Kept:
    """Stream a file into the store, told apart by content and scanned before it is there.

    Raises:
        FileKindRefused, and what `receive` raises: nothing of it is kept.
    """
    found: list[str] = []
    stored, clean = receive(
        files, stream, settings, look=lambda path: found.append(media_type_of(path))
    )
    return Kept(stored, found[0], Scan.CLEAN if clean else Scan.NOT_SCANNED)
