"""Marks, registers and imports as JSON."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from sqlalchemy.orm import Session

from service.core import audit, clock
from service.core.db import Db, DbSession
from service.core.errors import FieldError, Invalid
from service.core.pagination import CursorOfQuery, Page
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry import api_connectors, api_holdings, api_papers
from service.registry import jobs as jobs  # registers the import job
from service.registry.domain import EditionScope, MarkStatus, RemarkKind
from service.registry.models import ImportRun
from service.registry.prepared import prepare
from service.registry.registers import Imports, RegisterFact, Registers
from service.registry.repository import MarkFilter, Marks
from service.registry.schemas import (
    EditionOut,
    GapOut,
    ImportOut,
    MarkIn,
    MarkOut,
    RegisterOut,
    RemarkOut,
)
from service.registry.sources.sheet_columns import sheet_fields
from service.registry.store import put_mark
from service.registry.uploads import request_import, store_upload
from service.registry.usecases.requesting import Reading
from service.registry.usecases.results import result_of
from service.rules.markets import office as office_of

router = APIRouter(prefix="/api/v1", tags=["registry"])
router.include_router(api_holdings.router)
router.include_router(api_connectors.router)
router.include_router(api_papers.router)
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
    nice: Annotated[int | None, Query(ge=1, le=45)] = None,
    status: MarkStatus | None = None,
    live: bool | None = None,
) -> Page[MarkOut]:
    """List marks of all loaded registers, the last stored first."""
    wanted = MarkFilter(
        office=office, number=number, text=text, nice=nice, status=status, live=live
    )
    found, following = Marks(session).page(wanted, cursor)
    return Page(items=[MarkOut.of(mark, clock.today()) for mark in found], next=following)


@router.get("/marks/{office}/{number:path}")
def mark(office: str, number: str, actor: MarkReader, session: DbSession) -> MarkOut:  # noqa: ARG001
    """Give one mark."""
    return MarkOut.of(Marks(session).get(office, number), clock.today())


@router.put("/marks/{office}/{number:path}")
def put(office: str, number: str, body: MarkIn, actor: MarkWriter, session: DbSession) -> MarkOut:
    """Enter a mark by hand, or change it. A newer state in the register stays."""
    record = body.record(office_of(office).code, number)
    try:
        prepare(record)
    except ValueError:
        detail = N_("This is not the number of a mark.")
        raise Invalid(detail, errors=[FieldError("number", detail)]) from None
    put_mark(session, record)
    stored = Marks(session).get(record.office, number)
    audit.record(
        session,
        "mark.entered",
        subject=("mark", stored.id),
        actor_id=actor.person_id,
        organisation_id=actor.organisation_id,
    )
    return MarkOut.of(stored, clock.today())


@router.get("/registers")
def registers(actor: RegisterReader, session: DbSession) -> list[RegisterOut]:  # noqa: ARG001
    """List every register loaded here with its state and freshness; others were never loaded."""
    return [register_out(fact) for fact in Registers(session).all()]


def register_out(fact: RegisterFact) -> RegisterOut:
    """Return the body of a register."""
    return RegisterOut(
        office=fact.office.code,
        name_zh=fact.office.name.zh,
        name_en=fact.office.name.en,
        state=fact.state,
        as_of=fact.as_of,
        age_days=fact.age_days,
        fresh=fact.fresh,
        gaps=[GapOut(code=gap.code, reason=gap.reason, values=gap.values) for gap in fact.gaps],
        total=fact.total,
        live=fact.live,
        updated_at=fact.updated_at,
    )


@router.post("/imports", status_code=202)
def add_import(
    request: Request,
    response: Response,
    actor: Importer,
    database: Db,
    file: Annotated[UploadFile, File(description="A register file in any format known here.")],
    office: Annotated[str, Form(max_length=2, description="For rows that name none.")] = "",
    scope: Annotated[EditionScope | None, Form()] = None,
    dated: Annotated[date | None, Form(description="Day the file tells the register of.")] = None,
    mapping: Annotated[str, Form(description="JSON object: heading of a sheet → field.")] = "",
) -> ImportOut:
    """Send a register file; it is read by a job whose progress this import tells."""
    state = request.app.state
    reading = Reading(
        office=office_of(office).code if office else None,
        mapping=read_mapping(mapping),
        scope=scope,
        dated=dated,
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
    with database.read() as session:
        return import_out(session, Imports(session).get(run_id), already=already)


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
    return Page(items=[import_out(session, run) for run in runs], next=following)


@router.get("/imports/{run_id}")
def import_(run_id: UUID, actor: ImportReader, session: DbSession) -> ImportOut:  # noqa: ARG001
    """Tell how far an import is, and what it brought."""
    return import_out(session, Imports(session).get(run_id))


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


def import_out(session: Session, run: ImportRun, *, already: bool = False) -> ImportOut:
    """Return the body of an import."""
    result = result_of(session, run.id)
    return ImportOut(
        id=run.id,
        file_name=run.file_name,
        format=run.format,
        scope=run.scope,
        state=run.state,
        already=already,
        read=run.read,
        rejected=run.rejected,
        noted=run.noted,
        done_bytes=run.done_bytes,
        size_bytes=run.size_bytes,
        failure=run.failure,
        editions=[EditionOut.model_validate(one, from_attributes=True) for one in result.editions],
        started_at=run.started_at,
        finished_at=run.finished_at,
    )
