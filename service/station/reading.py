"""A message as text: `.eml`, Outlook `.msg`, or a PDF. Nothing in it is run or fetched."""

import email
import email.policy
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

from oxmsg import Message as OutlookMessage
from pypdf import PdfReader

from service.core.text import N_
from service.station.errors import MessageUnreadable

MOST = 400_000
"""Characters of a message that are looked at."""
PAGES = 40
"""Pages of a PDF that are read: a Schedule A may be long."""
LARGEST = 32 << 20
"""Bytes of a file that is read into memory."""
EML, MSG, PDF = "message/rfc822", "application/vnd.ms-outlook", "application/pdf"
SPACES = re.compile(r"[^\S\n]+")
BLANKS = re.compile(r"(?: ?\n){3,}")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person would read of a message."""

    sender: str
    subject: str
    date: str
    text: str

    @property
    def whole(self) -> str:
        """Head and body, as patterns look at it."""
        heads = f"From: {self.sender}\nSubject: {self.subject}\nDate: {self.date}\n\n"
        return (heads + self.text)[:MOST]


class _Text(HTMLParser):
    """The visible text of an HTML body, a line for each block."""

    BREAKS = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "table"})
    HIDDEN = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, _: object) -> None:
        self._hidden += tag in self.HIDDEN
        if tag in self.BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self.HIDDEN and self._hidden > 0
        self.parts.append("\n" if tag in self.BREAKS else " ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def read_letter(path: Path, media_type: str) -> Letter:
    """Return the message in a file.

    Raises:
        MessageUnreadable: it is no message, or too large, or damaged.
    """
    readers = {EML: _of_eml, MSG: _of_msg, PDF: _of_pdf}
    reader = readers.get(media_type)
    if reader is None or path.stat().st_size > LARGEST:
        raise MessageUnreadable(N_("Send an .eml or .msg file, or a PDF, up to 32 MB."))
    try:
        return reader(path.read_bytes())
    except MessageUnreadable:
        raise
    except Exception as fault:  # noqa: BLE001  parsers fail in as many ways as files do
        raise MessageUnreadable(
            N_("The file is kept, but its text cannot be read: {reason}."),
            reason=type(fault).__name__,
        ) from None


def _of_eml(content: bytes) -> Letter:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    head = {name: str(message.get(name, "")) for name in ("from", "subject", "date")}
    return Letter(head["from"], head["subject"], head["date"], _joined(_bodies(message)))


def _bodies(message: EmailMessage) -> Iterator[str]:
    """Yield the body, and the text of PDFs that came with it."""
    body = message.get_body(("plain", "html"))
    if body is not None:
        text = str(body.get_content())
        yield _visible(text) if body.get_content_subtype() == "html" else text
    for part in message.iter_attachments():
        if part.get_content_type() == PDF:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield _pdf_text(content)


def _of_msg(content: bytes) -> Letter:
    message = OutlookMessage.load(io.BytesIO(content))
    html = message.html_body or ""
    body = message.body or _visible(html)
    papers = (
        _pdf_text(one.file_bytes)
        for one in message.attachments
        if one.file_bytes and one.file_bytes.startswith(b"%PDF-")
    )
    sent = message.sent_date.isoformat() if message.sent_date else ""
    return Letter(message.sender or "", message.subject or "", sent, _joined([body, *papers]))


def _of_pdf(content: bytes) -> Letter:
    return Letter("", "", "", _joined([_pdf_text(content)]))


def _pdf_text(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    return "\n".join(page.extract_text() for page in reader.pages[:PAGES])


def _visible(html: str) -> str:
    parser = _Text()
    parser.feed(html[: MOST * 4])
    return "".join(parser.parts)


def _joined(parts: Iterable[str]) -> str:
    text = "\n".join(parts)
    return BLANKS.sub("\n\n", SPACES.sub(" ", text.replace("\r\n", "\n")))[:MOST]
