"""Marks, registers and imports as JSON."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile

from service.core import clock
from service.core.db import Db, DbSession
from service.core.errors import FieldError, Invalid
from service.core.etags import check_put, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.registry import (
    api_connectors,
    api_papers,
    api_penalties,
    api_products,
    api_rights,
)
from service.registry import jobs as jobs  # registers the import job
from service.registry.domain import Cut, EditionScope, MarkStatus, RemarkKind
from service.registry.registers import Imports, Registers
from service.registry.repository import MarkFilter, Marks
from service.registry.schemas.imports import MOST_PARTS, ImportOut, RegisterOut, RemarkOut
from service.registry.schemas.marks import MarkIn, MarkOut
from service.registry.sources.sheet_columns import sheet_fields
from service.registry.uploads import request_import, store_upload
from service.registry.usecases.marking import enter_mark
from service.registry.usecases.requesting import Reading, read_classes
from service.registry.usecases.results import result_of
from service.rules.markets import office as office_of

router = APIRouter(prefix="/api/v1", tags=["registry"], route_class=OnceRoute)
router.include_router(api_products.router)
router.include_router(api_rights.router)
router.include_router(api_connectors.router)
router.include_router(api_papers.router)
router.include_router(api_penalties.router)
MarkReader = Annotated[Actor, Depends(require(Permission.MARK_READ))]
MarkWriter = Annotated[Actor, Depends(require(Permission.MARK_WRITE))]
RegisterReader = Annotated[Actor, Depends(require(Permission.REGISTER_READ))]
Importer = Annotated[Actor, Depends(require(Permission.IMPORT_RUN))]
ImportReader = Annotated[Actor, Depends(require(Permission.IMPORT_READ))]


@router.get("/marks")
def marks(
    actor: MarkReader,  # noqa: ARG001  the permission is the point
    session: DbSession,
    cursor: CursorOfQuery,
    office: Annotated[str, Query(max_length=2, examples=["CN"])] = "",
    number: Annotated[str, Query(max_length=64)] = "",
    text: Annotated[str, Query(max_length=500, description="Beginning of the words.")] = "",
    owner: Annotated[
        str, Query(max_length=500, description="Beginning of the owner's name, in any spelling.")
    ] = "",
    nice: Annotated[int | None, Query(ge=1, le=45)] = None,
    status: MarkStatus | None = None,
    live: bool | None = None,
) -> Page[MarkOut]:
    """List marks of all loaded registers, the last stored first."""
    wanted = MarkFilter(
        office=office,
        number=number,
        text=text,
        owner=owner,
        nice=nice,
        status=status,
        live=live,
    )
    found, following = Marks(session).page(wanted, cursor)
    return Page(items=[MarkOut.of(mark, clock.today()) for mark in found], next=following)


@router.get("/marks/{office}/{number:path}")
def mark(
    office: str,
    number: str,
    response: Response,
    actor: MarkReader,  # noqa: ARG001
    session: DbSession,
) -> MarkOut:
    """Give one mark; its ETag is needed to correct it."""
    found = Marks(session).get(office, number)
    set_tag(response, found.change)
    return MarkOut.of(found, clock.today())


@router.put("/marks/{office}/{number:path}")
def put(
    office: str,
    number: str,
    body: MarkIn,
    request: Request,
    response: Response,
    actor: MarkWriter,
    session: DbSession,
) -> MarkOut:
    """Enter a mark by hand, or correct one whose `If-Match` is current.

    A correction that is older than what the register holds is refused and changes nothing.
    """
    record = body.record(office_of(office).code, number)
    stored = enter_mark(session, actor, record, lambda change: check_put(request, change))
    set_tag(response, stored.change)
    return MarkOut.of(stored, clock.today())


@router.get("/registers")
def registers(actor: RegisterReader, session: DbSession) -> list[RegisterOut]:  # noqa: ARG001
    """List every register loaded here with its state and freshness; others were never loaded."""
    return [RegisterOut.of(fact) for fact in Registers(session).all()]


@router.post("/imports", status_code=202)
def add_import(
    request: Request,
    response: Response,
    actor: Importer,
    database: Db,
    session: DbSession,
    file: Annotated[UploadFile, File(description="A register file in any format known here.")],
    office: Annotated[str, Form(max_length=2, description="For rows that name none.")] = "",
    scope: Annotated[EditionScope | None, Form()] = None,
    dated: Annotated[date | None, Form(description="Day the file tells the register of.")] = None,
    parts: Annotated[
        int | None, Form(ge=1, le=MOST_PARTS, description="Files of a full load in several.")
    ] = None,
    part: Annotated[
        int | None, Form(ge=1, le=MOST_PARTS, description="Which of them this is, from 1.")
    ] = None,
    only_classes: Annotated[
        str,
        Form(max_length=200, description="Nice classes it was cut to.", examples=["9, 12"]),
    ] = "",
    filed_from: Annotated[
        date | None, Form(description="Marks filed earlier were left out of it.")
    ] = None,
    mapping: Annotated[str, Form(description="JSON object: heading of a sheet → field.")] = "",
) -> ImportOut:
    """Send a register file; it is read by a job whose progress this import tells."""
    state = request.app.state
    reading = Reading(
        office=office_of(office).code if office else None,
        mapping=read_mapping(mapping),
        scope=scope,
        dated=dated,
        parts=parts,
        part=part,
        cut=Cut.to(read_classes(only_classes), filed_from),
    )
    stored = store_upload(state.files, file.file, state.settings)
    run_id, already = request_import(
        database,
        state.settings,
        state.files,
        actor,
        stored,
        name=file.filename or "",
        reading=reading,
    )
    if already:
        response.status_code = 200
    response.headers["Location"] = f"/api/v1/imports/{run_id}"
    return result_of(session, run_id, already=already)


def read_mapping(text: str) -> Mapping[str, str | None]:
    """Read the mapping of a sheet's headings; raise `Invalid` for anything but known fields."""
    try:
        value: Any = json.loads(text or "{}")
    except ValueError:
        value = None
    fields = (*sheet_fields(), "", None)
    if not isinstance(value, dict) or any(field not in fields for field in value.values()):
        detail = N_("A mapping is a JSON object from headings to these fields: {fields}.")
        told = {"fields": ", ".join(sheet_fields())}
        raise Invalid(detail, errors=[FieldError("mapping", detail, dict(told))], **told)
    return {str(heading): field or None for heading, field in value.items()}


@router.get("/imports")
def imports(actor: ImportReader, session: DbSession, cursor: CursorOfQuery) -> Page[ImportOut]:  # noqa: ARG001
    """List imports, newest first."""
    runs, following = Imports(session).page(cursor)
    return Page(items=[result_of(session, run.id) for run in runs], next=following)


@router.get("/imports/{run_id}")
def import_(run_id: UUID, actor: ImportReader, session: DbSession) -> ImportOut:  # noqa: ARG001
    """Tell how far an import is, and what it brought."""
    return result_of(session, Imports(session).get(run_id).id)


@router.get("/imports/{run_id}/remarks")
def remarks(
    run_id: UUID,
    actor: ImportReader,  # noqa: ARG001
    session: DbSession,
    cursor: CursorOfQuery,
    kind: RemarkKind = RemarkKind.REJECT,
) -> Page[RemarkOut]:
    """List the records that were left out, or those that went in with a remark."""
    rows, following = Imports(session).remarks(run_id, kind, cursor)
    return Page(items=[RemarkOut.model_validate(row) for row in rows], next=following)
