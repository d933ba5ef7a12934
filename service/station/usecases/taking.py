"""Taking a matter in at the desk: one form for every channel, a number for the visitor."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import ThreadKind
from service.cases.repository import Threads
from service.cases.usecases.telling import tell
from service.cases.usecases.threads import open_thread
from service.core import clock
from service.core.errors import FieldError, Invalid, Stale
from service.core.text import N_
from service.dispute.domain import PartyRole, Side
from service.dispute.models import Party
from service.dispute.repository import Cases, parties_of
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations
from service.station import words
from service.station.domain import Conflict
from service.station.errors import IntakePromoted
from service.station.models import Intake
from service.station.repository import Intakes
from service.station.tables import INTAKE

__all__ = ["change_intake", "take_in", "words"]

TITLE = N_("Intake: {name}")
ROLES: Mapping[Side, tuple[PartyRole, PartyRole]] = {
    Side.HOLDER: (PartyRole.APPLICANT, PartyRole.RESPONDENT),
    Side.NEUTRAL: (PartyRole.APPLICANT, PartyRole.RESPONDENT),
    Side.ACCUSED: (PartyRole.RESPONDENT, PartyRole.APPLICANT),
}
"""What the visitor is, and what the other side is, by for whom we act."""


def take_in(
    session: Session,
    actor: Actor,
    *,
    values: Mapping[str, Any],
    opponents: Sequence[str] = (),
    owner_id: UUID | None = None,
    station_id: UUID | None = None,
) -> Intake:
    """Take a matter in; visitor and other side become its parties.

    `values` are columns of `Intake` but its number, status, check and times. `owner_id` is the
    enterprise whose matter it is, where it has an account; a walk-in matter belongs to the station.

    Raises:
        PermissionDenied: the actor sends nothing in, or acts for another without working a desk.
        Invalid: no station is named, or what is named is none.
    """
    actor.need(Permission.INTAKE_WRITE)
    owner, station = _places(session, actor, owner_id, station_id)
    now, intakes = clock.now(), Intakes(session, actor)
    number = intakes.next_number(station.id, now.year)
    thread = open_thread(
        session,
        actor,
        kind=ThreadKind.INTAKE,
        title=TITLE,
        organisation_id=owner.id,
        station_id=station.id,
        number=number,
        name=values["title"],
    )
    row = Intake(
        **values,
        id=thread.id,
        station_id=station.id,
        number=number,
        status=INTAKE.start,
        received_at=now,
    )
    intakes.add(row)
    ours, theirs = ROLES[row.side]
    named = [(ours, row.visitor), *((theirs, name) for name in opponents)]
    for role, name in named:
        Cases(session, actor).add(Party(thread_id=thread.id, role=role, name=name))
    tell(session, actor, thread, "intake.received", number=number)
    return row


def _places(
    session: Session, actor: Actor, owner_id: UUID | None, station_id: UUID | None
) -> tuple[Organisation, Organisation]:
    """Return whose matter it is, and the station that takes it in."""
    organisations = Organisations(session)
    own = organisations.get(actor.organisation_id) if actor.organisation_id else None
    if own is not None and own.kind is OrganisationKind.STATION:
        return organisations.get(owner_id) if owner_id else own, own
    wanted = station_id or (own.served_by_id if own is not None else None)
    station = organisations.get(wanted) if wanted else None
    if own is None or station is None or station.kind is not OrganisationKind.STATION:
        detail = N_("Choose a station.")
        raise Invalid(detail, errors=[FieldError("station_id", detail)])
    return own, station


def change_intake(
    session: Session,
    actor: Actor,
    intake_id: UUID,
    *,
    version: int,
    values: Mapping[str, Any],
    opponents: Sequence[str] = (),
) -> Intake:
    """Change what is known of an intake; what was checked must then be checked again.

    Raises:
        NotFound, PermissionDenied, ThreadClosed: not the actor's to change.
        IntakePromoted: it is a case by now.
        Stale: somebody changed it meanwhile.
    """
    actor.need(Permission.INTAKE_WRITE)
    row = to_change(session, actor, intake_id)
    if row.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=row.version)
    thread = Threads(session, actor).to_change(intake_id)
    before = row.visitor
    for name, value in values.items():
        setattr(row, name, value)
    row.conflict, row.checked_at, row.checked_by = Conflict.UNCHECKED, None, None
    thread.title_values = {"name": row.title}
    _rename(session, actor, row, before, opponents)
    session.flush()
    tell(session, actor, thread, "intake.changed")
    return row


def to_change(session: Session, actor: Actor, intake_id: UUID) -> Intake:
    """Return an intake the actor may write in, as long as it is one."""
    thread, row = Intakes(session, actor).get(intake_id)
    if thread.kind is not ThreadKind.INTAKE:
        raise IntakePromoted(N_("Go on in the case {number}."), number=thread.number)
    Threads(session, actor).to_change(intake_id)
    return row


def _rename(
    session: Session, actor: Actor, row: Intake, before: str, opponents: Sequence[str]
) -> None:
    """Keep the parties in step: the visitor, who was called `before`, and the other side."""
    ours, theirs = ROLES[row.side]
    known = set()
    for party in parties_of(session, row.id):
        if party.name == before:
            party.name, party.role = row.visitor, ours
        else:
            known.add(party.name)
            party.role = theirs if party.role is not PartyRole.THIRD else party.role
    for name in opponents:
        if name not in known:
            Cases(session, actor).add(Party(thread_id=row.id, role=theirs, name=name))
