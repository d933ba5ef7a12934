"""Answers, messages and the knowledge base as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Request, UploadFile

from service.cases.books import book_of
from service.cases.repository import Threads
from service.core import clock
from service.core.db import Db, DbSession
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.station.access import Desk, Reader, Sender
from service.station.knowledge import search, told
from service.station.repository import Consultations, Intakes, MailFindings
from service.station.schemas_people import (
    AnswerIn,
    AnswerOut,
    FactOut,
    FindingIn,
    FindingOut,
    GuidanceOut,
    GuidanceRow,
    MessageOut,
)
from service.station.usecases.consulting import write_answer
from service.station.usecases.mailing import confirm_finding, dismiss_finding, receive_message

router = APIRouter(prefix="/api/v1", tags=["station"], route_class=OnceRoute)
Knower = Annotated[Actor, Depends(require(Permission.KNOWLEDGE_READ))]


@router.get("/intakes/{intake_id}/answers")
def answers(intake_id: UUID, actor: Reader, session: DbSession) -> list[AnswerOut]:
    """List the answers given in a matter, oldest first."""
    Intakes(session, actor).get(intake_id)
    rows = Consultations(session, actor).of(intake_id)
    return [AnswerOut.model_validate(row) for row in rows]


@router.post("/intakes/{intake_id}/answers", status_code=201)
def answer(intake_id: UUID, body: AnswerIn, actor: Desk, session: DbSession) -> AnswerOut:
    """Write an answer: own words, guidance with its sources, or both."""
    return AnswerOut.model_validate(write_answer(session, actor, intake_id, **body.model_dump()))


@router.post("/intakes/{intake_id}/messages", status_code=201)
def receive(
    intake_id: UUID,
    request: Request,
    actor: Sender,
    database: Db,
    session: DbSession,
    file: Annotated[UploadFile, File(description=".eml, .msg, or the PDF of a paper.")],
) -> MessageOut:
    """Take a message in: sealed as it came, and what it says proposed for confirmation."""
    with database.read() as before:
        Intakes(before, actor).get(intake_id)
        Threads(before, actor).to_change(intake_id)
    state = request.app.state
    name = file.filename or "message"
    item, found = receive_message(
        session, state.settings, state.files, actor, intake_id, file.file, name
    )
    return MessageOut(
        evidence_id=item.id,
        sha256=item.sha256,
        seal=item.seal,
        findings=[FindingOut.model_validate(one) for one in found],
    )


@router.get("/intakes/{intake_id}/findings")
def findings(intake_id: UUID, actor: Reader, session: DbSession) -> list[FindingOut]:
    """List what was read from messages."""
    Intakes(session, actor).get(intake_id)
    rows = MailFindings(session, actor).of(intake_id)
    return [FindingOut.model_validate(row) for row in rows]


@router.post("/intakes/{intake_id}/findings/{finding_id}")
def decide(
    intake_id: UUID, finding_id: UUID, body: FindingIn, actor: Desk, session: DbSession
) -> FindingOut:
    """Confirm a proposal, as read or corrected, or dismiss it."""
    if body.confirmed:
        row = confirm_finding(session, actor, intake_id, finding_id, value=body.value)
    else:
        row = dismiss_finding(session, actor, intake_id, finding_id)
    return FindingOut.model_validate(row)


@router.get("/guidance")
def guidance(_: Knower, q: str = "", market: str = "", topic: str = "") -> list[GuidanceRow]:
    """Search the knowledge base by words, market and topic."""
    rows = search(q[:200], market=market[:3], topic=topic[:40])
    return [GuidanceRow.model_validate(row) for row in rows]


@router.get("/guidance/{entry}")
def entry(entry: str, _: Knower, session: DbSession) -> GuidanceOut:
    """Give one entry: its text in both languages, and what its rules say today."""
    found = told(entry, book_of(session), clock.today())
    row = GuidanceRow.model_validate(found.entry).model_dump() | {"checked": found.checked}
    facts = [FactOut.model_validate(one) for one in found.facts]
    return GuidanceOut(**row, text=found.entry.text, facts=facts)
