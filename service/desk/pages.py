"""The start page: the first thing this reader comes to do."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from service.identity.permissions import Actor, Permission, current_actor_or_none

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303
FIRST = (
    (Permission.SCREENING_RUN, "/screenings/new"),
    (Permission.SCREENING_READ, "/screenings"),
    (Permission.REGISTER_READ, "/registers"),
)
"""The first page a reader may open is where the start page leads."""


@router.get("/")
def start(actor: Annotated[Actor | None, Depends(current_actor_or_none)]) -> Response:
    """Lead to the first page the reader may open, or to the sign-in."""
    if actor is None:
        return RedirectResponse("/sign-in", SEE_OTHER)
    path = next((path for permission, path in FIRST if actor.can(permission)), "/account")
    return RedirectResponse(path, SEE_OTHER)
