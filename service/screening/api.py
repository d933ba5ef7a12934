"""Screenings and comparisons as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from service.core.db import Db, DbSession
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.registry.api_shares import add_share_routes
from service.screening.repository import KIND, Screenings
from service.screening.schemas import (
    CompareIn,
    CompareOut,
    ScreeningIn,
    ScreeningLine,
    ScreeningOut,
)
from service.screening.usecases.comparing import compare_marks
from service.screening.usecases.remembering import with_decisions
from service.screening.usecases.screening import answer_screening, fetch_screening, store
from service.screening.usecases.sharing import own_screening

router = APIRouter(prefix="/api/v1", tags=["screening"], route_class=OnceRoute)
Runner = Annotated[Actor, Depends(require(Permission.SCREENING_RUN))]
Reader = Annotated[Actor, Depends(require(Permission.SCREENING_READ))]
add_share_routes(router, KIND, own_screening, Permission.SCREENING_SHARE)


@router.post("/screenings", status_code=201, response_model=ScreeningOut)
def run(
    request: Request, body: ScreeningIn, actor: Runner, database: Db, session: DbSession
) -> Response:
    """Screen a brand family for every market on its route, and keep the answer."""
    state = request.app.state
    fresh = answer_screening(database, state.settings, state.finder, body)
    with database.read() as reading:
        answer = with_decisions(reading, actor, fresh)
    told = store(session, actor, answer)
    place = {"Location": f"/api/v1/screenings/{answer.screening_id}"}
    return Response(told, 201, place, media_type="application/json")


@router.get("/screenings")
def listing(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[ScreeningLine]:
    """List screenings, newest first."""
    rows, following = Screenings(session, actor).page(cursor)
    return Page(items=[ScreeningLine.model_validate(row) for row in rows], next=following)


@router.get("/screenings/{screening_id}", response_model=ScreeningOut)
def fetch(screening_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Give a kept answer again, byte for byte as it was given."""
    body = fetch_screening(session, actor, screening_id)
    return Response(body, media_type="application/json")


@router.post("/compare")
def compare(body: CompareIn, actor: Runner) -> CompareOut:
    """Compare two marks on the visual, aural and conceptual axes; no register is searched."""
    return compare_marks(actor, body)
