"""Similar marks as JSON."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from service.core.db import Db
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.screening.similar_schemas import SimilarIn, SimilarOut
from service.screening.usecases.resembling import find_similar

router = APIRouter(prefix="/api/v1", tags=["screening"], route_class=OnceRoute)
Runner = Annotated[Actor, Depends(require(Permission.SCREENING_RUN))]


@router.post("/similar-marks")
def similar(request: Request, body: SimilarIn, actor: Runner, database: Db) -> SimilarOut:
    """Find the marks in force that are like a mark, by register, class, status, day and owner.

    Goods, markets and verdicts are no part of it, and nothing is kept: a screening does that.
    """
    state = request.app.state
    return find_similar(database, state.settings, state.finder, actor, body)
