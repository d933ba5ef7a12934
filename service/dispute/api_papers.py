"""Documents of cases as JSON: kinds, making, versions, signatures, templates, the volume."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from service.core.db import Db, DbSession
from service.dispute.making import file_of, make, remake, volume_of
from service.dispute.models import CasePaper
from service.dispute.papers.kinds import paper_kinds
from service.dispute.repository import Cases
from service.dispute.repository_papers import Papers, Templates
from service.dispute.schemas_papers import (
    KindOut,
    LackingOut,
    PaperIn,
    PaperOut,
    SignatureIn,
    SignatureOut,
    TemplateOut,
    VersionIn,
    VersionNumber,
    VersionOut,
    VolumeOut,
)
from service.dispute.usecases.binding import contents_of, named
from service.dispute.usecases.papers import kind_of, note_signature
from service.dispute.usecases.templates import (
    end_template,
    replace_template,
    sent_template,
    try_template,
)
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute

router = APIRouter(prefix="/api/v1", tags=["documents"], route_class=OnceRoute)
Reader = Annotated[Actor, Depends(require(Permission.CASE_READ))]
Maker = Annotated[Actor, Depends(require(Permission.DOCUMENT_MAKE))]
Signer = Annotated[Actor, Depends(require(Permission.DOCUMENT_SIGN))]
Exporter = Annotated[Actor, Depends(require(Permission.EVIDENCE_EXPORT))]
Keeper = Annotated[Actor, Depends(require(Permission.TEMPLATE_MANAGE))]


@router.get("/document-kinds")
def kinds(_: Reader) -> list[KindOut]:
    """List the kinds of documents there are, in the order of a volume."""
    return [
        KindOut(
            key=kind.key,
            title=kind.title.model_dump(),
            tracks=sorted(kind.tracks),
            asks=[ask.model_dump() for ask in kind.asks],
            required=list(kind.required),
            signs=list(kind.signs),
        )
        for kind in paper_kinds().values()
    ]


@router.get("/cases/{case_id}/documents")
def listing(case_id: UUID, actor: Reader, session: DbSession) -> list[PaperOut]:
    """List the documents of a case the caller may see, oldest first, with their versions."""
    Cases(session, actor).get(case_id)
    return [_out(session, actor, row) for row in Papers(session, actor).of(case_id)]


@router.post("/cases/{case_id}/documents", status_code=201)
def add(
    case_id: UUID, body: PaperIn, request: Request, actor: Maker, database: Db, session: DbSession
) -> PaperOut:
    """Make a document as PDF and Word from what the case says and what is typed here."""
    row = make(request, database, session, actor, case_id, **body.model_dump())
    return _out(session, actor, row)


@router.get("/documents/{document_id}")
def fetch(document_id: UUID, actor: Reader, session: DbSession) -> PaperOut:
    """Give a document with its versions and signatures."""
    return _out(session, actor, Papers(session, actor).get(document_id))


@router.post("/documents/{document_id}/versions", status_code=201)
def again(
    document_id: UUID,
    body: VersionIn,
    request: Request,
    actor: Maker,
    database: Db,
    session: DbSession,
) -> PaperOut:
    """Make a document again: a new version beside the old ones; signatures begin anew."""
    row = remake(request, database, session, actor, document_id, **body.model_dump())
    return _out(session, actor, row)


@router.get("/documents/{document_id}/versions/{number}/pdf")
def pdf_file(
    document_id: UUID, number: VersionNumber, request: Request, actor: Reader, session: DbSession
) -> Response:
    """Give a version as PDF."""
    return file_of(request, session, actor, document_id, number, word=False)


@router.get("/documents/{document_id}/versions/{number}/word")
def word_file(
    document_id: UUID, number: VersionNumber, request: Request, actor: Reader, session: DbSession
) -> Response:
    """Give a version for Word."""
    return file_of(request, session, actor, document_id, number, word=True)


@router.post("/documents/{document_id}/signatures", status_code=201)
def sign(document_id: UUID, body: SignatureIn, actor: Signer, session: DbSession) -> PaperOut:
    """Note that somebody signed the last version, when, and by which paper that is known."""
    row = note_signature(session, actor, document_id, **body.model_dump())
    return _out(session, actor, row)


@router.get("/cases/{case_id}/volume")
def volume(case_id: UUID, actor: Reader, session: DbSession) -> VolumeOut:
    """Say what the volume of a case would hold now, and which documents are missing."""
    found = contents_of(session, actor, case_id)
    return VolumeOut(
        documents=[row.id for row in found.papers],
        evidence=[row.id for row in found.evidence],
        missing=[
            LackingOut(
                kind=one.kind.key,
                track_id=one.track.id if one.track else None,
                title=named(one),
            )
            for one in found.missing
        ],
    )


@router.post("/cases/{case_id}/volume")
def bound(case_id: UUID, request: Request, actor: Exporter, database: Db) -> Response:
    """Give the volume as one PDF: cover, contents with page numbers, papers, back cover."""
    return volume_of(request, database, actor, case_id)


@router.get("/document-templates")
def templates(_: Keeper, session: DbSession) -> list[TemplateOut]:
    """List the Word templates of our own that are in force."""
    return [TemplateOut.model_validate(row) for row in Templates(session).all()]


@router.post("/document-templates", status_code=201)
def replace(
    request: Request,
    actor: Keeper,
    session: DbSession,
    kind: Annotated[str, Form(max_length=40)],
    file: Annotated[UploadFile, File(description="A Word file with docxtpl places.")],
) -> TemplateOut:
    """Put a Word template in force for a kind; one that reaches for the system is refused."""
    state, wanted = request.app.state, kind_of(kind)
    content = sent_template(file.file, state.settings)
    try_template(wanted, content)
    name = file.filename or "template.docx"
    row = replace_template(session, state.files, actor, wanted, content, name=name)
    return TemplateOut.model_validate(row)


@router.delete("/document-templates/{template_id}", status_code=204)
def end(template_id: UUID, actor: Keeper, session: DbSession) -> None:
    """Go back to the built-in template."""
    end_template(session, actor, template_id)


def _out(session: Session, actor: Actor, row: CasePaper) -> PaperOut:
    papers = Papers(session, actor)
    versions = []
    for version in papers.versions(row):
        signatures = [SignatureOut.model_validate(one) for one in papers.signatures(version)]
        out = VersionOut.model_validate(version)
        versions.append(out.model_copy(update={"signatures": signatures}))
    return PaperOut(
        id=row.id,
        thread_id=row.thread_id,
        part_id=row.part_id,
        kind=row.kind,
        name=row.name,
        made_at=row.made_at,
        versions=versions,
    )
