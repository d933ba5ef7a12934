"""Showing things to a station, and ending it: until then they are the exporter's secret."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from service.core.errors import NotFound
from service.core.text import N_
from service.identity.auditing import note
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind
from service.identity.repository import Organisations
from service.registry.holdings import Shares


def share_thing(
    session: Session, actor: Actor, kind: str, thing_id: UUID, station_id: UUID
) -> None:
    """Let a station see a thing that is the actor's own (asked before); twice is no error.

    Raises:
        NotFound: No such station. Nothing is shared with any other organisation.
    """
    station = Organisations(session).get(station_id)
    if station.kind is not OrganisationKind.STATION:
        raise NotFound(N_("There is no such station."))
    if Shares(session, actor).show(kind, thing_id, station.id):
        note(session, actor, f"{kind}.shared", (kind, thing_id), station=str(station.id))


def end_sharing(
    session: Session, actor: Actor, kind: str, thing_id: UUID, station_id: UUID
) -> None:
    """Let a station no longer see a thing of the actor's own; what it read, it has read.

    Raises:
        NotFound: It is not shared with that station.
    """
    Shares(session, actor).end(kind, thing_id, station_id)
    note(session, actor, f"{kind}.unshared", (kind, thing_id), station=str(station_id))


def stations(session: Session) -> Sequence[Organisation]:
    """Return the stations that things can be shown to."""
    return Organisations(session).of_kind(OrganisationKind.STATION)
