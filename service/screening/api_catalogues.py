"""Catalogues as JSON, their progress as events, their results as files, and bulk as NDJSON."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from service.core.db import Database, Db, DbSession
from service.core.errors import FieldError, Invalid
from service.core.packing import unpacked
from service.core.pagination import CursorOfQuery, Page
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.registry.uploads import store_upload
from service.screening import jobs as jobs  # registers the job of catalogues
from service.screening.bulk_lines import answer_lines
from service.screening.catalogue import Defaults
from service.screening.catalogue_bodies import CatalogueOut, CatalogueRowOut
from service.screening.catalogue_downloads import NDJSON, Kind, lines_response, result_of
from service.screening.catalogue_models import UNFINISHED, Catalogue
from service.screening.catalogues import Catalogues
from service.screening.usecases.cataloguing import cancel_catalogue
from service.screening.usecases.ordering import order_catalogue

router = APIRouter(prefix="/api/v1", tags=["catalogues"], route_class=OnceRoute)
Runner = Annotated[Actor, Depends(require(Permission.SCREENING_RUN))]
Reader = Annotated[Actor, Depends(require(Permission.SCREENING_READ))]
ANSWERED = {
    "two": {
        "value": '{"line": 1, "screening_id": "0193…", "markets": {"US": {"verdict": "high", …}}, '
        '"hits": […], …}\n{"line": 2, "error": {"code": "market-unknown", "zh-Hans": "…", '
        '"en": "…"}}\n'
    }
}
"""An answer to the example of the request; what is long is left out."""
BETWEEN = 1.0
"""Seconds between two looks for an event stream."""


@router.post("/catalogues", status_code=202)
def begin(
    request: Request,
    response: Response,
    actor: Runner,
    database: Db,
    session: DbSession,
    file: Annotated[UploadFile, File(description="A .csv or .xlsx of products.")],
    mapping: Annotated[str, Form(description="JSON object: heading → column, or empty.")] = "",
    goods: Annotated[list[str], Form()] = [],  # noqa: B006  pydantic copies it
    origin: Annotated[str, Form(max_length=100)] = "CN",
    destinations: Annotated[list[str], Form()] = [],  # noqa: B006
) -> CatalogueOut:
    """Screen a catalogue of products as a job that survives stops; its progress is told here."""
    state = request.app.state
    stored = store_upload(state.files, file.file, state.settings)
    row = order_catalogue(
        database,
        state.settings,
        state.files,
        actor,
        sha256=stored.sha256,
        name=file.filename or "",
        mapping=_mapping(mapping),
        defaults=Defaults(tuple(goods), origin, tuple(destinations)),
        session=session,
    )
    response.headers["Location"] = f"/api/v1/catalogues/{row.id}"
    return CatalogueOut.model_validate(row)


@router.get("/catalogues")
def listing(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[CatalogueOut]:
    """List catalogues, newest first."""
    rows, following = Catalogues(session, actor).page(cursor)
    return Page(items=[CatalogueOut.model_validate(row) for row in rows], next=following)


@router.get("/catalogues/{catalogue_id}")
def fetch(catalogue_id: UUID, actor: Reader, session: DbSession) -> CatalogueOut:
    """Tell how far a catalogue is."""
    return CatalogueOut.model_validate(Catalogues(session, actor).get(catalogue_id))


@router.get("/catalogues/{catalogue_id}/rows")
def rows(
    catalogue_id: UUID, actor: Reader, session: DbSession, cursor: CursorOfQuery, only: str = ""
) -> Page[CatalogueRowOut]:
    """List the rows that are done, in the order of the sheet; `only` a verdict or `rejected`."""
    catalogues = Catalogues(session, actor)
    catalogues.get(catalogue_id)
    found, following = catalogues.rows(catalogue_id, cursor, only=only)
    return Page(items=[CatalogueRowOut.model_validate(row) for row in found], next=following)


@router.post("/catalogues/{catalogue_id}/cancel")
def cancel(catalogue_id: UUID, actor: Runner, session: DbSession) -> CatalogueOut:
    """Call a catalogue back; the rows that are done can still be read."""
    return CatalogueOut.model_validate(cancel_catalogue(session, actor, catalogue_id))


def _seen(catalogue_id: UUID, actor: Reader, database: Db) -> UUID:
    """Refuse a catalogue that is not the actor's before a stream of it begins."""
    with database.read() as session:
        return Catalogues(session, actor).get(catalogue_id).id


Seen = Annotated[UUID, Depends(_seen)]


@router.get("/catalogues/{catalogue_id}/events", response_class=EventSourceResponse)
async def events(seen: Seen, actor: Reader, database: Db) -> AsyncIterator[ServerSentEvent]:
    """Tell the progress as server-sent events `progress`, until the catalogue has ended."""
    told = ""
    while True:
        row = await run_in_threadpool(_standing, database, actor, seen)
        out = CatalogueOut.model_validate(row)
        if (now := out.model_dump_json()) != told:
            told = now
            yield ServerSentEvent(raw_data=now, event="progress", id=str(row.done))
        if row.state not in UNFINISHED:
            return
        await asyncio.sleep(BETWEEN)


@router.get("/catalogues/{catalogue_id}/results/{kind}", response_class=Response)
def results(
    request: Request, catalogue_id: UUID, kind: Kind, actor: Reader, database: Db
) -> Response:
    """Give the result: csv, jsonl and rejects at any time, xlsx and pdf when all is done."""
    return result_of(request, database, actor, catalogue_id, kind)


@router.post(
    "/screenings/bulk",
    response_class=StreamingResponse,
    responses={
        200: {
            "content": {NDJSON: {"schema": {"type": "string"}, "examples": ANSWERED}},
            "description": "One line for each line sent: an answer, or the error of that line.",
        }
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                NDJSON: {
                    "schema": {"type": "string"},
                    "examples": {
                        "two": {
                            "value": '{"names": ["雅迪"], "route": {"destinations": ["US"]}}\n'
                            '{"names": ["SUNRA"], "route": {"destinations": ["Atlantis"]}}\n'
                        }
                    },
                }
            },
        }
    },
)
async def bulk(request: Request, actor: Runner, database: Db) -> StreamingResponse:
    """Screen each line of NDJSON (a body of `POST /screenings`); answer line by line, in order.

    The body may be packed (`Content-Encoding: gzip`); so is the answer with `Accept-Encoding`.
    """
    state = request.app.state
    encoding = request.headers.get("content-encoding", "")
    body = unpacked(await request.body(), encoding, state.settings.body_bytes)
    found = answer_lines(database, state.settings, state.finder, actor, body)
    return lines_response(request, found, NDJSON)


def _standing(database: Database, actor: Actor, catalogue_id: UUID) -> Catalogue:
    with database.read() as session:
        return Catalogues(session, actor).get(catalogue_id)


def _mapping(text: str) -> dict[str, str]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        detail = N_("A mapping is a JSON object from headings to columns.")
        raise Invalid(detail, errors=[FieldError("mapping", detail)])
    return {str(heading): column for heading, column in found.items()}
