"""Tracks: opening them side by side, moving them, referring them; and the case itself."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience
from service.cases.models import Thread
from service.cases.repository import Threads
from service.cases.usecases.moving import move
from service.cases.usecases.telling import tell
from service.cases.usecases.threads import close_thread, let_in, reopen_thread
from service.core import clock
from service.core.errors import FieldError, Invalid, Stale
from service.core.text import N_
from service.core.types import new_id
from service.dispute.domain import TRACK_KINDS, GoodsOutcome, Outcome, RightKind, TrackKind
from service.dispute.errors import TrackUnfit
from service.dispute.models import DisputeCase, Party, Track
from service.dispute.repository import Cases
from service.dispute.tables import CASE, details_of, table_of
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations

ENDS = frozenset({"closed", "not_accepted", "transferred"})
MEDIATORS = frozenset({TrackKind.MEDIATION})
BODIES = frozenset({OrganisationKind.BODY, OrganisationKind.BUREAU, OrganisationKind.CUSTOMS})
"""To whom a track can be referred."""
PATENT_ONLY = frozenset({TrackKind.ADJUDICATION})


def open_track(
    session: Session,
    actor: Actor,
    case_id: UUID,
    kind: TrackKind,
    *,
    detail: Mapping[str, str],
    body_name: str = "",
    body_id: UUID | None = None,
) -> Track:
    """Open one more way for a case; it runs beside the others.

    Raises:
        TrackUnfit: a dispute of this kind cannot go this way.
        Invalid: an answer that is not offered.
    """
    actor.need(Permission.CASE_WRITE)
    cases = Cases(session, actor)
    thread = Threads(session, actor).to_change(case_id)
    right_kind = cases.get(case_id)[1].right_kind
    if kind in PATENT_ONLY and right_kind is not RightKind.PATENT:
        raise TrackUnfit(
            N_("Administrative adjudication is for patents; of trademarks the bureau mediates.")
        )
    track = Track(
        id=new_id(),
        thread_id=thread.id,
        kind=kind,
        status=table_of(kind).start,
        body_name=body_name,
        detail=check_detail(kind, detail),
        opened_at=clock.now(),
    )
    cases.add(track)
    tell(
        session,
        actor,
        thread,
        "track.opened",
        part_id=track.id,
        kind={"message": TRACK_KINDS[kind]},
    )
    if body_id is not None:
        refer(session, actor, thread, track, body_id)
    return track


def check_detail(kind: TrackKind, detail: Mapping[str, str]) -> dict[str, str]:
    """Return the answers given; raise `Invalid` for one that is not asked or not offered."""
    asked = details_of(kind)
    for name, value in detail.items():
        known = asked.get(name)
        if known is None or (known.answers is not None and value and value not in known.answers):
            message = N_("Choose one of the answers offered.")
            raise Invalid(message, errors=[FieldError(name, message)])
    return {name: value[:200] for name, value in detail.items() if value}


def change_track(
    session: Session,
    actor: Actor,
    case_id: UUID,
    track_id: UUID,
    *,
    version: int,
    detail: Mapping[str, str],
    **values: Any,
) -> Track:
    """Change what a track is told: its answers, its body, its number, its result and cost."""
    actor.need(Permission.CASE_WRITE)
    thread, track = Cases(session, actor).track(case_id, track_id)
    Threads(session, actor).to_change(thread.id, track.id)
    if track.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=track.version)
    track.detail = {**track.detail, **check_detail(track.kind, detail)}
    for name, value in values.items():
        setattr(track, name, value)
    session.flush()
    tell(session, actor, thread, "track.changed", part_id=track.id)
    return track


def refer(session: Session, actor: Actor, thread: Thread, track: Track, body_id: UUID) -> None:
    """Refer a track to an outside body: its people then see this track and nothing else."""
    actor.need(Permission.CASE_REFER)
    Threads(session, actor).to_change(thread.id, track.id)
    body = Organisations(session).get(body_id)
    if body.kind not in BODIES:
        detail = N_("Choose a body, a bureau or customs.")
        raise Invalid(detail, errors=[FieldError("body_id", detail)])
    track.body_id, track.body_name = body.id, track.body_name or body.name_zh
    mediates = track.kind in MEDIATORS
    let_in(
        session,
        actor,
        thread,
        organisation_id=body.id,
        part_id=track.id,
        audience=Audience.MEDIATION if mediates else Audience.ALL,
        writes=True,
    )


def move_track(
    session: Session,
    actor: Actor,
    case_id: UUID,
    track_id: UUID,
    event: str,
    *,
    version: int,
    when: date | datetime | None = None,
    note: str = "",
    proof: str = "",
    facts: Mapping[str, str] | None = None,
) -> Track:
    """Take a step of a track."""
    thread, track = Cases(session, actor).track(case_id, track_id)
    move(
        session,
        actor,
        thread,
        track,
        table_of(track.kind),
        event,
        version=version,
        when=when,
        note=note,
        proof=proof,
        facts=facts,
    )
    return track


def move_case(
    session: Session, actor: Actor, case_id: UUID, event: str, *, version: int, note: str = ""
) -> DisputeCase:
    """Take a step of the case itself; at its end the thread closes, and opens again with it."""
    thread, case = Cases(session, actor).get(case_id)
    row = CASE.find(case.status, event)
    actor.need(row.permission)
    if thread.closed_at is not None and row.target not in ENDS:
        reopen_thread(session, actor, thread, note=note)
    move(session, actor, thread, case, CASE, event, version=version, note=note)
    if row.target in ENDS:
        close_thread(session, actor, thread)
    return case


def change_case(
    session: Session, actor: Actor, case_id: UUID, *, version: int, **values: Any
) -> DisputeCase:
    """Enter what is known of a case now: rights, facts, forum, amount, shipments at risk."""
    actor.need(Permission.CASE_WRITE)
    thread = Threads(session, actor).to_change(case_id)
    _, case = Cases(session, actor).get(case_id)
    if case.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=case.version)
    for name, value in values.items():
        setattr(case, name, value)
    session.flush()
    tell(session, actor, thread, "case.changed", audience=Audience.OWNER)
    return case


def say_outcome(
    session: Session,
    actor: Actor,
    case_id: UUID,
    *,
    version: int,
    outcome: Outcome,
    reason: str,
    goods: GoodsOutcome,
    **values: Any,
) -> DisputeCase:
    """Say how a case ended, from the closed list, and what became of goods held abroad."""
    actor.need(Permission.CASE_WRITE)
    thread = Threads(session, actor).to_change(case_id)
    _, case = Cases(session, actor).get(case_id)
    if case.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=case.version)
    case.outcome, case.outcome_reason, case.goods_outcome = outcome, reason, goods
    for name, value in values.items():
        setattr(case, name, value)
    session.flush()
    tell(session, actor, thread, "case.outcome", audience=Audience.OWNER, note=reason)
    return case


def add_party(session: Session, actor: Actor, case_id: UUID, values: Mapping[str, Any]) -> Party:
    """Name one more party; of an identity number only the last four characters are kept."""
    actor.need(Permission.CASE_WRITE)
    thread = Threads(session, actor).to_change(case_id)
    party = Party(**{**values, "identity": masked(values.get("identity", ""))}, thread_id=thread.id)
    Cases(session, actor).add(party)
    tell(session, actor, thread, "party.added", role=party.role.value)
    return party


def masked(number: str) -> str:
    """Return an identity number with all but its last four characters hidden."""
    kept = number.strip()[-4:]
    return f"{'*' * max(len(number.strip()) - 4, 0)}{kept}"[-40:]
