"""Decisions on hits, and papers to be got, as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from service.core.db import DbSession
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.screening.decision_schemas import DecisionIn, DecisionOut, PaperDone, PaperOut
from service.screening.remembered import Decisions, Papers
from service.screening.schemas import DecisionNote, ScreeningOut
from service.screening.usecases.deciding import Ruling, decide, withdraw_decision
from service.screening.usecases.papers import settle_paper
from service.screening.usecases.remembering import decisions_on
from service.screening.usecases.screening import fetch_screening

router = APIRouter(prefix="/api/v1", tags=["decisions"], route_class=OnceRoute)
Reader = Annotated[Actor, Depends(require(Permission.DECISION_READ))]
Writer = Annotated[Actor, Depends(require(Permission.DECISION_WRITE))]


@router.post("/decisions", status_code=201)
def make(body: DecisionIn, response: Response, actor: Writer, session: DbSession) -> DecisionOut:
    """Decide on a hit: confirmed, dismissed, needs evidence, consent or licence held."""
    values = body.model_dump(exclude={"screening_id", "hit_id"})
    row = decide(session, actor, body.screening_id, body.hit_id, Ruling(**values))
    response.headers["Location"] = f"/api/v1/decisions/{row.id}"
    return DecisionOut.model_validate(row)


@router.get("/decisions")
def listing(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[DecisionOut]:
    """List the decisions of one's organisation, newest first."""
    rows, following = Decisions(session, actor).page(cursor)
    return Page(items=[DecisionOut.model_validate(row) for row in rows], next=following)


@router.get("/decisions/{decision_id}")
def fetch(decision_id: UUID, actor: Reader, session: DbSession) -> DecisionOut:
    """Give a decision as it stands now."""
    return DecisionOut.model_validate(Decisions(session, actor).get(decision_id))


@router.post("/decisions/{decision_id}/withdraw")
def withdraw(decision_id: UUID, actor: Writer, session: DbSession) -> DecisionOut:
    """Take a decision back: it is remembered no more."""
    return DecisionOut.model_validate(withdraw_decision(session, actor, decision_id))


@router.get("/screenings/{screening_id}/decisions")
def of_screening(screening_id: UUID, actor: Reader, session: DbSession) -> dict[str, DecisionNote]:
    """Give what is decided now of the hits of a kept answer, by hit id; the answer stays."""
    body = fetch_screening(session, actor, screening_id)
    return dict(decisions_on(session, actor, ScreeningOut.model_validate_json(body)))


@router.get("/papers")
def papers(actor: Reader, session: DbSession) -> list[PaperOut]:
    """List the papers to be got, those still open first."""
    return [PaperOut.model_validate(row) for row in Papers(session, actor).all()]


@router.post("/papers/{paper_id}/got")
def got(paper_id: UUID, body: PaperDone, actor: Writer, session: DbSession) -> PaperOut:
    """Note that a paper was got: the file it is in was sent to `/files` before."""
    return PaperOut.model_validate(settle_paper(session, actor, paper_id, body.file_id))
