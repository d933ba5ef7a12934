"""Mediation as JSON: meetings, confidential proposals, the agreement."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from service.core.db import DbSession
from service.dispute.repository import Agreements, Cases, Proposals, Sessions
from service.dispute.schemas_mediation import (
    AgreementIn,
    AgreementOut,
    ProposalIn,
    ProposalOut,
    RecordIn,
    SessionIn,
    SessionOut,
    SignIn,
)
from service.dispute.usecases.mediating import (
    hold_session,
    propose,
    set_session,
    sign_agreement,
    write_agreement,
)
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute

router = APIRouter(
    prefix="/api/v1/cases/{case_id}/tracks/{track_id}", tags=["mediation"], route_class=OnceRoute
)
Reader = Annotated[Actor, Depends(require(Permission.CASE_READ))]
Mover = Annotated[Actor, Depends(require(Permission.TRACK_MOVE))]
Conductor = Annotated[Actor, Depends(require(Permission.MEDIATION_CONDUCT))]


@router.get("/sessions")
def sessions(case_id: UUID, track_id: UUID, actor: Reader, session: DbSession) -> list[SessionOut]:
    """List the meetings of a mediation."""
    Cases(session, actor).track(case_id, track_id)
    rows = Sessions(session, actor).of(case_id, track_id)
    return [SessionOut.model_validate(row) for row in rows]


@router.post("/sessions", status_code=201)
def set_one(
    case_id: UUID, track_id: UUID, body: SessionIn, actor: Conductor, session: DbSession
) -> SessionOut:
    """Set a meeting."""
    row = set_session(session, actor, case_id, track_id, **body.model_dump())
    return SessionOut.model_validate(row)


@router.put("/sessions/{session_id}/record")
def record(
    case_id: UUID,
    track_id: UUID,
    session_id: UUID,
    body: RecordIn,
    actor: Conductor,
    session: DbSession,
) -> SessionOut:
    """Write the record of a meeting that was held."""
    row = hold_session(session, actor, case_id, track_id, session_id, **body.model_dump())
    return SessionOut.model_validate(row)


@router.get("/proposals")
def proposals(
    case_id: UUID, track_id: UUID, actor: Reader, session: DbSession
) -> list[ProposalOut]:
    """List the confidential proposals, to those who take part in the mediation."""
    Cases(session, actor).track(case_id, track_id)
    rows = Proposals(session, actor).of(case_id, track_id)
    return [ProposalOut.model_validate(row) for row in rows]


@router.post("/proposals", status_code=201)
def add_proposal(
    case_id: UUID, track_id: UUID, body: ProposalIn, actor: Mover, session: DbSession
) -> ProposalOut:
    """Note a confidential proposal."""
    row = propose(session, actor, case_id, track_id, **body.model_dump())
    return ProposalOut.model_validate(row)


@router.get("/agreement")
def agreement(
    case_id: UUID, track_id: UUID, actor: Reader, session: DbSession
) -> list[AgreementOut]:
    """Give the agreement of a mediation, once it is written."""
    Cases(session, actor).track(case_id, track_id)
    rows = Agreements(session, actor).of(case_id, track_id)
    return [AgreementOut.model_validate(row) for row in rows]


@router.put("/agreement")
def write(
    case_id: UUID, track_id: UUID, body: AgreementIn, actor: Conductor, session: DbSession
) -> AgreementOut:
    """Write the agreement, or write it anew; signatures then begin again."""
    row = write_agreement(session, actor, case_id, track_id, body.model_dump())
    return AgreementOut.model_validate(row)


@router.post("/agreement/signatures", status_code=201)
def sign(
    case_id: UUID, track_id: UUID, body: SignIn, actor: Conductor, session: DbSession
) -> AgreementOut:
    """Note that a party has signed."""
    row = sign_agreement(session, actor, case_id, track_id, body.party, on=body.on)
    return AgreementOut.model_validate(row)
