"""Warnings as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor
from service.identity.replay import OnceRoute
from service.station.base.access import Reader, Writer
from service.station.base.domain import Bundle, WarningKind
from service.station.base.models import EarlyWarning
from service.station.base.repository_warnings import Warnings
from service.station.base.schemas import StepIn
from service.station.base.schemas_warnings import (
    DraftIn,
    OfferOut,
    ReasonOut,
    RecipientOut,
    WarningIn,
    WarningOut,
    Wave,
)
from service.station.base.usecases.warnings import (
    change_warning,
    draft_warning,
    move_warning,
    offers,
    read_warning,
)

router = APIRouter(route_class=OnceRoute)


@router.get("/warnings")
def listing(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[WarningOut]:
    """List warnings, newest first: one's station's, and those sent to one."""
    rows, following = Warnings(session, actor).page(cursor)
    return Page(items=[_out(session, actor, row) for row in rows], next=following)


@router.get("/warnings/offers")
def offered(
    kind: WarningKind,
    actor: Writer,
    session: DbSession,
    days: Annotated[int, Query(ge=1, le=3650)] = 90,
    least: Annotated[int, Query(ge=2, le=1000)] = 3,
    by: Bundle = Bundle.OFFICE,
) -> list[OfferOut]:
    """List what a warning may be drafted from: squatters, waves of detentions, changed rules."""
    found = offers(session, actor, kind, Wave(days=days, least=least, by=by))
    return [OfferOut(key=one.key, title=one.title, basis=list(one.basis)) for one in found]


@router.post("/warnings", status_code=201)
def draft(body: DraftIn, response: Response, actor: Writer, session: DbSession) -> WarningOut:
    """Draft a warning from an offer, and find whom it concerns."""
    row = draft_warning(session, actor, body.kind, body.key, body)
    response.headers["Location"] = f"/api/v1/warnings/{row.id}"
    return _warning(session, actor, row.id, response)


@router.get("/warnings/{warning_id}")
def fetch(warning_id: UUID, response: Response, actor: Reader, session: DbSession) -> WarningOut:
    """Give a warning; the ETag is needed to change or move it."""
    return _warning(session, actor, warning_id, response)


@router.put("/warnings/{warning_id}")
def change(
    warning_id: UUID,
    body: WarningIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> WarningOut:
    """Edit a draft; whom it concerns is worked out anew."""
    row = Warnings(session, actor).own(warning_id)
    check_match(request, row.version)
    change_warning(
        session,
        actor,
        warning_id,
        body.values(),
        version=row.version,
        left_out=frozenset(body.left_out),
    )
    return _warning(session, actor, warning_id, response)


@router.post("/warnings/{warning_id}/moves")
def step(
    warning_id: UUID,
    body: StepIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> WarningOut:
    """Take a step: send, drop, withdraw."""
    row = Warnings(session, actor).own(warning_id)
    check_match(request, row.version)
    move_warning(session, actor, warning_id, body.event, version=row.version, note=body.note)
    return _warning(session, actor, warning_id, response)


@router.post("/warnings/{warning_id}/receipt", status_code=204)
def receipt(warning_id: UUID, actor: Reader, session: DbSession) -> None:
    """Note that one's enterprise has read a warning."""
    read_warning(session, actor, warning_id)


def _warning(session: Session, actor: Actor, warning_id: UUID, response: Response) -> WarningOut:
    row = Warnings(session, actor).get(warning_id)
    set_tag(response, row.version)
    return _out(session, actor, row)


def _out(session: Session, actor: Actor, row: EarlyWarning) -> WarningOut:
    warnings = Warnings(session, actor)
    ours = actor.reads_all or row.station_id == actor.organisation_id
    read, of = warnings.read_by(row)
    names = ("id", "station_id", "kind", "status", "title", "text", "marks", "markets", "classes")
    return WarningOut(
        **{name: getattr(row, name) for name in (*names, "hs", "sent_at", "version")},
        basis=row.basis if ours else [],
        settings=row.settings if ours else {},
        read=read if ours else 0,
        of=of if ours else 0,
        recipients=[
            RecipientOut(
                organisation_id=one.organisation_id,
                name=organisation.name_zh,
                reasons=[ReasonOut.model_validate(reason) for reason in one.reasons],
                left_out=one.left_out,
                read_at=one.read_at,
            )
            for one, organisation in warnings.recipients(row)
        ],
    )
