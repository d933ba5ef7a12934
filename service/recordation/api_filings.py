"""Filings as JSON routes."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from service.cases.moves import Missing
from service.core.db import Db, DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor
from service.identity.replay import OnceRoute
from service.recordation.access import Reader, Writer
from service.recordation.domain import FilingStatus
from service.recordation.models import Filing
from service.recordation.packs.zipping import build_pack
from service.recordation.repository import Assets, Filings
from service.recordation.schemas_filings import AnswersIn, BeginIn, StepIn
from service.recordation.schemas_out import (
    FilingOut,
    GapOut,
    PlanOut,
    ReadinessOut,
    RoundOut,
    WholeFilingOut,
)
from service.recordation.usecases.cases import case_of
from service.recordation.usecases.filings import begin_filing, save_answers
from service.recordation.usecases.moving import offered, take_step
from service.recordation.usecases.packing import note_packed, to_pack
from service.recordation.usecases.planning import plan
from service.recordation.usecases.readiness import Readiness, readiness
from service.recordation.usecases.writing import Entry

router = APIRouter(route_class=OnceRoute)


@router.get("/recordation/rights/{asset_id}/plan")
def plan_of(asset_id: UUID, actor: Reader, session: DbSession) -> list[PlanOut]:
    """Tell for every authority how ready a filing would be, what it costs and how long it takes."""
    asset = Assets(session, actor).get(asset_id)
    return [PlanOut.of(one) for one in plan(session, actor, asset)]


@router.get("/filings")
def list_filings(
    actor: Reader, session: DbSession, cursor: CursorOfQuery, status: FilingStatus | None = None
) -> Page[FilingOut]:
    """List filings, newest first."""
    where = [Filing.status == status] if status else []
    rows, following = Filings(session, actor).page(cursor, *where)
    return Page(items=[FilingOut.model_validate(row) for row in rows], next=following)


@router.post("/filings", status_code=201)
def begin(body: BeginIn, response: Response, actor: Writer, session: DbSession) -> WholeFilingOut:
    """Begin a filing of a right with an authority."""
    asset = Assets(session, actor).get(body.asset_id)
    filing = begin_filing(session, actor, asset, body.authority, body.procedure)
    response.headers["Location"] = f"/api/v1/filings/{filing.id}"
    return _whole(session, actor, filing, response)


@router.get("/filings/{filing_id}")
def one_filing(
    filing_id: UUID, response: Response, actor: Reader, session: DbSession
) -> WholeFilingOut:
    """Give a filing: its answers, what was sent, and the steps the caller may take now."""
    return _whole(session, actor, Filings(session, actor).get(filing_id), response)


@router.put("/filings/{filing_id}/answers")
def put_answers(
    filing_id: UUID,
    body: AnswersIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> WholeFilingOut:
    """Save one page of the form; nothing is lost, and nothing is checked before it is complete."""
    filing = Filings(session, actor).get(filing_id)
    check_match(request, filing.version)
    save_answers(
        session,
        actor,
        filing,
        body.group,
        body.answers,
        version=filing.version,
        states=body.states,
    )
    return _whole(session, actor, filing, response)


@router.get("/filings/{filing_id}/readiness")
def ready(filing_id: UUID, actor: Reader, session: DbSession) -> ReadinessOut:
    """Tell what is missing, each gap with the page where it is put right."""
    filing = Filings(session, actor).get(filing_id)
    return _readiness(readiness(case_of(session, actor, filing)))


@router.post("/filings/{filing_id}/steps")
def step(
    filing_id: UUID, body: StepIn, response: Response, actor: Reader, session: DbSession
) -> WholeFilingOut:
    """Take a step of a filing's way; each asks for its own permission, see the recordation page."""
    filing = Filings(session, actor).get(filing_id)
    entry = Entry(**body.entry())
    take_step(session, actor, filing, body.event, entry, version=body.version)
    return _whole(session, actor, filing, response)


@router.get("/filings/{filing_id}/pack")
def pack(filing_id: UUID, request: Request, actor: Reader, database: Db) -> Response:
    """Give the filing pack: fields, papers, pictures, manifest and frozen snapshot as one zip."""
    return pack_of(filing_id, request, actor, database)


def pack_of(filing_id: UUID, request: Request, actor: Actor, database: Db) -> Response:
    """Return the pack of a filing as a download; set outside of any transaction."""
    with database.read() as session:
        asked = to_pack(session, actor, Filings(session, actor).get(filing_id))
    made = build_pack(
        request.app.state.files,
        asked.frozen,
        asked.authority,
        reference=asked.reference,
        draft=asked.draft,
    )
    with database.write() as session:
        note_packed(session, actor, Filings(session, actor).get(filing_id), made.sha256)
    return download(made.content, "application/zip", made.name)


def download(content: bytes, media_type: str, name: str) -> Response:
    """Return bytes as a file to keep."""
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def _whole(session: DbSession, actor: Actor, filing: Filing, response: Response) -> WholeFilingOut:
    set_tag(response, filing.version)
    head = FilingOut.model_validate(filing).model_dump()
    rounds = [RoundOut.model_validate(row) for row in Filings(session, actor).rounds(filing.id)]
    steps = [row.event for row in offered(session, actor, filing)]
    return WholeFilingOut(**head, answers=filing.answers, rounds=rounds, steps=steps)


def _readiness(found: Readiness) -> ReadinessOut:
    return ReadinessOut(
        score=found.score, needed=found.needed, gaps=[_gap(gap) for gap in found.gaps]
    )


def _gap(gap: Missing) -> GapOut:
    label = gap.values.get("label")
    return GapOut(text=gap.text, label=label if isinstance(label, dict) else None, href=gap.href)
