"""Taking a file in: stored, told apart by content, scanned, then noted as evidence."""

from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.contents import media_type_of, scan
from service.cases.models import Evidence
from service.cases.schemas_evidence import EvidenceForm
from service.cases.usecases.evidence import add_evidence
from service.core.files import CHUNK, Files
from service.core.settings import Settings
from service.identity.permissions import Actor, Permission


def take_in(
    session: Session,
    settings: Settings,
    files: Files,
    actor: Actor,
    thread_id: UUID,
    stream: BinaryIO,
    name: str,
    form: EvidenceForm,
) -> Evidence:
    """Stream a file into the store and note it.

    `session` must not have been used yet: hashing and scanning come before its first statement, so
    that they hold no lock.

    Raises:
        TooLarge, FileKindRefused, FileInfected: the file is not taken.
        NotFound, PermissionDenied, ThreadClosed, Invalid: see `add_evidence`.
    """
    actor.need(Permission.EVIDENCE_WRITE)
    stored = files.put(_chunks(stream), limit=settings.upload_bytes)
    path = files.path(stored.sha256)
    media_type, scanned = media_type_of(path), scan(path, settings.clamd)
    values = form.model_dump(exclude={"audience", "part_id"})
    return add_evidence(
        session,
        actor,
        thread_id,
        stored,
        media_type=media_type,
        scan=scanned,
        name=name,
        values=values,
        part_id=form.part_id,
        audience=form.audience,
    )


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk
