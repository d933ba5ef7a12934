"""Papers and pictures as an authority takes them: named, fitted, and stamped where it asks."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from service.core.files import Files
from service.core.text import N_
from service.recordation.packs.rows import Snapshot, pictures_of
from service.rules.authorities import Authority
from service.ui.documents.pdf import Imprint, Paper, pdf
from service.ui.documents.pictures import PictureLimits, fit_picture

STAMPED = frozenset({"gacc"})
"""Authorities that want every copy marked as checked against the original (rule cn-gacc-docs)."""
SAFE = re.compile(r"[^\w.\-（）()]+")
MAKES_PDF = frozenset({"image/png", "image/jpeg", "image/webp", "image/tiff"})
POINTS = (595.0, 842.0)
MOST_PAGES = 300
"""Pages of one attachment that are stamped; a longer one goes in as it is, and says so."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the pack. `note` (message id) tells what was done, or could not be."""

    name: str
    content: bytes
    label: Mapping[str, str]
    source: str
    """SHA-256 of the file it was made from."""
    note: str = ""


def pictures(files: Files, frozen: Snapshot, authority: Authority) -> Iterator[Attachment]:
    """Give every picture of the form, fitted to the authority's limits."""
    kilobytes = authority.pictures.kilobytes if authority.pictures else None
    limits = PictureLimits(bytes=kilobytes << 10) if kilobytes else PictureLimits()
    for number, (key, one) in enumerate(pictures_of(frozen), start=1):
        made = fit_picture(read(files, one["sha256"]), limits)
        caption = SAFE.sub("_", one["caption"]["zh"])[:30]
        yield Attachment(
            name=f"pictures/{number:02}_{key}_{caption}.jpg",
            content=made.content,
            label=one["caption"],
            source=one["sha256"],
            note=N_("fitted to the limits, without metadata"),
        )


def picture_names(frozen: Snapshot) -> dict[str, str]:
    """Return what each picture is called in the pack, by its stored file."""
    return {
        one["file_id"]: f"{number:02}_{key}.jpg"
        for number, (key, one) in enumerate(pictures_of(frozen), start=1)
    }


def papers(
    files: Files, frozen: Snapshot, authority: Authority, *, at: datetime
) -> Iterator[Attachment]:
    """Give every paper of the checklist under its number in the list."""
    order = [need.key for need in authority.documents]
    rows: Sequence[Mapping[str, Any]] = sorted(
        frozen["papers"], key=lambda row: (order.index(row["key"]), row["name"])
    )
    for number, row in enumerate(rows, start=1):
        content, media = read(files, row["sha256"]), row["media_type"]
        label = SAFE.sub("_", row["label"]["zh"])[:40]
        note, suffix = "", ".pdf"
        if media in MAKES_PDF:
            stamp = authority.code in STAMPED
            content, note = _as_pdf(content, row["label"], at, stamp=stamp), N_("made into a PDF")
        elif media != "application/pdf":
            suffix, note = ".ofd", N_("as sent: no PDF")
        elif authority.code in STAMPED:
            content, note = stamped(content, at)
        yield Attachment(
            name=f"attachments/{number:02}_{label}{suffix}",
            content=content,
            label=row["label"],
            source=row["sha256"],
            note=note,
        )


def stamped(content: bytes, at: datetime) -> tuple[bytes, str]:
    """Return a PDF with the mark and the place for the seal on every page, and what was done."""
    try:
        writer = PdfWriter(clone_from=io.BytesIO(content))
        count = len(writer.pages)
        if not 0 < count <= MOST_PAGES:
            return content, N_("as sent: mark and seal it by hand")
        overlays = dict[tuple[float, float], Any]()
        for page in writer.pages:
            size = (float(page.mediabox.width), float(page.mediabox.height))
            if size not in overlays:
                overlays[size] = PdfReader(io.BytesIO(_overlay(size, at))).pages[0]
            page.merge_page(overlays[size])
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        return content, N_("as sent: mark and seal it by hand")
    return out.getvalue(), N_("marked as checked against the original; seal it before scanning")


def _overlay(size: tuple[float, float], at: datetime) -> bytes:
    width, height = size
    data = {"width": width, "height": height}
    return pdf(Paper("recordation/stamp", data, Imprint("stamp", at)))


def _as_pdf(content: bytes, label: Mapping[str, str], at: datetime, *, stamp: bool) -> bytes:
    made = fit_picture(content, PictureLimits(bytes=4 << 20))
    data = {"label": dict(label), "stamp": stamp}
    return pdf(Paper("kit/scan", data, Imprint("scan", at), {"scan.jpg": made.content}))


def read(files: Files, sha256: str) -> bytes:
    """Return a stored file, checked against its hash."""
    return b"".join(files.read(sha256))
