"""Opening, handing over, sharing and closing a matter."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience, Confidentiality, ThreadKind
from service.cases.models import Thread, ThreadAccess
from service.cases.repository import Threads
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid, NotFound
from service.core.text import N_
from service.core.types import new_id
from service.identity.models import Organisation, Person
from service.identity.permissions import Actor, OrganisationKind
from service.identity.repository import Organisations


def open_thread(
    session: Session,
    actor: Actor,
    *,
    kind: ThreadKind,
    title: str,
    organisation_id: UUID,
    station_id: UUID | None = None,
    handler_id: UUID | None = None,
    number: str = "",
    **title_values: Any,
) -> Thread:
    """Open the thread of a new matter; the module then adds its own row under the same id.

    The caller has checked the permission. Whoever acts for a station hands the thread to it.

    `title`: Message id; `title_values` fill its places.
    `organisation_id`: The owner.
    """
    thread = Thread(
        id=new_id(),
        organisation_id=organisation_id,
        kind=kind,
        title=title,
        title_values=title_values,
        number=number,
        station_id=station_id,
        handler_id=handler_id,
        opened_at=clock.now(),
        opened_by=actor.person_id,
    )
    Threads(session, actor).add(thread)
    tell(session, actor, thread, "thread.opened")
    return thread


def hand_to_station(session: Session, actor: Actor, thread: Thread, station_id: UUID) -> None:
    """Put a thread into the hands of a station; who handled it before no longer does.

    Raises:
        Invalid: that organisation is no station.
    """
    station = Organisations(session).get(station_id)
    if station.kind is not OrganisationKind.STATION:
        detail = N_("Choose a station.")
        raise Invalid(detail, errors=[FieldError("station", detail)])
    if thread.station_id != station.id:
        thread.station_id, thread.handler_id = station.id, None
        tell(session, actor, thread, "thread.handed", organisation=_ref(station))


def assign(session: Session, actor: Actor, thread: Thread, person_id: UUID) -> Person:
    """Name who works on the thread: somebody of its station, or of its owner where it has none.

    Raises:
        NotFound: no such person there.
    """
    person = session.get(Person, person_id)
    at_home = {thread.station_id or thread.organisation_id}
    if person is None or not person.active or person.organisation_id not in at_home:
        raise NotFound(N_("There is no such person."))
    thread.handler_id = person.id
    tell(session, actor, thread, "thread.assigned", audience=Audience.OWNER, person=_ref(person))
    return person


def let_in(
    session: Session,
    actor: Actor,
    thread: Thread,
    *,
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
    part_id: UUID | None = None,
    audience: Audience = Audience.ALL,
    writes: bool = False,
) -> ThreadAccess:
    """Let an organisation or a person into a thread, or into one part of it; twice is one grant.

    Raises:
        NotFound: no such organisation or person.
    """
    grantee: Organisation | Person | None = (
        session.get(Person, person_id) if person_id else session.get(Organisation, organisation_id)
    )
    if grantee is None:
        raise NotFound(N_("There is no such organisation."))
    for grant in Threads(session, actor).grants(thread):
        place = (grant.organisation_id, grant.person_id, grant.part_id)
        if place == (organisation_id, person_id, part_id):
            grant.audience, grant.writes = audience, writes
            return grant
    grant = ThreadAccess(
        thread_id=thread.id,
        part_id=part_id,
        organisation_id=organisation_id,
        person_id=person_id,
        audience=audience,
        writes=writes,
        granted_at=clock.now(),
        granted_by=actor.person_id,
    )
    Threads(session, actor).add(grant)
    tell(
        session,
        actor,
        thread,
        "thread.shared",
        part_id=part_id,
        audience=Audience.OWNER,
        grantee=_ref(grantee),
    )
    return grant


def let_out(session: Session, actor: Actor, thread: Thread, grant_id: UUID) -> None:
    """End a grant; what was seen until then stays in the timeline."""
    for grant in Threads(session, actor).grants(thread):
        if grant.id == grant_id:
            grant.ended_at = clock.now()
            tell(
                session,
                actor,
                thread,
                "thread.unshared",
                part_id=grant.part_id,
                audience=Audience.OWNER,
                grantee=_reference(grant.organisation_id, grant.person_id),
            )
            return
    raise NotFound(N_("There is no such grant."))


def set_confidentiality(
    session: Session, actor: Actor, thread: Thread, value: Confidentiality
) -> None:
    """Say who in the station sees the thread; the one who seals it stays named in it."""
    if value is not Confidentiality.OPEN and actor.organisation_id == thread.station_id:
        let_in(
            session,
            actor,
            thread,
            person_id=actor.person_id,
            audience=Audience.STAFF,
            writes=True,
        )
    thread.confidentiality = value


def close_thread(session: Session, actor: Actor, thread: Thread, *, note: str = "") -> None:
    """Close a matter: nothing is added to it any more. The caller has checked that it may."""
    thread.closed_at = clock.now()
    tell(session, actor, thread, "thread.closed", note=note)


def reopen_thread(session: Session, actor: Actor, thread: Thread, *, note: str) -> None:
    """Open a closed matter again, with the reason."""
    if not note.strip():
        detail = N_("Say why.")
        raise Invalid(detail, errors=[FieldError("note", detail)])
    thread.closed_at = None
    tell(session, actor, thread, "thread.reopened", note=note)


def _ref(who: Organisation | Person) -> dict[str, str]:
    if isinstance(who, Organisation):
        return _reference(who.id, None)
    return _reference(None, who.id)


def _reference(organisation_id: UUID | None, person_id: UUID | None) -> dict[str, str]:
    """Return an organisation or a person as timelines keep them: by id, named when shown."""
    kind = "organisation" if organisation_id else "person"
    return {kind: str(organisation_id or person_id)}
