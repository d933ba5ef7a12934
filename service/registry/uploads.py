"""Taking files in: streamed to the store under a limit, told apart by content and not by name."""

from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from service.core.db import Database
from service.core.errors import FieldError, Invalid
from service.core.files import Files, Stored
from service.core.jobs import enqueue
from service.core.settings import Settings
from service.core.text import N_
from service.core.uploads import receive
from service.identity.permissions import Actor, Permission
from service.registry.domain import EditionState
from service.registry.usecases.requesting import Reading, begin_import

HEAD = 16
SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"PK\x03\x04", "application/zip"),
)
"""Offset and bytes by which a kind of file is known: papers come as PDF, picture or OFD (zip)."""


PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
"""Kinds of pictures that every browser shows."""


def store_upload(files: Files, stream: BinaryIO, settings: Settings) -> Stored:
    """Store a sent file of any kind, to be read by an importer; raise what `receive` raises."""
    return receive(files, stream, settings)[0]


def take_upload(files: Files, stream: BinaryIO, settings: Settings) -> tuple[Stored, str]:
    """Store a paper or picture that is handed out again; return it with its media type.

    Raises:
        Invalid: it is neither paper nor picture; and what `receive` raises.
    """
    found: list[str] = []

    stored, _ = receive(files, stream, settings, look=lambda path: found.append(_media_type(path)))
    return stored, found[0]


def _media_type(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    for offset, signature, media_type in SIGNATURES:
        if head[offset:].startswith(signature):
            return media_type
    detail = N_("Send a PDF, a PNG, JPEG, WebP or TIFF picture, or an OFD file.")
    raise Invalid(detail, errors=[FieldError("file", detail)])


def request_import(
    database: Database,
    settings: Settings,
    files: Files,
    actor: Actor,
    stored: Stored,
    *,
    name: str,
    reading: Reading,
) -> tuple[UUID, bool]:
    """Begin the import of a stored file and put the job in; say whether it was imported before.

    Raises:
        SourceProblem: The file cannot be read; nothing is noted.
    """
    actor.need(Permission.IMPORT_RUN)
    run_id, before = begin_import(
        database,
        settings,
        files.path(stored.sha256),
        actor,
        reading=reading,
        name=name[:200] or "file",
        stored=True,
        then=lambda session, run: enqueue(session, "import.run", key=str(run), run_id=str(run)),
    )
    return run_id, before in {EditionState.COMPLETE, EditionState.PARTIAL}
