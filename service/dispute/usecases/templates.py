"""Word templates of our own in place of the built-in ones: an administrator's, and harmless."""

import io
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError
from service.core.files import Files
from service.core.scanner import scanned_clean
from service.core.settings import Settings
from service.dispute.models import PaperTemplate
from service.dispute.papers.kinds import PaperKind
from service.dispute.papers.setting import sample
from service.dispute.repository_papers import Templates
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.ui.documents.errors import TemplateRefused, TemplateUnfit
from service.ui.documents.vetting import LARGEST, vet_word
from service.ui.documents.word import fill_word


def sent_template(stream: BinaryIO, settings: Settings) -> bytes:
    """Return what was sent as a template, cut behind `LARGEST`, which `try_template` refuses.

    Raises:
        FileInfected, FileBeyondScanner, ScannerSilent: a scanner is set and does not call it clean.
    """
    content = stream.read(LARGEST + 1)
    scanned_clean(io.BytesIO(content), settings.clamd)
    return content


def try_template(kind: PaperKind, content: bytes) -> None:
    """Look through a template and fill it once with invented data.

    Raises:
        TemplateUnfit: it reaches outside of itself, or asks for what no paper of the kind holds.
    """
    vet_word(content)
    try:
        fill_word(content, sample(kind), name=kind.key)
    except TemplateRefused as refused:
        errors = [FieldError("file", refused.detail, refused.members)]
        raise TemplateUnfit(refused.detail, errors=errors, **refused.members) from None


def replace_template(
    session: Session, files: Files, actor: Actor, kind: PaperKind, content: bytes, *, name: str
) -> PaperTemplate:
    """Put a template in force for a kind; the one before ends. Papers made already stay.

    The caller has tried it.
    """
    actor.need(Permission.TEMPLATE_MANAGE)
    stored = files.put([content], limit=LARGEST)
    templates, now = Templates(session), clock.now()
    before = templates.in_force(kind.key)
    if before is not None:
        before.ended_at = now
    row = PaperTemplate(
        kind=kind.key,
        sha256=stored.sha256,
        name=name[:200],
        uploaded_at=now,
        uploaded_by=actor.person_id,
    )
    templates.add(row)
    note(session, actor, "template.replaced", ("template", row.id), kind=kind.key)
    return row


def end_template(session: Session, actor: Actor, template_id: UUID) -> None:
    """Go back to the built-in template of a kind."""
    actor.need(Permission.TEMPLATE_MANAGE)
    row = Templates(session).get(template_id)
    row.ended_at = clock.now()
    session.flush()
    note(session, actor, "template.ended", ("template", row.id), kind=row.kind)
