"""Opening a case: at the counter, or from a screening, an alert or a detention with one click."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Custody, EvidenceKind, Obtained, Scan, ThreadKind
from service.cases.usecases.evidence import add_evidence
from service.cases.usecases.threads import open_thread
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.files import Files
from service.core.text import N_
from service.dispute.domain import DisputeKind, RightKind, ServiceLine, Side, Source
from service.dispute.models import DisputeCase, Party
from service.dispute.repository import Cases
from service.dispute.tables import CASE
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations
from service.screening.usecases.screening import fetch_screening

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
    for one in frozen:
        stored = files.put([one.content], limit=LARGEST)
        add_evidence(
            session,
            actor,
            thread.id,
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
    return case


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


def open_from_screening(
    session: Session, files: Files, actor: Actor, screening_id: UUID, *, title: str = ""
) -> DisputeCase:
    """Open a case from a screening: the whole answer, as it was given, becomes its first evidence.

    Raises:
        NotFound: no such screening in the actor's sight.
        ScreeningDamaged: what is kept is not what was given.
    """
    body = fetch_screening(session, actor, screening_id)
    return open_case(
        session,
        files,
        actor,
        values={
            "title": title or f"Screening {screening_id}",
            "service_line": ServiceLine.LEGAL_SERVICE,
            "side": Side.ACCUSED,
            "dispute_kind": DisputeKind.INFRINGEMENT,
            "right_kind": RightKind.TRADEMARK,
            "source": Source.SCREENING,
            "source_kind": "screening",
            "source_id": str(screening_id),
            "rights": [],
            "jurisdiction": "CN",
        },
        frozen=[
            Frozen(
                name=f"screening-{screening_id}.json",
                content=body,
                title="筛查答复 Screening answer",
                purpose="筛查时的查询、注册簿版本、得分与说明 "
                "Query, register editions, scores and reasons as of the screening",
                source=f"/screenings/{screening_id}",
            )
        ],
    )
