"""What mediation adds to the page of its track: meetings, proposals, the agreement."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from service.cases.reckoning import ZONE
from service.core.db import DbSession
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.dispute.pages_tracks import Mover, done, told_above
from service.dispute.schemas_mediation import AgreementIn, ProposalIn
from service.dispute.usecases.mediating import (
    hold_session,
    propose,
    set_session,
    sign_agreement,
    write_agreement,
)
from service.identity.permissions import Actor, Permission, require
from service.rules.reading import read_trigger
from service.ui.forms import PostedForm, read_form

router = APIRouter(include_in_schema=False)
Conductor = Annotated[Actor, Depends(require(Permission.MEDIATION_CONDUCT))]


@router.post("/cases/{case_id}/tracks/{track_id}/sessions")
def add_session(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    actor: Conductor,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Set a meeting."""

    def work() -> None:
        at = read_trigger(str(sent.get("at", "")))
        if not isinstance(at, datetime):
            detail = N_("Give day and time.")
            raise Invalid(detail, errors=[FieldError("at", detail)])
        place = str(sent.get("place", "")).strip()
        if not place:
            detail = N_("Enter or choose something here.")
            raise Invalid(detail, errors=[FieldError("place", detail)])
        local = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(ZONE))
        set_session(session, actor, case_id, track_id, at=local, place=place[:300])

    return done(request, actor, session, (case_id, track_id), sent, work)


@router.post("/cases/{case_id}/tracks/{track_id}/sessions/{session_id}")
def hold(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    session_id: UUID,
    actor: Conductor,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Write the record of a meeting."""
    names = [line.strip()[:200] for line in str(sent.get("attendees", "")).splitlines()]
    checked = sent.get("identity_checked") == "yes"

    def work() -> None:
        with told_above():
            hold_session(
                session,
                actor,
                case_id,
                track_id,
                session_id,
                record=str(sent.get("record", ""))[:10_000],
                recording_agreed=sent.get("recording_agreed") == "yes",
                attendees=[{"name": n, "identity_checked": checked} for n in names if n],
            )

    return done(request, actor, session, (case_id, track_id), sent, work)


@router.post("/cases/{case_id}/tracks/{track_id}/proposals")
def add_proposal(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    actor: Mover,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Note a confidential proposal."""

    def work() -> None:
        propose(session, actor, case_id, track_id, **read_form(ProposalIn, sent).model_dump())

    return done(request, actor, session, (case_id, track_id), sent, work)


@router.post("/cases/{case_id}/tracks/{track_id}/agreement")
def write(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    actor: Conductor,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Write the agreement."""

    def work() -> None:
        values = read_form(AgreementIn, sent).model_dump()
        write_agreement(session, actor, case_id, track_id, values)

    return done(request, actor, session, (case_id, track_id), sent, work)


@router.post("/cases/{case_id}/tracks/{track_id}/agreement/signatures/{party_id}")
def sign(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    party_id: UUID,
    actor: Conductor,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Note that a party has signed."""

    def work() -> None:
        try:
            on = date.fromisoformat(str(sent.get("on", "")))
        except ValueError:
            detail = N_("Enter a date as year-month-day, such as 2026-01-31.")
            raise Invalid(detail, errors=[FieldError("", detail)]) from None
        sign_agreement(session, actor, case_id, track_id, party_id, on=on)

    return done(request, actor, session, (case_id, track_id), sent, work)
