"""Pages of evidence: taking in, the chain of one item, bundles."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from service.cases.api_evidence import bundle_of, content_of
from service.cases.domain import (
    COPIES,
    CUSTODIES,
    EVIDENCE_KINDS,
    EXPORT_CHECKS,
    OBTAINED,
    Custody,
    Destination,
)
from service.cases.models_evidence import Evidence
from service.cases.repository import Threads
from service.cases.repository_evidence import Items
from service.cases.schemas_evidence import BundleIn, CustodyIn, EvidenceForm
from service.cases.showing import thread_path
from service.cases.usecases.bundling import record_check
from service.cases.usecases.evidence import faults, hand_over, seal, verify_item
from service.cases.usecases.taking import take_in
from service.core.db import Db, DbSession
from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.identity.repository import names_of
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303
Reader = Annotated[Actor, Depends(require(Permission.EVIDENCE_READ))]
Writer = Annotated[Actor, Depends(require(Permission.EVIDENCE_WRITE))]
Exporter = Annotated[Actor, Depends(require(Permission.EVIDENCE_EXPORT))]
CHECK = "check."
MOVES = (Custody.TRANSFERRED, Custody.COPIED, Custody.RETURNED, Custody.SEALED)


@router.get("/threads/{thread_id}/evidence")
def locker(
    request: Request, thread_id: UUID, actor: Reader, session: DbSession, *, check: bool = False
) -> Response:
    """Show the evidence of a matter, the form to take more in, and bundles; `check` verifies it."""
    return _locker(request, actor, session, thread_id, check=check)


def _locker(
    request: Request,
    actor: Actor,
    session: Session,
    thread_id: UUID,
    *,
    form: Form | None = None,
    status: int = 200,
    check: bool = False,
) -> Response:
    threads = Threads(session, actor)
    thread = threads.get(thread_id)
    sight, rows = threads.sight(thread), Items(session, actor).of(thread.id)
    part = request.query_params.get("part_id", "")
    return page(
        request,
        "cases/evidence.html",
        status=status,
        thread=thread,
        path=thread_path(thread),
        rows=rows,
        checked=_checked(request, actor, session, rows) if check else None,
        writes=(sight.writes or bool(sight.written))
        and thread.closed_at is None
        and actor.can(Permission.EVIDENCE_WRITE),
        exports=actor.can(Permission.EVIDENCE_EXPORT) and sight.writes and bool(rows),
        kinds=EVIDENCE_KINDS,
        obtained=OBTAINED,
        copies=COPIES,
        checks=EXPORT_CHECKS,
        prefix=CHECK,
        limit=request.app.state.settings.upload_bytes,
        form=form or Form.blank(part_id=part, destination=Destination.DOMESTIC.value),
    )


def _checked(
    request: Request, actor: Actor, session: Session, rows: Sequence[Evidence]
) -> list[tuple[int, list[str]]]:
    """Return what does not hold, by number; nothing is noted."""
    files = request.app.state.files
    found = [(row.number, faults(session, actor, row, files)) for row in rows]
    return [(number, wrong) for number, wrong in found if wrong]


@router.post("/threads/{thread_id}/evidence")
def add(
    request: Request, thread_id: UUID, actor: Writer, database: Db, sent: PostedForm
) -> Response:
    """Take a file in."""
    with database.read() as session:
        Threads(session, actor).get(thread_id)
    state, file = request.app.state, sent.get("file")
    try:
        form = read_form(EvidenceForm, sent)
        if not isinstance(file, UploadFile) or not file.filename:
            detail = N_("Choose a file.")
            raise Invalid(detail, errors=[FieldError("file", detail)])
        with database.write() as fresh:
            take_in(
                fresh,
                state.settings,
                state.files,
                actor,
                thread_id,
                file.file,
                file.filename,
                form,
            )
    except Problem as problem:
        with database.read() as session:
            after = Form.after(problem, sent)
            return _locker(request, actor, session, thread_id, form=after, status=problem.status)
    return RedirectResponse(f"/threads/{thread_id}/evidence", SEE_OTHER)


@router.post("/threads/{thread_id}/evidence/bundle")
def bundle(
    request: Request, thread_id: UUID, actor: Exporter, database: Db, sent: PostedForm
) -> Response:
    """Give a bundle; one for abroad records its check first."""
    with database.read() as session:
        Threads(session, actor).get(thread_id)
    try:
        body = read_form(BundleIn, sent)
        answers = {
            name.removeprefix(CHECK): str(value)
            for name, value in sent.items()
            if name.startswith(CHECK)
        }
        if body.destination is Destination.FOREIGN:
            with database.write() as session:
                record_check(
                    session,
                    actor,
                    thread_id,
                    body.evidence,
                    recipient=body.recipient,
                    answers=answers,
                )
        return bundle_of(thread_id, body, request, actor, database)
    except Problem as problem:
        problem.errors = tuple(
            FieldError(f"{CHECK}{e.field}" if e.field in EXPORT_CHECKS else e.field, e.message)
            for e in problem.errors
        )
        with database.read() as session:
            after = Form.after(problem, sent)
            return _locker(request, actor, session, thread_id, form=after, status=problem.status)


@router.get("/evidence/{evidence_id}")
def item_page(request: Request, evidence_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show an item and its chain."""
    return _item(request, actor, session, evidence_id)


def _item(
    request: Request,
    actor: Actor,
    session: Session,
    evidence_id: UUID,
    *,
    form: Form | None = None,
    status: int = 200,
    found: list[str] | None = None,
) -> Response:
    items = Items(session, actor)
    row = items.get(evidence_id)
    thread, chain = Threads(session, actor).get(row.thread_id), items.chain(row)
    return page(
        request,
        "cases/item.html",
        status=status,
        row=row,
        thread=thread,
        chain=chain,
        names=names_of(session, [e.actor_id for e in chain if e.actor_id]),
        original=items.get(row.original_id) if row.original_id else None,
        kinds=EVIDENCE_KINDS,
        obtained=OBTAINED,
        copies=COPIES,
        custodies=CUSTODIES,
        found=found,
        opens=not row.seal or actor.can(Permission.EVIDENCE_EXPORT),
        moves=[
            (event.value, CUSTODIES[event])
            for event in MOVES
            if event is not Custody.SEALED or actor.can(Permission.EVIDENCE_EXPORT)
        ],
        writes=actor.can(Permission.EVIDENCE_WRITE) and thread.closed_at is None,
        form=form or Form.blank(),
    )


@router.get("/evidence/{evidence_id}/content")
def content(evidence_id: UUID, request: Request, actor: Reader, database: Db) -> Response:
    """Give the content as a download, verified and noted."""
    return content_of(evidence_id, request, actor, database)


@router.post("/evidence/{evidence_id}/verify")
def verify(request: Request, evidence_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Verify an item and show what was found."""
    row = Items(session, actor).get(evidence_id)
    found = verify_item(session, actor, row, request.app.state.files)
    return _item(request, actor, session, evidence_id, found=found)


@router.post("/evidence/{evidence_id}/custody")
def add_custody(
    request: Request, evidence_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Note a handover, or seal the item."""
    row = Items(session, actor).get(evidence_id)
    try:
        body = read_form(CustodyIn, sent)
        with session.begin_nested():
            if body.event is Custody.SEALED:
                seal(session, actor, row, number=body.seal, place=body.place)
            else:
                told = body.model_dump(include={"to", "place", "purpose"})
                hand_over(session, actor, row, body.event, **{"from": body.source, **told})
    except Problem as problem:
        form = Form.after(problem, sent)
        return _item(request, actor, session, evidence_id, form=form, status=problem.status)
    return RedirectResponse(f"/evidence/{evidence_id}", SEE_OTHER)
