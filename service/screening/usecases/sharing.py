"""Showing a screening to a station: until then it is the exporter's secret."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from service.core.errors import NotFound
from service.core.text import N_
from service.identity.auditing import note
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations
from service.screening.repository import Screenings, organisations_shown


def share_screening(session: Session, actor: Actor, screening_id: UUID, station_id: UUID) -> None:
    """Let a station see one of the actor's own screenings; twice is no error.

    Raises:
        PermissionDenied: the actor shares nothing.
        NotFound: no such screening of the actor's own organisation, or no such station.
    """
    actor.need(Permission.SCREENING_SHARE)
    row = Screenings(session, actor).get(screening_id)
    station = Organisations(session).get(station_id)
    if row.organisation_id != actor.organisation_id or station.kind is not OrganisationKind.STATION:
        raise NotFound(N_("There is no such screening."))
    Screenings(session, actor).show_to(row.id, station.id)
    note(session, actor, "screening.shared", ("screening", row.id), station=str(station.id))


def stations(session: Session) -> Sequence[Organisation]:
    """Return the stations a screening can be shown to."""
    return Organisations(session).of_kind(OrganisationKind.STATION)


def shared_with(session: Session, screening_id: UUID) -> Sequence[Organisation]:
    """Return who sees a screening besides its owner."""
    return organisations_shown(session, screening_id)
