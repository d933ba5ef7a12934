"""Files that people send: papers and pictures."""

from sqlalchemy.orm import Session

from service.core import clock
from service.core.files import Stored
from service.identity.permissions import Actor
from service.registry.holdings import StoredFiles
from service.registry.models import StoredFile


def note_file(
    session: Session, actor: Actor, stored: Stored, *, name: str, media_type: str
) -> StoredFile:
    """Note a file whose content is in the store already."""
    files = StoredFiles(session, actor)
    return files.add(
        StoredFile(
            organisation_id=files.mine,
            sha256=stored.sha256,
            size=stored.size,
            media_type=media_type,
            name=name[:200],
            actor_id=actor.person_id,
            stored_at=clock.now(),
        )
    )
