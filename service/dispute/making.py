"""What both faces do with papers: make one while no database is held, give out its files."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from sqlalchemy.orm import Session

from service.core.db import Database
from service.dispute.models import CasePaper
from service.dispute.papers.kinds import paper_kinds
from service.dispute.papers.volume import bind
from service.dispute.repository_papers import Papers
from service.dispute.usecases.binding import gather_volume
from service.dispute.usecases.papers import keep_paper, kind_of, read_paper, set_paper
from service.identity.permissions import Actor
from service.ui.documents.pairs import Told

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def make(
    request: Request,
    database: Database,
    session: Session,
    actor: Actor,
    case_id: UUID,
    *,
    kind: str,
    track_id: UUID | None,
    told: Told,
    entries: Mapping[str, str],
    paper_id: UUID | None = None,
) -> CasePaper:
    """Make a paper. `session` must not have been used yet: setting comes before it holds a lock."""
    files = request.app.state.files
    with database.read() as before:
        ready = read_paper(
            before,
            files,
            actor,
            case_id,
            kind_of(kind),
            track_id=track_id,
            entries=entries,
            told=told,
        )
    made = set_paper(files, ready)
    return keep_paper(session, actor, case_id, ready, made, track_id=track_id, paper_id=paper_id)


def remake(
    request: Request,
    database: Database,
    session: Session,
    actor: Actor,
    paper_id: UUID,
    *,
    told: Told,
    entries: Mapping[str, str],
) -> CasePaper:
    """Make a paper again: the next version of it."""
    with database.read() as before:
        paper = Papers(before, actor).get(paper_id)
        track = paper.part_id if paper.part_id != paper.thread_id else None
        case_id, kind = paper.thread_id, paper.kind
    return make(
        request,
        database,
        session,
        actor,
        case_id,
        kind=kind,
        track_id=track,
        told=told,
        entries=entries,
        paper_id=paper_id,
    )


def file_of(
    request: Request, session: Session, actor: Actor, document_id: UUID, number: int, *, word: bool
) -> Response:
    """Answer one of the two files of a version, checked against its hash."""
    papers = Papers(session, actor)
    paper = papers.get(document_id)
    version = papers.version(paper, number)
    title = paper_kinds()[paper.kind].key
    return StreamingResponse(
        request.app.state.files.read(version.word if word else version.pdf),
        media_type=WORD if word else PDF,
        headers=_download(f"{title}-{version.number}.{'docx' if word else 'pdf'}"),
    )


def volume_of(request: Request, database: Database, actor: Actor, case_id: UUID) -> Response:
    """Answer the volume as PDF; that it was bound is noted."""
    with database.write() as session:
        volume = gather_volume(session, request.app.state.files, actor, case_id)
    headers = _download(f"volume-{volume.reference}.pdf")
    return Response(bind(volume), media_type=PDF, headers=headers)


def _download(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
