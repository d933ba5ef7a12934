"""Rights and the papers they are entered from: adding, changing, archiving."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.registry.documents import PAPERS
from service.registry.domain import DocumentKind, RightKind
from service.registry.holdings import Rights, StoredFiles
from service.registry.models import Document, Right
from service.registry.problems import ContentOfSecret


def add_right(session: Session, actor: Actor, values: dict[str, Any]) -> Right:
    """Add a right of the actor's organisation, from the fields of its paper."""
    actor.need(Permission.RIGHT_WRITE)
    rights, now = Rights(session, actor), clock.now()
    right = rights.add(
        Right(
            **values,
            organisation_id=rights.mine,
            created_at=now,
            updated_at=now,
            archived_at=None,
        )
    )
    note(session, actor, "right.added", ("right", right.id), of=right.kind.value)
    return right


def change_right(session: Session, actor: Actor, right: Right, values: dict[str, Any]) -> Right:
    """Change the fields of a right.

    Raises:
        ContentOfSecret: It has papers and would become a trade secret, of which none is kept.
    """
    actor.need(Permission.RIGHT_WRITE)
    if values.get("kind") is RightKind.TRADE_SECRET and Rights(session, actor).documents(right.id):
        raise _secret("kind", N_("A right with papers does not become a trade secret."))
    for name, value in values.items():
        setattr(right, name, value)
    right.updated_at = clock.now()
    session.flush()
    note(session, actor, "right.changed", ("right", right.id))
    return right


def archive_right(session: Session, actor: Actor, right: Right) -> None:
    """Take a right out of the lists; its papers stay with it."""
    actor.need(Permission.RIGHT_WRITE)
    right.archived_at = right.updated_at = clock.now()
    session.flush()
    note(session, actor, "right.archived", ("right", right.id))


def add_document(
    session: Session,
    actor: Actor,
    right_id: UUID,
    *,
    kind: DocumentKind,
    file_id: UUID,
    values: dict[str, Any],
) -> Document:
    """Keep a paper beside a right.

    Raises:
        ContentOfSecret: The right is a trade secret, of which no content is kept.
        Invalid: A paper of this kind does not belong to such a right.
    """
    actor.need(Permission.RIGHT_WRITE)
    right = Rights(session, actor).own(right_id)
    check_paper(right.kind, kind)
    file = StoredFiles(session, actor).own(file_id)
    document = Document(
        organisation_id=right.organisation_id,
        right_id=right.id,
        kind=kind,
        file_id=file.id,
        added_at=clock.now(),
        **values,
    )
    session.add(document)
    session.flush()
    note(session, actor, "right.document-added", ("right", right.id), paper=kind.value)
    return document


def check_paper(right: RightKind, paper: DocumentKind) -> None:
    """Raise unless a paper of this kind is kept beside a right of that kind."""
    if right is RightKind.TRADE_SECRET:
        raise _secret("file_id", N_("Keep the file where the secret is guarded."))
    if right not in PAPERS[paper].rights:
        detail = N_("Such a paper does not belong to a right of this kind.")
        raise Invalid(detail, errors=[FieldError("kind", detail)])


def _secret(field: str, way_out: str) -> ContentOfSecret:
    return ContentOfSecret(
        N_("Of a trade secret only its metadata is kept here, never a file."),
        errors=[FieldError(field, way_out)],
    )
