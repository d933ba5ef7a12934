"""Opening a case: at the counter, or of a matter the desk of a station has accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Custody, EvidenceKind, Obtained, Scan, ThreadKind
from service.cases.models import Thread
from service.cases.usecases.evidence import add_evidence
from service.cases.usecases.threads import open_thread
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.files import Files
from service.core.text import N_
from service.dispute.models import DisputeCase, Party
from service.dispute.repository import Cases
from service.dispute.tables import CASE
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations

LARGEST = 64 << 20
"""Bytes of one frozen answer."""
TITLE = N_("Case: {name}")


@dataclass(frozen=True, slots=True)
class Frozen:
    """A state of this service kept as evidence: the very bytes that were shown."""

    name: str
    content: bytes
    title: str
    purpose: str
    source: str
    media_type: str = "application/json"


def open_case(
    session: Session,
    files: Files,
    actor: Actor,
    *,
    values: Mapping[str, Any],
    parties: Sequence[Mapping[str, Any]] = (),
    owner_id: UUID | None = None,
    station_id: UUID | None = None,
    frozen: Sequence[Frozen] = (),
) -> DisputeCase:
    """Open a case with its parties and the evidence frozen at this moment.

    `values` are columns of `DisputeCase` but its status and times. An exporter opens for itself,
    and the station that serves it handles the case; a station names the exporter it opens for.

    Raises:
        PermissionDenied: the actor opens no cases.
        Invalid: no owner or no title.
        NotFound: no such organisation.
    """
    actor.need(Permission.CASE_WRITE)
    owner, station = _places(session, actor, owner_id, station_id)
    cases, now = Cases(session, actor), clock.now()
    thread = open_thread(
        session,
        actor,
        kind=ThreadKind.DISPUTE,
        title=TITLE,
        organisation_id=owner.id,
        station_id=station,
        number=cases.next_number(station, now.year),
        name=values["title"],
    )
    case = DisputeCase(**values, id=thread.id, status=CASE.start, received_at=now)
    cases.add(case)
    for party in parties:
        cases.add(Party(**party, thread_id=thread.id))
    freeze(session, files, actor, thread.id, frozen)
    return case


def case_of_thread(
    session: Session, actor: Actor, thread: Thread, *, values: Mapping[str, Any]
) -> DisputeCase:
    """Make an accepted matter of the desk a case: same thread, with all that hangs on it.

    Parties, evidence, clocks, timeline and who was let in stay where they are. The case begins as
    accepted: the desk has decided that.
    """
    actor.need(Permission.CASE_ACCEPT)
    cases, now = Cases(session, actor), clock.now()
    thread.number = cases.next_number(thread.station_id, now.year)
    thread.kind, thread.title = ThreadKind.DISPUTE, TITLE
    thread.title_values = {"name": values["title"]}
    case = DisputeCase(**values, id=thread.id, status="accepted")
    cases.add(case)
    return case


def freeze(
    session: Session, files: Files, actor: Actor, thread_id: UUID, frozen: Sequence[Frozen]
) -> None:
    """Keep states of this service as evidence of a matter."""
    for one in frozen:
        stored = files.put([one.content], limit=LARGEST)
        add_evidence(
            session,
            actor,
            thread_id,
            stored,
            media_type=one.media_type,
            scan=Scan.NOT_SCANNED,
            name=one.name,
            values={
                "title": one.title[:200],
                "purpose": one.purpose,
                "kind": EvidenceKind.ELECTRONIC,
                "obtained": Obtained.SCREENING,
                "source": one.source,
            },
            first=Custody.COLLECTED,
        )


def _places(
    session: Session, actor: Actor, owner_id: UUID | None, station_id: UUID | None
) -> tuple[Organisation, UUID | None]:
    """Return whose the case is, and the station that handles it."""
    organisations = Organisations(session)
    own = organisations.get(actor.organisation_id) if actor.organisation_id else None
    if own is not None and own.kind is OrganisationKind.STATION:
        if owner_id is None:
            detail = N_("Say for which enterprise.")
            raise Invalid(detail, errors=[FieldError("owner_id", detail)])
        return organisations.get(owner_id), own.id
    if own is None or own.kind is not OrganisationKind.EXPORTER:
        detail = N_("Say for which enterprise.")
        raise Invalid(detail, errors=[FieldError("owner_id", detail)])
    return own, station_id or own.served_by_id
