"""Published customs penalty decisions as JSON."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, File, Query, Request, UploadFile

from service.core.db import DbSession
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.registry.penalties import Penalties
from service.registry.schemas.penalties import PenaltiesLoaded, PenaltyOut
from service.registry.uploads import store_upload
from service.registry.usecases.penalties import load_penalties

router = APIRouter(route_class=OnceRoute)
RegisterReader = Annotated[Actor, Depends(require(Permission.REGISTER_READ))]
Importer = Annotated[Actor, Depends(require(Permission.IMPORT_RUN))]


@router.get("/penalties")
def penalties(
    actor: RegisterReader,  # noqa: ARG001  the permission is the point
    session: DbSession,
    cursor: CursorOfQuery,
    mark: Annotated[str, Query(max_length=300, description="Words of the mark.")] = "",
    party: Annotated[str, Query(max_length=300, description="Part of the party's name.")] = "",
    since: date | None = None,
) -> Page[PenaltyOut]:
    """List published penalty decisions of customs, the last loaded first."""
    rows, following = Penalties(session).page(cursor, text=mark, party=party, since=since)
    return Page(items=[PenaltyOut.model_validate(row) for row in rows], next=following)


@router.post("/penalties/imports")
def load(
    request: Request,
    actor: Importer,
    session: DbSession,
    file: Annotated[UploadFile, File(description="A sheet: .xlsx or CSV, at most 20,000 rows.")],
) -> PenaltiesLoaded:
    """Load a sheet of published decisions; the same again changes nothing, bad rows are told."""
    state = request.app.state
    stored = store_upload(state.files, file.file, state.settings)
    return load_penalties(
        session,
        actor,
        state.settings,
        state.files.path(stored.sha256),
        name=file.filename or "",
        sha256=stored.sha256,
    )
