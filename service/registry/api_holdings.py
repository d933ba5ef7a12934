"""Products, rights, papers and files as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from service.core.db import Db, DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.registry.holdings import Products, Rights, StoredFiles
from service.registry.models import Product
from service.registry.schemas import (
    DocumentIn,
    DocumentOut,
    FileOut,
    ProductBody,
    ProductOut,
    RightIn,
    RightOut,
    ShareIn,
)
from service.registry.uploads import media_type_of, store_upload
from service.registry.usecases.holding import (
    add_document,
    add_product,
    add_right,
    archive_product,
    change_product,
    change_right,
    note_file,
    share_product,
)

router = APIRouter()
ProductReader = Annotated[Actor, Depends(require(Permission.PRODUCT_READ))]
ProductWriter = Annotated[Actor, Depends(require(Permission.PRODUCT_WRITE))]
RightReader = Annotated[Actor, Depends(require(Permission.RIGHT_READ))]
RightWriter = Annotated[Actor, Depends(require(Permission.RIGHT_WRITE))]


@router.get("/products")
def products(actor: ProductReader, session: DbSession, cursor: CursorOfQuery) -> Page[ProductOut]:
    """List products, newest first."""
    rows, following = Products(session, actor).listed(cursor)
    pictures = Products(session, actor).pictures([row.id for row in rows])
    items = [_product(row, pictures.get(row.id, [])) for row in rows]
    return Page(items=items, next=following)


@router.post("/products", status_code=201)
def add(
    body: ProductBody, response: Response, actor: ProductWriter, session: DbSession
) -> ProductOut:
    """Add a product."""
    product = add_product(session, actor, body.values(), body.pictures)
    response.headers["Location"] = f"/api/v1/products/{product.id}"
    return _answer(session, actor, product, response)


@router.get("/products/{product_id}")
def product(
    product_id: UUID, response: Response, actor: ProductReader, session: DbSession
) -> ProductOut:
    """Give a product; its ETag is needed to change it."""
    return _answer(session, actor, Products(session, actor).get(product_id), response)


@router.put("/products/{product_id}")
def change(
    product_id: UUID,
    body: ProductBody,
    request: Request,
    response: Response,
    actor: ProductWriter,
    session: DbSession,
) -> ProductOut:
    """Change a product whose `If-Match` is current."""
    row = Products(session, actor).own(product_id)
    check_match(request, row.version)
    change_product(session, actor, row, body.values(), body.pictures)
    return _answer(session, actor, row, response)


@router.delete("/products/{product_id}", status_code=204)
def archive(product_id: UUID, request: Request, actor: ProductWriter, session: DbSession) -> None:
    """Take a product out of the lists."""
    row = Products(session, actor).own(product_id)
    check_match(request, row.version)
    archive_product(session, actor, row)


@router.post("/products/{product_id}/shares", status_code=204)
def share(product_id: UUID, body: ShareIn, actor: ProductWriter, session: DbSession) -> None:
    """Show a product to a station or another organisation."""
    share_product(session, actor, product_id, body.organisation_id)


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
    database: Db,
    file: Annotated[UploadFile, File(description="PDF, picture or OFD.")],
) -> FileOut:
    """Send a file, to be named in a right or a product."""
    state = request.app.state
    stored = store_upload(state.files, file.file, state.settings)
    media_type = media_type_of(state.files, stored)
    with database.write() as session:
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
            "Content-Disposition": f'attachment; filename="{row.id}"',
            "Content-Length": str(row.size),
            "Cache-Control": "private, no-store",
        },
    )


def _answer(session: Session, actor: Actor, row: Product, response: Response) -> ProductOut:
    set_tag(response, row.version)
    return _product(row, Products(session, actor).pictures([row.id]).get(row.id, []))


def _product(row: Product, pictures: list[UUID]) -> ProductOut:
    return ProductOut.model_validate(row).model_copy(update={"pictures": pictures})
