"""Rights, their papers, and files as JSON."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile
from fastapi.responses import StreamingResponse

from service.core.db import Db, DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.registry.api_shares import add_share_routes
from service.registry.holdings import Rights, StoredFiles
from service.registry.schemas.rights import (
    DocumentIn,
    DocumentOut,
    FileOut,
    RightIn,
    RightOut,
)
from service.registry.uploads import take_upload
from service.registry.usecases.files import note_file
from service.registry.usecases.rights import add_document, add_right, archive_right, change_right

router = APIRouter(route_class=OnceRoute)
RightReader = Annotated[Actor, Depends(require(Permission.RIGHT_READ))]
RightWriter = Annotated[Actor, Depends(require(Permission.RIGHT_WRITE))]
add_share_routes(router, Rights.kind, Rights.check_own, Permission.RIGHT_WRITE)


@router.get("/rights")
def rights(actor: RightReader, session: DbSession, cursor: CursorOfQuery) -> Page[RightOut]:
    """List rights, newest first."""
    rows, following = Rights(session, actor).listed(cursor)
    return Page(items=[RightOut.model_validate(row) for row in rows], next=following)


@router.post("/rights", status_code=201)
def add_one_right(
    body: RightIn, response: Response, actor: RightWriter, session: DbSession
) -> RightOut:
    """Add a right from the fields of its paper."""
    row = add_right(session, actor, body.values())
    response.headers["Location"] = f"/api/v1/rights/{row.id}"
    set_tag(response, row.version)
    return RightOut.model_validate(row)


@router.get("/rights/{right_id}")
def right(right_id: UUID, response: Response, actor: RightReader, session: DbSession) -> RightOut:
    """Give a right."""
    row = Rights(session, actor).get(right_id)
    set_tag(response, row.version)
    return RightOut.model_validate(row)


@router.put("/rights/{right_id}")
def change_one_right(
    right_id: UUID,
    body: RightIn,
    request: Request,
    response: Response,
    actor: RightWriter,
    session: DbSession,
) -> RightOut:
    """Change a right whose `If-Match` is current."""
    row = Rights(session, actor).own(right_id)
    check_match(request, row.version)
    change_right(session, actor, row, body.values())
    set_tag(response, row.version)
    return RightOut.model_validate(row)


@router.delete("/rights/{right_id}", status_code=204)
def archive(right_id: UUID, request: Request, actor: RightWriter, session: DbSession) -> None:
    """Take a right out of the lists."""
    row = Rights(session, actor).own(right_id)
    check_match(request, row.version)
    archive_right(session, actor, row)


@router.get("/rights/{right_id}/documents")
def documents(right_id: UUID, actor: RightReader, session: DbSession) -> list[DocumentOut]:
    """List the papers kept beside a right."""
    rows = Rights(session, actor).documents(right_id)
    return [DocumentOut.model_validate(row) for row in rows]


@router.post("/rights/{right_id}/documents", status_code=201)
def add_paper(
    right_id: UUID, body: DocumentIn, actor: RightWriter, session: DbSession
) -> DocumentOut:
    """Keep a paper beside a right: the file was sent to `/files` before."""
    values = body.model_dump(include={"number", "issued_on"})
    row = add_document(
        session, actor, right_id, kind=body.kind, file_id=body.file_id, values=values
    )
    return DocumentOut.model_validate(row)


@router.post("/files", status_code=201)
def add_file(
    request: Request,
    actor: RightWriter,
    session: DbSession,
    file: Annotated[UploadFile, File(description="PDF, picture or OFD.")],
) -> FileOut:
    """Send a file, to be named in a right or a product."""
    state = request.app.state
    stored, media_type = take_upload(state.files, file.file, state.settings)
    row = note_file(session, actor, stored, name=file.filename or "file", media_type=media_type)
    return FileOut.model_validate(row)


@router.get("/files/{file_id}")
def content(file_id: UUID, request: Request, actor: RightReader, database: Db) -> StreamingResponse:
    """Give the content of a file, checked against its hash, always as a download."""
    with database.read() as session:
        row = StoredFiles(session, actor).get(file_id)
    return StreamingResponse(
        request.app.state.files.read(row.sha256),
        media_type=row.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name, safe='')}",
            "Content-Length": str(row.size),
            "Cache-Control": "private, no-store",
        },
    )
