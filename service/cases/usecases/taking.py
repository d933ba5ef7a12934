"""Taking a file in: stored, told apart by content, scanned, then noted as evidence."""

from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.contents import keep_file
from service.cases.models import Evidence
from service.cases.schemas_evidence import EvidenceForm
from service.cases.usecases.evidence import add_evidence
from service.core.files import Files
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
        TooLarge, FileKindRefused, FileInfected, ScannerSilent: the file is not taken.
        NotFound, PermissionDenied, ThreadClosed, Invalid: see `add_evidence`.
    """
    actor.need(Permission.EVIDENCE_WRITE)
    kept = keep_file(settings, files, stream)
    values = form.model_dump(exclude={"audience", "part_id"})
    return add_evidence(
        session,
        actor,
        thread_id,
        kept.stored,
        media_type=kept.media_type,
        scan=kept.scan,
        name=name,
        values=values,
        part_id=form.part_id,
        audience=form.audience,
    )
