"""Check-ups: the consent of the enterprise, the report collected and frozen, read again."""

import hashlib
import json
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid, NotFound
from service.core.text import N_
from service.identity.auditing import note as audit
from service.identity.permissions import Actor, Permission
from service.identity.repository import Organisations
from service.notices.domain import Message
from service.notices.topics import Topic
from service.notices.usecases.telling import notify
from service.station.base.checkup import frozen
from service.station.base.errors import CheckUpDamaged, ConsentMissing
from service.station.base.models import CheckUp, CheckUpConsent
from service.station.base.repository import own_station
from service.station.base.repository_checkups import CheckUps, Consents, enterprise_served
from service.station.base.usecases.collecting import collected


def give_consent(
    session: Session, actor: Actor, *, watches: bool = False, decisions: bool = False
) -> CheckUpConsent:
    """Let the station that serves one's enterprise check it up; what was given before ends.

    Raises:
        PermissionDenied: not the actor's to open.
        NotFound: no station serves the enterprise.
    """
    actor.need(Permission.BASE_CONSENT)
    own = Organisations(session).get(actor.organisation_id) if actor.organisation_id else None
    if own is None or own.served_by_id is None:
        raise NotFound(N_("No station serves your enterprise."))
    return _kept(session, actor, own.id, own.served_by_id, watches=watches, decisions=decisions)


def record_consent(
    session: Session, actor: Actor, enterprise_id: UUID, *, proof: str
) -> CheckUpConsent:
    """Write down that an enterprise agreed on paper; it opens nothing that is not shared anyway.

    Raises:
        NotFound: the actor's station does not serve it.
        Invalid: it is not said how it was given.
    """
    actor.need(Permission.BASE_WRITE)
    enterprise = enterprise_served(session, actor, enterprise_id)
    if not proof.strip():
        detail = N_("Say how it was given: letter, seal, day.")
        raise Invalid(detail, errors=[FieldError("proof", detail)])
    return _kept(session, actor, enterprise.id, own_station(session, actor), proof=proof.strip())


def _kept(
    session: Session, actor: Actor, enterprise_id: UUID, station_id: UUID, **told: Any
) -> CheckUpConsent:
    before = Consents(session, actor).standing(enterprise_id, station_id)
    if before is not None:
        before.ended_at = clock.now()
    row = CheckUpConsent(
        **{"watches": False, "decisions": False, "proof": "", **told},
        enterprise_id=enterprise_id,
        station_id=station_id,
        given_by=actor.person_id,
        given_at=clock.now(),
    )
    CheckUps(session, actor).add(row)
    audit(session, actor, "check_up.agreed", ("organisation", enterprise_id))
    return row


def end_consent(session: Session, actor: Actor, consent_id: UUID) -> None:
    """Take a consent back: no new check-up is made, those that were made stay.

    Raises:
        NotFound: no such consent of the actor's enterprise.
    """
    actor.need(Permission.BASE_CONSENT)
    row = Consents(session, actor).get(consent_id)
    if row.enterprise_id != actor.organisation_id:
        raise NotFound(N_("There is no such consent."))
    row.ended_at = clock.now()
    session.flush()
    audit(session, actor, "check_up.consent_ended", ("organisation", row.enterprise_id))


def make_checkup(session: Session, actor: Actor, enterprise_id: UUID) -> CheckUp:
    """Collect what the station may see of an enterprise into a report, and freeze it.

    Raises:
        NotFound: the actor's station does not serve it.
        ConsentMissing: it has not agreed.
    """
    actor.need(Permission.BASE_WRITE)
    station_id = own_station(session, actor)
    enterprise = enterprise_served(session, actor, enterprise_id)
    consent = Consents(session, actor).standing(enterprise.id, station_id)
    if consent is None:
        raise ConsentMissing(N_("Ask the enterprise to agree under Check-ups, or on paper."))
    now, sections = clock.now(), collected(session, actor, enterprise, consent)
    head = {
        "enterprise": {"zh": enterprise.name_zh, "en": enterprise.name_en},
        "station": Organisations(session).get(station_id).name_zh,
        "made_at": now.isoformat(),
    }
    content = frozen(head, sections)
    row = CheckUp(
        station_id=station_id,
        enterprise_id=enterprise.id,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        count=sum(len(one.findings) for one in sections),
        made_at=now,
        made_by=actor.person_id,
    )
    CheckUps(session, actor).add(row)
    audit(session, actor, "check_up.made", ("check_up", row.id), sha256=row.sha256)
    notify(
        session,
        event_id=f"check_up.made:{row.id}",
        topic=Topic.CHECK_UP_MADE,
        title=Message(N_("The station has checked up your enterprise")),
        link=f"/check-ups/{row.id}",
        subject=("check_up", row.id),
        organisation_id=enterprise.id,
        permission=Permission.BASE_JOIN,
    )
    return row


def report_of(row: CheckUp) -> dict[str, Any]:
    """Return a frozen report.

    Raises:
        CheckUpDamaged: what is kept is not what was made.
    """
    if hashlib.sha256(row.content).hexdigest() != row.sha256:
        raise CheckUpDamaged(N_("The kept report does not have the hash it was made with."))
    report: dict[str, Any] = json.loads(row.content)
    return report
