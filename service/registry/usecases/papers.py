"""Papers of an organisation itself: its business licence, kept beside the typed particulars."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.identity.repository import Tenants
from service.registry.documents import PAPERS
from service.registry.domain import DocumentKind
from service.registry.holdings import Papers, StoredFiles
from service.registry.models import Document


def add_organisation_paper(
    session: Session,
    actor: Actor,
    organisation_id: UUID,
    *,
    kind: DocumentKind,
    file_id: UUID,
    values: dict[str, Any],
) -> Document:
    """Keep a paper beside the particulars of the actor's organisation.

    Raises:
        NotFound: The organisation is not the actor's own.
        Invalid: Such a paper belongs to a right.
    """
    actor.need(Permission.RIGHT_WRITE)
    organisation = Tenants(session, actor).get(organisation_id)
    if PAPERS[kind].rights:
        detail = N_("Such a paper belongs to a right: keep it there.")
        raise Invalid(detail, errors=[FieldError("kind", detail)])
    file = StoredFiles(session, actor).own(file_id)
    document = Document(
        organisation_id=organisation.id,
        right_id=None,
        kind=kind,
        file_id=file.id,
        added_at=clock.now(),
        **values,
    )
    Papers(session, actor).add(document)
    note(
        session,
        actor,
        "organisation.document_added",
        ("organisation", organisation.id),
        paper=kind.value,
    )
    return document
