"""Pages of the desk besides the intake itself: messages, answers, the knowledge base."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from service.cases.books import book_of
from service.cases.repository import Threads
from service.core import clock
from service.core.db import Db, DbSession
from service.core.text import N_
from service.dispute.pages_tracks import told_above
from service.identity.permissions import Actor, Permission, require
from service.station import knowledge
from service.station.access import SEE_OTHER, Desk, Sender
from service.station.base.repository_cases import TypicalCases
from service.station.pages import done
from service.station.repository import Intakes
from service.station.usecases.consulting import write_answer
from service.station.usecases.mailing import confirm_finding, dismiss_finding, receive_message
from service.ui.forms import Form, PostedForm
from service.ui.i18n import language_of
from service.ui.navigation import Entry, Group
from service.ui.render import page

router = APIRouter(include_in_schema=False)
NAVIGATION = (
    Entry("/guidance", N_("Knowledge base"), Group.CASES, Permission.KNOWLEDGE_READ.value),
)
Knower = Annotated[Actor, Depends(require(Permission.KNOWLEDGE_READ))]


@router.post("/intakes/{intake_id}/messages")
def receive(
    intake_id: UUID,
    request: Request,
    actor: Sender,
    database: Db,
    session: DbSession,
    file: Annotated[UploadFile, File()],
) -> Response:
    """Take a message in, sealed; what it says is proposed on the page of the intake."""
    with database.read() as before:
        Intakes(before, actor).get(intake_id)
        Threads(before, actor).to_change(intake_id)
    state = request.app.state
    name = file.filename or "message"
    receive_message(session, state.settings, state.files, actor, intake_id, file.file, name)
    return RedirectResponse(f"/intakes/{intake_id}#messages", SEE_OTHER)


@router.post("/intakes/{intake_id}/findings/{finding_id}")
def decide(
    request: Request,
    intake_id: UUID,
    finding_id: UUID,
    actor: Desk,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Confirm what was read, as it stands or corrected, or dismiss it."""

    def work() -> None:
        with told_above():
            if sent.get("decision") == "confirm":
                said = str(sent.get("value", ""))
                confirm_finding(session, actor, intake_id, finding_id, value=said)
            else:
                dismiss_finding(session, actor, intake_id, finding_id)

    return done(request, actor, session, intake_id, sent, work)


@router.post("/intakes/{intake_id}/answers")
def answer(
    request: Request, intake_id: UUID, actor: Desk, session: DbSession, sent: PostedForm
) -> Response:
    """Write an answer: own words, guidance, or both."""

    def work() -> None:
        chosen = str(sent.get("guidance", ""))
        write_answer(
            session,
            actor,
            intake_id,
            text=str(sent.get("text", ""))[:20_000],
            guidance=[chosen] if chosen else [],
            language="en" if sent.get("language") == "en" else "zh",
        )

    return done(request, actor, session, intake_id, sent, work)


@router.get("/guidance")
def guidance_page(
    request: Request, _: Knower, q: str = "", market: str = "", topic: str = ""
) -> Response:
    """Search the knowledge base."""
    return page(
        request,
        "station/guidance.html",
        form=Form.blank(q=q, market=market, topic=topic),
        rows=knowledge.search(q[:200], market=market[:3], topic=topic[:40]),
        topics=list(knowledge.TOPICS.items()),
        topic_names=knowledge.TOPICS,
    )


@router.get("/guidance/{entry}")
def entry_page(request: Request, entry: str, actor: Knower, session: DbSession) -> Response:
    """Show one entry in both languages, with what its rules say today."""
    found = knowledge.told(entry, book_of(session), clock.today())
    return page(
        request,
        "station/guidance_entry.html",
        found=found,
        topic=knowledge.TOPICS[found.entry.topic],
        key="zh" if language_of(request).value.startswith("zh") else "en",
        typical=TypicalCases(session, actor).with_guidance(entry),
    )
