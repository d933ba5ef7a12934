"""Typical cases as JSON."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor
from service.identity.replay import OnceRoute
from service.station.base.access import Reader, Writer
from service.station.base.models import TypicalCase
from service.station.base.repository_cases import TypicalCases
from service.station.base.schemas import StepIn
from service.station.base.schemas_cases import (
    FoundOut,
    JustifyIn,
    TypicalChange,
    TypicalIn,
    TypicalOut,
)
from service.station.base.usecases.typical_cases import (
    change_typical_case,
    check,
    draft_typical_case,
    justify,
    move_typical_case,
)

router = APIRouter(route_class=OnceRoute)


@router.get("/typical-cases")
def listing(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[TypicalOut]:
    """List typical cases, newest first: one's station's, and those published around it."""
    rows, following = TypicalCases(session, actor).page(cursor)
    return Page(items=[_out(actor, row) for row in rows], next=following)


@router.post("/typical-cases", status_code=201)
def draft(body: TypicalIn, response: Response, actor: Writer, session: DbSession) -> TypicalOut:
    """Draft a typical case from a closed case, its names replaced."""
    row = draft_typical_case(session, actor, body.case_id, hides_marks=body.hides_marks)
    response.headers["Location"] = f"/api/v1/typical-cases/{row.id}"
    return _typical(session, actor, row.id, response)


@router.get("/typical-cases/{typical_id}")
def fetch(typical_id: UUID, response: Response, actor: Reader, session: DbSession) -> TypicalOut:
    """Give a typical case; its station sees what the redaction check finds."""
    return _typical(session, actor, typical_id, response)


@router.put("/typical-cases/{typical_id}")
def change(
    typical_id: UUID,
    body: TypicalChange,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> TypicalOut:
    """Edit a draft."""
    row = TypicalCases(session, actor).own(typical_id)
    check_match(request, row.version)
    change_typical_case(session, actor, typical_id, body.model_dump(), version=row.version)
    return _typical(session, actor, typical_id, response)


@router.post("/typical-cases/{typical_id}/justifications")
def explain(
    typical_id: UUID,
    body: JustifyIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> TypicalOut:
    """Say why a finding of the redaction check stays in the text."""
    row = TypicalCases(session, actor).own(typical_id)
    check_match(request, row.version)
    justify(session, actor, typical_id, body.key, reason=body.reason, version=row.version)
    return _typical(session, actor, typical_id, response)


@router.post("/typical-cases/{typical_id}/moves")
def step(
    typical_id: UUID,
    body: StepIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> TypicalOut:
    """Take a step: hand in, approve and publish, give back, withdraw."""
    row = TypicalCases(session, actor).own(typical_id)
    check_match(request, row.version)
    move_typical_case(session, actor, typical_id, body.event, version=row.version, note=body.note)
    return _typical(session, actor, typical_id, response)


def _typical(session: Session, actor: Actor, typical_id: UUID, response: Response) -> TypicalOut:
    row = TypicalCases(session, actor).get(typical_id)
    set_tag(response, row.version)
    out = _out(actor, row)
    if row.station_id == actor.organisation_id:
        out.findings = [
            FoundOut(
                key=one.key,
                kind=one.kind,
                how=one.how,
                excerpt=one.excerpt,
                justified=row.justified.get(one.key, ""),
            )
            for one in check(session, row)
        ]
    return out


def _out(actor: Actor, row: TypicalCase) -> TypicalOut:
    ours = row.station_id == actor.organisation_id
    names = ("id", "station_id", "status", "title", "text", "lesson", "guidance", "published_at")
    return TypicalOut(
        **{name: getattr(row, name) for name in (*names, "hides_marks", "version")},
        case_id=row.case_id if ours else None,
        findings=[],
    )
