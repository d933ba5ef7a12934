"""Watches and their alerts as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.screening.models import Watch
from service.screening.usecases.covering import reach_of
from service.screening.usecases.keeping_watch import add_watch, close_alert, end_watch
from service.screening.watch_schemas import AlertOut, WatchIn, WatchOut
from service.screening.watches import Alerts, Watches

router = APIRouter(prefix="/api/v1", tags=["watches"], route_class=OnceRoute)
Reader = Annotated[Actor, Depends(require(Permission.WATCH_READ))]
Writer = Annotated[Actor, Depends(require(Permission.WATCH_WRITE))]


@router.get("/watches")
def listing(
    request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery
) -> Page[WatchOut]:
    """List the watches of one's organisation, newest first."""
    rows, following = Watches(session, actor).page(cursor)
    reach = reach_of(session, request.app.state.settings, rows)
    return Page(items=[WatchOut.of(row, reach[row.id]) for row in rows], next=following)


@router.post("/watches", status_code=201)
def add(
    body: WatchIn, request: Request, response: Response, actor: Writer, session: DbSession
) -> WatchOut:
    """Watch names: every mark that is new or changes is held against them from now on."""
    row = add_watch(session, request.app.state.settings, actor, body)
    response.headers["Location"] = f"/api/v1/watches/{row.id}"
    return _told(request, session, row)


@router.get("/watches/{watch_id}")
def fetch(request: Request, watch_id: UUID, actor: Reader, session: DbSession) -> WatchOut:
    """Give a watch, and what of its markets is not searched."""
    return _told(request, session, Watches(session, actor).get(watch_id))


def _told(request: Request, session: Session, row: Watch) -> WatchOut:
    return WatchOut.of(row, reach_of(session, request.app.state.settings, [row])[row.id])


@router.delete("/watches/{watch_id}", status_code=204)
def end(watch_id: UUID, actor: Writer, session: DbSession) -> None:
    """End a watch; what it found stays."""
    end_watch(session, actor, watch_id)


@router.get("/alerts")
def alerts(
    actor: Reader, session: DbSession, cursor: CursorOfQuery, open_only: bool = False
) -> Page[AlertOut]:
    """List what the watches found, newest first; with `open_only` what nobody closed."""
    rows, following = Alerts(session, actor).page(cursor, open_only=open_only)
    return Page(items=[AlertOut.model_validate(row) for row in rows], next=following)


@router.get("/alerts/{alert_id}")
def alert(alert_id: UUID, actor: Reader, session: DbSession) -> AlertOut:
    """Give an alert, with the last day to oppose where the rules know it."""
    return AlertOut.model_validate(Alerts(session, actor).get(alert_id))


@router.post("/alerts/{alert_id}/close")
def close(alert_id: UUID, actor: Writer, session: DbSession) -> AlertOut:
    """Note that an alert was dealt with."""
    return AlertOut.model_validate(close_alert(session, actor, alert_id))
