"""Evidence as JSON, its content and its bundles as files."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import StreamingResponse

from service.cases.domain import Custody
from service.cases.repository import Threads
from service.cases.repository_evidence import Items
from service.cases.schemas_evidence import (
    BundleIn,
    CheckIn,
    CustodyIn,
    CustodyOut,
    EvidenceForm,
    EvidenceOut,
    VerifiedOut,
)
from service.cases.usecases.bundling import export_bundle, record_check
from service.cases.usecases.evidence import hand_over, open_item, seal, verify_item
from service.cases.usecases.taking import take_in
from service.core.db import Db, DbSession
from service.core.files import CHUNK
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute

router = APIRouter(prefix="/api/v1", tags=["evidence"], route_class=OnceRoute)
Reader = Annotated[Actor, Depends(require(Permission.EVIDENCE_READ))]
Writer = Annotated[Actor, Depends(require(Permission.EVIDENCE_WRITE))]
Exporter = Annotated[Actor, Depends(require(Permission.EVIDENCE_EXPORT))]
NO_STORE = "private, no-store"


@router.get("/threads/{thread_id}/evidence")
def listing(thread_id: UUID, actor: Reader, session: DbSession) -> list[EvidenceOut]:
    """List the evidence of a matter, as far as the caller may see it."""
    Threads(session, actor).get(thread_id)
    return [EvidenceOut.model_validate(row) for row in Items(session, actor).of(thread_id)]


@router.post("/threads/{thread_id}/evidence", status_code=201)
def add(
    thread_id: UUID,
    request: Request,
    actor: Writer,
    database: Db,
    session: DbSession,
    form: Annotated[EvidenceForm, Form()],
    file: Annotated[UploadFile, File(description="PDF, picture, OFD, Word, Excel, mail, MP4.")],
) -> EvidenceOut:
    """Take a file in as evidence: hashed, told apart by content, scanned where a scanner is set."""
    with database.read() as before:
        Threads(before, actor).to_change(thread_id, form.part_id)
    state = request.app.state
    row = take_in(
        session,
        state.settings,
        state.files,
        actor,
        thread_id,
        file.file,
        file.filename or "file",
        form,
    )
    return EvidenceOut.model_validate(row)


@router.get("/evidence/{evidence_id}")
def item(evidence_id: UUID, actor: Reader, session: DbSession) -> EvidenceOut:
    """Give what is known of a piece of evidence."""
    return EvidenceOut.model_validate(Items(session, actor).get(evidence_id))


@router.get("/evidence/{evidence_id}/custody")
def chain(evidence_id: UUID, actor: Reader, session: DbSession) -> list[CustodyOut]:
    """List what happened to it, each entry hashed with the one before."""
    items = Items(session, actor)
    return [CustodyOut.model_validate(row) for row in items.chain(items.get(evidence_id))]


@router.post("/evidence/{evidence_id}/custody", status_code=201)
def add_custody(
    evidence_id: UUID, body: CustodyIn, actor: Writer, session: DbSession
) -> list[CustodyOut]:
    """Note that it was collected, copied, handed over or returned, or seal it."""
    items = Items(session, actor)
    row = items.get(evidence_id)
    if body.event is Custody.SEALED:
        seal(session, actor, row, number=body.seal, place=body.place)
    else:
        told = {"from": body.source, "to": body.to, "place": body.place, "purpose": body.purpose}
        hand_over(session, actor, row, body.event, **told)
    return [CustodyOut.model_validate(event) for event in items.chain(row)]


@router.post("/evidence/{evidence_id}/verify")
def verify(evidence_id: UUID, request: Request, actor: Reader, session: DbSession) -> VerifiedOut:
    """Hash the content and follow the chain; a writer's check becomes a link of it."""
    row = Items(session, actor).get(evidence_id)
    found = verify_item(session, actor, row, request.app.state.files)
    return VerifiedOut(whole=not found, faults=found)


@router.get("/evidence/{evidence_id}/content")
def content(evidence_id: UUID, request: Request, actor: Reader, database: Db) -> StreamingResponse:
    """Give the content, verified first; that it was viewed becomes a link of its chain."""
    return content_of(evidence_id, request, actor, database)


def content_of(
    evidence_id: UUID, request: Request, actor: Actor, database: Db
) -> StreamingResponse:
    """Answer the content of an item as a download."""
    files = request.app.state.files
    with database.write() as session:
        row = Items(session, actor).get(evidence_id)
        open_item(session, actor, row, files)
    return StreamingResponse(
        files.read(row.sha256),
        media_type=row.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{row.number}-{row.id}"',
            "Content-Length": str(row.size),
            "Cache-Control": NO_STORE,
        },
    )


@router.post("/threads/{thread_id}/evidence/checks", status_code=201)
def check(thread_id: UUID, body: CheckIn, actor: Exporter, session: DbSession) -> CheckIn:
    """Record the check before evidence goes abroad: every point answered in words."""
    record_check(
        session,
        actor,
        thread_id,
        body.evidence,
        recipient=body.recipient,
        answers=body.answers,
    )
    return body


@router.post("/threads/{thread_id}/evidence/bundle")
def bundle(
    thread_id: UUID, body: BundleIn, request: Request, actor: Exporter, database: Db
) -> StreamingResponse:
    """Give a zip of files, manifest, chains and an offline verifier; the export is noted."""
    return bundle_of(thread_id, body, request, actor, database)


def bundle_of(
    thread_id: UUID, body: BundleIn, request: Request, actor: Actor, database: Db
) -> StreamingResponse:
    """Answer a bundle as a download."""
    with ExitStack() as unsent:
        with database.write() as session:
            made = export_bundle(
                session,
                request.app.state.files,
                actor,
                thread_id,
                body.evidence,
                destination=body.destination,
                recipient=body.recipient,
            )
            unsent.enter_context(made)
        unsent.pop_all()
    return StreamingResponse(
        _chunks(made),
        media_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="evidence-{thread_id}.zip"',
            "Cache-Control": NO_STORE,
        },
    )


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(CHUNK):
            yield chunk
