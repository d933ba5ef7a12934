"""The volume 卷宗 as one PDF: cover, contents with page numbers, the papers, back cover."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

from service.core.errors import Problem
from service.core.text import N_
from service.dispute.papers.facts import day
from service.ui.documents.pairs import Pair, both
from service.ui.documents.pdf import Imprint, Paper, pdf
from service.ui.documents.pictures import PictureLimits, fit_picture

TEMPLATE, FOLIO = "dispute/volume", "dispute/folio"
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp", "image/tiff", "image/heic"})
PDF = "application/pdf"
MOST_PAGES = 300
"""Pages of one part that are bound; a longer one is kept apart, and the contents say so."""
A4 = (595.0, 842.0)
BROKEN = (PyPdfError, ValueError, KeyError, TypeError, RecursionError, AttributeError, Problem)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in the volume: its name, what kind of thing it is, of which day, and its file."""

    title: str | Pair
    sort: Pair
    on: datetime
    content: bytes
    media_type: str = PDF


@dataclass(frozen=True, slots=True)
class Apart:
    """What belongs to the volume and is not bound into it, with the reason (message id)."""

    title: str | Pair
    reason: str


@dataclass(frozen=True, slots=True)
class Volume:
    """Everything the volume is bound from."""

    reference: str
    title: str
    at: datetime
    cover: Sequence[tuple[str, Any]]
    """Label (message id) and value."""
    back: Sequence[tuple[str, Any]]
    parts: Sequence[Part]
    apart: Sequence[Apart]
    missing: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class _Bound:
    part: Part
    pages: Sequence[PageObject]


def bind(volume: Volume) -> bytes:
    """Return the volume as PDF: papers are numbered from 1; cover and contents carry no number.

    A part that is no PDF that opens is listed as kept apart. The same volume gives the same bytes.
    """
    bound, apart = _opened(volume)
    writer = PdfWriter()
    for name in ("cover", "contents"):
        _append(writer, _leaf(volume, name, bound, apart))
    numbers = _numbers(volume, sum(len(one.pages) for one in bound))
    for page in (page for one in bound for page in one.pages):
        _stamp(writer.add_page(page), next(numbers))
    _append(writer, _leaf(volume, "back", bound, apart))
    writer.metadata = {"/Title": f"{volume.reference} {volume.title}"}
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _opened(volume: Volume) -> tuple[list[_Bound], list[Apart]]:
    bound, apart = [], list(volume.apart)
    for part in volume.parts:
        try:
            pages = list(PdfReader(io.BytesIO(_as_pdf(part, volume))).pages)
            for page in pages:
                page.mediabox  # noqa: B018  a broken page is found now, not half-way
        except BROKEN:
            pages = []
        if 0 < len(pages) <= MOST_PAGES:
            bound.append(_Bound(part, pages))
        else:
            apart.append(Apart(part.title, N_("does not open as a PDF, or is too long")))
    return bound, apart


def _as_pdf(part: Part, volume: Volume) -> bytes:
    if part.media_type == PDF:
        return part.content
    label = part.title if isinstance(part.title, dict) else {"zh": part.title, "en": ""}
    picture = fit_picture(part.content, PictureLimits(bytes=4 << 20))
    data = {"label": label, "stamp": False}
    imprint = Imprint(volume.reference, volume.at)
    return pdf(Paper("kit/scan", data, imprint, {"scan.jpg": picture.content}))


def _append(writer: PdfWriter, content: bytes) -> None:
    for page in PdfReader(io.BytesIO(content)).pages:
        writer.add_page(page)


def _numbers(volume: Volume, count: int) -> Iterator[PageObject]:
    """Give transparent pages that hold a page number each."""
    if not count:
        return iter(())
    imprint = Imprint(volume.reference, volume.at)
    made = pdf(Paper(FOLIO, {"count": count, "reference": volume.reference}, imprint))
    return iter(PdfReader(io.BytesIO(made)).pages)


def _stamp(page: PageObject, number: PageObject) -> None:
    """Put a number into the upper right corner, wherever that is on this page."""
    page.transfer_rotation_to_content()
    box = page.mediabox
    move = (float(box.right) - A4[0], float(box.top) - A4[1])
    page.merge_transformed_page(number, Transformation().translate(*move))


def _leaf(volume: Volume, name: str, bound: Sequence[_Bound], apart: Sequence[Apart]) -> bytes:
    makers = {"cover": _cover, "contents": _contents, "back": _back}
    data = {
        "part": name,
        "about": f"{volume.reference} {volume.title}",
        **makers[name](volume, bound, apart),
    }
    return pdf(Paper(TEMPLATE, data, Imprint(volume.reference, volume.at)))


def _cover(volume: Volume, bound: Sequence[_Bound], apart: Sequence[Apart]) -> dict[str, Any]:
    pages = sum(len(one.pages) for one in bound)
    rows = [*volume.cover, (N_("Papers"), str(len(bound))), (N_("Pages"), str(pages))]
    if apart:
        rows.append((N_("Kept apart"), str(len(apart))))
    return {"title": both(N_("Volume of the case")), "rows": _rows(rows)}


def _contents(volume: Volume, bound: Sequence[_Bound], apart: Sequence[Apart]) -> dict[str, Any]:
    rows, first = [], 1
    for number, one in enumerate(bound, start=1):
        last = first + len(one.pages) - 1
        span = str(first) if last == first else f"{first}–{last}"
        rows.append([str(number), one.part.title, one.part.sort, day(one.part.on), span])
        first = last + 1
    heads = (N_("No."), N_("Title"), N_("Kind"), N_("Day"), N_("Page"))
    return {
        "title": both(N_("Contents of the volume")),
        "headings": [both(head) for head in heads],
        "rows": rows,
        "apart_title": both(N_("Kept apart")),
        "apart_headings": [both(head) for head in (N_("No."), N_("Title"), N_("Why"))],
        "apart": [
            [str(number), one.title, both(one.reason)] for number, one in enumerate(apart, start=1)
        ],
        "missing_title": both(N_("Missing when the volume was bound")),
        "missing": list(volume.missing),
    }


def _back(volume: Volume, bound: Sequence[_Bound], apart: Sequence[Apart]) -> dict[str, Any]:
    pages = sum(len(one.pages) for one in bound)
    rows = [*volume.back, (N_("Pages"), str(pages)), (N_("Kept apart"), str(len(apart)))]
    return {
        "title": both(N_("Back cover of the volume")),
        "rows": _rows(rows),
        "text": [both(N_("Checked page by page; what is kept apart is listed in the contents."))],
        "signers": [both(N_("Bound by")), both(N_("Checked by")), both(N_("Date"))],
    }


def _rows(rows: Sequence[tuple[str, Any]]) -> list[Mapping[str, Any]]:
    return [
        {"label": both(label), "value": value or both(N_("not given"))} for label, value in rows
    ]
