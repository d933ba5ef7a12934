"""Whose screening it is to show to a station: until then it is the exporter's secret."""

from uuid import UUID

from sqlalchemy.orm import Session

from service.core.errors import NotFound
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.registry.usecases.sharing import share_thing
from service.screening.models import Screening
from service.screening.repository import KIND, Screenings


def own_screening(session: Session, actor: Actor, screening_id: UUID) -> Screening:
    """Return a screening of the actor's own organisation, which it may share.

    Raises:
        PermissionDenied: The actor shares nothing.
        NotFound: There is none, or it was only shared with the actor.
    """
    actor.need(Permission.SCREENING_SHARE)
    row = Screenings(session, actor).get(screening_id)
    if row.organisation_id != actor.organisation_id:
        raise NotFound(N_("There is no such screening."))
    return row


def share_screening(session: Session, actor: Actor, screening_id: UUID, station_id: UUID) -> None:
    """Let a station see one of the actor's own screenings; twice is no error."""
    share_thing(session, actor, KIND, own_screening(session, actor, screening_id).id, station_id)
