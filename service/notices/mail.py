"""E-mail: composing a message, and carrying it to a server or into a folder."""

import re
import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

from service.core.settings import Settings
from service.core.text import N_
from service.notices.domain import Message
from service.notices.wording import told
from service.ui.i18n import Language, translator

TIMEOUT = 20.0
"""Seconds of silence after which a mail server is given up for this time."""
SUBMISSION, SUBMISSION_TLS = 587, 465
_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")


class Carrier(Protocol):
    """Takes messages away; raises `OSError` or `smtplib.SMTPException` where it cannot."""

    def carry(self, message: EmailMessage) -> None:
        """Send one message."""


class FolderMailbox:
    """A folder of `.eml` files, for a machine that has no mail server, and for a person to read.

    A message has the name of its Message-ID, so that one sent twice is there once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, message: EmailMessage) -> None:
        """Write the message; it takes its name when it is whole."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        part = self._folder / f".{name}.part"
        part.write_bytes(message.as_bytes())
        part.replace(self._folder / f"{name}.eml")


class SmtpServer:
    """A mail server: `smtp://` (with STARTTLS where it is offered) or `smtps://`.

    A password is never sent over a connection that is not encrypted.
    """

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)

    def carry(self, message: EmailMessage) -> None:
        """Hand the message to the server."""
        with self._connected() as server:
            if self._parts.username:
                password = unquote(self._parts.password or "")
                server.login(unquote(self._parts.username), password)
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        host, port = self._parts.hostname or "", self._parts.port
        context = ssl.create_default_context()
        if self._parts.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port or SUBMISSION_TLS, timeout=TIMEOUT, context=context)
        server = smtplib.SMTP(host, port or SUBMISSION, timeout=TIMEOUT)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        elif self._parts.username:
            server.close()
            raise smtplib.SMTPNotSupportedError("the server offers no STARTTLS for the password")
        return server


def carrier(settings: Settings) -> Carrier:
    """Return what carries e-mail in this installation."""
    return (
        SmtpServer(settings.smtp_url) if settings.smtp_url else FolderMailbox(settings.mail_folder)
    )


def compose(
    settings: Settings,
    *,
    delivery_id: UUID,
    to: str,
    language: str,
    title: Message,
    text: Message | None,
    link: str,
    at: datetime,
) -> EmailMessage:
    """Return the message to one person, in the person's language or, where none was chosen, both.

    Args:
        settings: Sender, and where the pages are.
        delivery_id: Becomes the Message-ID: the same however often it is sent.
        to: The address.
        language: BCP 47 tag or empty.
        title: The subject line.
        text: What stands below it.
        link: Path of the page to open.
        at: When it happened, aware.
    """
    chosen = [Language(language)] if language in tuple(Language) else list(Language)
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = _one_line(to)
    subjects = [told(title, translator(each)) for each in chosen]
    message["Subject"] = _one_line(" / ".join(dict.fromkeys(subjects)))
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{delivery_id}@{_domain(settings)}>"
    message["Auto-Submitted"] = "auto-generated"
    parts = [_part(each, title, text, f"{settings.address}{link}") for each in chosen]
    message.set_content("\n\n".join(parts) + "\n")
    return message


def _part(language: Language, title: Message, text: Message | None, address: str) -> str:
    words = translator(language)
    lines = [told(title, words), told(text, words) if text else "", address]
    lines.append(words.text(N_("You can choose on the page Notices what is mailed to you.")))
    return "\n\n".join(line for line in lines if line)


def _domain(settings: Settings) -> str:
    return parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost"


def _one_line(text: str) -> str:
    """Return a text that cannot end its header and begin another."""
    return _SPACES.sub(" ", text).strip()
