"""Office connectors and their refreshes as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response

from service.core.db import Db, DbSession
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.registry.connector_bodies import (
    CasesIn,
    CasesOut,
    ConnectorOut,
    PaperOut,
    RefreshOut,
)
from service.registry.refreshes import Refreshes
from service.registry.usecases.looking import (
    every_connector,
    look_now,
    one_connector,
    paper_of_case,
    papers_of_case,
)
from service.registry.usecases.scheduling import keep_cases

router = APIRouter(tags=["connectors"], route_class=OnceRoute)
Reader = Annotated[Actor, Depends(require(Permission.REGISTER_READ))]
MarkReader = Annotated[Actor, Depends(require(Permission.MARK_READ))]
ImportReader = Annotated[Actor, Depends(require(Permission.IMPORT_READ))]
Importer = Annotated[Actor, Depends(require(Permission.IMPORT_RUN))]
Case = Annotated[str, Path(max_length=8, description="Serial number.", examples=["76044902"])]


@router.get("/connectors")
def listing(request: Request, actor: Reader, session: DbSession) -> list[ConnectorOut]:
    """List every way to an office: ready or not, what it needs, and its last refresh."""
    found = every_connector(session, request.app.state.settings, actor)
    return [ConnectorOut.of(one.connector, one.known, one.latest) for one in found]


@router.get("/connectors/{connector}")
def fetch(request: Request, connector: str, actor: Reader, session: DbSession) -> ConnectorOut:
    """Give one connector."""
    one = one_connector(session, request.app.state.settings, actor, connector)
    return ConnectorOut.of(one.connector, one.known, one.latest)


@router.get("/connectors/{connector}/refreshes")
def history(
    request: Request, connector: str, actor: ImportReader, session: DbSession, cursor: CursorOfQuery
) -> Page[RefreshOut]:
    """List the refreshes of a connector, newest first."""
    one_connector(session, request.app.state.settings, actor, connector)
    rows, following = Refreshes(session).page(connector, cursor)
    return Page(items=[RefreshOut.model_validate(row) for row in rows], next=following)


@router.post("/connectors/{connector}/refreshes", status_code=202)
def begin(
    request: Request, response: Response, connector: str, actor: Importer, session: DbSession
) -> RefreshOut:
    """Have a connector look now; one that runs is not doubled, one that failed goes on."""
    refresh_id = look_now(session, request.app.state.settings, actor, connector)
    response.headers["Location"] = f"/api/v1/refreshes/{refresh_id}"
    return RefreshOut.model_validate(Refreshes(session).get(refresh_id))


@router.get("/refreshes/{refresh_id}")
def refresh(refresh_id: UUID, actor: ImportReader, session: DbSession) -> RefreshOut:  # noqa: ARG001
    """Tell how far a refresh is."""
    return RefreshOut.model_validate(Refreshes(session).get(refresh_id))


@router.post("/connectors/tsdr/cases", status_code=202)
def keep(request: Request, body: CasesIn, actor: Importer, session: DbSession) -> CasesOut:
    """Have TSDR keep these cases current, beside those named before."""
    numbers = keep_cases(session, actor, body.numbers)
    return CasesOut(
        numbers=numbers, refresh=look_now(session, request.app.state.settings, actor, "tsdr")
    )


@router.get("/connectors/tsdr/cases/{number}/papers")
def papers(request: Request, number: Case, actor: MarkReader, database: Db) -> list[PaperOut]:
    """List the documents of a case, asked from the office now."""
    found = papers_of_case(database, request.app.state.settings, actor, number)
    return [PaperOut.model_validate(one) for one in found]


@router.get("/connectors/tsdr/cases/{number}/papers/{paper}", response_class=Response)
def paper(
    request: Request,
    number: Case,
    paper: Annotated[str, Path(pattern=r"^\w{1,40}$")],
    actor: MarkReader,
    database: Db,
) -> Response:
    """Give one document of a case as PDF, asked from the office now."""
    content = paper_of_case(database, request.app.state.settings, actor, number, paper)
    name = f'attachment; filename="{number}-{paper}.pdf"'
    return Response(content, media_type="application/pdf", headers={"Content-Disposition": name})
