"""Writing down leads on infringing goods."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from service.core import clock
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.recordation.models import Asset, Intelligence
from service.recordation.usecases.changes import notice_changes
from service.recordation.usecases.substance import owner_of
from service.registry.holdings import StoredFiles


def add_lead(
    session: Session, actor: Actor, asset: Asset, values: Mapping[str, Any]
) -> Intelligence:
    """Write down a lead on goods that infringe a right; it stays with who wrote it."""
    actor.need(Permission.INTELLIGENCE_WRITE)
    if values.get("evidence_file_id"):
        StoredFiles(session, actor).get(values["evidence_file_id"])
    lead = Intelligence(
        organisation_id=owner_of(actor),
        asset_id=asset.id,
        created_at=clock.now(),
        created_by=actor.person_id,
        **values,
    )
    session.add(lead)
    session.flush()
    note(session, actor, "intelligence.added", ("intelligence", lead.id))
    if lead.organisation_id == asset.organisation_id:
        notice_changes(session, actor, [asset.id])
    return lead
