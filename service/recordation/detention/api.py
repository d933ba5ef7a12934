"""Detentions as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor
from service.identity.replay import OnceRoute
from service.recordation.detention.access import Enterer, Reader
from service.recordation.detention.domain import Side
from service.recordation.detention.models import Detention
from service.recordation.detention.repository import Detentions
from service.recordation.detention.schemas import (
    AnswerIn,
    ChangeIn,
    ContactIn,
    CostIn,
    DetentionIn,
    InspectionIn,
    PaperIn,
    SettleIn,
    StepIn,
)
from service.recordation.detention.schemas_out import (
    ContactOut,
    CostOut,
    DetentionOut,
    PaperOut,
    SecurityOut,
    WholeDetentionOut,
)
from service.recordation.detention.schemas_security import SecurityIn
from service.recordation.detention.security import security_for
from service.recordation.detention.sending import letter_answer
from service.recordation.detention.usecases.acting import offered, take_step
from service.recordation.detention.usecases.entering import enter_detention
from service.recordation.detention.usecases.keeping import (
    add_contact,
    add_cost,
    change_detention,
    note_contact,
    set_inspection,
    settle_cost,
)
from service.recordation.detention.usecases.receiving import paper_steps, receive_paper

router = APIRouter(prefix="/api/v1", tags=["detentions"], route_class=OnceRoute)


@router.get("/detentions")
def listing(
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    side: Side | None = None,
    open_only: bool = False,
) -> Page[DetentionOut]:
    """List detentions, newest first."""
    rows, following = Detentions(session, actor).page(cursor, open_only=open_only, side=side)
    return Page(items=[DetentionOut.model_validate(row) for row in rows], next=following)


@router.post("/detentions", status_code=201)
def enter(
    body: DetentionIn, response: Response, actor: Enterer, session: DbSession
) -> WholeDetentionOut:
    """Enter goods that are held; files go to `/api/v1/threads/{id}/evidence` of the same id."""
    row = enter_detention(session, actor, body.paper.entry(), body.values(), owner_id=body.owner_id)
    response.headers["Location"] = f"/api/v1/detentions/{row.id}"
    return _whole(session, actor, row, response)


@router.get("/detentions/{detention_id}")
def fetch(
    detention_id: UUID, response: Response, actor: Reader, session: DbSession
) -> WholeDetentionOut:
    """Give a detention; its clocks are those of the thread of the same id."""
    return _whole(session, actor, Detentions(session, actor).get(detention_id), response)


@router.put("/detentions/{detention_id}")
def change(
    detention_id: UUID,
    body: ChangeIn,
    request: Request,
    response: Response,
    actor: Enterer,
    session: DbSession,
) -> WholeDetentionOut:
    """Change the particulars; clocks that run keep what they were started with."""
    row = Detentions(session, actor).get(detention_id)
    check_match(request, row.version)
    values = body.model_dump()
    change_detention(session, actor, detention_id, values, version=row.version)
    return _whole(session, actor, row, response)


@router.post("/detentions/{detention_id}/papers", status_code=201)
def add_paper(
    detention_id: UUID,
    body: PaperIn,
    request: Request,
    response: Response,
    actor: Enterer,
    session: DbSession,
) -> PaperOut:
    """Enter a paper that was served: it makes its step, and its clocks start."""
    row = Detentions(session, actor).get(detention_id)
    check_match(request, row.version)
    paper = receive_paper(session, actor, row, body.entry(), version=row.version)
    set_tag(response, row.version)
    return PaperOut.model_validate(paper)


@router.post("/detentions/{detention_id}/steps")
def step(
    detention_id: UUID,
    body: StepIn,
    request: Request,
    response: Response,
    actor: Reader,
    session: DbSession,
) -> WholeDetentionOut:
    """Take a step; each asks for its own permission, see the page on detentions."""
    row = Detentions(session, actor).get(detention_id)
    check_match(request, row.version)
    take_step(session, actor, row, body.event, body.entry(), version=row.version)
    return _whole(session, actor, row, response)


@router.post("/detentions/{detention_id}/contacts", status_code=201)
def name_contact(
    detention_id: UUID, body: ContactIn, actor: Enterer, session: DbSession
) -> ContactOut:
    """Put somebody on the list of those who are asked."""
    Detentions(session, actor).get(detention_id)
    return ContactOut.model_validate(add_contact(session, actor, detention_id, body.model_dump()))


@router.post("/detentions/{detention_id}/contacts/{contact_id}/answer")
def answer(
    detention_id: UUID, contact_id: UUID, body: AnswerIn, actor: Enterer, session: DbSession
) -> ContactOut:
    """Note that somebody was asked; with an answer, that they have answered."""
    Detentions(session, actor).get(detention_id)
    row = note_contact(session, actor, detention_id, contact_id, answer=body.answer)
    return ContactOut.model_validate(row)


@router.put("/detentions/{detention_id}/inspection")
def inspection(
    detention_id: UUID,
    body: InspectionIn,
    request: Request,
    response: Response,
    actor: Enterer,
    session: DbSession,
) -> WholeDetentionOut:
    """Fix when and where the goods can be seen."""
    row = Detentions(session, actor).get(detention_id)
    check_match(request, row.version)
    set_inspection(session, actor, detention_id, at=body.at, place=body.place, version=row.version)
    return _whole(session, actor, row, response)


@router.post("/detentions/{detention_id}/costs", status_code=201)
def cost(detention_id: UUID, body: CostIn, actor: Enterer, session: DbSession) -> CostOut:
    """Enter a cost, a fine or a security."""
    Detentions(session, actor).get(detention_id)
    return CostOut.model_validate(add_cost(session, actor, detention_id, body.model_dump()))


@router.put("/detentions/{detention_id}/costs/{cost_id}")
def settle(
    detention_id: UUID, cost_id: UUID, body: SettleIn, actor: Enterer, session: DbSession
) -> CostOut:
    """Note when it was paid, or when a security came back or was used."""
    Detentions(session, actor).get(detention_id)
    row = settle_cost(session, actor, detention_id, cost_id, **body.model_dump())
    return CostOut.model_validate(row)


@router.get("/detentions/{detention_id}/letters/{name}")
def letter(detention_id: UUID, name: str, actor: Reader, session: DbSession) -> Response:
    """Give a paper to send, such as `application.pdf` or `statement.docx`."""
    return letter_answer(session, actor, detention_id, name)


@router.get("/detention-security")
def calculate(
    asked: Annotated[SecurityIn, Query()],
    actor: Reader,  # noqa: ARG001  the permission counts
) -> SecurityOut:
    """Tell how much security is asked for goods of a value; nothing is stored."""
    found = security_for(**asked.model_dump(), on=clock.today())
    return SecurityOut(
        amount=found.amount,
        currency=found.currency,
        rule_id=found.rule.rule_id,
        basis=found.rule.basis,
        confidence=found.rule.confidence,
        flag=found.rule.flag,
        general_guarantee=found.guarantee.minimum if found.guarantee else None,
    )


def _whole(session: Session, actor: Actor, row: Detention, response: Response) -> WholeDetentionOut:
    set_tag(response, row.version)
    detentions = Detentions(session, actor)
    return WholeDetentionOut(
        **DetentionOut.model_validate(row).model_dump(),
        papers=[PaperOut.model_validate(one) for one in detentions.papers(row.id)],
        contacts=[ContactOut.model_validate(one) for one in detentions.contacts(row.id)],
        costs=[CostOut.model_validate(one) for one in detentions.costs(row.id)],
        steps=[one.event for one in offered(session, actor, row)],
        papers_next=paper_steps(row),
    )
