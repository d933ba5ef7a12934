"""Results of a catalogue as downloads: some written while they are read, some made once."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from sqlalchemy.orm import Session

from service.core.db import Database
from service.core.files import Files
from service.core.packing import packed, takes_gzip
from service.core.text import N_
from service.identity.permissions import Actor
from service.screening.catalogue_results import answers, lines, rejects
from service.screening.catalogues import Catalogues
from service.screening.errors import CatalogueUnfinished
from service.screening.models import Catalogue

Kind = Literal["csv", "jsonl", "rejects", "xlsx", "pdf"]
NDJSON = "application/x-ndjson"

Lines = Callable[[Session, Actor, UUID], Iterator[str]]
STREAMED: Mapping[str, tuple[Lines, str, str]] = {
    "csv": (lines, "text/csv; charset=utf-8", "csv"),
    "rejects": (rejects, "text/csv; charset=utf-8", "rejected.csv"),
    "jsonl": (answers, NDJSON, "jsonl"),
}
STORED: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def result_of(
    request: Request, database: Database, actor: Actor, catalogue_id: UUID, kind: Kind
) -> Response:
    """Return a result as a download; raise `CatalogueUnfinished` for what is not made yet."""
    with database.read() as session:
        row = Catalogues(session, actor).get(catalogue_id)
    if kind in STREAMED:
        make, media, ending = STREAMED[kind]
        found = _read(database, make, actor, catalogue_id)
        return lines_response(request, found, media, **_as(row, ending))
    if kind not in row.files:
        raise CatalogueUnfinished(N_("Workbook and report are made when every row is done."))
    files: Files = request.app.state.files
    content = files.read(row.files[kind])
    return StreamingResponse(content, media_type=STORED[kind], headers=_as(row, kind))


def lines_response(
    request: Request, lines: Iterator[str], media_type: str, **headers: str
) -> StreamingResponse:
    """Answer lines as they come, packed where the caller takes gzip."""
    headers["Vary"] = "Accept-Encoding"
    if not takes_gzip(request.headers.get("accept-encoding", "")):
        return StreamingResponse(lines, media_type=media_type, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return StreamingResponse(packed(lines), media_type=media_type, headers=headers)


def _read(database: Database, make: Lines, actor: Actor, catalogue_id: UUID) -> Iterator[str]:
    with database.read() as session:
        yield from make(session, actor, catalogue_id)


def _as(row: Catalogue, ending: str) -> dict[str, str]:
    name = f"catalogue-{str(row.id)[:8]}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
