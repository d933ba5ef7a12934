"""Check-ups and the consents to them as JSON."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response

from service.core.db import DbSession
from service.core.pagination import CursorOfQuery, Page
from service.identity.replay import OnceRoute
from service.station.base.access import Consenter, Reader, Writer
from service.station.base.paper import checkup_file
from service.station.base.repository_checkups import CheckUps, Consents
from service.station.base.schemas_cases import (
    CheckUpIn,
    CheckUpLine,
    CheckUpOut,
    ConsentIn,
    ConsentOut,
    PaperConsentIn,
)
from service.station.base.usecases.checkups import (
    end_consent,
    give_consent,
    make_checkup,
    record_consent,
    report_of,
)

router = APIRouter(route_class=OnceRoute)


@router.get("/check-ups")
def listing(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[CheckUpLine]:
    """List check-ups, newest first: those one's station made, and those of one's enterprise."""
    rows, following = CheckUps(session, actor).page(cursor)
    return Page(items=[CheckUpLine.model_validate(row) for row in rows], next=following)


@router.post("/check-ups", status_code=201)
def make(body: CheckUpIn, response: Response, actor: Writer, session: DbSession) -> CheckUpOut:
    """Collect what the station may see of an enterprise into a report, and freeze it."""
    row = make_checkup(session, actor, body.enterprise_id)
    response.headers["Location"] = f"/api/v1/check-ups/{row.id}"
    line = CheckUpLine.model_validate(row).model_dump()
    return CheckUpOut(**line, report=report_of(row))


@router.get("/check-ups/consents")
def consents(actor: Reader, session: DbSession) -> list[ConsentOut]:
    """List the consents that stand: one's enterprise's, or those given to one's station."""
    return [ConsentOut.model_validate(row) for row in Consents(session, actor).all()]


@router.post("/check-ups/consents", status_code=201)
def agree(body: ConsentIn, actor: Consenter, session: DbSession) -> ConsentOut:
    """Let the station that serves one's enterprise check it up."""
    return ConsentOut.model_validate(give_consent(session, actor, **body.model_dump()))


@router.post("/check-ups/consents/on-paper", status_code=201)
def agree_on_paper(body: PaperConsentIn, actor: Writer, session: DbSession) -> ConsentOut:
    """Write down that an enterprise agreed on paper."""
    row = record_consent(session, actor, body.enterprise_id, proof=body.proof)
    return ConsentOut.model_validate(row)


@router.delete("/check-ups/consents/{consent_id}", status_code=204)
def end(consent_id: UUID, actor: Consenter, session: DbSession) -> None:
    """Take a consent back."""
    end_consent(session, actor, consent_id)


@router.get("/check-ups/{checkup_id}")
def fetch(checkup_id: UUID, actor: Reader, session: DbSession) -> CheckUpOut:
    """Give a check-up as it was frozen."""
    row = CheckUps(session, actor).get(checkup_id)
    line = CheckUpLine.model_validate(row).model_dump()
    return CheckUpOut(**line, report=report_of(row))


@router.get("/check-ups/{checkup_id}/file")
def file(
    checkup_id: UUID,
    actor: Reader,
    session: DbSession,
    format: Literal["pdf", "docx"] = "pdf",  # noqa: A002  it is called so in the address
    language: Literal["both", "zh", "en"] = "both",
) -> Response:
    """Give a check-up as PDF or Word, in both languages or one."""
    return checkup_file(CheckUps(session, actor).get(checkup_id), format, language)
