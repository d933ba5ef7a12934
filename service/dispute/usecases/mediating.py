"""What mediation leaves behind: meetings with records, confidential proposals, the agreement."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience, Effect
from service.cases.models import Thread
from service.cases.repository import Clocks, Threads
from service.cases.usecases.clocks import meet_deadline
from service.cases.usecases.deadlines import open_stated
from service.cases.usecases.standing import ALIVE
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.dispute.domain import TrackKind
from service.dispute.errors import TrackUnfit
from service.dispute.models import Agreement, MediationSession, Proposal, Track
from service.dispute.repository import Agreements, Cases, Kept, Proposals, Sessions, parties_of
from service.identity.permissions import Actor, Permission

MEETING = {"zh": "调解会议", "en": "Mediation meeting"}
PERFORM = {"zh": "履行调解协议", "en": "Perform the mediation agreement"}


def set_session(
    session: Session,
    actor: Actor,
    case_id: UUID,
    track_id: UUID,
    *,
    at: datetime,
    place: str,
    attendees: Sequence[Mapping[str, Any]] = (),
) -> MediationSession:
    """Set a meeting; it stands in everybody's calendar.

    Raises:
        Invalid: the time has passed.
    """
    thread, track = _mediation(session, actor, case_id, track_id, Permission.MEDIATION_CONDUCT)
    if at < clock.now():
        detail = N_("Set a time that is still to come.")
        raise Invalid(detail, errors=[FieldError("at", detail)])
    row = MediationSession(
        **_kept(actor, thread, track, Audience.ALL),
        at=at,
        place=place,
        attendees=[dict(one) for one in attendees],
    )
    Sessions(session, actor).add(row)
    open_stated(
        session,
        actor,
        thread,
        title=MEETING,
        due=at,
        event=f"meeting:{row.id}",
        part_id=track.id,
        effect=Effect.INTERNAL,
    )
    return row


def hold_session(
    session: Session,
    actor: Actor,
    case_id: UUID,
    track_id: UUID,
    session_id: UUID,
    *,
    record: str,
    recording_agreed: bool,
    attendees: Sequence[Mapping[str, Any]],
) -> MediationSession:
    """Write the record of a meeting that was held: who came, and that their identity was checked.

    Raises:
        Invalid: no record, or somebody whose identity nobody checked.
    """
    thread, track = _mediation(session, actor, case_id, track_id, Permission.MEDIATION_CONDUCT)
    row = Sessions(session, actor).get(session_id)
    if row.part_id != track.id or not record.strip():
        detail = N_("Write the record of the meeting.")
        raise Invalid(detail, errors=[FieldError("record", detail)])
    if not attendees or not all(one.get("identity_checked") for one in attendees):
        detail = N_("Name who came, and check the identity of each.")
        raise Invalid(detail, errors=[FieldError("attendees", detail)])
    row.record, row.recording_agreed, row.held = record, recording_agreed, True
    row.attendees = [dict(one) for one in attendees]
    session.flush()
    tell(session, actor, thread, "mediation.recorded", part_id=track.id)
    _meet(session, actor, row)
    return row


def _meet(session: Session, actor: Actor, row: MediationSession) -> None:
    """Settle the clock of a meeting that was held: nobody is reminded of it any more."""
    for one in Clocks(session).of_part(row.thread_id, row.part_id):
        if one.event == f"meeting:{row.id}" and one.status in ALIVE:
            meet_deadline(session, actor, one, when=min(row.at, clock.now()))


def propose(
    session: Session,
    actor: Actor,
    case_id: UUID,
    track_id: UUID,
    *,
    by: str,
    text: str,
    amount: Any = None,
) -> Proposal:
    """Note a proposal. It stays with parties and mediator: it is no evidence in a later suit."""
    thread, track = _mediation(session, actor, case_id, track_id, Permission.TRACK_MOVE)
    row = Proposal(
        **_kept(actor, thread, track, Audience.MEDIATION), by=by, text=text, amount=amount
    )
    Proposals(session, actor).add(row)
    tell(
        session,
        actor,
        thread,
        "mediation.proposed",
        part_id=track.id,
        audience=Audience.MEDIATION,
    )
    return row


def write_agreement(
    session: Session, actor: Actor, case_id: UUID, track_id: UUID, values: Mapping[str, Any]
) -> Agreement:
    """Write the agreement of a track, or write it anew: signatures then begin again.

    Raises:
        TrackUnfit: it has taken effect already.
    """
    thread, track = _mediation(session, actor, case_id, track_id, Permission.MEDIATION_CONDUCT)
    if track.status not in {"in_session", "suspended", "appointed"}:
        raise TrackUnfit(N_("The agreement has taken effect, or the mediation is over."))
    row = Kept(session).agreement(track.id)
    if row is None:
        row = Agreement(**_kept(actor, thread, track, Audience.ALL), signatures=[])
        row.number = f"{thread.number}-{TrackKind.MEDIATION.value[:1].upper()}"
    for name, value in values.items():
        setattr(row, name, value)
    row.signatures, row.signed_on = [], None
    Agreements(session, actor).add(row)
    tell(session, actor, thread, "mediation.agreement_written", part_id=track.id)
    return row


def sign_agreement(
    session: Session, actor: Actor, case_id: UUID, track_id: UUID, party_id: UUID, *, on: date
) -> Agreement:
    """Note that a party has signed; with the last signature the day for performance is kept.

    Raises:
        NotFound: no agreement.
        Invalid: no such party.
    """
    thread, track = _mediation(session, actor, case_id, track_id, Permission.MEDIATION_CONDUCT)
    rows = Agreements(session, actor).of(thread.id, track.id)
    row = rows[0] if rows else Agreements(session, actor).get(track.id)
    if party_id not in {party.id for party in parties_of(session, thread.id)}:
        detail = N_("Choose a party of this case.")
        raise Invalid(detail, errors=[FieldError("party", detail)])
    if str(party_id) not in row.signatures:
        row.signatures = [*row.signatures, str(party_id)]
        row.signed_on = on
        tell(session, actor, thread, "mediation.signed", part_id=track.id)
    if row.perform_by is not None and row.perform_by >= on:
        open_stated(
            session,
            actor,
            thread,
            title=PERFORM,
            due=row.perform_by,
            event=f"performance:{row.id}",
            trigger=on,
            part_id=track.id,
            effect=Effect.AWAITED,
        )
    return row


def _mediation(
    session: Session, actor: Actor, case_id: UUID, track_id: UUID, permission: Permission
) -> tuple[Thread, Track]:
    actor.need(permission)
    thread, track = Cases(session, actor).track(case_id, track_id)
    Threads(session, actor).to_change(thread.id, track.id)
    if track.kind is not TrackKind.MEDIATION:
        raise TrackUnfit(N_("This track is no mediation."))
    return thread, track


def _kept(actor: Actor, thread: Thread, track: Track, audience: Audience) -> dict[str, Any]:
    return {
        "thread_id": thread.id,
        "part_id": track.id,
        "audience": audience,
        "made_at": clock.now(),
        "made_by": actor.person_id,
    }
