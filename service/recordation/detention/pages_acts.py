"""What is sent from the cockpit: papers, steps, particulars, contacts, inspection, costs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from service.cases.repository import Threads
from service.core.db import Database, Db, DbSession
from service.core.errors import Problem
from service.identity.permissions import Actor
from service.recordation.detention.access import Enterer, Reader
from service.recordation.detention.models import Detention
from service.recordation.detention.pages import at_the_form, kept_files
from service.recordation.detention.pages_cockpit import Again, cockpit
from service.recordation.detention.places import moment_there, zone_of
from service.recordation.detention.repository import Detentions
from service.recordation.detention.schemas import (
    AnswerIn,
    ContactIn,
    CostIn,
    GoodsValues,
    InspectionForm,
    PaperForm,
    SettleIn,
    StepForm,
)
from service.recordation.detention.sending import letter_answer
from service.recordation.detention.usecases.acting import take_step
from service.recordation.detention.usecases.entering import attach
from service.recordation.detention.usecases.keeping import (
    add_contact,
    add_cost,
    change_detention,
    note_contact,
    set_inspection,
    settle_cost,
)
from service.recordation.detention.usecases.receiving import receive_paper
from service.ui.forms import Form, PostedForm, read_form, version_of

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303
Work = Callable[[Any, Detention], object]


def _done(
    request: Request, actor: Actor, database: Database, at: UUID, sent: Any, taken: str, work: Work
) -> Response:
    """Do the work; a refusal shows the cockpit again with what is wrong, and nothing half done.

    `taken`: Which form of the page it was.
    """
    with database.read() as session:
        Detentions(session, actor).get(at)
    try:
        with database.write() as session:
            work(session, Detentions(session, actor).get(at))
    except Problem as problem:
        form = Form.after(at_the_form(problem), sent)
        with database.read() as session:
            row = Detentions(session, actor).get(at)
            return cockpit(request, actor, session, row, Again(taken, form, problem.status))
    return RedirectResponse(f"/detentions/{at}", SEE_OTHER)


@router.post("/detentions/{detention_id}/papers")
def paper(
    request: Request, detention_id: UUID, actor: Enterer, database: Db, sent: PostedForm
) -> Response:
    """Enter a paper that was served, with its photographs."""

    def work(session: Any, row: Detention) -> None:
        body = read_form(PaperForm, sent)
        files = kept_files(request, sent)
        receive_paper(session, actor, row, body.entry_in(zone_of(row)), version=version_of(sent))
        for each in files:
            attach(session, actor, Threads(session, actor).get(row.id), each)

    return _done(request, actor, database, detention_id, sent, "paper", work)


@router.post("/detentions/{detention_id}/steps")
def step(
    request: Request, detention_id: UUID, actor: Reader, database: Db, sent: PostedForm
) -> Response:
    """Take a step; each asks for its own permission."""

    def work(session: Any, row: Detention) -> None:
        body = read_form(StepForm, sent)
        take_step(session, actor, row, body.event, body.entry(), version=body.version)

    taken = str(sent.get("event", ""))[:32]
    return _done(request, actor, database, detention_id, sent, taken, work)


@router.post("/detentions/{detention_id}/facts")
def facts(
    request: Request, detention_id: UUID, actor: Enterer, database: Db, sent: PostedForm
) -> Response:
    """Change the particulars."""

    def work(session: Any, row: Detention) -> None:
        values = read_form(GoodsValues, sent).model_dump()
        version = version_of(sent)
        change_detention(session, actor, row.id, values, version=version)

    return _done(request, actor, database, detention_id, sent, "facts", work)


@router.post("/detentions/{detention_id}/contacts")
def contact(
    request: Request, detention_id: UUID, actor: Enterer, database: Db, sent: PostedForm
) -> Response:
    """Put somebody on the list."""

    def work(session: Any, row: Detention) -> None:
        add_contact(session, actor, row.id, read_form(ContactIn, sent).model_dump())

    return _done(request, actor, database, detention_id, sent, "contact", work)


@router.post("/detentions/{detention_id}/contacts/{contact_id}")
def answer(
    request: Request,
    detention_id: UUID,
    contact_id: UUID,
    actor: Enterer,
    database: Db,
    sent: PostedForm,
) -> Response:
    """Note that somebody was asked, or has answered."""

    def work(session: Any, row: Detention) -> None:
        body = read_form(AnswerIn, sent)
        note_contact(session, actor, row.id, contact_id, answer=body.answer)

    return _done(request, actor, database, detention_id, sent, str(contact_id), work)


@router.post("/detentions/{detention_id}/inspection")
def inspection(
    request: Request, detention_id: UUID, actor: Enterer, database: Db, sent: PostedForm
) -> Response:
    """Fix when and where the goods can be seen."""

    def work(session: Any, row: Detention) -> None:
        body = read_form(InspectionForm, sent)
        set_inspection(
            session,
            actor,
            row.id,
            at=moment_there(body.at, zone_of(row)),
            place=body.place,
            version=version_of(sent),
        )

    return _done(request, actor, database, detention_id, sent, "inspection", work)


@router.post("/detentions/{detention_id}/costs")
def cost(
    request: Request, detention_id: UUID, actor: Enterer, database: Db, sent: PostedForm
) -> Response:
    """Enter a cost, a fine or a security."""

    def work(session: Any, row: Detention) -> None:
        add_cost(session, actor, row.id, read_form(CostIn, sent).model_dump())

    return _done(request, actor, database, detention_id, sent, "cost", work)


@router.post("/detentions/{detention_id}/costs/{cost_id}")
def settle(
    request: Request,
    detention_id: UUID,
    cost_id: UUID,
    actor: Enterer,
    database: Db,
    sent: PostedForm,
) -> Response:
    """Note when it was paid, or when a security came back or was used."""

    def work(session: Any, row: Detention) -> None:
        days = read_form(SettleIn, sent).model_dump()
        settle_cost(session, actor, row.id, cost_id, **days)

    return _done(request, actor, database, detention_id, sent, str(cost_id), work)


@router.get("/detentions/{detention_id}/letters/{name}")
def letter(detention_id: UUID, name: str, actor: Reader, session: DbSession) -> Response:
    """Give a letter as PDF or Word."""
    return letter_answer(session, actor, detention_id, name)
