"""E-mail: in the reader's language or both, under a stable name, safe in its headers."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest

from service.core.settings import Settings
from service.core.text import N_
from service.notices.domain import Message, Value, message_of
from service.notices.mail import FolderMailbox, SmtpServer, carrier, compose

ID = UUID("0192f000-0000-7000-8000-000000000001")
AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
TITLE = Message(N_("A watch finds a mark"))
SETTINGS = Settings(public_url="https://ip.example.com/", mail_from="标通 <ip@example.com>")


def composed(language: str, title: Message = TITLE, to: str = "a@example.com") -> EmailMessage:
    return compose(
        SETTINGS,
        delivery_id=ID,
        to=to,
        language=language,
        title=title,
        text=Message("“{name}”, {on}", {"name": "雅迪", "on": date(2026, 11, 27)}),
        link="/watches/1",
        at=AT,
    )


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize(
    ("language", "subject", "dates"),
    [
        ("en", "A watch finds a mark", ["27 Nov 2026"]),
        ("zh-Hans", "监测发现商标", ["2026年11月27日"]),
        ("", "监测发现商标 / A watch finds a mark", ["2026年11月27日", "27 Nov 2026"]),
    ],
)
def test_it_is_in_the_language_chosen_or_in_both(
    language: str, subject: str, dates: list[str]
) -> None:
    message = read(composed(language).as_bytes())

    assert message["Subject"] == subject
    text = message.get_content()
    assert all(day in text for day in dates)
    assert "雅迪" in text
    assert "https://ip.example.com/watches/1" in text


def test_its_name_is_that_of_the_delivery_each_time() -> None:
    names = {composed("en")["Message-ID"], composed("zh-Hans")["Message-ID"]}

    assert names == {f"<{ID}@example.com>"}


def test_no_value_ends_its_header_and_begins_another() -> None:
    title = Message("{name}", {"name": "雅迪\r\nBcc: all@example.com"})
    message = read(composed("en", title).as_bytes())

    assert message["Bcc"] is None
    assert message["Subject"] == "雅迪 Bcc: all@example.com"


def test_values_come_back_from_storage_as_they_were() -> None:
    values: dict[str, Value | Message] = {
        "day": date(2026, 1, 2),
        "at": AT,
        "n": 3,
        "x": 0.5,
        "name": "{day}",
        "in": TITLE,
    }
    message = Message("…", values)

    assert message_of(message.stored()) == message


def test_one_message_is_one_file_however_often_it_is_sent(tmp_path: Path) -> None:
    box = FolderMailbox(tmp_path / "mail")
    for _ in range(2):
        box.carry(composed("zh-Hans"))

    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == f"{ID}.eml"
    assert read(file.read_bytes())["To"] == "a@example.com"


def test_a_setting_says_who_carries() -> None:
    assert isinstance(carrier(Settings()), FolderMailbox)
    assert isinstance(carrier(Settings(smtp_url="smtp://mail.example.com")), SmtpServer)
    assert "sesame" not in repr(Settings(smtp_url="smtp://a:sesame@mail.example.com"))


@contextmanager
def mail_server(*, extensions: tuple[str, ...] = ()) -> Iterator[tuple[int, list[bytes]]]:
    """A mail server of a few words: one connection, no encryption."""
    taken: list[bytes] = []

    def talk() -> None:
        connection, _ = listener.accept()
        with suppress(ConnectionError), connection, connection.makefile("rwb") as wire:

            def say(*lines: bytes) -> None:
                wire.write(b"\r\n".join(lines) + b"\r\n")
                wire.flush()

            say(b"220 test")
            while line := wire.readline():
                word = line[:4].upper()
                if word == b"EHLO":
                    names = ["test", *extensions]
                    say(*(f"250-{n}".encode() for n in names[:-1]), f"250 {names[-1]}".encode())
                elif word == b"DATA":
                    say(b"354 go on")
                    lines = []
                    while (part := wire.readline()) != b".\r\n":
                        lines.append(part)
                    taken.append(b"".join(lines))
                    say(b"250 taken")
                elif word == b"QUIT":
                    say(b"221 bye")
                    return
                else:
                    say(b"250 ok")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=talk, daemon=True)
        thread.start()
        yield listener.getsockname()[1], taken
        thread.join(timeout=5)


def test_a_mail_server_takes_it() -> None:
    with mail_server() as (port, taken):
        SmtpServer(f"smtp://127.0.0.1:{port}").carry(composed("zh-Hans"))

    assert read(taken[0])["Message-ID"] == f"<{ID}@example.com>"


def test_no_password_goes_over_an_open_wire() -> None:
    with (
        mail_server(extensions=("AUTH PLAIN",)) as (port, taken),
        pytest.raises(smtplib.SMTPNotSupportedError),
    ):
        SmtpServer(f"smtp://me:secret@127.0.0.1:{port}").carry(composed("en"))
    assert taken == []


def test_a_server_that_does_not_answer_in_tls_is_refused() -> None:
    with mail_server() as (port, _), pytest.raises((ssl.SSLError, OSError)):
        SmtpServer(f"smtps://127.0.0.1:{port}").carry(composed("en"))
