"""Papers of a filing: its pack, letters, files; and a new filing in place of one that is over."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from service.core.db import Db, DbSession
from service.core.errors import NotFound
from service.core.text import N_
from service.recordation.access import Reader, Writer
from service.recordation.api_filings import download, pack_of
from service.recordation.packs.letters import LETTERS, letter_pdf, letter_word, user_list
from service.recordation.repository import Filings
from service.recordation.sending import streamed
from service.recordation.usecases.filings import (
    refile,
)
from service.recordation.usecases.packing import file_of, matter_of

router = APIRouter()
SEE_OTHER = 303
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.post("/filings/{filing_id}/anew")
def anew(filing_id: UUID, actor: Writer, session: DbSession) -> Response:
    """Begin a new filing in place of one that is over."""
    row = Filings(session, actor).to_change(filing_id)
    return RedirectResponse(f"/filings/{refile(session, actor, row).id}", SEE_OTHER)


@router.get("/filings/{filing_id}/files/{file_id}")
def file(
    filing_id: UUID, file_id: UUID, request: Request, actor: Reader, database: Db
) -> StreamingResponse:
    """Give a paper or picture of a filing to whoever may see the filing."""
    with database.read() as session:
        row = file_of(session, actor, Filings(session, actor).get(filing_id), file_id)
    return streamed(request, row)


@router.get("/filings/{filing_id}/pack")
def pack(filing_id: UUID, request: Request, actor: Reader, database: Db) -> Response:
    """Give the filing pack."""
    return pack_of(filing_id, request, actor, database)


@router.get("/filings/{filing_id}/letters/{name}")
def letter(
    filing_id: UUID, name: str, actor: Reader, database: Db, user: UUID | None = None
) -> Response:
    """Give a letter as PDF or Word, or the list of authorised users as a workbook."""
    key, _, kind = name.partition(".")
    with database.read() as session:
        row = Filings(session, actor).get(filing_id)
        matter = matter_of(session, actor, row, user_id=user)
    if name == "users.xlsx":
        return download(user_list(matter.users), SHEET, name)
    if key not in LETTERS or kind not in {"pdf", "docx"}:
        raise NotFound(N_("There is no such paper."))
    made = letter_pdf(key, matter) if kind == "pdf" else letter_word(key, matter)
    return download(made, "application/pdf" if kind == "pdf" else WORD, name)
